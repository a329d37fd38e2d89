import type { Location, Point } from '../../../../territory/contract.ts';
import type { Call } from '../../../telephony/contract.ts';
import type { Dossier } from '../../contract.ts';

export type Place = NonNullable<Dossier['location']>;
type Position = Call['position'];

export const nowhere: Place = { address: '', city: '', insee: null, lat: null, lon: null, details: '', unknownReason: null };

/** The words of a place as they are typed and read back in one line. */
export const placeText = ({ address, city }: Pick<Place, 'address' | 'city'>): string => [address, city].filter(Boolean).join(', ');

const plain = (words: string) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const isPostcode = (word: string) => /^\d{5}$/.test(word);

/** The street of what was typed: without the commune and the postcode that end it. */
export function streetOf(typed: string, city: string): string {
  const words = [...typed.matchAll(/[^\s,'’-]+/g)].map((match) => ({ text: plain(match[0]), at: match.index }));
  const name = plain(city).split(/[\s,'’-]+/).filter(Boolean);
  const end = words.findLastIndex(({ text }) => !isPostcode(text)) + 1;
  const from = end - name.length;
  const named = from >= 0 && name.every((word, index) => words[from + index]!.text === word);
  const kept = words.slice(0, named ? from : end).filter(({ text }, index, all) => index < all.length - 1 || !isPostcode(text));
  if (kept.length === 0) return '';
  const last = kept.at(-1)!;
  return typed.slice(0, last.at).trimStart() + (/^[^\s,'’-]+/.exec(typed.slice(last.at))?.[0] ?? '');
}

const KM_IN_DEGREE = 111.2;
/** Distance as the crow flies, in kilometres; exact enough within a département. */
export function kmBetween(a: Point, b: Point): number {
  const scale = Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(a.lat - b.lat, (a.lon - b.lon) * scale) * KM_IN_DEGREE;
}

/** Farther than this from the place that is said, the phone is elsewhere than the patient. */
const ELSEWHERE_KM = 8;
export const isElsewhere = (said: Point, phone: Point): boolean => kmBetween(said, phone) > ELSEWHERE_KM;

/**
 * A suggestion taken for what was typed. Where the address is known to its commune only, the phone of a caller who is there
 * says better than the town hall where to go.
 */
export function placeFrom(found: Location, typed: string, position: Position): Place {
  if (found.kind === 'address') {
    const street = streetOf(found.label, found.city) || found.label;
    return { ...nowhere, address: street, city: found.city, insee: found.insee, lat: found.lat, lon: found.lon };
  }
  const point = position && !isElsewhere(found, position) ? position : found;
  return { ...nowhere, address: streetOf(typed, found.city), city: found.city, insee: found.insee, lat: point.lat, lon: point.lon };
}

/** Words that no list knows, kept as they were said. */
export const placeAsTyped = (typed: string, position: Position): Place => ({ ...nowhere, address: typed.trim(), lat: position?.lat ?? null, lon: position?.lon ?? null });

/** The place of the dossier, else where the caller's phone is, in words that a crew can read; null when nobody knows. */
export function knownPlace(location: Dossier['location'], position: Position, city: string): Place | null {
  if (location) return location;
  return position ? { ...nowhere, address: capital(positionWords(position)), city, lat: position.lat, lon: position.lon } : null;
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
const sources = { AML: 'position du téléphone', cellule: 'cellule du réseau', declaree: 'position déclarée' } as const;

/** `position du téléphone (AML), à 12 m près`. */
export function positionWords({ source, radiusM }: NonNullable<Position>): string {
  const near = radiusM === null ? '' : `, à ${radiusM < 1_000 ? `${radiusM} m` : `${(radiusM / 1_000).toFixed(1).replace('.', ',')} km`} près`;
  return `${sources[source]}${source === 'AML' ? ' (AML)' : ''}${near}`;
}

/** The commune whose centre is the nearest; of several at one place (positions known roughly), the most populous. */
export function nearestCommune<C extends Point & { readonly population: number | null }>(communes: readonly C[], point: Point): C | null {
  const distance = (one: C) => kmBetween(point, one);
  const order = (a: C, b: C) => distance(a) - distance(b) || (b.population ?? 0) - (a.population ?? 0);
  return communes.reduce<C | null>((best, one) => (best === null || order(one, best) < 0 ? one : best), null);
}
