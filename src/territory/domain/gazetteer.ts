import { distanceM } from './distance.ts';
import { departmentOf, normaliseName } from './names.ts';

/** A commune of the official list, without coordinates. */
export interface ListedCommune {
  readonly insee: string;
  readonly name: string;
  readonly department: string;
  /** Official code of its region. */
  readonly region: string;
  readonly postcodes: readonly string[];
  readonly population: number | null;
  /** Codes and names of the communes merged into it. */
  readonly former: readonly { readonly insee: string; readonly name: string }[];
}

/** A populated place of the gazetteer. `insee` is absent for a few. */
export interface GazetteerPlace {
  readonly name: string;
  readonly insee: string | null;
  readonly region: string;
  readonly population: number;
  readonly lat: number;
  readonly lon: number;
}

export interface Located {
  readonly lat: number;
  readonly lon: number;
  /** `gazetteer`: its own position; `postcode`: the middle of the communes sharing its postcode. */
  readonly source: 'gazetteer' | 'postcode';
}

/** A place this many times farther from the middle of its département than half of the others is not believed. */
const FARTHEST_RATIO = 5;
/** …unless it is closer than this. */
const ALWAYS_PLAUSIBLE_M = 40_000;
/** Communes sharing a postcode but lying farther apart say nothing of where another one is. */
const POSTCODE_SPREAD_M = 25_000;

type Position = { readonly lat: number; readonly lon: number };

/**
 * Joins the official communes with a gazetteer. The INSEE code of a place decides, its name must not contradict it (a
 * place named like another commune of the département is left aside: homonyms abound), and it must lie where the
 * département lies. A commune the gazetteer ignores gets the middle of those sharing its postcode, or nothing: a missing
 * position is better than a wrong one.
 */
export function locateCommunes(communes: readonly ListedCommune[], places: readonly GazetteerPlace[]): Map<string, Located> {
  const own = keepPlausible(communes, matchPlaces(communes, places));
  const located = new Map<string, Located>();
  for (const [insee, { lat, lon }] of own) located.set(insee, { lat, lon, source: 'gazetteer' });
  for (const [insee, middle] of middlesByPostcode(communes, own)) located.set(insee, { ...middle, source: 'postcode' });
  return located;
}

function matchPlaces(communes: readonly ListedCommune[], places: readonly GazetteerPlace[]): Map<string, Position> {
  const byCode = new Map<string, ListedCommune>();
  const names = new Map(communes.map((commune) => [commune, normaliseName(commune.name)]));
  const byDepartmentAndName = group(communes, (commune) => `${commune.department}/${names.get(commune)!}`);
  const byRegionAndName = group(communes, (commune) => `${commune.region}/${names.get(commune)!}`);
  for (const commune of communes) for (const { insee } of commune.former) byCode.set(insee, commune);
  for (const commune of communes) byCode.set(commune.insee, commune);

  const best = new Map<string, { place: GazetteerPlace; score: number }>();
  for (const place of places) {
    const name = normaliseName(place.name);
    const commune = place.insee ? byCode.get(place.insee) : only(byRegionAndName.get(`${place.region}/${name}`));
    if (!commune) continue;
    const fits = name === names.get(commune)!;
    const formerName = commune.former.some((former) => normaliseName(former.name) === name);
    const homonyms = byDepartmentAndName.get(`${commune.department}/${name}`) ?? [];
    if (!fits && !formerName && homonyms.length > 0) continue;
    const score = (fits ? 2e9 : formerName ? 1e9 : 0) + place.population;
    if (score > (best.get(commune.insee)?.score ?? -1)) best.set(commune.insee, { place, score });
  }
  return new Map([...best].map(([insee, { place }]) => [insee, { lat: place.lat, lon: place.lon }]));
}

function keepPlausible(communes: readonly ListedCommune[], positions: ReadonlyMap<string, Position>): Map<string, Position> {
  const kept = new Map<string, Position>();
  const byDepartment = group(communes.filter(({ insee }) => positions.has(insee)), ({ department }) => department);
  for (const members of byDepartment.values()) {
    const points = members.map(({ insee }) => positions.get(insee)!);
    const middle = { lat: median(points.map(({ lat }) => lat)), lon: median(points.map(({ lon }) => lon)) };
    const limit = Math.max(ALWAYS_PLAUSIBLE_M, FARTHEST_RATIO * median(points.map((point) => distanceM(point, middle))));
    for (const [index, { insee }] of members.entries()) {
      if (distanceM(points[index]!, middle) <= limit) kept.set(insee, points[index]!);
    }
  }
  return kept;
}

function middlesByPostcode(communes: readonly ListedCommune[], own: ReadonlyMap<string, Position>): Map<string, Position> {
  const byPostcode = new Map<string, Position[]>();
  for (const { insee, department, postcodes } of communes) {
    const position = own.get(insee);
    if (!position) continue;
    for (const postcode of postcodes) {
      const key = `${department}/${postcode}`;
      byPostcode.set(key, [...(byPostcode.get(key) ?? []), position]);
    }
  }
  const middles = new Map<string, Position>();
  for (const { insee, postcodes } of communes) {
    if (own.has(insee)) continue;
    const neighbours = postcodes.flatMap((postcode) => byPostcode.get(`${departmentOf(insee)}/${postcode}`) ?? []);
    if (neighbours.length === 0) continue;
    const middle = { lat: mean(neighbours.map(({ lat }) => lat)), lon: mean(neighbours.map(({ lon }) => lon)) };
    if (neighbours.every((neighbour) => distanceM(neighbour, middle) <= POSTCODE_SPREAD_M)) middles.set(insee, middle);
  }
  return middles;
}

function group<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const list = groups.get(name);
    if (list) list.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

const only = <T>(items: readonly T[] | undefined): T | undefined => (items?.length === 1 ? items[0] : undefined);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
