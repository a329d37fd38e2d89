import { useState } from 'react';
import { call } from '../../../../ui/api.ts';
import { ComboField, type Option } from '../../../../ui/combo-field.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { SegmentField } from '../../../../ui/field.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { formatMoment } from '../../../../ui/time.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes as directory } from '../../../directory/contract.ts';
import { routes, type Orientation } from '../../contract.ts';
import { actWords, consequences, mayCancelForPatient, type Act } from './acts.ts';

type Decider = 'self' | 'patient';

/** Asks once, naming what will happen and to whom, then does it. */
export function ActDialog({ orientation, act, receives, onClose }: { orientation: Orientation; act: Act; receives: boolean; onClose: () => void }) {
  const zone = useZone();
  const present = useNow(60_000);
  const refresh = useRefresh();
  const [decider, setDecider] = useState<Decider>('self');
  const [doctor, setDoctor] = useState<Option | null>(null);
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

  return (
    <ConfirmDialog
      title={words.title}
      open
      onClose={onClose}
      action={words.deed}
      danger={words.danger ?? false}
      pending={action.isPending}
      problem={action.error}
      isDisabled={act === 'name' && !doctor}
      onConfirm={() => action.mutate({ params: { id: orientation.id, action: act }, body: bodyOf(act, asksWhose ? decider : null, doctor) })}
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
    </ConfirmDialog>
  );
}

function bodyOf(act: Act, decider: Decider | null, doctor: Option | null): Record<string, string> {
  if (act === 'name') return { nationalId: doctor!.key };
  return decider ? { by: decider } : {};
}

async function loadDoctors(q: string, signal: AbortSignal): Promise<Option[]> {
  const { professionals } = await call(directory.findProfessionals, { query: { q, limit: '12' }, signal });
  const byId = new Map(professionals.map((professional) => [professional.nationalId, professional]));
  return [...byId.values()].map(({ nationalId, lastName, firstName, specialties, place }) => ({
    key: nationalId, label: `${lastName} ${firstName}`, detail: [specialties[0]?.label, place.city].filter(Boolean).join(' · '),
  }));
}
