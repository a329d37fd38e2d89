import { Button } from '../../../../ui/button.tsx';
import { NumberField, SelectField, TextField } from '../../../../ui/field.tsx';
import { CrossIcon } from '../../../../ui/icons.tsx';
import { type AccessNumber, flowKindSchema, levelLabels } from '../../contract.ts';
import { flowWords } from '../words.ts';
import { entryLevels } from './draft.ts';
import css from './configuration.module.css';

const flows = flowKindSchema.options.map((value) => ({ value, label: flowWords[value] }));

/** One access number: where its calls enter, and before whom. `problem`: what is wrong with the whole line. */
export function NumberRow({ number, path, problem, onChange, onRemove }: {
  number: AccessNumber; path: string; problem: string | null; onChange: (change: Partial<AccessNumber>) => void; onRemove: () => void;
}) {
  const levels = entryLevels(number.flow);
  return (
    <li className={css.number} aria-label={`Numéro ${number.label || number.number || 'nouveau'}`}>
      <TextField label="Numéro" value={number.number} onChange={(value) => onChange({ number: value })} inputMode="tel" name={`${path}.number`} />
      <TextField label="Nom" value={number.label} maxLength={80} onChange={(label) => onChange({ label })} name={`${path}.label`} />
      <SelectField label="Flux" value={number.flow} choices={flows} onChange={(flow) => onChange({ flow, ...(entryLevels(flow).includes(number.entryLevel) ? {} : { entryLevel: entryLevels(flow)[0]! }) })} />
      <SelectField
        label="Entre au niveau" value={number.entryLevel} onChange={(entryLevel) => onChange({ entryLevel })} name={`${path}.entryLevel`}
        choices={(levels.includes(number.entryLevel) ? levels : [...levels, number.entryLevel]).map((value) => ({ value, label: levelLabels[value] }))}
      />
      <TextField label="Origine" value={number.origin} maxLength={20} onChange={(origin) => onChange({ origin })} />
      <NumberField label="Rang" value={number.priority} minValue={0} maxValue={9} onChange={(priority) => Number.isFinite(priority) && onChange({ priority })} />
      <Button look="quiet" aria-label={`Enlever le numéro ${number.number}`} onPress={onRemove}><CrossIcon /></Button>
      {problem && <p className={css.wrong} role="alert">⚠ {problem}</p>}
    </li>
  );
}
