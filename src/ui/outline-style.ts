import type { StyleSpecification } from 'maplibre-gl';

/** A commune: a point, and its contour (GeoJSON geometry) when it is known. */
export interface Outline {
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  readonly population: number | null;
  readonly contour: unknown;
}

export interface MapColours {
  readonly ground: string;
  readonly area: string;
  readonly line: string;
  readonly dot: string;
  readonly words: string;
  readonly ring: string;
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

/** A plain map of the communes and of the circle searched, drawn from data alone: no tile, no font, no network. */
export function outlineStyle(outlines: readonly Outline[], circle: Circle, colours: MapColours): StyleSpecification {
  const features = (items: readonly Outline[], geometry: (item: Outline) => unknown) => ({
    type: 'geojson' as const,
    data: {
      type: 'FeatureCollection' as const,
      features: items.map((item) => ({ type: 'Feature', properties: { name: item.name, population: item.population ?? 0 }, geometry: geometry(item) })),
    } as never,
  });
  return {
    version: 8,
    sources: {
      areas: features(outlines.filter(({ contour }) => contour), ({ contour }) => contour),
      points: features(outlines, ({ lat, lon }) => ({ type: 'Point', coordinates: [lon, lat] })),
      ring: { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ringOf(circle).ring] } } },
      center: { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [circle.lon, circle.lat] } } },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colours.ground } },
      { id: 'areas', type: 'fill', source: 'areas', paint: { 'fill-color': colours.area } },
      { id: 'borders', type: 'line', source: 'areas', paint: { 'line-color': colours.line, 'line-width': 1 } },
      { id: 'ring-fill', type: 'fill', source: 'ring', paint: { 'fill-color': colours.ring, 'fill-opacity': 0.06 } },
      { id: 'ring-line', type: 'line', source: 'ring', paint: { 'line-color': colours.ring, 'line-width': 1.5, 'line-dasharray': [3, 3] } },
      {
        id: 'points', type: 'circle', source: 'points',
        paint: { 'circle-color': colours.dot, 'circle-opacity': 0.7, 'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'population']], 20, 1.5, 300, 5] },
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
