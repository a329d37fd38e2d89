import { LRUCache } from 'lru-cache';
import { invalid, notFound } from '../../../foundation/errors.ts';
import type { Location, Point } from '../../../territory/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { SearchQuery } from '../contract.ts';
import type { Reason } from '../domain/ranking.ts';

/** Where a search looks. */
export interface SearchPlace {
  readonly label: string;
  readonly city: string;
  readonly point: Point;
  readonly insee: string | null;
  /** A point or a street address: candidates are ranked by distance. Otherwise the centre of a commune: neutral draw. */
  readonly precise: boolean;
  readonly territory: string | null;
  readonly radiusKm: number;
  readonly notices: readonly Reason[];
}

/** Where nothing is known of the place (at sea, abroad): between the national radii of 5 and 50 km. */
const FALLBACK_RADIUS_KM = 20;

/** Communes and their territory change a few times a year: a search may see them that late. */
const COMMUNE_FRESH_MS = 10_000;

type PlaceQuery = Pick<SearchQuery, 'lat' | 'lon' | 'insee' | 'address' | 'radiusKm'>;
type CommuneOf = (insee: string) => Promise<Location | null>;

/**
 * Understands the place asked for: a point, else a commune, else words.
 * @throws invalid `place-missing`, `place-incomplete`; not-found `place-not-found`
 */
export function createPlaceFinder(territories: Territories): (query: PlaceQuery) => Promise<SearchPlace> {
  const recent = new LRUCache<string, Location>({ max: 2_000, ttl: COMMUNE_FRESH_MS });
  const communeOf: CommuneOf = async (insee) => {
    const known = recent.get(insee) ?? (await territories.commune(insee));
    if (known) recent.set(insee, known, { noUpdateTTL: true });
    return known;
  };

  return async (query) => {
    if ((query.lat === undefined) !== (query.lon === undefined)) {
      throw invalid('place-incomplete', 'Une latitude va avec une longitude : donnez les deux (lat et lon).');
    }
    const { insee, address, radiusKm } = query;
    if (query.lat !== undefined && query.lon !== undefined) {
      const point = { lat: query.lat, lon: query.lon };
      return atPoint(point, insee ?? (await territories.communeAt(point))?.insee, communeOf, { label: address, radiusKm });
    }
    if (insee !== undefined) {
      const commune = await communeOf(insee);
      if (!commune) throw notFound('place-not-found', `Aucune commune ne porte le code INSEE ${insee}. Vérifiez-le ou donnez une adresse.`);
      return fromLocation(commune, radiusKm, []);
    }
    if (address !== undefined) return atAddress(territories, address, radiusKm);
    throw invalid('place-missing', 'Où chercher ? Donnez une adresse, une commune (code INSEE) ou un point (lat et lon).');
  };
}

async function atPoint(
  point: Point,
  insee: string | undefined,
  communeOf: CommuneOf,
  asked: { label?: string; radiusKm?: number },
): Promise<SearchPlace> {
  const commune = insee === undefined ? null : await communeOf(insee);
  const city = commune?.city ?? 'lieu hors des communes connues';
  return {
    label: asked.label ?? city,
    city,
    point,
    insee: commune?.insee ?? null,
    precise: true,
    territory: commune?.territory ?? null,
    radiusKm: asked.radiusKm ?? commune?.radiusKm ?? FALLBACK_RADIUS_KM,
    notices: [],
  };
}

async function atAddress(territories: Territories, words: string, radiusKm: number | undefined): Promise<SearchPlace> {
  const { locations, degraded } = await territories.locate(words, 1);
  const location = locations[0];
  if (!location) {
    throw notFound('place-not-found', `Le lieu « ${words} » n'a pas été trouvé. Vérifiez l'orthographe ou donnez la commune seule.`);
  }
  return fromLocation(location, radiusKm, degraded === null ? [] : [{ code: 'geocoder-degraded', text: degraded }]);
}

function fromLocation(location: Location, radiusKm: number | undefined, notices: readonly Reason[]): SearchPlace {
  return {
    label: location.label,
    city: location.city,
    point: { lat: location.lat, lon: location.lon },
    insee: location.insee,
    precise: location.kind === 'address',
    territory: location.territory,
    radiusKm: radiusKm ?? location.radiusKm,
    notices,
  };
}
