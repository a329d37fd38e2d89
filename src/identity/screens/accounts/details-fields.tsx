import { NumberField, SelectField, TextField } from '../../../ui/field.tsx';
import { type AccountDetails, type AccountView } from '../../contract.ts';
import { teamLabels, teams, type Team } from '../../domain/team.ts';
import css from './accounts.module.css';

/** What is typed of somebody: empty text stands for nothing. */
export interface DraftDetails {
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly phone: string;
  readonly department: string;
  readonly team: Team | 'none';
  readonly amount: number;
  readonly unit: 'percent' | 'half-days';
}

export const emptyDetails: DraftDetails = { lastName: '', firstName: '', email: '', phone: '', department: '', team: 'none', amount: Number.NaN, unit: 'half-days' };

export const draftOf = ({ lastName, firstName, email, phone, department, team, available }: Pick<AccountView, keyof AccountDetails>): DraftDetails => ({
  lastName, firstName, email: email ?? '', phone: phone ?? '', department: department ?? '', team: team ?? 'none', amount: available?.amount ?? Number.NaN, unit: available?.unit ?? 'half-days',
});

const orNull = (text: string): string | null => text.trim() || null;
export const detailsOf = ({ lastName, firstName, email, phone, department, team, amount, unit }: DraftDetails): AccountDetails => ({
  lastName, firstName, email: orNull(email), phone: orNull(phone), department: orNull(department)?.toUpperCase() ?? null, team: team === 'none' ? null : team,
  available: amount > 0 ? { amount, unit } : null,
});

const teamChoices = [{ value: 'none' as const, label: 'Selon son rôle' }, ...teams.map((value) => ({ value, label: teamLabels[value] }))];
const unitChoices = [{ value: 'half-days', label: 'demi-journées par semaine' }, { value: 'percent', label: '% du temps' }] as const;

/** Temps disponible: a number and its unit. */
export function AvailableFields({ amount, unit, onChange }: Pick<DraftDetails, 'amount' | 'unit'> & { onChange: (change: Partial<DraftDetails>) => void }) {
  return (
    <div className={css.pair}>
      <NumberField label="Temps disponible" name="available.amount" minValue={0} maxValue={100} value={amount} onChange={(next) => onChange({ amount: next })} />
      <SelectField label="Unité" choices={unitChoices} value={unit} onChange={(next) => onChange({ unit: next })} />
    </div>
  );
}

/** The fields of the « Première cartographie des acteurs du SAS ». */
export function DetailsFields({ details, onChange }: { details: DraftDetails; onChange: (details: DraftDetails) => void }) {
  const set = (change: Partial<DraftDetails>) => onChange({ ...details, ...change });
  return (
    <>
      <div className={css.pair}>
        <TextField name="lastName" label="Nom" isRequired value={details.lastName} onChange={(lastName) => set({ lastName })} />
        <TextField name="firstName" label="Prénom" isRequired value={details.firstName} onChange={(firstName) => set({ firstName })} />
      </div>
      <TextField name="email" label="Contact mail" type="email" value={details.email} onChange={(email) => set({ email })} />
      <div className={css.pair}>
        <TextField name="phone" label="Téléphone" type="tel" value={details.phone} onChange={(phone) => set({ phone })} />
        <TextField name="department" label="Département" placeholder="86" value={details.department} onChange={(department) => set({ department })} />
      </div>
      <SelectField label="Groupe" name="team" choices={teamChoices} value={details.team} onChange={(team) => set({ team })} />
      <AvailableFields amount={details.amount} unit={details.unit} onChange={set} />
    </>
  );
}
