import type { Database } from '../../../foundation/db/database.ts';
import type { Clock } from '../../../foundation/clock.ts';
import type { Point } from '../../../territory/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { BodyOf, ResponseOf } from '../../../foundation/http/route.ts';
import type { Candidate, routes, Structure, StructureKind } from '../contract.ts';

export type { ActivityRecord, ExtractLine, LineProblem, ReadExtract } from '../domain/extract.ts';
export { createDirectory } from './directory.ts';
export { normalisePhone } from './phone.ts';
export { createDirectoryImporter, type ImportProgress, type ImportResult } from './import.ts';
export { directoryHandlers } from './routes.ts';

export interface DirectoryDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Territories;
}

export interface ProfessionalQuestion {
  /** A name, or a specialty or profession in common words. */
  readonly q?: string;
  readonly specialty?: string;
  readonly center?: Point;
  readonly radiusKm?: number;
  readonly department?: string;
  readonly limit: number;
}

export interface StructureQuestion {
  readonly q?: string;
  readonly kind?: StructureKind;
  readonly center?: Point;
  readonly radiusKm?: number;
  readonly territory?: string;
  readonly limit: number;
}

export interface Suggestion {
  readonly kind: 'specialty' | 'structure' | 'professional';
  readonly code: string;
  readonly label: string;
  readonly detail: string | null;
}

/** How the SAS reaches a structure (ANN-11). */
export interface StructureContact {
  readonly contactChannel: 'phone' | 'web';
  readonly contact: string;
  readonly hours: Structure['hours'];
}

export interface PlaceCorrections {
  readonly name?: string;
  readonly phone?: string;
  /** Both or none. */
  readonly lat?: number;
  readonly lon?: number;
}

/** What a structure's manager says of one of its places. */
export type PlaceDetails = BodyOf<typeof routes.saveStructurePlace>;

export interface DirectoryImport {
  readonly id: string;
  readonly kind: string;
  readonly fileName: string;
  readonly startedAt: Temporal.Instant;
  readonly finishedAt: Temporal.Instant | null;
  readonly created: number;
  readonly updated: number;
  readonly ended: number;
  readonly rejected: number;
  readonly rejections: { line: number; field: string | null; reason: string }[];
}

/** A professional at one of his places, as a search ranks him. */
export interface Practice {
  readonly nationalId: string;
  readonly placeId: string;
  readonly insee: string;
  readonly distanceM: number;
}

/** Somebody's time in a structure. */
export interface Membership {
  readonly nationalId: string;
  readonly since: string;
  readonly until: string | null;
}

/** What other contexts may ask of the directory. */
export interface Directory {
  /**
   * Every active professional of a specialty within the radius, unordered, one entry a place of practice: only what ranks
   * them, for a large city holds thousands. `placesOfAll` tells more of those shown.
   */
  around(question: { specialty: string; center: Point; radiusM: number }): Promise<Practice[]>;
  /** The places where a professional practises, nearest first when a centre is given; empty when he is unknown. */
  placesOf(nationalId: string, center?: Point): Promise<Candidate[]>;
  /** The same for several professionals at once. */
  placesOfAll(nationalIds: string[], center?: Point): Promise<Candidate[]>;
  /** Structures of some kinds within the radius (or covering the commune, for a CPTS). */
  structuresAround(question: { kinds: StructureKind[]; center: Point; radiusM: number; insee: string | null }): Promise<Structure[]>;
  /** @throws not-found `structure-not-found` */
  structure(id: string): Promise<Structure>;
  /** CPTS, MSP, SOS or CDS to which each professional belongs today. */
  membershipsOf(nationalIds: string[]): Promise<Map<string, { structureId: string; kind: StructureKind; name: string }[]>>;
  /** The professionals who belong or belonged to each structure, with their dates (`YYYY-MM-DD`, `until` excluded). */
  membersOf(structureIds: readonly string[]): Promise<Map<string, Membership[]>>;
  /** Labels of professionals by national id, for dashboards. */
  names(nationalIds: string[]): Promise<Map<string, { lastName: string; firstName: string; professionCode: string; specialty: string | null }>>;
  /** By name, specialty in common words, place; accents, word order and typing errors forgiven. */
  findProfessionals(question: ProfessionalQuestion): Promise<Candidate[]>;
  findStructures(question: StructureQuestion): Promise<Structure[]>;
  suggest(text: string, limit: number): Promise<Suggestion[]>;
  /** Names of specialties by code; those that nobody has are absent. */
  specialtyLabels(codes: readonly string[]): Promise<Map<string, string>>;
  /** Records the channel and hours by which a structure is asked. @throws not-found, forbidden `territory-out-of-reach` */
  identifyStructure(id: string, contact: StructureContact, actor: Actor): Promise<Structure>;
  /** Corrects a place by hand; the correction survives imports. @throws not-found `place-not-found`, forbidden */
  enrich(placeId: string, corrections: PlaceCorrections, actor: Actor): Promise<void>;
  /**
   * Address, phone and hours of a consultation place, by whoever manages the structure; they survive imports (STR-04).
   * @throws not-found `structure-not-found`, `place-not-found`; forbidden `structure-not-yours`; rule `place-address-refused`
   */
  saveStructurePlace(structureId: string, placeId: string, details: PlaceDetails, actor: Actor): Promise<ResponseOf<typeof routes.saveStructurePlace>>;
  /** The latest imports, newest first, with the first lines refused by each. */
  imports(): Promise<DirectoryImport[]>;
}
