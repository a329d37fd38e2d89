import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { SelectField, SwitchField, TextField } from '../../../../ui/field.tsx';
import { ChevronIcon } from '../../../../ui/icons.tsx';
import { useApi } from '../../../../ui/query.ts';
import { routes as availability } from '../../../availability/contract.ts';
import { routes as directory } from '../../../directory/contract.ts';
import { channelInWords, outcomeFamilies, type OutcomeFamily } from '../../contract-outcomes.ts';
import { periods, type Filters, type Period } from './filters.ts';
import { levelInWords } from './words.ts';
import css from './supervision.module.css';

const ALL = '';
const HIGHEST_LEVEL = 5;
const all = { value: ALL, label: 'Tous' };
const periodChoices = Object.entries(periods).map(([value, label]) => ({ value: value as Period, label }));
const outcomeChoices = [{ value: ALL, label: 'Toutes' }, ...Object.entries(outcomeFamilies).map(([value, { label }]) => ({ value, label }))];
const levelChoices = [all, ...Array.from({ length: HIGHEST_LEVEL + 1 }, (_, level) => ({ value: String(level), label: levelInWords(level) }))];

/** What the figures and the list are about; each choice asks at once and stays in the address. */
export function FiltersBar({ filters, territory, onChange }: { filters: Filters; territory: string | undefined; onChange: (next: Partial<Filters>) => void }) {
  const [unfolded, setUnfolded] = useState(false);
  const editors = useApi(availability.editors, {}, { topics: ['editor'], staleMs: 300_000 });
  const structures = useApi(directory.findStructures, { query: { ...(territory ? { territory } : {}), limit: '100' } }, { staleMs: 300_000 });
  const channels = ['slot', 'surnumeraire', 'phone', ...(editors.data?.editors.map(({ name }) => name) ?? [])];
  return (
    <search className={cx(css.filters, !unfolded && css.folded)}>
      <div className={css.choice}>
        <SelectField label="Période" choices={periodChoices} value={filters.period} onChange={(period) => onChange({ period, ...(period === 'dates' ? {} : { from: undefined, to: undefined }) })} />
      </div>
      <Button className={css.fold!} aria-expanded={unfolded} onPress={() => setUnfolded(!unfolded)}>Filtres <ChevronIcon size={12} /></Button>
      {filters.period === 'dates' && (
        <>
          <TextField label="Du" type="date" value={filters.from ?? ''} onChange={(day) => onChange({ from: day || undefined })} />
          <TextField label="Au" type="date" value={filters.to ?? ''} onChange={(day) => onChange({ to: day || undefined })} />
        </>
      )}
      <div className={css.choice}>
        <SelectField label="Canal" choices={[all, ...channels.map((value) => ({ value, label: channelInWords(value) }))]} value={filters.channel ?? ALL} onChange={(channel) => onChange({ channel: channel || undefined })} />
      </div>
      <div className={css.choice}>
        <SelectField label="Niveau de charte" choices={levelChoices} value={filters.level === undefined ? ALL : String(filters.level)} onChange={(level) => onChange({ level: level === ALL ? undefined : Number(level) })} />
      </div>
      <div className={css.choice}>
        <SelectField label="Suite" choices={outcomeChoices} value={filters.outcome ?? ALL} onChange={(outcome) => onChange({ outcome: (outcome || undefined) as OutcomeFamily | undefined })} />
      </div>
      <div className={css.choice}>
        <SelectField
          label="Structure"
          choices={[{ value: ALL, label: 'Toutes' }, ...(structures.data?.structures.map(({ id, name }) => ({ value: id, label: name })) ?? [])]}
          value={filters.structure ?? ALL}
          onChange={(structure) => onChange({ structure: structure || undefined })}
        />
      </div>
      <div className={css.switch}><SwitchField label="Hors 48 h seulement" isSelected={filters.beyond48h === 'true'} onChange={(on) => onChange({ beyond48h: on ? 'true' : undefined })} /></div>
    </search>
  );
}
