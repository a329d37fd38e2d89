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
  /** The SAS that answers for a commune. */
  readonly territoryOf: (insee: string) => Promise<Territory | null>;
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
      found.push(...(await Promise.all((await tools.lookUpAddress(words, limit)).map((hit) => fromAddress(tools, hit)))));
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
    return commune ? [await fromCommune(tools, commune)] : [];
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
  const [first, ...rest] = await Promise.all(distinct.slice(0, limit).map((commune) => fromCommune(tools, commune)));
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
  const communes = await Promise.all(members.map((commune) => fromCommune(tools, commune)));
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

/** A commune as a place: its centre, never presented as an address. */
export async function fromCommune({ territoryOf, defaultRadiusKm }: LocateTools, commune: CommuneRow): Promise<Location> {
  const territory = await territoryOf(commune.insee);
  const postcode = commune.postcodes.length === 1 ? commune.postcodes[0]! : null;
  return {
    lat: commune.lat, lon: commune.lon, label: `${commune.name} (${postcode ?? commune.department})`, kind: 'commune',
    insee: commune.insee, city: commune.name, postcode, department: commune.department, territory: territory?.code ?? null,
    radiusKm: territory?.radiusKm ?? defaultRadiusKm(commune.department), source: 'gazetteer',
  };
}

async function fromAddress({ territoryOf, defaultRadiusKm }: LocateTools, hit: AddressHit): Promise<Location> {
  const insee = cityInsee(hit.insee);
  const department = departmentOf(insee);
  const territory = await territoryOf(insee);
  return {
    lat: hit.lat, lon: hit.lon, label: hit.label, kind: hit.precise ? 'address' : 'commune', insee, city: hit.city,
    postcode: hit.postcode, department, territory: territory?.code ?? null,
    radiusKm: territory?.radiusKm ?? defaultRadiusKm(department), source: 'address-service',
  };
}
