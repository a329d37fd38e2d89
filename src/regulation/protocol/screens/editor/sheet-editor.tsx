import { ChoicesField, TextField } from '../../../../ui/field.tsx';
import { filieres, referenceCodes, referenceLabels, type ValidationQuestion, validationQuestionLabels, validationQuestions, type VersionSheet } from '../../contract.ts';
import { type Problem, Problems } from './problems.tsx';
import css from './editor.module.css';

const validationHelp: Record<ValidationQuestion, string> = {
  coherence: 'Les mêmes mots et les mêmes priorités que les autres protocoles ?',
  quality: 'L’appelant est-il mieux servi, comprend-il les questions, sait-il quoi faire en attendant ?',
  filieres: 'Les deux filières acceptent-elles ce qu’elles recevront, aux heures où elles le recevront ?',
  governance: 'Des moyens, des conventions ou des accords à revoir ?',
};

/** What the version says of itself; the four validation questions are answered before it is submitted. */
export function SheetEditor({ sheet, problems, onChange }: { sheet: VersionSheet; problems: readonly Problem[]; onChange: (change: Partial<VersionSheet>) => void }) {
  const { drafters, validation } = sheet;
  const at = (path: string) => <Problems list={problems.filter((one) => one.path === path)} />;
  return (
    <div className={css.stack}>
      <div data-place="title"><TextField label="Titre" value={sheet.title} maxLength={120} onChange={(title) => onChange({ title })} />{at('title')}</div>
      <div data-place="filieres"><ChoicesField label="Filières concernées" choices={filieres.map((value) => ({ value, label: value }))} value={sheet.filieres} onChange={(next) => onChange({ filieres: next })} />{at('filieres')}</div>
      <div data-place="references"><ChoicesField label="Conforme à" choices={referenceCodes.map((value) => ({ value, label: referenceLabels[value] }))} value={sheet.references} onChange={(references) => onChange({ references })} />{at('references')}</div>
      <div className={css.pair}>
        <div data-place="drafters.amu"><TextField label="Rédacteur urgentiste" value={drafters.amu} maxLength={120} onChange={(amu) => onChange({ drafters: { ...drafters, amu } })} />{at('drafters.amu')}</div>
        <div data-place="drafters.snp"><TextField label="Rédacteur généraliste" value={drafters.snp} maxLength={120} onChange={(snp) => onChange({ drafters: { ...drafters, snp } })} />{at('drafters.snp')}</div>
      </div>
      {validationQuestions.map((question) => (
        <div key={question} data-place={`validation.${question}`}>
          <TextField label={validationQuestionLabels[question]} help={validationHelp[question]} value={validation[question]} lines={2} maxLength={2_000} onChange={(answer) => onChange({ validation: { ...validation, [question]: answer } })} />
          {at(`validation.${question}`)}
        </div>
      ))}
    </div>
  );
}
