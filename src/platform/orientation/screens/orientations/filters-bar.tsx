import { useEffect, useRef, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { useCommand } from '../../../../ui/commands.ts';
import { SelectField, SwitchField, TextField } from '../../../../ui/field.tsx';
import { ChevronIcon, SearchIcon } from '../../../../ui/icons.tsx';
import { useApi } from '../../../../ui/query.ts';
import { routes as availability } from '../../../availability/contract.ts';
import { periods, statusChoices, type Filters, type Period } from './filters.ts';
import css from './orientations.module.css';

const PAUSE_MS = 250;
const EVERY_EDITOR = '';
const periodChoices = Object.entries(periods).map(([value, label]) => ({ value: value as Period, label }));

export interface FiltersBarProps {
  readonly filters: Filters;
  /** People who make orientations may ask for theirs. */
  readonly mine: boolean;
  readonly onChange: (next: Partial<Filters>) => void;
}

/** What to show of the orientations; each choice asks at once. */
export function FiltersBar({ filters, mine, onChange }: FiltersBarProps) {
  const { data } = useApi(availability.editors, {}, { topics: ['editor'], staleMs: 300_000 });
  const [unfolded, setUnfolded] = useState(false);
  const names = [...new Set([...(data?.editors.map(({ name }) => name) ?? []), ...(filters.editor ? [filters.editor] : [])])];
  return (
    <search className={cx(css.filters, !unfolded && css.folded)}>
      <WordsField words={filters.q ?? ''} onChange={(q) => onChange({ q: q || undefined })} />
      <Button className={css.fold!} aria-expanded={unfolded} onPress={() => setUnfolded(!unfolded)}>Filtres <ChevronIcon size={12} /></Button>
      <div className={css.choice}>
        <SelectField label="État" choices={statusChoices} value={filters.status as string} onChange={(status) => onChange({ status: status as Filters['status'] })} />
      </div>
      <div className={css.choice}>
        <SelectField label="Période" choices={periodChoices} value={filters.period} onChange={(period) => onChange({ period, ...(period === 'dates' ? {} : { from: undefined, to: undefined }) })} />
      </div>
      {filters.period === 'dates' && (
        <>
          <TextField label="Du" type="date" value={filters.from ?? ''} onChange={(day) => onChange({ from: day || undefined })} />
          <TextField label="Au" type="date" value={filters.to ?? ''} onChange={(day) => onChange({ to: day || undefined })} />
        </>
      )}
      {names.length > 0 && (
        <div className={css.choice}>
          <SelectField
            label="Éditeur"
            choices={[{ value: EVERY_EDITOR, label: 'Tous' }, ...names.map((name) => ({ value: name, label: name }))]}
            value={filters.editor ?? EVERY_EDITOR}
            onChange={(editor) => onChange({ editor: editor || undefined })}
          />
        </div>
      )}
      {mine && <div className={css.mine}><SwitchField label="Les miennes" isSelected={filters.mine === '1'} onChange={(on) => onChange({ mine: on ? '1' : undefined })} /></div>}
    </search>
  );
}

/** Words looked for in the name, the place and the reference; asked when typing pauses, at once with `Enter`. */
function WordsField({ words, onChange }: { words: string; onChange: (words: string) => void }) {
  const [text, setText] = useState(words);
  const input = useRef<HTMLInputElement>(null);
  useCommand({ id: 'orientations:words', label: 'Chercher dans les orientations', group: 'Orientations', keys: '/', run: () => input.current?.select() });
  useEffect(() => setText(words), [words]);
  useEffect(() => {
    if (text.trim() === words) return;
    const timer = setTimeout(() => onChange(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <form
      className={css.words}
      onSubmit={(event) => {
        event.preventDefault();
        onChange(text.trim());
      }}
    >
      <label htmlFor="orientations-words">Chercher <kbd>/</kbd></label>
      <div className={css.box}>
        <SearchIcon />
        <input id="orientations-words" ref={input} type="search" maxLength={80} value={text} placeholder="Nom, lieu, n° de dossier" onChange={(event) => setText(event.target.value)} />
      </div>
      <Button type="submit" look="quiet" small className={css.submit!}>Chercher</Button>
    </form>
  );
}
