import type { Queryable } from '../../foundation/db/database.ts';
import type { Location, Territory } from '../contract.ts';
import { cityInsee, departmentOf, looksLikeAddress, normaliseName } from '../domain/names.ts';
import {
  type CommuneRow, communeByInsee, communesByPostcode, communesLike, communesNamed, departmentExtent, knownWithoutPosition, type NameFilter,
} from './communes.ts';
import type { AddressHit, LookUpAddress } from './index.ts';
import { departmentNames } from './reference.ts';

export interface LocateTools {
  readonly db: Queryable;
  readonly lookUpAddress: LookUpAddress | null;
  readonly defaultRadiusKm: (department: string) => number;
  /** The SAS that answers for each commune. */
  readonly territoriesOf: (inseeCodes: readonly string[]) => Promise<ReadonlyMap<string, Territory>>;
}

/** The longest département search the API accepts. */
const LARGEST_RADIUS_KM = 200;
/** Long enough for any name of commune. */
const LONGEST_NAME_WORDS = 9;

/** Finds places from words: postcode, commune, département, or an address where a service knows addresses. */
export async function locate(tools: LocateTools, words: string, limit: number) {
  const text = normaliseName(words);
  const found: Location[] = [];
  let degraded: string | null = null;
  const postcode = /\b\d{5}\b/.exec(text)?.[0];

  const address = looksLikeAddress(text);
  if (address && tools.lookUpAddress) {
    try {
      found.push(...(await fromAddresses(tools, await tools.lookUpAddress(words, limit))));
    } catch {
      degraded = "Le service d'adresses ne répond pas : la recherche part du centre de la commune.";
    }
  }
  if (found.length === 0) found.push(...(await fromGazetteer(tools, text, postcode, address, limit)));
  if (found.length === 0) {
    const name = await knownWithoutPosition(tools.db, postcode ?? text);
    if (name) {
      degraded =
        `${name} est connue, mais pas sa position. Cherchez la commune voisine, ` +
        "ou demandez à l'administrateur d'importer le fichier officiel des communes.";
    }
  }
  return { locations: found.slice(0, limit), degraded };
}

async function fromGazetteer(tools: LocateTools, text: string, postcode: string | undefined, address: boolean, limit: number) {
  const { db } = tools;
  if (postcode && text === postcode) {
    const members = await communesByPostcode(db, postcode);
    if (members.length > 0) return fromPostcode(tools, postcode, members);
    const commune = await communeByInsee(db, cityInsee(postcode));
    return fromCommunes(tools, commune ? [commune] : []);
  }
  const department = address ? null : await fromDepartment(tools, text);
  if (department && /^\d|^2[ab]$/.test(text)) return [department];

  const filter = filterOf(text, postcode);
  const name = filter.words;
  const communes = await communesAtEnd(db, name, filter);
  const others = address && communes.length > 0 ? [] : await communesLike(db, name, limit, filter);
  const seen = new Set<string>();
  const distinct = [...communes, ...others].filter(({ insee }) => !seen.has(insee) && seen.add(insee));
  if (distinct.length === 0 && postcode) return fromPostcode(tools, postcode, await communesByPostcode(db, postcode));
  const [first, ...rest] = await fromCommunes(tools, distinct.slice(0, limit));
  return [first, department, ...rest].filter((location) => location != null);
}

/** What narrows a name: a postcode anywhere, or a département's number at the end ("Saint-Benoît 86"). */
function filterOf(text: string, postcode: string | undefined): NameFilter & { words: string } {
  if (postcode) return { postcode, words: text.replace(postcode, ' ').replace(/ +/g, ' ').trim() };
  const [, words, code] = /^(.*[a-z].*) (\d{2,3}|2[ab])$/.exec(text) ?? [];
  const department = code?.toUpperCase();
  return department && departmentNames().has(department) ? { department, words: words! } : { words: text };
}

/** The communes that the last words name exactly, the longest name first: "12 rue Gambetta Poitiers" → Poitiers. */
async function communesAtEnd(db: Queryable, text: string, filter: NameFilter): Promise<CommuneRow[]> {
  const words = text.split(' ').slice(-LONGEST_NAME_WORDS);
  for (let start = 0; start < words.length; start++) {
    const communes = await communesNamed(db, words.slice(start).join(' '), filter);
    if (communes.length > 0) return communes;
  }
  return [];
}

async function fromDepartment(tools: LocateTools, text: string): Promise<Location | null> {
  const match = [...departmentNames()].find(([code, name]) => code.toLowerCase() === text || normaliseName(name) === text);
  if (!match) return null;
  const [code, name] = match;
  const extent = await departmentExtent(tools.db, code);
  if (!extent) return null;
  return {
    lat: extent.lat, lon: extent.lon, label: `${name} (${code})`, kind: 'department', insee: null, city: name, postcode: null,
    department: code, territory: null, radiusKm: Math.min(LARGEST_RADIUS_KM, Math.ceil(extent.reachM / 1_000)), source: 'gazetteer',
  };
}

async function fromPostcode(tools: LocateTools, postcode: string, members: CommuneRow[]): Promise<Location[]> {
  const communes = await fromCommunes(tools, members);
  const [main, ...others] = communes;
  if (!main) return [];
  if (others.length === 0) return [{ ...main, kind: 'postcode', postcode, label: `${postcode} ${main.city}` }];
  const whole: Location = {
    ...main, kind: 'postcode', insee: null, postcode,
    label: `${postcode} (${main.city} et ${others.length} commune${others.length > 1 ? 's' : ''})`,
    lat: members.reduce((sum, { lat }) => sum + lat, 0) / members.length,
    lon: members.reduce((sum, { lon }) => sum + lon, 0) / members.length,
  };
  return [whole, ...communes.map((commune) => ({ ...commune, postcode }))];
}

/** Communes as places: their centres, never presented as addresses. */
export async function fromCommunes({ territoriesOf, defaultRadiusKm }: LocateTools, communes: readonly CommuneRow[]): Promise<Location[]> {
  const territories = await territoriesOf(communes.map(({ insee }) => insee));
  return communes.map(({ insee, name, department, postcodes, lat, lon }) => {
    const territory = territories.get(insee);
    const postcode = postcodes.length === 1 ? postcodes[0]! : null;
    return {
      lat, lon, label: `${name} (${postcode ?? department})`, kind: 'commune', insee, city: name, postcode, department,
      territory: territory?.code ?? null, radiusKm: territory?.radiusKm ?? defaultRadiusKm(department), source: 'gazetteer',
    };
  });
}

async function fromAddresses({ territoriesOf, defaultRadiusKm }: LocateTools, hits: readonly AddressHit[]): Promise<Location[]> {
  const territories = await territoriesOf(hits.map(({ insee }) => insee));
  return hits.map((hit) => {
    const insee = cityInsee(hit.insee);
    const department = departmentOf(insee);
    const territory = territories.get(insee);
    return {
      lat: hit.lat, lon: hit.lon, label: hit.label, kind: hit.precise ? 'address' : 'commune', insee, city: hit.city,
      postcode: hit.postcode, department, territory: territory?.code ?? null,
      radiusKm: territory?.radiusKm ?? defaultRadiusKm(department), source: 'address-service',
    };
  });
}
