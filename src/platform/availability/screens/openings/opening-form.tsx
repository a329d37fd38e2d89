import { useState } from 'react';
import { ChoicesField, NumberField, SegmentField, SelectField, SwitchField, TextField, type Choice } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { CabinetIcon, HomeIcon, VideoIcon } from '../../../../ui/icons.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { TimeField } from '../../../../ui/time-field.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { modalityLabels, routes, type Modality } from '../../contract.ts';
import type { Owner } from './use-owners.ts';
import { endOf } from './week.ts';
import css from './openings.module.css';

type Kind = 'single' | 'range';
type Minutes = '10' | '15' | '20' | '30';

const kindChoices = [{ value: 'single', label: 'Un créneau' }, { value: 'range', label: 'Une plage' }] as const;
const minuteChoices = (['10', '15', '20', '30'] as const).map((value) => ({ value, label: `${value} min` }));
const modalityChoices: readonly Choice<Modality>[] = [
  { value: 'AMB', label: 'cabinet', icon: <CabinetIcon /> }, { value: 'HH', label: 'domicile', icon: <HomeIcon /> }, { value: 'VR', label: 'vidéo', icon: <VideoIcon /> },
];

/** Declares one slot, or a range in which X patients can be received. Several in a row: the next starts where the last ended. */
export function OpeningForm({ owners, day, onDay }: { owners: readonly Owner[]; day: string; onDay: (day: string) => void }) {
  const [ownerKey, setOwner] = useState(owners[0]!.key);
  const owner = owners.find(({ key }) => key === ownerKey) ?? owners[0]!;
  const [place, setPlace] = useState<string | null>(null);
  const placeId = owner.places.find(({ id }) => id === place)?.id ?? owner.places[0]!.id;
  const [kind, setKind] = useState<Kind>('single');
  const [starts, setStarts] = useState('09:00');
  const [minutes, setMinutes] = useState<Minutes>('20');
  const [ends, setEnds] = useState('12:00');
  const [capacity, setCapacity] = useState(4);
  const [modalities, setModalities] = useState<Modality[]>(['AMB']);
  const [withAppointment, setWithAppointment] = useState(true);
  const refresh = useRefresh();
  const open = useAction(routes.open, {
    onSuccess: (opening) => {
      toast({ tone: 'ok', words: `Déclaré : ${opening.starts}–${opening.ends}. Les opérateurs le voient.` });
      if (kind === 'single') setStarts(opening.ends);
      void refresh(routes.openings);
    },
  });
  const end = kind === 'single' ? endOf(starts, Number(minutes)) : ends;
  const why = modalities.length === 0 ? 'Choisissez au moins une modalité.' : !starts || !end ? 'Donnez des heures du même jour.' : null;

  function submit() {
    if (why || !end) return;
    open.mutate({
      body: {
        nationalId: owner.nationalId, structureId: owner.structureId, placeId, kind, day, starts, ends: end, modalities,
        withAppointment: kind === 'single' || withAppointment, capacity: kind === 'single' ? 1 : capacity,
      },
    });
  }

  return (
    <ApiForm label="Déclarer une disponibilité" problem={open.error} onSubmit={submit}>
      {owners.length > 1 && <SelectField label="Pour" choices={owners.map(({ key, label }) => ({ value: key, label }))} value={owner.key} onChange={setOwner} />}
      {owner.places.length > 1
        ? <SelectField name="placeId" label="Lieu" choices={owner.places.map(({ id, label }) => ({ value: id, label }))} value={placeId} onChange={setPlace} />
        : <p className={css.place}><span>Lieu</span>{owner.places[0]!.label}</p>}
      <SegmentField<Kind> label="Quoi" choices={kindChoices} value={kind} onChange={setKind} />
      <TextField name="day" label="Jour" type="date" isRequired value={day} onChange={(next) => next && onDay(next)} />
      <div className={css.pair}>
        <TimeField name="starts" label="Début" isRequired value={starts} onChange={setStarts} />
        {kind === 'single'
          ? <SelectField<Minutes> name="ends" label="Durée" choices={minuteChoices} value={minutes} onChange={setMinutes} />
          : <TimeField name="ends" label="Fin" isRequired value={ends} onChange={setEnds} />}
      </div>
      {kind === 'range' && <NumberField name="capacity" label="Je peux recevoir" unit="patients" minValue={1} maxValue={200} value={capacity} onChange={setCapacity} />}
      <ChoicesField label="Comment" choices={modalityChoices} value={modalities} onChange={setModalities} />
      {kind === 'range' && <SwitchField label="Sur rendez-vous" isSelected={withAppointment} onChange={setWithAppointment} help={withAppointment ? undefined : 'Les patients viennent dans la plage, sans heure précise.'} />}
      <SubmitBar label={kind === 'single' ? `Déclarer ${starts && end ? `${starts}–${end}` : 'le créneau'}` : `Déclarer la plage`} pending={open.isPending} isDisabled={why !== null} />
      {why && <p className={css.soft} role="status">{why}</p>}
      <p className={css.soft}>{modalities.length > 0 && `Consultation ${modalities.map((one) => modalityLabels[one]).join(', ')}. `}Visible aussitôt par la régulation, jamais par le public.</p>
    </ApiForm>
  );
}
