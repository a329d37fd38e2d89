import { expect, test } from 'vitest';
import { gazetteerPlaces, listedCommunes } from '../server/reference.ts';
import { distanceM } from './distance.ts';
import { type GazetteerPlace, type ListedCommune, locateCommunes } from './gazetteer.ts';

const commune = (insee: string, name: string, more: Partial<ListedCommune> = {}): ListedCommune => ({
  insee, name, department: insee.slice(0, 2), region: '75', postcodes: [`${insee.slice(0, 2)}000`], population: 1_000, former: [], ...more,
});
const place = (name: string, insee: string | null, lat: number, lon: number, population = 1_000): GazetteerPlace => ({
  name, insee, region: '75', population, lat, lon,
});

test('[INT-07] the INSEE code decides between homonyms of two départements', () => {
  const located = locateCommunes(
    [commune('86214', 'Saint-Benoît'), commune('04174', 'Saint-Benoît')],
    [place('Saint-Benoît', '86214', 46.55, 0.34)],
  );
  expect(located.get('86214')).toEqual({ lat: 46.55, lon: 0.34, source: 'gazetteer' });
  expect(located.has('04174')).toBe(false);
});

test('[INT-07] a place that bears the name of another commune of the département is left aside', () => {
  const located = locateCommunes(
    [commune('62247', 'Coupelle-Vieille', { postcodes: ['62310'] }), commune('62869', 'Wailly', { postcodes: ['62217'] })],
    [place('Wailly', '62247', 50.24, 2.72)],
  );
  expect(located.size).toBe(0);
});

test('[INT-07] a merged commune is found by the code and the name of the former one', () => {
  const merged = commune('86281', 'Saint-Martin-la-Pallu', { former: [{ insee: '86277', name: 'Vendeuvre-du-Poitou' }] });
  const located = locateCommunes([merged], [place('Un hameau', '86281', 46.9, 0.5), place('Vendeuvre-du-Poitou', '86277', 46.73, 0.3)]);
  expect(located.get('86281')).toMatchObject({ lat: 46.73, lon: 0.3 });
});

test('[INT-07] a position far outside the département is not believed', () => {
  const close = ['86001', '86002', '86003', '86004', '86005'].map((insee, i) => ({ insee, lat: 46.5 + i / 100, lon: 0.3 }));
  const located = locateCommunes(
    [...close.map(({ insee }) => commune(insee, `Commune ${insee}`, { postcodes: [insee] })), commune('86006', 'Égarée', { postcodes: ['86006'] })],
    [...close.map(({ insee, lat, lon }) => place(`Commune ${insee}`, insee, lat, lon)), place('Égarée', '86006', 43.6, 1.4)],
  );
  expect([...located.keys()]).toEqual(close.map(({ insee }) => insee));
});

test('[INT-07] a commune without position gets the middle of those sharing its postcode, unless they lie far apart', () => {
  const near = locateCommunes(
    [commune('86001', 'A'), commune('86002', 'B'), commune('86003', 'C')],
    [place('A', '86001', 46.5, 0.3), place('B', '86002', 46.6, 0.3)],
  );
  expect(near.get('86003')).toEqual({ lat: 46.55, lon: 0.3, source: 'postcode' });
  const far = locateCommunes(
    [commune('86001', 'A'), commune('86002', 'B'), commune('86003', 'C')],
    [place('A', '86001', 46.0, 0.3), place('B', '86002', 46.6, 0.3)],
  );
  expect(far.has('86003')).toBe(false);
});

test('[INT-07] on the real list: every position lies near those of its département, and the towns of the Vienne are right', () => {
  const communes = listedCommunes();
  const located = locateCommunes(communes, gazetteerPlaces());
  const known = { '86194': [46.58, 0.34], '86066': [46.82, 0.54], '86137': [47.0, 0.08], '86165': [46.43, 0.87], '75056': [48.86, 2.35], '97611': [-12.78, 45.23] };
  for (const [insee, [lat, lon]] of Object.entries(known)) {
    expect(distanceM(located.get(insee)!, { lat: lat!, lon: lon! }), insee).toBeLessThan(5_000);
  }
  const vienne = communes.filter(({ department }) => department === '86');
  const poitiers = located.get('86194')!;
  for (const { insee, name } of vienne) {
    const position = located.get(insee);
    if (position) expect(distanceM(position, poitiers), name).toBeLessThan(85_000);
  }
  expect(vienne.filter(({ insee }) => located.has(insee)).length).toBeGreaterThan(200);
});
