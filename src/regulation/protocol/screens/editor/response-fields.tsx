import { ChoicesField, TextField } from '../../../../ui/field.tsx';
import { meansLabels, type P0Entry } from '../../contract.ts';
import { meansWord } from '../words.ts';
import css from './editor.module.css';

type Response = Pick<P0Entry, 'motive' | 'means' | 'advice'>;

/** What an outcome and a situation P0 share: motive, reflex means, what to say. */
export function ResponseFields({ value: { motive, means, advice }, onChange }: { value: Response; onChange: (change: Partial<Response>) => void }) {
  const codes = [...new Set([...Object.keys(meansLabels), ...means])];
  return (
    <>
      <div className={css.motive}>
        <TextField label="Motif, code national" value={motive.code} maxLength={20} placeholder="M03.06" onChange={(code) => onChange({ motive: { ...motive, code } })} />
        <TextField label="Motif, libellé" value={motive.label} maxLength={120} placeholder="Douleur thoracique" onChange={(label) => onChange({ motive: { ...motive, label } })} />
      </div>
      <ChoicesField label="Moyens réflexes" choices={codes.map((value) => ({ value, label: meansWord(value) }))} value={means} onChange={(next) => onChange({ means: next })} />
      <TextField label="À dire, une phrase par ligne" value={advice.join('\n')} lines={3} onChange={(text) => onChange({ advice: text.split('\n').slice(0, 8) })} />
    </>
  );
}
