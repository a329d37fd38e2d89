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

type PlaceQuery = Pick<SearchQuery, 'lat' | 'lon' | 'insee' | 'address' | 'radiusKm'>;

/**
 * Understands the place asked for: a point, else a commune, else words.
 * @throws invalid `place-missing`, `place-incomplete`; not-found `place-not-found`
 */
export async function findPlace(territories: Territories, query: PlaceQuery): Promise<SearchPlace> {
  if ((query.lat === undefined) !== (query.lon === undefined)) {
    throw invalid('place-incomplete', 'Une latitude va avec une longitude : donnez les deux (lat et lon).');
  }
  const { insee, address, radiusKm } = query;
  if (query.lat !== undefined && query.lon !== undefined) {
    return atPoint(territories, { lat: query.lat, lon: query.lon }, { insee, label: address, radiusKm });
  }
  if (insee !== undefined) {
    const commune = await territories.commune(insee);
    if (!commune) throw notFound('place-not-found', `Aucune commune ne porte le code INSEE ${insee}. Vérifiez-le ou donnez une adresse.`);
    return fromLocation(commune, radiusKm, []);
  }
  if (address !== undefined) return atAddress(territories, address, radiusKm);
  throw invalid('place-missing', 'Où chercher ? Donnez une adresse, une commune (code INSEE) ou un point (lat et lon).');
}

async function atPoint(
  territories: Territories,
  point: Point,
  known: { insee?: string; label?: string; radiusKm?: number },
): Promise<SearchPlace> {
  const insee = known.insee ?? (await territories.communeAt(point))?.insee;
  const commune = insee === undefined ? null : await territories.commune(insee);
  const city = commune?.city ?? 'lieu hors des communes connues';
  return {
    label: known.label ?? city,
    city,
    point,
    insee: commune?.insee ?? null,
    precise: true,
    territory: commune?.territory ?? null,
    radiusKm: known.radiusKm ?? commune?.radiusKm ?? FALLBACK_RADIUS_KM,
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
