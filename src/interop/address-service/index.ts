import { z } from 'zod';
import type { AddressHit, LookUpAddress } from '../../territory/server/index.ts';

/** The part we read of an answer of the national address service (Géoplateforme, formerly API Adresse): GeoJSON. */
const answerSchema = z.object({
  features: z.array(
    z.object({
      geometry: z.object({ coordinates: z.tuple([z.number(), z.number()]) }),
      properties: z.object({ label: z.string(), citycode: z.string(), city: z.string(), postcode: z.string().default(''), type: z.string() }),
    }),
  ),
});

/** Kinds of result that place a house or at least its street. */
const PRECISE = new Set(['housenumber', 'street']);

/**
 * Looks addresses up in the national address service.
 * @param baseUrl e.g. `https://data.geopf.fr/geocodage`; `/search` is added
 * @param timeoutMs how long a person waits before the offline gazetteer answers instead
 */
export function createAddressLookUp(baseUrl: string, timeoutMs = 2_000): LookUpAddress {
  return async (words, limit) => {
    const url = new URL('search', baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
    url.searchParams.set('q', words.slice(0, 200));
    url.searchParams.set('limit', String(limit));
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(`address service: HTTP ${response.status}`);
    return answerSchema.parse(await response.json()).features.map(toHit);
  };
}

function toHit({ geometry, properties }: z.output<typeof answerSchema>['features'][number]): AddressHit {
  const [lon, lat] = geometry.coordinates;
  const { label, citycode, city, postcode, type } = properties;
  return { lat, lon, label, insee: citycode, city, postcode, precise: PRECISE.has(type) };
}
