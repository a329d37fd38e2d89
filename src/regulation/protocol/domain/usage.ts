import type { Filiere, Priority } from './codes.ts';

interface Direction {
  readonly priority: Priority;
  readonly filiere: Filiere;
}

/** A path recorded in a dossier. `day` is that of the territory's wall clock. */
export interface Use {
  readonly id: string;
  readonly version: number;
  readonly dossierId: string;
  readonly at: string;
  readonly day: string;
  readonly outcome: string | null;
  readonly proposed: Direction | null;
  readonly retained: Direction;
  readonly overridden: boolean;
  readonly reason: string;
}

/** Among some uses: how many, how many where the assistant kept something else, how many whose dossier changed filière afterwards. */
export interface Figures {
  readonly uses: number;
  readonly overridden: number;
  readonly requalified: number;
}

/** A use counts as a change of course when what is kept is not what the tree proposed, or the tree was left before its end. */
export const isOverridden = (proposed: Direction | null, retained: Direction): boolean =>
  proposed === null || proposed.priority !== retained.priority || proposed.filiere !== retained.filiere;

const figures = (uses: readonly Use[], requalified: ReadonlySet<string>): Figures => ({
  uses: uses.length, overridden: uses.filter((use) => use.overridden).length, requalified: uses.filter(({ dossierId }) => requalified.has(dossierId)).length,
});

/** Uses counted by version, by outcome and by day, the most used first and the days in order (PROT-07). */
export function countUses(uses: readonly Use[], requalified: ReadonlySet<string>) {
  const grouped = <Key extends object>(keyOf: (use: Use) => Key) =>
    [...Map.groupBy(uses, (use) => JSON.stringify(keyOf(use)))].map(([key, group]) => ({ ...(JSON.parse(key) as Key), ...figures(group, requalified) }));
  const mostUsed = (a: Figures, b: Figures) => b.uses - a.uses;
  return {
    versions: grouped(({ id, version }) => ({ id, version })).sort(mostUsed),
    outcomes: grouped(({ id, version, outcome }) => ({ id, version, outcome })).sort(mostUsed),
    days: grouped(({ day }) => ({ day })).sort((a, b) => (a.day < b.day ? -1 : 1)),
    overrides: uses.filter((use) => use.overridden).toSorted((a, b) => (a.at < b.at ? 1 : -1)),
  };
}
