import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GROUPS, outlineStyle, ringOf } from './outline-style.ts';

const radians = (degrees: number) => (degrees * Math.PI) / 180;
const kilometres = (a: [number, number], b: [number, number]) => {
  const h = Math.sin(radians(b[1] - a[1]) / 2) ** 2 + Math.cos(radians(a[1])) * Math.cos(radians(b[1])) * Math.sin(radians(b[0] - a[0]) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(h));
};

test('the circle on the map is the one searched, within 2 %, everywhere in France', () => {
  const place = fc.constantFrom({ lat: 46.58, lon: 0.34 }, { lat: 51.0, lon: 2.4 }, { lat: -21.1, lon: 55.5 }, { lat: 4.9, lon: -52.3 });
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 60 }), ({ lat, lon }, radiusKm) => {
      const { ring, bounds } = ringOf({ lat, lon, radiusKm });
      for (const point of ring) expect(Math.abs(kilometres([lon, lat], point) / radiusKm - 1)).toBeLessThan(0.02);
      expect(ring[0]).toEqual(ring.at(-1));
      expect(bounds[0]).toBeLessThan(bounds[2]);
      expect(bounds[1]).toBeLessThan(bounds[3]);
    }),
  );
});

test('the style is one that the map accepts and that asks the network for nothing', () => {
  const colours = { ground: '#fff', area: '#fff', line: '#ddd', dot: '#888', words: '#444', ring: '#066', groups: Array(GROUPS).fill('#123') };
  const contour = { type: 'Polygon', coordinates: [[[0, 46], [1, 46], [1, 47], [0, 46]]] };
  const town = { name: 'Poitiers', lat: 46.58, lon: 0.34, population: 90_000, contour };
  for (const style of [outlineStyle([town], { lat: 46.58, lon: 0.34, radiusKm: 20 }, colours), outlineStyle([{ ...town, group: 7 }], null, colours)]) {
    expect(validateStyleMin(style)).toEqual([]);
    expect(JSON.stringify(style)).not.toMatch(/https?:|sprite|glyphs/);
  }
});
