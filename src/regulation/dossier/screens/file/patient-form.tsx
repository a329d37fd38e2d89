import { ChoicesField, SegmentField, SelectField } from '../../../../ui/field.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { mayOpen, useAccount } from '../../../../ui/session.ts';
import type { Dossier } from '../../contract.ts';
import { conflictOn } from './conflicts.ts';
import css from './patient-form.module.css';
import { ageOn, clinicalRoles, isWritable, readAge } from './patient-rules.ts';
import { SharedField } from './presence.tsx';
import { SavedText } from './saved-text.tsx';
import { type Patch, useDeeds } from './use-dossier.ts';
import { nameWords, personWords, usualDoctorWords } from './words.ts';

type Patient = Dossier['patient'];
const contacts = Object.entries(usualDoctorWords).map(([value, label]) => ({ value: value as Patient['usualDoctorContact'], label }));
const sexes = [{ value: 'F', label: 'F' }, { value: 'M', label: 'M' }, { value: '', label: '?' }] as const;
const vulnerabilities = [{ value: 'sociale', label: 'Sociale' }, { value: 'physique', label: 'Physique' }, { value: 'psychique', label: 'Psychique' }] as const;

const change = (patient: Patch['patient']): Patch => ({ patient });

/**
 * The patient of a dossier, each field kept as one leaves it. Those who regulate or take calls write the medical part; the
 * others read it. `identity="open"` shows the identity unfolded from the start.
 */
export function PatientForm({ dossier, identity = 'folded' }: { dossier: Dossier; identity?: 'open' | 'folded' }) {
  const account = useAccount();
  const writable = isWritable(dossier);
  const clinical = writable && mayOpen(account, clinicalRoles);
  const { patient } = dossier;
  const text = (name: 'history' | 'treatments' | 'allergies', label: string) => (
    <SavedText dossier={dossier} name={`patient.${name}`} label={label} value={patient[name]} lines={2} isReadOnly={!clinical} patchOf={(words) => change({ [name]: words })} />
  );
  return (
    <section className={css.patient} aria-label="Patient">
      <details open={identity === 'open' || (writable && patient.lastName === '')}>
        <summary>{[nameWords(patient), personWords(patient)].filter(Boolean).join(', ') || 'Identité du patient'}</summary>
        <Identity dossier={dossier} isReadOnly={!writable} />
      </details>
      {text('history', 'Antécédents')}
      {text('treatments', 'Traitements')}
      {text('allergies', 'Allergies')}
      <UsualDoctor dossier={dossier} isReadOnly={!writable} />
    </section>
  );
}

function Identity({ dossier, isReadOnly }: { dossier: Dossier; isReadOnly: boolean }) {
  const { patient } = dossier;
  const today = useNow(3_600_000).toZonedDateTimeISO(useZone()).toPlainDate();
  const { update } = useDeeds(dossier.id, dossier);
  const common = { dossier, isReadOnly };
  return (
    <div className={css.identity}>
      <SavedText {...common} name="patient.lastName" label="Nom" value={patient.lastName} patchOf={(lastName) => change({ lastName })} />
      <SavedText {...common} name="patient.firstName" label="Prénom" value={patient.firstName} patchOf={(firstName) => change({ firstName })} />
      <SavedText
        {...common} name="patient.birthDate" label="Naissance" type="date" value={patient.birthDate ?? ''}
        patchOf={(birthDate) => change(birthDate ? { birthDate, age: ageOn(birthDate, today) } : { birthDate: null })}
      />
      <SavedText
        {...common} name="patient.age" label="Âge" value={patient.age === null ? '' : String(patient.age)} help="un nombre d’années"
        patchOf={(words) => (readAge(words) === undefined ? null : change({ age: readAge(words)! }))}
      />
      {isReadOnly ? null : (
        <SharedField field="patient.sex">
          <SegmentField label="Sexe" choices={sexes} value={patient.sex === 'I' ? '' : patient.sex} onChange={(sex) => void update(change({ sex }))} />
        </SharedField>
      )}
    </div>
  );
}

function UsualDoctor({ dossier, isReadOnly }: { dossier: Dossier; isReadOnly: boolean }) {
  const { update, error } = useDeeds(dossier.id, dossier);
  const { patient } = dossier;
  const conflict = conflictOn('patient.usualDoctorContact', error) ?? conflictOn('patient.vulnerable', error);
  return (
    <>
      <SavedText dossier={dossier} isReadOnly={isReadOnly} name="patient.usualDoctor" label="Médecin traitant" value={patient.usualDoctor} patchOf={(usualDoctor) => change({ usualDoctor })} />
      {!isReadOnly && (
        <SharedField field="patient.usualDoctorContact">
          <SelectField label="Médecin traitant appelé d’abord ?" choices={contacts} value={patient.usualDoctorContact} onChange={(usualDoctorContact) => void update(change({ usualDoctorContact }))} />
        </SharedField>
      )}
      {!isReadOnly && (
        <ChoicesField label="Vulnérabilité" choices={vulnerabilities} value={patient.vulnerable} onChange={(vulnerable) => void update(change({ vulnerable }))} />
      )}
      {conflict && <p role="alert" className={css.problem}>{conflict.by} a changé la même chose : c’est sa valeur qui est montrée.</p>}
    </>
  );
}
