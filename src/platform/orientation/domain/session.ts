import type { StructureKind } from '../../directory/contract.ts';
import type { Via } from '../../participation/contract.ts';

/** All the ranking function knows of a candidate. It is stored with the search: the proof replays from it. */
export interface RankingInput {
  /** `<national id>@<place id>` or `<structure id>@<place id>`. */
  readonly key: string;
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeId: string;
  readonly distanceM: number | null;
  readonly sameCommune: boolean;
  readonly via: Via | null;
  readonly structureKinds: readonly StructureKind[];
  readonly usualDoctor: boolean;
  /** En sus: when he was last asked, null never; absent in a search of slots. */
  readonly lastAskedAt?: string | null;
}

/** A candidate at the place the rules gave him. */
export interface Placed {
  readonly input: RankingInput;
  /** Level of the charter from 1; 0 for the usual doctor; null without charter. */
  readonly level: number | null;
}

/** The key of a candidate: a professional, or a structure whose doctor is not known yet, at one place. */
export const keyOf = (nationalId: string | null, structureId: string | null, placeId: string): string =>
  `${nationalId ?? structureId}@${placeId}`;

/** A candidate as it is stored: the columns of `Placed` without their names, because every search stores hundreds. */
export type PackedCandidate = readonly [
  nationalId: string | null,
  structureId: string | null,
  placeId: string,
  distanceM: number | null,
  sameCommune: 0 | 1,
  via: Via | null,
  structureKinds: readonly StructureKind[],
  level: number | null,
  lastAskedAt?: string | null,
];

/** The session's candidates, in the order shown, ready to be stored. The usual doctor is the one at level 0. */
export const pack = (placed: readonly Placed[]): PackedCandidate[] =>
  placed.map(({ input, level }) => {
    const columns = [
      input.nationalId, input.structureId, input.placeId, input.distanceM, input.sameCommune ? 1 : 0, input.via, input.structureKinds, level,
    ] as const;
    return input.lastAskedAt === undefined ? columns : [...columns, input.lastAskedAt];
  });

/** The inverse of `pack`. */
export const unpack = (packed: readonly PackedCandidate[]): Placed[] =>
  packed.map(([nationalId, structureId, placeId, distanceM, sameCommune, via, structureKinds, level, lastAskedAt]) => ({
    input: {
      key: keyOf(nationalId, structureId, placeId),
      nationalId, structureId, placeId, distanceM, sameCommune: sameCommune === 1, via, structureKinds, usualDoctor: level === 0,
      ...(lastAskedAt === undefined ? {} : { lastAskedAt }),
    },
    level,
  }));

/** Where the next page begins: the search it belongs to, and how many candidates were shown before. */
export interface Cursor {
  readonly searchId: string;
  readonly offset: number;
}

/** The cursor as clients carry it. */
export const writeCursor = ({ searchId, offset }: Cursor): string => `${searchId}.${offset}`;

/** The cursor that `text` holds, or null when it is not one of ours. */
export function readCursor(text: string): Cursor | null {
  const found = /^([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\.(\d{1,6})$/.exec(text);
  return found ? { searchId: found[1]!, offset: Number(found[2]) } : null;
}

/** One kind of trouble a choice can show: levels passed over although one of their candidates was still bookable. */
export function levelsPassedOver(
  chosen: number | null,
  proposed: readonly { readonly key: string; readonly level: number | null; readonly slots: number }[],
  refused: ReadonlySet<string>,
): number[] {
  if (chosen === null) return [];
  const passed = proposed.filter(({ key, level, slots }) => level !== null && level < chosen && slots > 0 && !refused.has(key));
  return [...new Set(passed.map(({ level }) => level!))].sort((a, b) => a - b);
}
