import type { Via } from '../../participation/contract.ts';
import type { StructureKind } from '../../directory/contract.ts';

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
}

export interface Ranked {
  readonly rank: number;
  readonly key: string;
  /** Level of the charter from 1; 0 for the usual doctor; null without charter. */
  readonly level: number | null;
  readonly why: readonly { readonly code: string; readonly text: string }[];
}
