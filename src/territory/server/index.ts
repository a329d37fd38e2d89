import type { Database } from '../../foundation/db/database.ts';
import type { Clock } from '../../foundation/clock.ts';
import type { Actor } from '../../identity/contract.ts';
import type { Location, Point, Territory } from '../contract.ts';
import type { Adaptation, HoursKind, Period } from '../domain/hours.ts';

export type { Adaptation, HoursKind, Period } from '../domain/hours.ts';
export { holidayName } from '../domain/holidays.ts';
export { boxAround, distanceM } from '../domain/distance.ts';
export { cityInsee, departmentOf, normaliseName } from '../domain/names.ts';
export { importCommunes } from './import-communes.ts';
export { territoryHandlers } from './routes.ts';
export { ensureCommunes, seedCommunes } from './seed-communes.ts';
export { createTerritories } from './territories.ts';

/** Looks an address up outside our walls (national address service). Throws when it does not answer. */
export type LookUpAddress = (words: string, limit: number) => Promise<AddressHit[]>;

export interface AddressHit extends Point {
  readonly label: string;
  readonly insee: string;
  readonly city: string;
  readonly postcode: string;
  readonly precise: boolean;
}

export interface TerritoryDependencies {
  readonly database: Database;
  readonly clock: Clock;
  /** null: the offline gazetteer of communes answers alone. */
  readonly lookUpAddress: LookUpAddress | null;
}

/** Where a commune lies, as far as it is known. */
export interface CommunePosition {
  readonly insee: string;
  readonly name: string;
  /** Normalised: see `normaliseName`. */
  readonly searchName: string;
  readonly postcodes: readonly string[];
  readonly lat: number | null;
  readonly lon: number | null;
}

/** A commune of a territory, for a map without network. */
export interface TerritoryCommune extends Point {
  readonly insee: string;
  readonly name: string;
  readonly population: number | null;
  readonly contour: unknown;
}

/** What other contexts may ask about places and hours. */
export interface Territories {
  list(): Promise<Territory[]>;
  /** @throws not-found `territory-not-found` */
  get(code: string): Promise<Territory>;
  /** The SAS that answers for a commune, or null. */
  ofCommune(insee: string): Promise<Territory | null>;
  /** The commune nearest to a point among those with coordinates, or null when none is within 30 km. */
  communeAt(point: Point): Promise<{ insee: string; name: string; department: string } | null>;
  /** The commune of this INSEE code (arrondissements of Paris, Lyon, Marseille are mapped to the city), or null. */
  commune(insee: string): Promise<Location | null>;
  locate(words: string, limit: number): Promise<{ locations: Location[]; degraded: string | null }>;
  /** Default radius (km) of a département, from the national table; a sensible one where that table says 0. */
  defaultRadiusKm(department: string): number;
  /** Every commune by INSEE code, for bulk work. */
  positions(): Promise<ReadonlyMap<string, CommunePosition>>;
  /** Communes of the territory that have a position. @throws not-found `territory-not-found` */
  communes(code: string): Promise<TerritoryCommune[]>;
  /** Creates or replaces. @throws forbidden `territory-out-of-reach`, invalid `unknown-time-zone` */
  save(territory: Territory, actor: Actor): Promise<Territory>;
  /**
   * The exact communes of an infra-territory or of one that spans départements; an empty list means all those of its
   * départements. @throws forbidden `territory-out-of-reach`, conflict `commune-taken`
   */
  setCommunes(code: string, inseeCodes: readonly string[], actor: Actor): Promise<void>;
  /** Records a dated local adaptation of the hours (PDSA-02). @throws forbidden, invalid `empty-period` */
  addLocalHours(code: string, adaptation: Adaptation, actor: Actor): Promise<void>;
  /** SAS or PDSA at that instant by the regulatory calendar, the one indicators use. */
  hoursKindAt(code: string, instant: Temporal.Instant): Promise<HoursKind>;
  /** Both calendars over whole days of the territory, both ends included. @throws invalid `calendar-too-long` */
  calendar(code: string, from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<Period[]>;
}
