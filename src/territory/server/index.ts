import type { Database } from '../../foundation/db/database.ts';
import type { Clock } from '../../foundation/clock.ts';
import type { Location, Point, Territory } from '../contract.ts';

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
}
