import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { ManualClock } from '../../../foundation/clock.ts';
import type { Actor } from '../../../identity/contract.ts';
import { createTerritories, distanceM, seedCommunes, type Territories } from '../../../territory/server/index.ts';
import { candidateSchema, structureSchema } from '../contract.ts';
import type { ActivityRecord, Directory, ReadExtract } from './index.ts';
import { createDirectory, createDirectoryImporter, directoryHandlers } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'directory-'));
afterAll(() => rmSync(folder, { recursive: true }));
const clock = new ManualClock('2026-01-13T08:00:00Z');
const actor = (...territories: string[]): Actor => ({
  accountId: 'a1', displayName: 'Ada', email: null, roles: ['administrateur'], territories, nationalId: null, structureIds: [], delegations: [], editor: null,
});
const poitiers = { lat: 46.58261, lon: 0.34348 };

let database: TestDatabase;
let directory: Directory;
let territories: Territories;

const readExtract: ReadExtract = async function* (chunks) {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  yield (JSON.parse(text) as ActivityRecord[]).map((record, index) => ({ line: index + 1, record }));
};

const towns = { '86194': ['86000', 'Poitiers'], '86214': ['86280', 'Saint-Benoît'], '86066': ['86100', 'Châtellerault'], '87085': ['87000', 'Limoges'] } as const;
function practice(number: number, insee: keyof typeof towns, lastName: string, firstName: string, trade: Partial<ActivityRecord> = {}): ActivityRecord {
  const [postcode, city] = towns[insee];
  return {
    nationalId: `819000000${String(number).padStart(3, '0')}`, civility: null, lastName, firstName, professionCode: '10', profession: 'Médecin',
    specialty: 'SM54', specialtyLabel: 'Médecine Générale', mode: 'L', placeId: `386000000000${String(number).padStart(3, '0')}`, placeName: `Cabinet ${number}`,
    address: `${number} rue du Marché`, postcode, city, insee, phone: '0536490001', email: null, finess: null, siret: null, ...trade,
  };
}
const nurse = { professionCode: '60', profession: 'Infirmier', specialty: null, specialtyLabel: null };
const records = [
  practice(1, '86194', 'LEFEBVRE', 'HÉLÈNE'),
  practice(2, '86214', 'LE GOFF', 'YANN', { specialty: 'SM26', specialtyLabel: 'Qualifié en Médecine Générale' }),
  practice(3, '86066', 'DUPONT-MOREAU', 'ANDRÉ'),
  practice(4, '87085', 'LEFEBVRE', 'MARC'),
  practice(5, '86194', 'SAINT-MARTIN', 'CHLOÉ', { specialty: 'SM40', specialtyLabel: 'Pédiatrie' }),
  practice(6, '86194', 'NOËL', 'ZOÉ', nurse),
  practice(7, '86194', 'OLLIVIER', 'LUC', { specialty: 'SM77', specialtyLabel: 'Médecine de l’altitude' }),
  // The same doctor, a second place.
  { ...practice(8, '86066', 'LEFEBVRE', 'HÉLÈNE'), nationalId: '819000000001' },
];

async function importRecords(list: readonly ActivityRecord[]) {
  const file = join(folder, 'extract.json');
  writeFileSync(file, JSON.stringify(list));
  return createDirectoryImporter({ database, clock, territories, readExtract })({ file });
}

beforeAll(async () => {
  database = await createTestDatabase();
  await seedCommunes(database);
  territories = createTerritories({ database, clock, lookUpAddress: null });
  const vienne = { code: '86', name: 'SAS 86', departments: ['86'], timeZone: 'Europe/Paris', holidaySet: 'metropole', radiusKm: 20, launchedOn: null, status: 'LANCE' } as const;
  await territories.save({ ...vienne, departments: ['86'] }, actor('*'));
  directory = createDirectory({ database, clock, territories });
  await importRecords(records);
  await database.owner.pool.query(`
    insert into directory.structure (id, kind, name, search_name, territory, address, postcode, city, insee, lat, lon, source, updated_at) values
      ('1860000001', 'CPTS', 'CPTS du Clain', 'cpts du clain', '86', '', '86000', 'Poitiers', '86194', 46.58, 0.34, 'test', now()),
      ('1860000002', 'MSP', 'Maison de santé des Tilleuls', 'maison de sante des tilleuls', '86', '', '86280', 'Saint-Benoît', '86214', 46.55, 0.342, 'test', now()),
      ('386000000000009', 'PHARMACIE', 'Pharmacie de la Gare', 'pharmacie de la gare', '86', '', '86100', 'Châtellerault', '86066', 46.818, 0.546, 'test', now());
    insert into directory.structure_zone values ('1860000001', '86194'), ('1860000001', '75056');
    insert into directory.structure_member values ('1860000001', '819000000001', '2020-01-01', null), ('1860000002', '819000000001', '2020-01-01', '2025-12-31');
    insert into directory.structure_place values ('1860000002', '386000000000002', 'Antenne')`);
});

/** Who is around, told whole as the page of a search does. */
async function foundAround(question: Parameters<Directory['around']>[0]) {
  const practices = await directory.around(question);
  const all = await directory.placesOfAll(practices.map(({ nationalId }) => nationalId), question.center);
  const found = all.filter(({ nationalId, place }) => practices.some((one) => one.nationalId === nationalId && one.placeId === place.id));
  for (const { nationalId, place, distanceM: shown } of found) {
    expect(practices).toContainEqual({ nationalId, placeId: place.id, insee: place.insee, distanceM: shown });
  }
  expect(found).toHaveLength(practices.length);
  return found;
}

const around = async (specialty: string, radiusKm: number) =>
  (await foundAround({ specialty, center: poitiers, radiusM: radiusKm * 1_000 })).map(({ nationalId, place }) => `${nationalId.slice(-1)}@${place.city}`).sort();

test('[ANN-01] [ANN-02] general practitioners around a point, whatever the code they are registered under, one entry a place', async () => {
  expect(await around('SM54', 10)).toEqual(['1@Poitiers', '2@Saint-Benoît']);
  expect(await around('SM54', 40)).toEqual(['1@Châtellerault', '1@Poitiers', '2@Saint-Benoît', '3@Châtellerault']);
  expect(await around('SM40', 40)).toEqual(['5@Poitiers']);
  expect(await around('PRO:60', 40)).toEqual(['6@Poitiers']);
  for (const candidate of await foundAround({ specialty: 'SM54', center: poitiers, radiusM: 40_000 })) candidateSchema.parse(candidate);
});

test('[ANN-03] a result shows its distance to the centre, its place and its phone', async () => {
  const [near] = await foundAround({ specialty: 'SM26', center: poitiers, radiusM: 10_000 }).then((list) => list.filter(({ place }) => place.city === 'Saint-Benoît'));
  expect(near).toMatchObject({ rpps: '19000000002', place: { phone: '+33536490001', insee: '86214' } });
  const { lat, lon } = near!.place;
  expect(near!.distanceM).toBe(Math.round(distanceM(poitiers, { lat: lat!, lon: lon! })));
});

test('[ANN-02] the circle is exact: a place is found when, and only when, its distance is within the radius', async () => {
  const places = (await foundAround({ specialty: 'SM54', center: poitiers, radiusM: 200_000 })).map(({ place }) => place);
  const points = fc.record({ lat: fc.double({ min: 45.5, max: 47.5, noNaN: true }), lon: fc.double({ min: -0.5, max: 1.8, noNaN: true }) });
  await fc.assert(fc.asyncProperty(points, fc.integer({ min: 500, max: 120_000 }), async (center, radiusM) => {
    const found = (await directory.around({ specialty: 'SM54', center, radiusM })).map(({ placeId }) => placeId).sort();
    const expected = places.filter(({ lat, lon }) => distanceM(center, { lat: lat!, lon: lon! }) <= radiusM).map(({ id }) => id).sort();
    expect(found).toEqual(expected);
  }), { numRuns: 40 });
});

test('[ANN-02] the places of a professional come nearest first', async () => {
  expect((await directory.placesOf('819000000001', poitiers)).map(({ place }) => place.city)).toEqual(['Poitiers', 'Châtellerault']);
  expect(await directory.placesOf('819999999999')).toEqual([]);
});

test('[ANN-02] a professional is found by his number, with or without its prefix, and nobody by a number unknown', async () => {
  for (const q of ['819000000001', '19000000001']) {
    const found = await directory.findProfessionals({ q, limit: 10 });
    expect(new Set(found.map(({ nationalId }) => nationalId))).toEqual(new Set(['819000000001']));
  }
  expect(await directory.findProfessionals({ q: '19999999999', limit: 10 })).toEqual([]);
});

test.each([
  ['lefebvre helene', '1'], ['Hélène LEFEBVRE', '1'], ['lefevbre', '1'], ['lefèbvre h', '1'], ['legoff', '2'], ['le gof yan', '2'],
  ['dupond moreau', '3'], ['St Martin', '5'], ['noel', '6'], ['chloe', '5'],
])('[ANN-02] the name « %s » finds the professional, accents, order and typing errors forgiven', async (q, expected) => {
  const [first] = await directory.findProfessionals({ q, department: '86', limit: 5 });
  expect(first?.nationalId).toBe(`81900000000${expected}`);
});

test('[ANN-02] names, département, specialty and point narrow each other', async () => {
  const ids = async (question: Omit<Parameters<Directory['findProfessionals']>[0], 'limit'>) =>
    (await directory.findProfessionals({ ...question, limit: 10 })).map(({ nationalId, place }) => `${nationalId.slice(-1)}@${place.city}`);
  expect(await ids({ q: 'lefebvre', department: '87' })).toEqual(['4@Limoges']);
  expect(await ids({ q: 'lefebvre', center: poitiers, radiusKm: 10 })).toEqual(['1@Poitiers']);
  expect(await ids({ q: 'lefebvre', specialty: 'SM40' })).toEqual([]);
  expect(await ids({ q: 'pédiatre' })).toEqual(['5@Poitiers']);
  expect(await ids({ q: 'xyzxyz' })).toEqual([]);
  expect(await directory.findProfessionals({ q: 'lefebvre', limit: 1 })).toHaveLength(1);
});

test('[ANN-02] common words suggest specialties, then structures and people', async () => {
  const codes = async (text: string) => (await directory.suggest(text, 10)).map(({ kind, code }) => `${kind} ${code}`);
  expect((await codes('généraliste'))[0]).toBe('specialty SM54');
  expect((await codes('pédia'))[0]).toBe('specialty SM40');
  expect((await codes('dentiste'))[0]).toBe('specialty PRO:40');
  expect((await codes('kiné'))[0]).toBe('specialty PRO:70');
  expect(await codes('altitude')).toContain('specialty SM77');
  expect(await codes('tilleul')).toContain('structure 1860000002');
  expect(await codes('lefebvre')).toEqual(['professional 819000000001', 'professional 819000000004']);
  expect((await directory.suggest('e', 3)).length).toBeLessThanOrEqual(3);
});

test('[ANN-01] structures around: by distance, and a CPTS where its intervention zone holds the commune', async () => {
  const ids = async (insee: string | null, radiusM: number) =>
    (await directory.structuresAround({ kinds: ['CPTS', 'MSP', 'PHARMACIE'], center: poitiers, radiusM, insee })).map(({ id }) => id);
  expect(await ids('86194', 10_000)).toEqual(['1860000001', '1860000002']);
  expect(await ids('86066', 40_000)).toEqual(['1860000002', '386000000000009']);
  expect(await ids('75115', 1)).toEqual(['1860000001']);
  expect(await ids(null, 1)).toEqual([]);
  expect((await directory.structure('1860000002')).places).toMatchObject([{ id: '386000000000002', name: 'Antenne', city: 'Saint-Benoît' }]);
  await expect(directory.structure('1')).rejects.toMatchObject({ code: 'structure-not-found' });
});

test('[ANN-01] structures are found by name, kind and territory', async () => {
  const ids = async (question: Omit<Parameters<Directory['findStructures']>[0], 'limit'>) => (await directory.findStructures({ ...question, limit: 10 })).map(({ id }) => id);
  expect(await ids({ q: 'maison sante tileuls' })).toEqual(['1860000002']);
  expect(await ids({ kind: 'PHARMACIE' })).toEqual(['386000000000009']);
  expect(await ids({ territory: '17' })).toEqual([]);
  expect(await ids({ center: poitiers })).toEqual(['1860000001', '1860000002']);
});

test('[ANN-01] memberships hold today only, and names are labels', async () => {
  const memberships = await directory.membershipsOf(['819000000001', '819000000002']);
  expect([...memberships]).toEqual([['819000000001', [{ structureId: '1860000001', kind: 'CPTS', name: 'CPTS du Clain' }]]]);
  expect((await directory.names(['819000000005', '819000000006'])).get('819000000005')).toMatchObject({ lastName: 'SAINT-MARTIN', specialty: 'SM40' });
  expect((await directory.names(['819000000006'])).get('819000000006')).toMatchObject({ professionCode: '60', specialty: null });
});

test('[ANN-11] a structure is identified to the SAS with its channel and hours, by its territory only, and it is journaled', async () => {
  const handlers = directoryHandlers(directory);
  const contact = { contactChannel: 'phone' as const, contact: '05 36 49 00 77', hours: [{ day: 1, from: '08:00', to: '20:00' }] };
  const call = (who: Actor) => ({ params: { id: '1860000001' }, body: contact, actor: who }) as Parameters<typeof handlers.identifyStructure>[0];
  expect((await directory.structure('1860000001')).identifiedAt).toBeNull();
  await expect(handlers.identifyStructure(call(actor('17')))).rejects.toMatchObject({ code: 'territory-out-of-reach' });
  expect((await directory.structure('1860000001')).identifiedAt).toBeNull();

  const identified = structureSchema.parse(await handlers.identifyStructure(call(actor('86'))));
  expect(identified).toMatchObject({ contactChannel: 'phone', contact: '+33536490077', identifiedAt: '2026-01-13T08:00:00Z', hours: contact.hours });
  const { rows } = await database.owner.pool.query("select event, territory from foundation.journal where object_type = 'structure' order by seq");
  expect(rows).toEqual([{ event: 'structure-refused', territory: '86' }, { event: 'structure-identified', territory: '86' }]);
});

test('[ANN-07] a place corrected by hand moves at once in searches and survives the next import', async () => {
  await expect(directory.enrich('386000000000007', { name: 'X' }, actor('17'))).rejects.toMatchObject({ family: 'forbidden' });
  await expect(directory.enrich('nowhere', { name: 'X' }, actor('86'))).rejects.toMatchObject({ code: 'place-not-found' });
  await directory.enrich('386000000000007', { phone: '05 36 49 00 88', lat: 46.7, lon: 0.5, name: 'Cabinet des Cimes' }, actor('86'));
  const read = async () => (await directory.placesOf('819000000007'))[0]!.place;
  const corrected = { name: 'Cabinet des Cimes', phone: '+33536490088', lat: 46.7, lon: 0.5 };
  expect(await read()).toMatchObject(corrected);
  expect(await directory.around({ specialty: 'SM77', center: { lat: 46.7, lon: 0.5 }, radiusM: 100 })).toHaveLength(1);
  expect(await importRecords(records)).toMatchObject({ created: 0, updated: 0, ended: 0 });
  expect(await read()).toMatchObject(corrected);
});

test('[STR-04] the manager of a structure keeps its place up to date: address, phone, hours of its own; imports leave it so', async () => {
  const hours = [{ day: 1, from: '08:00', to: '12:00' }];
  const details = { address: '5 place du Marché', postcode: '86100', city: 'chatellerault', phone: '05 36 49 00 99', hours };
  const of = (...structureIds: string[]): Actor => ({ ...actor('86'), roles: ['gestionnaire-structure'], structureIds });
  const manager = of('1860000002');
  const place = async () => (await directory.structure('1860000002')).places[0]!;
  expect((await place()).hours).toEqual([]);

  await expect(directory.saveStructurePlace('1860000002', '386000000000002', details, of('1860000001'))).rejects.toMatchObject({ code: 'structure-not-yours' });
  await expect(directory.saveStructurePlace('1860000002', '386000000000002', details, actor('17'))).rejects.toMatchObject({ code: 'structure-not-yours' });
  await expect(directory.saveStructurePlace('1860000002', '386000000000001', details, manager)).rejects.toMatchObject({ code: 'place-not-found' });
  for (const wrong of [{ city: 'Nulle-Part' }, { postcode: '86000', city: 'Nulle-Part' }, { postcode: '87000', city: 'Limoges' }]) {
    await expect(directory.saveStructurePlace('1860000002', '386000000000002', { ...details, ...wrong }, manager)).rejects.toMatchObject({ code: 'place-address-refused' });
  }
  expect(await place()).toMatchObject({ city: 'Saint-Benoît', hours: [] });

  // Without an address service, the commune alone is known.
  expect(await directory.saveStructurePlace('1860000002', '386000000000002', details, manager)).toEqual({ located: 'commune' });
  const saved = { address: '5 place du Marché', postcode: '86100', city: 'Châtellerault', insee: '86066', phone: '+33536490099', hours };
  expect(await place()).toMatchObject(saved);
  expect(await importRecords(records)).toMatchObject({ created: 0, updated: 0, ended: 0 });
  expect(await place()).toMatchObject(saved);
  expect((await directory.around({ specialty: 'SM26', center: { lat: 46.82, lon: 0.54 }, radiusM: 5_000 })).map(({ nationalId }) => nationalId)).toContain('819000000002');
  expect(await directory.saveStructurePlace('1860000002', '386000000000002', { ...details, hours: [] }, actor('86'))).toEqual({ located: 'unchanged' });
  expect((await place()).hours).toEqual([]);

  const { rows } = await database.owner.pool.query("select event, actor from foundation.journal where event like 'structure-place%' order by seq");
  expect(rows.map(({ event }) => event)).toEqual(['structure-place-changed', 'structure-place-changed']);
});

test('[ANN-07] imports are listed, newest first, with the lines refused', async () => {
  const { imports } = await directoryHandlers(directory).imports({} as never);
  expect(imports[0]).toMatchObject({ kind: 'annuaire-sante', fileName: 'extract.json', rejections: [] });
});
