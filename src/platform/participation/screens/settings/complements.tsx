import { CheckboxField, NumberField, SwitchField, TextField } from '../../../../ui/field.tsx';
import { WeekHoursField } from '../../../../ui/week-hours-field.tsx';
import type { Complement } from '../../contract.ts';
import type { Draft } from './draft.ts';
import css from '../participation.module.css';

const NOTE_LENGTH = 300;

/** What the regulation reads besides, each part shown or not; and how much somebody accepts. */
export function Complements({ draft, structure, onChange }: { draft: Draft; structure: boolean; onChange: (part: Partial<Draft>) => void }) {
  const { contact, note, preferredHours, caps, shown, reorientation } = draft;
  const shows = (one: Complement) => (
    <SwitchField label="Montré à la régulation" isSelected={shown.includes(one)} onChange={(on) => onChange({ shown: on ? [...shown, one] : shown.filter((other) => other !== one) })} />
  );
  return (
    <>
      <fieldset className={css.group}>
        <legend>Pour la régulation seule</legend>
        <TextField name="contact" label={structure ? 'Téléphone pour les demandes du SAS' : 'Téléphone direct'} type="tel" autoComplete="tel" value={contact} onChange={(next) => onChange({ contact: next })} />
        {shows('contact')}
        <TextField name="note" label="Précisions d’accès" lines={2} maxLength={NOTE_LENGTH} value={note} onChange={(next) => onChange({ note: next })}
          help={`Étage, code, stationnement… Jamais rien d’un patient. ${NOTE_LENGTH - note.length} caractères restants.`} />
        {shows('note')}
        <WeekHoursField label="Horaires préférés pour les patients en sus" empty="sans préférence" hours={preferredHours} onChange={(hours) => onChange({ preferredHours: hours })} />
        {shows('hours')}
      </fieldset>
      <fieldset className={css.group}>
        <legend>Ce que vous acceptez au plus</legend>
        <div className={css.pair}>
          <NumberField name="caps.halfDay" label="En sus par demi-journée" minValue={1} maxValue={50} help="Vide : sans limite." value={caps.halfDay ?? NaN} onChange={(next) => onChange({ caps: { ...caps, halfDay: orNone(next) } })} />
          <NumberField name="caps.week" label="En sus par semaine" minValue={1} maxValue={200} help="Vide : sans limite." value={caps.week ?? NaN} onChange={(next) => onChange({ caps: { ...caps, week: orNone(next) } })} />
        </div>
        {!structure && <CheckboxField label="J’adhère au forfait de réorientation des urgences" isSelected={reorientation} onChange={(next) => onChange({ reorientation: next })} />}
      </fieldset>
    </>
  );
}

const orNone = (value: number): number | null => (Number.isNaN(value) ? null : value);
