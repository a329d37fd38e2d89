import { useState, type ReactNode } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { CheckboxField, NumberField, SelectField, SwitchField, TextField } from '../../../../ui/field.tsx';
import { ApiForm } from '../../../../ui/form.tsx';
import { TimeField } from '../../../../ui/time-field.tsx';
import type { KeptAgenda, Modality, Series } from '../../contract.ts';
import { Conflict } from './conflict.tsx';
import { type Draft, scoped, whyNot } from './draft.ts';
import { ScopeChoice, type Scope } from './scope-choice.tsx';
import { useSaving } from './use-saving.ts';
import { consultationLabels, type Opening, REMINDER } from './week.ts';
import css from './form.module.css';

const weekdays = ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi', 'Dimanche'];
const cuts = [null, 10, 15, 20, 30, 60].map((minutes) => ({ value: String(minutes), label: minutes ? `en créneaux de ${minutes} min` : 'en un seul créneau' }));
const turns = [1, 2, 3, 4].map((weeks) => ({ value: String(weeks), label: weeks === 1 ? 'toutes les semaines' : `toutes les ${weeks} semaines` }));

/** Creates an availability, or changes one: this date, from this date on, or the whole series. */
export function AvailabilityForm({ agenda, start, editing, onClose }: {
  agenda: KeptAgenda; start: Draft; editing: { opening: Opening; series: Series | null } | null; onClose: () => void;
}) {
  const [draft, setDraft] = useState(start);
  const [scope, setScope] = useState<Scope>('one');
  const set = (more: Partial<Draft>) => setDraft((before) => ({ ...before, ...more }));
  const saving = useSaving({ agenda, editing, onSaved: onClose });
  const why = whyNot(draft, scope);
  const one = editing !== null && scope === 'one';
  const choose = (next: Scope) => {
    setScope(next);
    if (editing?.series) set(scoped(next, editing.opening, editing.series));
  };
  return (
    <Dialog
      title={<span className={css.title}>Ajouter ou modifier des disponibilités</span>} over={agenda.within ? `${agenda.label}, ${agenda.within}` : agenda.label} open onClose={onClose}
      footer={
        <>
          <Button type="submit" form="availability" look="main" isPending={saving.pending} isDisabled={why !== null}>Enregistrer</Button>
          <Button look="quiet" onPress={onClose}>Annuler</Button>
          {why && <span className={css.soft} role="status">{why}</span>}
        </>
      }
    >
      <ApiForm id="availability" label="Disponibilité" problem={saving.conflict ? null : saving.problem} onSubmit={() => why === null && saving.save(draft, scope)}>
        {saving.conflict && <Conflict problem={saving.conflict} />}
        <p className={css.soft}>{REMINDER}</p>
        {editing?.series && <ScopeChoice label="Modifier" value={scope} onChange={choose} />}
        <Hours draft={draft} set={set} fixedDay={editing !== null && scope !== 'one'} />
        <Kind draft={draft} set={set} mayCut={!one} />
        <fieldset className={css.group}>
          <legend>Type de consultation :</legend>
          {(Object.keys(consultationLabels) as Modality[]).map((modality) => (
            <CheckboxField key={modality} label={consultationLabels[modality]} isSelected={draft.modalities.includes(modality)} onChange={(on) => set({ modalities: toggled(draft.modalities, modality, on) })} />
          ))}
          <SwitchField label="Sur rendez-vous" isSelected={draft.withAppointment} onChange={(withAppointment) => set({ withAppointment })} help={draft.withAppointment ? undefined : 'Les patients viennent dans la plage, sans heure précise.'} />
        </fieldset>
        {agenda.places.length > 1
          ? <SelectField name="placeId" label="Lieu" choices={agenda.places.map(({ id, label }) => ({ value: id, label }))} value={draft.placeId} onChange={(placeId) => set({ placeId })} />
          : <p className={css.soft}>{agenda.places[0]?.label}</p>}
        {!one && <Weekly draft={draft} set={set} />}
      </ApiForm>
    </Dialog>
  );
}

type Part = { readonly draft: Draft; readonly set: (more: Partial<Draft>) => void };

const toggled = <T,>(list: readonly T[], item: T, on: boolean): T[] => (on ? [...list, item] : list.filter((one) => one !== item));

const Hours = ({ draft, set, fixedDay }: Part & { fixedDay: boolean }) => (
  <div className={css.hours}>
    {!fixedDay && <TextField name="day" label="Date :" type="date" isRequired value={draft.day} onChange={(day) => set({ day })} />}
    <TimeField name="starts" label="De :" isRequired value={draft.starts} onChange={(starts) => set({ starts })} />
    <TimeField name="ends" label="A :" isRequired value={draft.ends} onChange={(ends) => set({ ends })} />
  </div>
);

function Kind({ draft, set, mayCut }: Part & { mayCut: boolean }) {
  return (
    <fieldset className={css.group}>
      <legend className={css.hidden}>Ce que vous proposez</legend>
      <Radio name="kind" checked={draft.kind === 'single'} onChange={() => set({ kind: 'single' })}>
        Je souhaite rendre visible un créneau disponible <span className={css.soft}>(ex : 10h00-10h30, 10h30-11h00, ...)</span>
      </Radio>
      {draft.kind === 'single' && mayCut && (
        <div className={css.under}>
          <SelectField name="slotMinutes" label="Cette période" choices={cuts} value={String(draft.slotMinutes)} onChange={(value) => set({ slotMinutes: value === 'null' ? null : Number(value) })} />
        </div>
      )}
      <Radio name="kind" checked={draft.kind === 'range'} onChange={() => set({ kind: 'range', slotMinutes: null })}>Je peux recevoir X patients sur cette plage horaire</Radio>
      {draft.kind === 'range' && (
        <div className={css.under}>
          <NumberField name="capacity" label="Nombre de patients" unit="patients" minValue={1} maxValue={200} value={draft.capacity} onChange={(capacity) => set({ capacity })} />
        </div>
      )}
    </fieldset>
  );
}

const Radio = ({ name, checked, onChange, children }: { name: string; checked: boolean; onChange: () => void; children: ReactNode }) => (
  <label className={css.radio}><input type="radio" name={name} checked={checked} onChange={onChange} /><span>{children}</span></label>
);

function Weekly({ draft, set }: Part) {
  return (
    <fieldset className={css.group}>
      <legend>Créer une récurrence hebdomadaire :</legend>
      <div className={css.days}>
        {weekdays.map((name, index) => (
          <CheckboxField key={name} label={`Chaque ${name}`} isSelected={draft.weekdays.includes(index + 1)} onChange={(on) => set({ weekdays: toggled(draft.weekdays, index + 1, on).sort() })} />
        ))}
      </div>
      {draft.weekdays.length > 0 && (
        <>
          <div className={css.pair}>
            <SelectField label="Revient" choices={turns} value={String(draft.everyWeeks)} onChange={(value) => set({ everyWeeks: Number(value) })} />
            <TextField name="lastDay" label="Jusqu’au" type="date" value={draft.lastDay} onChange={(lastDay) => set({ lastDay })} help="Vide : jusqu’à nouvel ordre." />
          </div>
          <CheckboxField label="Pas les jours fériés" isSelected={draft.skipHolidays} onChange={(skipHolidays) => set({ skipHolidays })} />
        </>
      )}
    </fieldset>
  );
}
