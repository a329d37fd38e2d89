/** A place as a vendor describes it; `id` is a national one when given. */
export interface OfferedPlace {
  readonly id: string | null;
  readonly name: string | null;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
  readonly lat: number | null;
  readonly lon: number | null;
}

/** Whose slot it is, and where: our own place for the platform's agenda, the vendor's words for the others. */
export interface Offer {
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeId: string | null;
  readonly place: OfferedPlace | null;
}

/** A candidate of the session to whom a slot may be attached. */
export interface Attachable {
  readonly key: string;
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly place: {
    readonly id: string;
    readonly name: string;
    readonly address: string;
    readonly postcode: string;
    readonly city: string;
  };
}

/**
 * What becomes of a slot: attached to a candidate; a place of one of them that the directory does not know (`owner` says
 * whose); or nobody's here.
 */
export type Match =
  | { readonly kind: 'attached'; readonly key: string }
  | { readonly kind: 'unknown-place'; readonly owner: string }
  | { readonly kind: 'stranger' };

const STRANGER: Match = { kind: 'stranger' };

/** The candidates of a session, indexed by owner (professional, or structure when no professional is named). */
export function byOwner<Candidate extends Attachable>(candidates: Iterable<Candidate>): Map<string, Candidate[]> {
  const owners = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const owner = candidate.nationalId ?? candidate.structureId!;
    const places = owners.get(owner);
    if (places) places.push(candidate);
    else owners.set(owner, [candidate]);
  }
  return owners;
}

/**
 * Finds whose slot it is. Only places of the very professional (or structure) are ever considered, in this order: the same
 * place id; the same postcode and a similar street; his only place in that commune.
 */
export function match(offer: Offer, owners: ReadonlyMap<string, readonly Attachable[]>): Match {
  const owner = [offer.nationalId, offer.structureId].find((id) => id !== null && owners.has(id));
  if (!owner) return STRANGER;
  const places = owners.get(owner)!;
  const id = offer.placeId ?? offer.place?.id;
  const same = places.find((candidate) => candidate.place.id === id);
  if (same) return { kind: 'attached', key: same.key };
  if (!offer.place) return STRANGER;
  const found = sameStreet(offer.place, places) ?? onlyPlaceInCommune(offer.place, places);
  return found ? { kind: 'attached', key: found.key } : { kind: 'unknown-place', owner };
}

function sameStreet(place: OfferedPlace, candidates: readonly Attachable[]): Attachable | null {
  let best: Attachable | null = null;
  let bestScore = 0;
  for (const candidate of candidates) {
    if (candidate.place.postcode !== place.postcode) continue;
    const score = streetSimilarity(place.address, candidate.place.address);
    if (score > bestScore || (score === bestScore && best && candidate.key < best.key)) {
      best = candidate;
      bestScore = score;
    }
  }
  return bestScore >= SIMILAR ? best : null;
}

function onlyPlaceInCommune(place: OfferedPlace, candidates: readonly Attachable[]): Attachable | null {
  const commune = normalize(place.city);
  const there = candidates.filter((candidate) =>
    commune === '' ? candidate.place.postcode === place.postcode : normalize(candidate.place.city) === commune,
  );
  return there.length === 1 ? there[0]! : null;
}

/** From this share of words in common, two street lines are taken for the same address. */
const SIMILAR = 0.6;

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  r: 'rue', av: 'avenue', ave: 'avenue', bd: 'boulevard', bld: 'boulevard', blvd: 'boulevard', pl: 'place', all: 'allee',
  imp: 'impasse', rte: 'route', ch: 'chemin', che: 'chemin', sq: 'square', res: 'residence', fg: 'faubourg', fbg: 'faubourg',
  st: 'saint', ste: 'sainte', gal: 'general', mal: 'marechal', pdt: 'president', dr: 'docteur', zac: 'za',
};
const SMALL_WORDS = new Set(['de', 'du', 'des', 'la', 'le', 'les', 'l', 'd', 'et', 'a', 'au', 'aux']);

/** Lower case, no accent, words apart by one space. */
export const normalize = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();

const wordsOf = (line: string): string[] => [
  ...new Set(
    normalize(line)
      .split(' ')
      .map((word) => ABBREVIATIONS[word] ?? word)
      .filter((word) => word !== '' && !SMALL_WORDS.has(word)),
  ),
];

/** Share of words in common (0 to 1); 0 when both lines bear a number and not the same one. */
export function streetSimilarity(one: string, other: string): number {
  const a = wordsOf(one);
  const b = wordsOf(other);
  const numberOf = (words: string[]) => words.find((word) => /^\d/.test(word));
  const numbers = [numberOf(a), numberOf(b)];
  if (numbers[0] && numbers[1] && numbers[0] !== numbers[1]) return 0;
  if (a.length === 0 || b.length === 0) return 0;
  const common = a.filter((word) => b.includes(word)).length;
  return (2 * common) / (a.length + b.length);
}

/** Where a search looks: what a vendor's place must lie in to be shown. */
export interface SearchArea {
  readonly center: { readonly lat: number; readonly lon: number };
  readonly radiusM: number;
  /** Postcodes of the places already found inside. */
  readonly postcodes: ReadonlySet<string>;
}

/** Metres between two points of the Earth taken as a sphere. */
export function distanceBetween(
  a: { readonly lat: number; readonly lon: number },
  b: { readonly lat: number; readonly lon: number },
): number {
  const radians = Math.PI / 180;
  const dLat = (b.lat - a.lat) * radians;
  const dLon = (b.lon - a.lon) * radians;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * Math.sin(dLon / 2) ** 2;
  return Math.round(2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(h))));
}

/**
 * The distance of a place that only a vendor knows, or null when it must not be shown: outside the circle, or without
 * coordinates in a postcode where nobody was found.
 */
export function placeInArea(place: OfferedPlace, area: SearchArea): { readonly distanceM: number | null } | null {
  if (place.lat !== null && place.lon !== null) {
    const distanceM = distanceBetween(area.center, { lat: place.lat, lon: place.lon });
    return distanceM <= area.radiusM ? { distanceM } : null;
  }
  return area.postcodes.has(place.postcode) ? { distanceM: null } : null;
}
