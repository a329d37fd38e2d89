import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl';

/** A commune: a point, and its contour (GeoJSON geometry) when it is known. */
export interface Outline {
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  readonly population: number | null;
  readonly contour: unknown;
  /** Those of one group share a colour and a pattern: which one, from 0. */
  readonly group?: number;
}

/** How many groups look different; beyond, they start again. */
export const GROUPS = 6;

export interface MapColours {
  readonly ground: string;
  readonly area: string;
  readonly line: string;
  readonly dot: string;
  readonly words: string;
  readonly ring: string;
  /** One a group, `GROUPS` of them. */
  readonly groups: readonly string[];
}

interface Circle {
  readonly lat: number;
  readonly lon: number;
  readonly radiusKm: number;
}

const KM_PER_DEGREE = 111.32;
const STEPS = 72;

/** The circle as a ring of `[lon, lat]`, and the box around it. Exact enough to be looked at up to 200 km. */
export function ringOf({ lat, lon, radiusKm }: Circle): { ring: [number, number][]; bounds: [number, number, number, number] } {
  const dLat = radiusKm / KM_PER_DEGREE;
  const dLon = dLat / Math.cos((lat * Math.PI) / 180);
  const ring = Array.from({ length: STEPS + 1 }, (_, step): [number, number] => {
    const angle = ((step % STEPS) / STEPS) * 2 * Math.PI;
    return [lon + dLon * Math.cos(angle), lat + dLat * Math.sin(angle)];
  });
  return { ring, bounds: [lon - dLon, lat - dLat, lon + dLon, lat + dLat] };
}

/** A plain map of the communes and of the circle searched, if any, drawn from data alone: no tile, no font, no network. */
export function outlineStyle(outlines: readonly Outline[], circle: Circle | null, colours: MapColours): StyleSpecification {
  const features = (items: readonly Outline[], geometry: (item: Outline) => unknown) => ({
    type: 'geojson' as const,
    data: {
      type: 'FeatureCollection' as const,
      features: items.map((item) => ({
        type: 'Feature', properties: { name: item.name, population: item.population ?? 0, ...(item.group === undefined ? {} : { group: item.group % GROUPS }) }, geometry: geometry(item),
      })),
    } as never,
  });
  const point = (geometry: object | null) => ({ type: 'geojson' as const, data: { type: 'FeatureCollection', features: geometry ? [{ type: 'Feature', properties: {}, geometry }] : [] } as never });
  const grouped: ExpressionSpecification = ['has', 'group'];
  const byGroup = (otherwise: string): ExpressionSpecification => ['match', ['get', 'group'], ...colours.groups.flatMap((colour, group) => [group, colour]), otherwise] as never;
  return {
    version: 8,
    sources: {
      areas: features(outlines.filter(({ contour }) => contour), ({ contour }) => contour),
      points: features(outlines, ({ lat, lon }) => ({ type: 'Point', coordinates: [lon, lat] })),
      ring: point(circle && { type: 'Polygon', coordinates: [ringOf(circle).ring] }),
      center: point(circle && { type: 'Point', coordinates: [circle.lon, circle.lat] }),
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colours.ground } },
      { id: 'areas', type: 'fill', source: 'areas', paint: { 'fill-color': byGroup(colours.area), 'fill-opacity': ['case', grouped, 0.3, 1] } },
      { id: 'patterns', type: 'fill', source: 'areas', filter: grouped, paint: { 'fill-pattern': ['concat', 'hatch-', ['get', 'group']] } },
      { id: 'borders', type: 'line', source: 'areas', paint: { 'line-color': colours.line, 'line-width': 1 } },
      { id: 'ring-fill', type: 'fill', source: 'ring', paint: { 'fill-color': colours.ring, 'fill-opacity': 0.06 } },
      { id: 'ring-line', type: 'line', source: 'ring', paint: { 'line-color': colours.ring, 'line-width': 1.5, 'line-dasharray': [3, 3] } },
      {
        id: 'points', type: 'circle', source: 'points', filter: ['!', grouped],
        paint: { 'circle-color': colours.dot, 'circle-opacity': 0.7, 'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'population']], 20, 1.5, 300, 5] },
      },
      {
        id: 'shapes', type: 'symbol', source: 'points', filter: grouped,
        layout: {
          'icon-image': ['concat', 'shape-', ['get', 'group']], 'icon-allow-overlap': true, 'icon-ignore-placement': true,
          'icon-size': ['interpolate', ['linear'], ['sqrt', ['get', 'population']], 10, 0.9, 300, 1.6],
        },
      },
      {
        id: 'names', type: 'symbol', source: 'points',
        layout: {
          'text-field': ['get', 'name'], 'text-size': ['interpolate', ['linear'], ['sqrt', ['get', 'population']], 20, 11, 300, 15],
          'text-font': ['Atkinson Hyperlegible Next'], 'text-anchor': 'top', 'text-offset': [0, 0.5], 'symbol-sort-key': ['-', 0, ['get', 'population']],
        },
        paint: { 'text-color': colours.words, 'text-halo-color': colours.ground, 'text-halo-width': 1.5 },
      },
      {
        id: 'center', type: 'circle', source: 'center',
        paint: { 'circle-color': colours.ground, 'circle-radius': 5, 'circle-stroke-color': colours.ring, 'circle-stroke-width': 3 },
      },
    ],
  };
}
