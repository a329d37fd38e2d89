import { useState } from 'react';
import { call } from '../../../../ui/api.ts';
import { ComboField, type Option } from '../../../../ui/combo-field.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { SegmentField, SelectField } from '../../../../ui/field.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { formatMoment } from '../../../../ui/time.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes as directory } from '../../../directory/contract.ts';
import { amendReasons, routes, type Orientation } from '../../contract.ts';
import { type Goal, MoveFields, nowhere } from './move-fields.tsx';
import { actWords, consequences, mayCancelForPatient, type Act } from './acts.ts';

type Decider = 'self' | 'patient';
type AmendReason = keyof typeof amendReasons;
const amendChoices = Object.entries(amendReasons).map(([value, label]) => ({ value: value as AmendReason, label }));

/** What the dialog has been told so far. */
interface Answers {
  readonly decider: Decider | null;
  readonly doctor: Option | null;
  readonly reason: AmendReason | null;
  readonly goal: Goal;
}

/** Asks once, naming what will happen and to whom, then does it. */
export function ActDialog({ orientation, act, receives, onClose }: { orientation: Orientation; act: Act; receives: boolean; onClose: () => void }) {
  const zone = useZone();
  const present = useNow(60_000);
  const refresh = useRefresh();
  const [decider, setDecider] = useState<Decider>('self');
  const [doctor, setDoctor] = useState<Option | null>(null);
  const [reason, setReason] = useState<AmendReason | null>(null);
  const [goal, setGoal] = useState(nowhere);
  const words = actWords[act];
  const action = useAction(routes.actOnOrientation, {
    onSuccess: () => {
      toast({ tone: 'ok', words: words.done });
      void refresh(routes.orientation);
      void refresh(routes.orientations);
      onClose();
    },
  });
  const asksWhose = act === 'cancel' && mayCancelForPatient(orientation);
  const when = orientation.start && formatMoment(orientation.start, zone, present);
  const forPatient = asksWhose && decider === 'patient';
  const answers: Answers = { decider: asksWhose ? decider : null, doctor, reason, goal };

  return (
    <ConfirmDialog
      title={words.title}
      open
      onClose={onClose}
      action={words.deed}
      danger={words.danger ?? false}
      pending={action.isPending}
      problem={action.error}
      isDisabled={!isComplete(act, answers)}
      onConfirm={() => action.mutate({ params: { id: orientation.id, action: act }, body: bodyOf(act, answers) })}
    >
      {asksWhose && (
        <SegmentField<Decider>
          label="Qui annule ?"
          value={decider}
          onChange={setDecider}
          choices={[{ value: 'self', label: receives ? 'Moi, qui reçois' : 'Le SAS' }, { value: 'patient', label: 'Le patient' }]}
        />
      )}
      {consequences(act, orientation, when, receives && !forPatient).map((line) => <p key={line}>{line}</p>)}
      {act === 'name' && <ComboField label="Médecin" source="member" placeholder="Nom ou n° RPPS" value={doctor} onChange={setDoctor} load={loadDoctors} />}
      {act === 'amend' && <SelectField label="Motif de la correction" isRequired choices={amendChoices} value={reason} onChange={setReason} />}
      {act === 'move' && <MoveFields orientation={orientation} goal={goal} onChange={setGoal} />}
    </ConfirmDialog>
  );
}

function isComplete(act: Act, { doctor, reason, goal }: Answers): boolean {
  if (act === 'name') return doctor !== null;
  if (act === 'amend') return reason !== null;
  return act !== 'move' || (goal.slotId !== null && (!goal.late || goal.lateReason !== null));
}

function bodyOf(act: Act, { decider, doctor, reason, goal }: Answers): Record<string, string> {
  if (act === 'name') return { nationalId: doctor!.key };
  if (act === 'amend') return { reason: reason! };
  if (act === 'move') return { slotId: goal.slotId!, ...(goal.late && { lateReason: goal.lateReason! }) };
  return decider ? { by: decider } : {};
}

async function loadDoctors(q: string, signal: AbortSignal): Promise<Option[]> {
  const { professionals } = await call(directory.findProfessionals, { query: { q, limit: '12' }, signal });
  const byId = new Map(professionals.map((professional) => [professional.nationalId, professional]));
  return [...byId.values()].map(({ nationalId, lastName, firstName, specialties, place }) => ({
    key: nationalId, label: `${lastName} ${firstName}`, detail: [specialties[0]?.label, place.city].filter(Boolean).join(' · '),
  }));
}
