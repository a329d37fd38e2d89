import type { ApiProblem } from '../../../../ui/api.ts';
import type { EditorState, SlotView } from '../../../availability/contract.ts';
import type { SearchAnswer, SearchResult, SlotsEvent } from '../../contract.ts';

/** A vendor asked in this search; `state` is null while its answer is awaited. */
export interface Source {
  readonly name: string;
  readonly state: EditorState | null;
}

/** One search as it unfolds. Results keep their order for good: what comes later is added inside them or after. */
export interface Run {
  readonly phase: 'idle' | 'asking' | 'streaming' | 'done' | 'failed';
  readonly answer: SearchAnswer | null;
  readonly results: readonly SearchResult[];
  readonly sources: readonly Source[];
  /** Slots that are no longer free, taken or held by somebody while they were on screen. */
  readonly taken: ReadonlySet<string>;
  readonly problem: ApiProblem | null;
}

export type RunEvent =
  /** `same`: the question already answered is put anew, its answer stays on screen until the new one comes. */
  | { readonly type: 'ask'; readonly same: boolean }
  | { readonly type: 'ask-more' }
  | { readonly type: 'candidates'; readonly answer: SearchAnswer }
  | { readonly type: 'slots'; readonly added: SlotsEvent }
  | { readonly type: 'editor'; readonly state: EditorState }
  | { readonly type: 'done'; readonly answer: SearchAnswer }
  | { readonly type: 'failed'; readonly problem: ApiProblem }
  | { readonly type: 'slot'; readonly slotId: string; readonly available: boolean }
  | { readonly type: 'clear' };

export const idle: Run = { phase: 'idle', answer: null, results: [], sources: [], taken: new Set(), problem: null };

/** The search after one more event. */
export function advance(run: Run, event: RunEvent): Run {
  switch (event.type) {
    case 'clear':
      return idle;
    case 'ask':
      return { ...(event.same ? run : idle), phase: 'asking', problem: null };
    case 'ask-more':
      return { ...run, phase: 'streaming', problem: null };
    case 'candidates': {
      const before = run.phase === 'asking' ? idle : run;
      return { ...before, phase: 'streaming', answer: event.answer, results: merge(before.results, event.answer.results), sources: sourcesOf(event.answer) };
    }
    case 'slots':
      return { ...run, results: merge(addSlots(run.results, event.added), event.added.results) };
    case 'editor':
      return { ...run, sources: report(run.sources, event.state) };
    case 'done':
      return { ...run, phase: 'done', answer: event.answer, results: merge(run.results, event.answer.results), sources: sourcesOf(event.answer) };
    case 'failed':
      return { ...run, phase: 'failed', problem: event.problem };
    case 'slot': {
      const taken = new Set(run.taken);
      if (event.available) taken.delete(event.slotId);
      else taken.add(event.slotId);
      return { ...run, taken };
    }
  }
}

const sourcesOf = ({ pending, editors }: SearchAnswer): readonly Source[] =>
  editors.reduce(report, pending.map((name) => ({ name, state: null })));

function report(sources: readonly Source[], state: EditorState): readonly Source[] {
  const known = sources.some(({ name }) => name === state.name);
  return known ? sources.map((source) => (source.name === state.name ? { ...source, state } : source)) : [...sources, { name: state.name, state }];
}

/** Puts results at their rank; one that is already there keeps its place and only gains slots. */
function merge(results: readonly SearchResult[], more: readonly SearchResult[]): readonly SearchResult[] {
  if (more.length === 0) return results;
  const byRank = new Map(results.map((result) => [result.rank, result]));
  for (const result of more) {
    const before = byRank.get(result.rank);
    byRank.set(result.rank, before ? { ...before, slots: union(before.slots, result.slots) } : { ...result, slots: union([], result.slots) });
  }
  return [...byRank.values()].sort((a, b) => a.rank - b.rank);
}

function addSlots(results: readonly SearchResult[], { additions }: SlotsEvent): readonly SearchResult[] {
  const byRank = new Map(additions.map(({ rank, slots }) => [rank, slots]));
  return results.map((result) => {
    const added = byRank.get(result.rank);
    return added ? { ...result, slots: union(result.slots, added) } : result;
  });
}

function union(slots: readonly SlotView[], more: readonly SlotView[]): SlotView[] {
  const byId = new Map([...slots, ...more].map((slot) => [slot.id, slot]));
  return [...byId.values()].sort((a, b) => a.start.localeCompare(b.start) || a.id.localeCompare(b.id));
}

/** The figures told above the list. */
export function countOf(run: Run): { professionals: number; slots: number; failed: number; waiting: number } {
  return {
    professionals: run.answer?.total ?? run.results.length,
    slots: run.results.reduce((sum, { slots }) => sum + slots.filter(({ id }) => !run.taken.has(id)).length, 0),
    failed: run.sources.filter(({ state }) => state && state.status !== 'ok').length,
    waiting: run.sources.filter(({ state }) => state === null).length,
  };
}

/** The slots of a result by day, counted from today in the zone of the SAS. */
export function byDay(slots: readonly SlotView[], dayOf: (slot: SlotView) => number): readonly { days: number; slots: readonly SlotView[] }[] {
  const days = new Map<number, SlotView[]>();
  for (const slot of slots) {
    const day = dayOf(slot);
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return [...days].sort(([a], [b]) => a - b).map(([day, list]) => ({ days: day, slots: list }));
}

/** Who a result is, in one line. */
export const titleOf = ({ professional, structure, place }: SearchResult): string =>
  professional ? `${professional.lastName.toLocaleUpperCase('fr')} ${professional.firstName}` : (structure?.name ?? place.name);

/** `1,2 km`, `350 m`. */
export function formatDistance(metres: number): string {
  if (metres < 950) return `${Math.round(metres / 50) * 50} m`;
  return `${(metres / 1_000).toFixed(metres < 9_950 ? 1 : 0).replace('.', ',')} km`;
}
