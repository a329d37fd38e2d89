import { useState } from 'react';
import { Button, ButtonLink } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { SegmentField, TextField } from '../../../../ui/field.tsx';
import { ApiForm } from '../../../../ui/form.tsx';
import { Note } from '../../../../ui/badge.tsx';
import { CheckIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { formatMoment } from '../../../../ui/time.ts';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { TimeField } from '../../../../ui/time-field.tsx';
import type { AnswerOf } from '../../../../ui/api.ts';
import { type KeptAgenda, modalityLabels, routes } from '../../contract.ts';
import css from './form.module.css';

type Part = 'days' | 'morning' | 'afternoon' | 'hours';
const parts = [{ value: 'days', label: 'Journées' }, { value: 'morning', label: 'Matin' }, { value: 'afternoon', label: 'Après-midi' }, { value: 'hours', label: 'Heures' }] as const;
const NOON = '13:00';

/** The wall-clock ends of what was chosen. */
function periodOf({ part, first, last, starts, ends }: { part: Part; first: string; last: string; starts: string; ends: string }): { from: string; to: string } {
  const dayAfter = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
  if (part === 'morning') return { from: `${first}T00:00`, to: `${first}T${NOON}` };
  if (part === 'afternoon') return { from: `${first}T${NOON}`, to: `${dayAfter(first)}T00:00` };
  if (part === 'hours') return { from: `${first}T${starts}`, to: `${first}T${ends}` };
  return { from: `${first}T00:00`, to: `${dayAfter(last < first ? first : last)}T00:00` };
}

/** « Déclarer une indisponibilité »: what it will do is shown before it is done, then the appointments to deal with. */
export function LeaveDialog({ agenda, day, onClose }: { agenda: KeptAgenda; day: string; onClose: () => void }) {
  const [part, setPart] = useState<Part>('days');
  const [first, setFirst] = useState(day);
  const [last, setLast] = useState(day);
  const [starts, setStarts] = useState('09:00');
  const [ends, setEnds] = useState('12:00');
  const refresh = useRefresh();
  const declare = useAction(routes.declareLeave, { onSuccess: () => void refresh(routes.agenda) });
  const outcome = declare.data;
  const send = (preview: boolean) => first && declare.mutate({ body: { nationalId: agenda.nationalId, structureId: agenda.structureId, ...periodOf({ part, first, last, starts, ends }), preview } });
  const change = <T,>(set: (value: T) => void) => (value: T) => {
    declare.reset();
    set(value);
  };
  return (
    <Dialog
      title="Déclarer une indisponibilité" over={agenda.label} open onClose={onClose}
      footer={outcome?.leave ? <Button look="main" onPress={onClose}>Terminer</Button> : (
        <>
          {outcome ? <Button look="main" isPending={declare.isPending} onPress={() => send(false)}>Enregistrer</Button> : <Button type="submit" form="leave" look="main" isPending={declare.isPending}>Voir ce que cela change</Button>}
          <Button look="quiet" onPress={onClose}>Annuler</Button>
        </>
      )}
    >
      <div className={css.stack}>
      {!outcome?.leave && (
        <ApiForm id="leave" label="Indisponibilité" problem={declare.error} onSubmit={() => send(true)}>
          <SegmentField<Part> label="Durée" choices={parts} value={part} onChange={change(setPart)} />
          <div className={css.pair}>
            <TextField name="from" label={part === 'days' ? 'Du' : 'Date'} type="date" isRequired value={first} onChange={change(setFirst)} />
            {part === 'days' && <TextField name="to" label="Au (inclus)" type="date" isRequired value={last} onChange={change(setLast)} />}
            {part === 'hours' && <TimeField label="De" isRequired value={starts} onChange={change(setStarts)} />}
            {part === 'hours' && <TimeField label="A" isRequired value={ends} onChange={change(setEnds)} />}
          </div>
        </ApiForm>
      )}
      {outcome && <LeaveOutcome outcome={outcome} />}
      </div>
    </Dialog>
  );
}

/** What a leave hides, and the appointments it touches: each is cancelled by its own action. */
export function LeaveOutcome({ outcome }: { outcome: AnswerOf<typeof routes.declareLeave> }) {
  const zone = useZone();
  const now = useNow(60_000);
  const { leave, hidden, inPart, appointments } = outcome;
  const one = hidden === 1;
  const places = one ? '1 disponibilité' : `${hidden} disponibilités`;
  const deed = leave ? (one ? 'cachée' : 'cachées') : one ? 'sera cachée' : 'seront cachées';
  return (
    <div className={css.stack}>
      <Note tone={leave ? 'ok' : 'neutral'} live icon={leave ? <CheckIcon /> : undefined} title={leave ? 'Indisponibilité enregistrée' : 'Ce que cela change'}>
        {hidden === 0 ? 'Aucune disponibilité n’est déclarée sur cette période.' : `${places} ${deed} à la régulation, jusqu’à ce que vous retiriez l’indisponibilité.`}
        {inPart.length > 0 && ` Couvertes en partie, cachées entières : ${inPart.map(({ day, starts, ends }) => `${day.slice(8)}/${day.slice(5, 7)} ${starts}–${ends}`).join(', ')}. Raccourcissez-les pour en garder une part.`}
      </Note>
      {appointments.length > 0 && (
        <>
          <Note tone="warn" icon={<WarnIcon />} title={appointments.length === 1 ? '1 rendez-vous est concerné' : `${appointments.length} rendez-vous sont concernés`}>
            Ils ne sont pas annulés. Ouvrez-les un à un pour les annuler : la régulation est alors avertie et trouve une autre place au patient.
          </Note>
          <ul className={css.list}>
            {appointments.map(({ seatId, orientationId, start, modalities }) => (
              <li key={seatId} className={css.row}>
                <span><strong>{formatMoment(start, zone, now)}</strong> {modalities.map((one) => modalityLabels[one]).join(', ')}</span>
                {orientationId && <ButtonLink small href={`/orientations?open=${orientationId}`}>Ouvrir</ButtonLink>}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
