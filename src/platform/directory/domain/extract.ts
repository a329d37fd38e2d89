/** What a line of a national extract says of an activity, in neutral terms: who practises what, where. */
export interface ActivityRecord {
  /** Prefixed: 8 + RPPS or 0 + ADELI. */
  readonly nationalId: string;
  readonly civility: string | null;
  readonly lastName: string;
  readonly firstName: string;
  readonly professionCode: string;
  readonly profession: string;
  /** Savoir-faire code, null for a profession without specialty. */
  readonly specialty: string | null;
  readonly specialtyLabel: string | null;
  readonly mode: string | null;
  /** Prefixed national id of the structure, null when it has none. */
  readonly placeId: string | null;
  readonly placeName: string;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
  /** Code of the commune as published, or null. */
  readonly insee: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly finess: string | null;
  readonly siret: string | null;
}

/** Why a line was refused. `nationalId` when it could be read all the same. */
export interface LineProblem {
  readonly field: string | null;
  readonly reason: string;
  readonly nationalId: string | null;
}

/** One line read: an activity, a problem, or neither when the line shows no place of practice in France. */
export interface ExtractLine {
  readonly line: number;
  readonly record?: ActivityRecord;
  readonly problem?: LineProblem;
}

/**
 * Reads an extract as it streams by, in packets of lines; lines up to `afterLine` (counted from 1, header included) are
 * passed over. @throws invalid when the file is not such an extract
 */
export type ReadExtract = (chunks: AsyncIterable<string>, afterLine: number) => AsyncIterable<readonly ExtractLine[]>;
