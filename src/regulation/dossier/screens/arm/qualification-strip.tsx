import { ComboField } from '../../../../ui/combo-field.tsx';
import { SegmentField, TextField } from '../../../../ui/field.tsx';
import { useApi } from '../../../../ui/query.ts';
import { type Filiere, type Priority, routes } from '../../contract.ts';
import { PriorityMark } from '../file/priority-mark.tsx';
import { filiereWords } from '../file/words.ts';
import { motivesLike } from './motives.ts';
import { departs, type Qualification } from './qualification.ts';
import css from './qualification-strip.module.css';

const priorities = (['P1', 'P2', 'P3', 'NR'] as const).map((value) => ({ value, label: '', icon: <PriorityMark priority={value} /> }));

/** What will be kept of the call: filled in by the protocol, corrected by hand with the reason. */
export function QualificationStrip({ territory, kept, proposal, onChange }: {
  territory: string; kept: Qualification; proposal: Qualification | null; onChange: (next: Qualification) => void;
}) {
  const { data } = useApi(routes.regulationRules, { query: { territory } }, { topics: ['regulation-settings'], staleMs: 300_000 });
  const open = data?.filieres.filter(({ active, open }) => active && open).map(({ filiere }) => filiere) ?? [];
  const filieres = [...new Set<Filiere>(['AMU', 'SNP', ...open])].map((value) => ({ value, label: filiereWords[value] }));
  const set = (change: Partial<Qualification>) => onChange({ ...kept, ...change });
  const differs = departs(kept, proposal) && kept.priority !== 'P0';
  return (
    <section className={css.strip} aria-label="Qualification">
      <div data-field="motive">
        <ComboField
          label="Motif" name="motive" source="motives" minLength={1} placeholder="douleur, fièvre, chute…"
          value={kept.motive && { key: kept.motive.code || kept.motive.label, label: kept.motive.label }}
          load={async (words) => motivesLike(words).slice(0, 12).map(({ code, label }) => ({ key: code, label }))}
          onChange={(option) => set({ motive: option && { code: option.key, label: option.label } })}
          onFreeText={(label) => set({ motive: { code: '', label: label.slice(0, 120) } })}
        />
      </div>
      <div className={css.pair}>
        <div data-field="priority"><SegmentField<Priority | ''> label="Priorité" choices={priorities} value={kept.priority ?? ''} onChange={(priority) => set({ priority: priority || null })} /></div>
        <div data-field="filiere"><SegmentField<Filiere | ''> label="Filière" choices={filieres} value={kept.filiere ?? ''} onChange={(filiere) => set({ filiere: filiere || null })} /></div>
      </div>
      {differs && (
        <div data-field="reason">
          <TextField label="Pourquoi s’écarter du protocole" isRequired value={kept.reason} onChange={(reason) => set({ reason })} help="Compté, jamais reproché : il sert à revoir le protocole." />
        </div>
      )}
    </section>
  );
}
