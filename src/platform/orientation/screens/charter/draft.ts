import type { CharterLevel } from '../../contract.ts';

/** A level being written; `key` stays the same when it moves. */
export interface DraftLevel extends CharterLevel {
  readonly key: number;
}

export type Draft = readonly DraftLevel[];

export const MAX_LEVELS = 20;

export const draftOf = (levels: readonly CharterLevel[]): Draft => levels.map((level, index) => ({ ...level, key: index + 1 }));

/** The draft with one more level at its end, which takes everybody until criteria are chosen. */
export function withLevel(draft: Draft): Draft {
  const key = Math.max(0, ...draft.map((level) => level.key)) + 1;
  return [...draft, { key, name: '', match: {} }];
}

/** The draft with a level one place up (-1) or down (1); the same draft at its ends. */
export function moved(draft: Draft, key: number, by: -1 | 1): Draft {
  const from = draft.findIndex((level) => level.key === key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= draft.length) return draft;
  const next = [...draft];
  [next[from], next[to]] = [next[to]!, next[from]!];
  return next;
}

export const without = (draft: Draft, key: number): Draft => draft.filter((level) => level.key !== key);

export const changed = (draft: Draft, key: number, change: Partial<CharterLevel>): Draft =>
  draft.map((level) => (level.key === key ? { ...level, ...change } : level));

/** The levels as the API takes them: criteria left open are absent. */
export const levelsOf = (draft: Draft): CharterLevel[] =>
  draft.map(({ name, match: { via, structureKinds, sameCommune, withinKm, participating } }) => ({
    name: name.trim(),
    match: {
      ...(via?.length ? { via } : {}),
      ...(structureKinds?.length ? { structureKinds } : {}),
      ...(sameCommune === undefined ? {} : { sameCommune }),
      ...(withinKm ? { withinKm } : {}),
      ...(participating === undefined ? {} : { participating }),
    },
  }));

/** True when the draft says nothing else than these levels. */
export const isSame = (draft: Draft, levels: readonly CharterLevel[]): boolean => JSON.stringify(levelsOf(draft)) === JSON.stringify(levelsOf(draftOf(levels)));

/** What keeps the draft from being sent, in words. */
export function missing(draft: Draft): string | null {
  if (draft.length === 0) return 'Ajoutez au moins un niveau.';
  const unnamed = draft.findIndex(({ name }) => name.trim() === '');
  return unnamed < 0 ? null : `Donnez un nom au niveau ${unnamed + 1}.`;
}

/** What the server says of the level at this place of the order sent. */
export const problemAt = (fields: readonly { path: string; message: string }[], index: number): string | null =>
  fields.find(({ path }) => path === `levels.${index}` || path.startsWith(`levels.${index}.`))?.message ?? null;
