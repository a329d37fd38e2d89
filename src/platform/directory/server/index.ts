import type { Database } from '../../../foundation/db/database.ts';
import type { Clock } from '../../../foundation/clock.ts';
import type { Point } from '../../../territory/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Candidate, Structure, StructureKind } from '../contract.ts';

export type { ActivityRecord, ExtractLine, LineProblem, ReadExtract } from '../domain/extract.ts';
export { createDirectoryImporter, type ImportProgress, type ImportResult } from './import.ts';

export interface DirectoryDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Territories;
}

/** What other contexts may ask of the directory. */
export interface Directory {
  /** Every active professional of a specialty within the radius, unordered, one entry a place of practice. */
  around(question: { specialty: string; center: Point; radiusM: number }): Promise<Candidate[]>;
  /** The places where a professional practises, nearest first when a centre is given; empty when he is unknown. */
  placesOf(nationalId: string, center?: Point): Promise<Candidate[]>;
  /** Structures of some kinds within the radius (or covering the commune, for a CPTS). */
  structuresAround(question: { kinds: StructureKind[]; center: Point; radiusM: number; insee: string | null }): Promise<Structure[]>;
  /** @throws not-found `structure-not-found` */
  structure(id: string): Promise<Structure>;
  /** CPTS, MSP, SOS or CDS to which each professional belongs today. */
  membershipsOf(nationalIds: string[]): Promise<Map<string, { structureId: string; kind: StructureKind; name: string }[]>>;
  /** Labels of professionals by national id, for dashboards. */
  names(nationalIds: string[]): Promise<Map<string, { lastName: string; firstName: string; professionCode: string; specialty: string | null }>>;
}
