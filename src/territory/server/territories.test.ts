import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { ManualClock } from '../../foundation/clock.ts';
import type { Actor } from '../../identity/contract.ts';
import type { Territory } from '../contract.ts';
import { createTerritories, ensureCommunes, type LookUpAddress, seedCommunes, type Territories, territoryHandlers } from './index.ts';

const clock = new ManualClock('2026-01-13T08:00:00Z');
const actor = (...territories: string[]): Actor => ({
  accountId: 'a1', displayName: 'Ada', email: null, roles: ['administrateur'], territories, nationalId: null, structureIds: [], delegations: [], editor: null,
});
const national = actor('*');
const vienne: Territory = {
  code: '86', name: 'SAS 86', departments: ['86'], timeZone: 'Europe/Paris', holidaySet: 'metropole', radiusKm: 20,
  launchedOn: '2021-03-01', status: 'LANCE',
};

let database: TestDatabase;
let territories: Territories;
const withService = (lookUpAddress: LookUpAddress | null) => createTerritories({ database, clock, lookUpAddress });

beforeAll(async () => {
  database = await createTestDatabase();
  await seedCommunes(database);
  territories = withService(null);
  await territories.save(vienne, national);
});

const first = async (words: string) => (await territories.locate(words, 5)).locations[0];

test('[INT-07] seeding the communes again writes nothing, not even over the official extract', async () => {
  const official = "update territory.commune set lat = 46.5, source = 'official' where insee = '86041'";
  await database.owner.pool.query(official);
  expect(await seedCommunes(database)).toBe(0);
  await ensureCommunes(database);
  const { rows } = await database.owner.pool.query("select lat, source from territory.commune where insee = '86041'");
  expect(rows).toEqual([{ lat: 46.5, source: 'official' }]);
}, 60_000);

test.each([
  ['Poitiers', '86194'], ['poitier', '86194'], ['POITIERS', '86194'], ['Potiers', '86194'], ['86194', '86194'],
  ['chatellerault', '86066'], ['Chatelerault', '86066'], ['Châtelleraut', '86066'],
  ['St Benoit 86', '86214'], ['saint-benoît 86280', '86214'], ['Ste Savine', '10362'],
  ['Montmorillon', '86165'], ['Loudun', '86137'], ['Mamoudzou', '97611'], ['St Denis 974', '97411'],
])('[ANN-02] « %s » finds commune %s', async (words, insee) => {
  expect(await first(words)).toMatchObject({ kind: 'commune', insee, source: 'gazetteer' });
});

test.each([
  ['12 rue Gambetta, Poitiers', '86194'], ['12 bis rue de la Paix 86000 Poitiers', '86194'], ['place du Marché, Saint-Benoît 86', '86214'],
])('[ANN-02] without an address service, the address « %s » is its commune and never pretends to be precise', async (words, insee) => {
  expect(await first(words)).toMatchObject({ kind: 'commune', insee, source: 'gazetteer' });
});

test('[ANN-02] a postcode is one place, then each of its communes', async () => {
  const { locations } = await territories.locate('86000', 5);
  expect(locations).toMatchObject([{ kind: 'postcode', postcode: '86000', insee: '86194', label: '86000 Poitiers' }]);
  const several = (await territories.locate('86280', 5)).locations;
  expect(several[0]).toMatchObject({ kind: 'postcode', insee: '86214' });
});

test('[ANN-02] a département is found by number and by name, with a radius that covers it; the commune of the same name too', async () => {
  expect(await first('86')).toMatchObject({ kind: 'department', department: '86', label: 'Vienne (86)' });
  const { locations } = await territories.locate('Vienne', 5);
  expect(locations.map(({ kind }) => kind).slice(0, 2)).toEqual(['commune', 'department']);
  expect(locations[1]!.radiusKm).toBeGreaterThan(50);
});

test('[ANN-02] arrondissements are their city, whatever the form of the code', async () => {
  for (const insee of ['75115', '75056']) expect(await territories.commune(insee)).toMatchObject({ insee: '75056', city: 'Paris' });
  expect(await territories.commune('69383')).toMatchObject({ insee: '69123' });
  expect(await territories.commune('13216')).toMatchObject({ insee: '13055' });
  expect(await territories.commune('4112')).toMatchObject({ insee: '04112' });
  expect(await territories.commune('00000')).toBeNull();
});

test('[ANN-02] a commune whose position is unknown is said so, not invented', async () => {
  const answer = await territories.locate("L'Isle-Jourdain 86150", 5);
  expect(answer.locations).toEqual([]);
  expect(answer.degraded).toMatch(/pas sa position/);
});

test('[ANN-02] the address service places an address; when it fails, the commune answers and the answer says so', async () => {
  const hit = { lat: 46.58, lon: 0.34, label: '12 Rue Gambetta 86000 Poitiers', insee: '86194', city: 'Poitiers', postcode: '86000', precise: true };
  const answer = await withService(async () => [hit]).locate('12 rue Gambetta Poitiers', 5);
  expect(answer).toMatchObject({ locations: [{ kind: 'address', insee: '86194', territory: '86', radiusKm: 20, source: 'address-service' }], degraded: null });

  const down = await withService(async () => Promise.reject(new Error('down'))).locate('12 rue Gambetta Poitiers', 5);
  expect(down.locations[0]).toMatchObject({ kind: 'commune', insee: '86194' });
  expect(down.degraded).toMatch(/service d'adresses/);
});

test('[ANN-02] the default radius is the national one, a sensible one where that table says 0', () => {
  const radii = Object.fromEntries(['86', '75', '2B', '48', '973', '976'].map((code) => [code, territories.defaultRadiusKm(code)]));
  expect(radii).toEqual({ '86': 20, '75': 5, '2B': 40, '48': 50, '973': 50, '976': 20 });
});

test('[ANN-02] the commune at a point is the nearest one, and the sea has none', async () => {
  expect(await territories.communeAt({ lat: 46.581, lon: 0.345 })).toMatchObject({ insee: '86194', department: '86' });
  expect(await territories.communeAt({ lat: 47.5, lon: -10 })).toBeNull();
});

test('[NFR-04] infra-territories and territories over two départements answer for their communes', async () => {
  await territories.save({ ...vienne, code: '64A', name: 'Pays basque', departments: ['64'] }, national);
  await territories.save({ ...vienne, code: '64B', name: 'Béarn', departments: ['64'] }, national);
  await territories.setCommunes('64A', ['64102'], national);
  await territories.setCommunes('64B', ['64445'], national);
  await territories.save({ ...vienne, code: '21-58', name: 'Côte-d’Or et Nièvre', departments: ['21', '58'] }, national);
  const codes = await Promise.all(['64102', '64445', '64001', '21231', '58194', '86194', '17300'].map(async (insee) => (await territories.ofCommune(insee))?.code ?? null));
  expect(codes).toEqual(['64A', '64B', null, '21-58', '21-58', '86', null]);
  expect((await territories.communes('64A')).map(({ insee }) => insee)).toEqual(['64102']);
  await expect(territories.setCommunes('64B', ['64102'], national)).rejects.toMatchObject({ code: 'commune-taken' });
  expect((await territories.ofCommune('64445'))?.code).toBe('64B');
});

test('[NFR-04] rights are checked on the territory, and the refusal is journaled', async () => {
  await expect(territories.save({ ...vienne, code: '17' }, actor('86'))).rejects.toMatchObject({ family: 'forbidden', code: 'territory-out-of-reach' });
  await expect(territories.get('17')).rejects.toMatchObject({ family: 'not-found' });
  const { rows } = await database.owner.pool.query("select actor, object_id from foundation.journal where event = 'territory-refused'");
  expect(rows).toEqual([{ actor: 'a1', object_id: '17' }]);
  await expect(territories.save({ ...vienne, timeZone: 'Europe/Poitiers' }, national)).rejects.toMatchObject({ code: 'unknown-time-zone' });
});

test('[PDSA-02] a dated adaptation changes the local calendar of the territory and never the regulatory one', async () => {
  const instant = (text: string) => Temporal.Instant.from(text);
  await territories.addLocalHours('86', { from: instant('2026-07-13T06:00:00Z'), to: instant('2026-07-13T18:00:00Z'), kind: 'PDSA', reason: 'Pont du 14 juillet' }, actor('86'));
  const handlers = territoryHandlers(territories);
  const call = { params: { code: '86' }, query: { from: '2026-07-13', to: '2026-07-14' } } as Parameters<typeof handlers.calendar>[0];
  const { periods } = await handlers.calendar(call);
  expect(periods).toEqual([
    { from: '2026-07-12T22:00:00Z', to: '2026-07-13T06:00:00Z', regulatory: 'PDSA', local: 'PDSA', reason: 'nuit' },
    { from: '2026-07-13T06:00:00Z', to: '2026-07-13T18:00:00Z', regulatory: 'SAS', local: 'PDSA', reason: 'Pont du 14 juillet' },
    { from: '2026-07-13T18:00:00Z', to: '2026-07-13T22:00:00Z', regulatory: 'PDSA', local: 'PDSA', reason: 'nuit' },
    { from: '2026-07-13T22:00:00Z', to: '2026-07-14T22:00:00Z', regulatory: 'PDSA', local: 'PDSA', reason: 'jour férié : Fête nationale' },
  ]);
  expect(await territories.hoursKindAt('86', instant('2026-07-13T08:00:00Z'))).toBe('SAS');
  const day = Temporal.PlainDate.from('2026-07-13');
  await expect(territories.calendar('86', day, day.add({ days: 500 }))).rejects.toMatchObject({ code: 'calendar-too-long' });
});
