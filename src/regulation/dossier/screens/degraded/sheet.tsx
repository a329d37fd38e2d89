import { formatPhone } from '../../../../ui/phone.ts';
import type { DegradedForm } from './form.ts';
import css from './sheet.module.css';

const NOTE_LINES = 5;
const priorities = ['P0', 'P1', 'P2', 'P3'] as const;
const filieres = ['AMU', 'SNP'] as const;

/** Forms on paper, two a page: blank ones by their number alone, or filled. Seen when printing only. */
export function Sheets({ forms }: { forms: readonly (Pick<DegradedForm, 'number'> & Partial<DegradedForm>)[] }) {
  return <div className={css.sheets} aria-hidden="true">{forms.map((form) => <Sheet key={form.number} form={form} />)}</div>;
}

function Sheet({ form }: { form: Pick<DegradedForm, 'number'> & Partial<DegradedForm> }) {
  const notes = [...(form.notes ?? []), ...Array.from({ length: Math.max(0, NOTE_LINES - (form.notes?.length ?? 0)) }, (_, index) => ({ id: `blank${index}`, time: '', text: '' }))];
  return (
    <section className={css.sheet}>
      <header><strong>Fiche d’appel, mode dégradé</strong><span className={css.number}>{form.number}</span></header>
      <div className={css.line}><Box label="Date" value={form.day} size={2} /><Box label="Heure de l’appel" value={form.time} size={2} /><Box label="Pris par" value={form.by} size={5} /></div>
      <div className={css.line}><Box label="Numéro de rappel" value={form.phone && formatPhone(form.phone)} size={4} /><Box label="Qui appelle (lien)" value={form.relation} size={5} /></div>
      <div className={css.line}><Box label="Adresse" value={form.address} size={6} /><Box label="Commune" value={form.city} size={3} /></div>
      <div className={css.line}><Box label="Accès, étage, code" value={form.details} size={9} /></div>
      <div className={css.line}><Box label="Nom" value={form.lastName} size={4} /><Box label="Prénom" value={form.firstName} size={3} /><Box label="Âge" value={form.age} size={1} /><Box label="Sexe" value={form.sex} size={1} /></div>
      <div className={css.line}>
        <Box label="Motif" value={form.motive} size={5} />
        <Choice label="Priorité" values={priorities} value={form.priority} />
        <Choice label="Filière" values={filieres} value={form.filiere} />
      </div>
      <table className={css.notes}><tbody>{notes.map(({ id, time, text }) => <tr key={id}><td>{time || '   h'}</td><td>{text}</td></tr>)}</tbody></table>
      <div className={css.line}><Box label="Réponse donnée, médecin qui a décidé et heure" value={form.answer} size={9} tall /></div>
    </section>
  );
}

const Box = ({ label, value, size, tall = false }: { label: string; value?: string | undefined; size: number; tall?: boolean }) => (
  <div className={css.box} style={{ flex: size, minHeight: tall ? '14mm' : '9mm' }}><span>{label}</span><b>{value}</b></div>
);

const Choice = ({ label, values, value }: { label: string; values: readonly string[]; value?: string | null | undefined }) => (
  <div className={css.box} style={{ flex: 2 }}><span>{label}</span><b>{values.map((one) => <i key={one}>{one === value ? '☒' : '☐'} {one} </i>)}</b></div>
);
