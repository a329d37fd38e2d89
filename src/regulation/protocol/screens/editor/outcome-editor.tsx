import { Button } from '../../../../ui/button.tsx';
import { SegmentField, SelectField, TextField } from '../../../../ui/field.tsx';
import { CrossIcon } from '../../../../ui/icons.tsx';
import { PriorityMark } from '../../../../ui/priority-mark.tsx';
import { type DraftOutcome, filieres, priorities } from '../../contract.ts';
import { problemsAt } from './draft.ts';
import { type Problem, Problems } from './problems.tsx';
import { ResponseFields } from './response-fields.tsx';
import css from './editor.module.css';

/** What comes out of the tree: priority, filière, motive, the reason in words, reflex means and what to say. */
export function OutcomeEditor({ outcome, problems, onChange, onRemove }: { outcome: DraftOutcome; problems: readonly Problem[]; onChange: (change: Partial<DraftOutcome>) => void; onRemove: () => void }) {
  const place = `outcomes.${outcome.id}`;
  const name = outcome.motive.label || outcome.id;
  return (
    <li className={css.card} data-place={place} aria-label={`Issue ${name}`}>
      <div className={css.head}>
        {outcome.priority ? <PriorityMark priority={outcome.priority} large /> : <strong>Issue</strong>}
        <strong>{outcome.reason || 'à décrire'}</strong>
        <span className={css.space} />
        <Button small look="quiet" aria-label={`Enlever l’issue ${name}`} onPress={onRemove}><CrossIcon /></Button>
      </div>
      <div className={css.direction}>
        <SegmentField label="Priorité" value={outcome.priority ?? ''} onChange={(priority) => priority && onChange({ priority })} choices={priorities.map((value) => ({ value, label: value }))} />
        <SelectField label="Filière" value={outcome.filiere} onChange={(filiere) => onChange({ filiere })} choices={filieres.map((value) => ({ value, label: value }))} />
      </div>
      <TextField label="Raison, en une phrase que l’ARM lira" value={outcome.reason} maxLength={400} onChange={(reason) => onChange({ reason })} />
      <ResponseFields value={outcome} onChange={onChange} />
      <TextField
        label="Réponse que l’ARM donne lui-même" value={outcome.answer ?? ''} maxLength={400} help="Vide : le dossier est transmis. Sinon un médecin la valide ensuite."
        onChange={(answer) => onChange({ answer })}
      />
      <Problems list={problemsAt(problems, place)} />
    </li>
  );
}
