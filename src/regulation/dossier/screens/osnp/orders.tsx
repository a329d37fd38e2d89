import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { SelectField } from '../../../../ui/field.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { decisionTypeLabels, type Dossier } from '../../contract.ts';
import { decisionKinds } from '../../domain/codes.ts';
import { detailWords } from '../file/detail-words.ts';
import type { DossierDesk } from '../file/use-dossier.ts';
import css from '../file/panels.module.css';
import { SearchButton } from './search-button.tsx';
import { outcomes } from './tasks.ts';

interface PartProps {
  readonly dossier: Dossier;
  readonly desk: DossierDesk;
}

/** An appointment did not hold, and nothing replaces it yet. */
const hasLostAppointment = ({ tasks, appointments }: Dossier) =>
  tasks.some(({ kind, doneAt }) => doneAt === null && kind === 'rdv-cancelled') || appointments.at(-1)?.status === 'noshow';

/** What the prescriber ordered and is left to the OSNP: the search for it, done, or back to the doctor when there is no slot. */
export function Orders({ dossier, desk, served }: PartProps & { served: boolean }) {
  const acts = dossier.acts.filter(({ decisions }) => decisions.some((one) => one.executedAt === null && decisionKinds[one.type].executor === 'osnp'));
  if (acts.length === 0) return <SearchButton dossierId={dossier.id} main={hasLostAppointment(dossier)} />;
  return (
    <section className={css.window} aria-label="Prescription à exécuter">
      {acts.map((act) => (
        <div key={act.id} className={css.answer}>
          <p className={css.soft}>Ordre de {act.author}, <Moment at={act.at} />{act.careLevel && `, ${act.careLevel}`}</p>
          {act.decisions.filter(({ type }) => decisionKinds[type].executor === 'osnp').map((one) => (
            <p key={one.id}><strong>{decisionTypeLabels[one.type]}</strong> {detailWords(one.type, one.details)}</p>
          ))}
          {act.advice && <p>{act.advice}</p>}
        </div>
      ))}
      <SearchButton dossierId={dossier.id} main={!served} />
      <div className={css.row}>
        {dossier.possible.includes('execute') && <Button look={dossier.appointments.length > 0 ? 'main' : 'plain'} isPending={desk.busy} onPress={() => void desk.act('execute')}>C’est fait : rendez-vous donné</Button>}
        {dossier.possible.includes('reopen') && <Button isPending={desk.busy} onPress={() => void desk.act('reopen', { cause: 'sans-creneau', reason: 'Aucun créneau trouvé' })}>Pas de créneau : au médecin</Button>}
      </div>
    </section>
  );
}

const outcomeChoices = outcomes.map((value) => ({ value, label: value }));

/** Open follow-ups: each ends with its outcome. */
export function FollowUps({ dossier, desk }: PartProps) {
  const [outcome, setOutcome] = useState<Readonly<Record<string, (typeof outcomes)[number]>>>({});
  const open = dossier.tasks.filter(({ doneAt }) => doneAt === null);
  if (open.length === 0) return null;
  return (
    <ul className={css.orders} aria-label="Suivis à faire">
      {open.map(({ id, label, dueAt }) => (
        <li key={id}>
          <span><strong>{label}</strong> <Moment at={dueAt} day /></span>
          <SelectField label="Issue" aria-label={`Issue : ${label}`} choices={outcomeChoices} value={outcome[id] ?? null} onChange={(value) => setOutcome({ ...outcome, [id]: value })} />
          <Button small isDisabled={!outcome[id]} isPending={desk.busy} onPress={() => void desk.act('close-task', { taskId: id, outcome: outcome[id]! })}>Clore</Button>
        </li>
      ))}
    </ul>
  );
}
