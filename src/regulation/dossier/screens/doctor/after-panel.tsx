import { useState } from 'react';
import { Badge, Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { SelectField, TextField } from '../../../../ui/field.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { type ActionBody, decisionTypeLabels, type Dossier } from '../../contract.ts';
import { decisionKinds } from '../../domain/codes.ts';
import { detailWords } from '../file/detail-words.ts';
import { placeWords } from '../file/words.ts';
import type { DossierDesk } from '../file/use-dossier.ts';
import css from '../file/panels.module.css';

const executors = { arm: 'ARM', osnp: 'OSNP', doctor: 'vous' } as const;
const causes = [
  { value: 'bilan', label: 'Bilan reçu' }, { value: 'aggravation', label: 'Aggravation' }, { value: 'refus', label: 'Refus du patient' },
  { value: 'sans-creneau', label: 'Pas de créneau' }, { value: 'nouvelle-decision', label: 'Nouvelle décision' },
] as const;

/** Once decided: what is still to be carried out and by whom, the doctor's own to tick, and the way back to regulation. */
export function AfterPanel({ dossier, desk }: { dossier: Dossier; desk: DossierDesk }) {
  const pending = dossier.acts.flatMap(({ decisions }) => decisions).filter(({ executedAt }) => executedAt === null);
  const may = (action: string) => dossier.possible.includes(action);
  return (
    <section className={css.panel} aria-label="Suite du dossier">
      <h3>{placeWords(dossier)}{dossier.owner && `, entre les mains de ${dossier.owner.name}`}</h3>
      {desk.error && <Note tone="bad" live icon={<WarnIcon />} title={desk.error.title}>{desk.error.message}</Note>}
      {pending.length === 0 && <p className={css.soft}>Toutes les décisions sont exécutées.</p>}
      <ul className={css.orders}>
        {pending.map((one) => {
          const executor = decisionKinds[one.type].executor ?? 'doctor';
          return (
            <li key={one.id}>
              <span><strong>{decisionTypeLabels[one.type]}</strong> {detailWords(one.type, one.details)}</span>
              {executor === 'doctor' && may('execute')
                ? <Button small isPending={desk.busy} onPress={() => void desk.act('execute', { decisionIds: [one.id] })}>C’est fait</Button>
                : <Badge tone="warn">à faire : {executors[executor]}</Badge>}
            </li>
          );
        })}
      </ul>
      {may('complete') && <Button isPending={desk.busy} onPress={() => void desk.act('complete')}>Terminer le dossier</Button>}
      {may('reopen') && <Reopen key={dossier.id} desk={desk} />}
    </section>
  );
}

function Reopen({ desk }: { desk: DossierDesk }) {
  const [cause, setCause] = useState<NonNullable<ActionBody['cause']> | null>(null);
  const [reason, setReason] = useState('');
  const reopen = () => void desk.act('reopen', { ...(cause ? { cause } : {}), ...(reason.trim() ? { reason } : {}) });
  return (
    <div className={css.window} role="group" aria-label="Reprendre en régulation">
      <SelectField label="Reprendre le dossier : pourquoi ?" name="cause" choices={causes} value={cause as (typeof causes)[number]['value'] | null} onChange={setCause} />
      <TextField label="Précision" name="reason" value={reason} onChange={setReason} />
      <Button isDisabled={cause === null && reason.trim() === ''} isPending={desk.busy} onPress={reopen}>Reprendre en régulation</Button>
    </div>
  );
}
