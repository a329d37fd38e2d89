import { Button } from '../../../../ui/button.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { CrossIcon } from '../../../../ui/icons.tsx';
import type { P0Entry } from '../../contract.ts';
import { problemsAt } from './draft.ts';
import { goTo, type Problem, Problems } from './problems.tsx';
import { ResponseFields } from './response-fields.tsx';
import css from './editor.module.css';

/** The situations where P0 is immediate, in the order of the list. */
export function P0Editor({ entries, problems, onChange }: { entries: readonly P0Entry[]; problems: readonly Problem[]; onChange: (entries: P0Entry[]) => void }) {
  const changed = (at: number, change: Partial<P0Entry>) => onChange(entries.map((one, index) => (index === at ? { ...one, ...change } : one)));
  function add() {
    onChange([...entries, { motive: { code: '', label: '' }, signs: '', means: [], advice: [] }]);
    requestAnimationFrame(() => goTo(`entries.${entries.length}`));
  }
  return (
    <div className={css.stack} data-place="entries">
      <ol className={css.stack}>
        {entries.map((entry, at) => (
          <li key={at} className={css.card} data-place={`entries.${at}`} aria-label={`Situation ${at + 1}`}>
            <div className={css.head}>
              <strong>{at + 1}. {entry.motive.label || 'situation à nommer'}</strong>
              <span className={css.space} />
              <Button small look="quiet" aria-label={`Enlever la situation ${at + 1}`} onPress={() => onChange(entries.filter((_, index) => index !== at))}><CrossIcon /></Button>
            </div>
            <TextField label="On la reconnaît à" value={entry.signs} maxLength={300} onChange={(signs) => changed(at, { signs })} />
            <ResponseFields value={entry} onChange={(change) => changed(at, change)} />
            <Problems list={problemsAt(problems, `entries.${at}`)} />
          </li>
        ))}
      </ol>
      <div><Button onPress={add}>Ajouter une situation</Button></div>
    </div>
  );
}
