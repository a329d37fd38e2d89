import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { ManualClock } from '../../../foundation/clock.ts';
import type { CommunePosition } from '../../../territory/server/index.ts';
import type { ActivityRecord, ReadExtract } from '../domain/extract.ts';
import { createDirectoryImporter } from './import.ts';

const folder = mkdtempSync(join(tmpdir(), 'directory-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const positions = new Map<string, CommunePosition>([
  ['86194', { insee: '86194', name: 'Poitiers', searchName: 'poitiers', postcodes: ['86000'], lat: 46.58, lon: 0.34 }],
  ['86066', { insee: '86066', name: 'Châtellerault', searchName: 'chatellerault', postcodes: ['86100'], lat: 46.82, lon: 0.54 }],
  ['86112', { insee: '86112', name: "L'Isle-Jourdain", searchName: 'l isle jourdain', postcodes: ['86150'], lat: null, lon: null }],
]);

const general: ActivityRecord = {
  nationalId: '819000000001', civility: 'Docteur', lastName: 'MARTIN', firstName: 'JEANNE', professionCode: '10', profession: 'Médecin',
  specialty: 'SM54', specialtyLabel: 'Médecine Générale', mode: 'L', placeId: '386000000000001', placeName: 'CABINET', address: '1 Rue DE LA GARE',
  postcode: '86000', city: 'Poitiers', insee: '86194', phone: '0536490001', email: null, finess: null, siret: '86000000000001',
};
const doctor = (number: number, more: Partial<ActivityRecord> = {}): ActivityRecord => ({
  ...general, nationalId: `8190000000${String(number).padStart(2, '0')}`, placeId: `3860000000000${String(number).padStart(2, '0')}`, ...more,
});

/** The importer's own format for these tests: one JSON record a line, `skip` and `broken` for the other cases. */
const readExtract: ReadExtract = async function* (chunks, afterLine) {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  for (const [index, content] of text.split('\n').entries()) {
    if (index + 1 <= afterLine || content === '') continue;
    if (content === 'skip') yield [{ line: index + 1 }];
    else if (content.startsWith('broken')) yield [{ line: index + 1, problem: { field: 'Identifiant', reason: 'illisible', nationalId: content.slice(7) || null } }];
    else yield [{ line: index + 1, record: JSON.parse(content) as ActivityRecord }];
  }
};

let files = 0;
function fileOf(...lines: (ActivityRecord | string)[]): string {
  const path = join(folder, `extract-${files++}.txt`);
  writeFileSync(path, `${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`);
  return path;
}

const clock = new ManualClock('2026-01-13T08:00:00Z');
let database: TestDatabase;
const importer = (read: ReadExtract = readExtract) =>
  createDirectoryImporter({ database, clock, territories: { positions: async () => positions }, readExtract: read });
const rows = async (text: string) => (await database.owner.pool.query(text)).rows;
const figures = { created: 0, updated: 0, ended: 0 };

beforeEach(async () => {
  database = await createTestDatabase();
});

test('[ANN-07] an extract fills the directory: professional, place at its commune, activity, phone in international form', async () => {
  const result = await importer()({ file: fileOf(general, 'skip') });
  expect(result).toMatchObject({ created: 1, updated: 0, ended: 0, skipped: 1, rejectedCount: 0, lines: 2 });
  expect(await rows('select national_id, last_name, search_name, ended_at from directory.professional')).toEqual([
    { national_id: '819000000001', last_name: 'MARTIN', search_name: 'martin jeanne', ended_at: null },
  ]);
  expect(await rows('select id, lat, lon, geo_source, phone from directory.place')).toEqual([
    { id: '386000000000001', lat: 46.58, lon: 0.34, geo_source: 'commune', phone: '+33536490001' },
  ]);
  expect(await rows('select specialty, lat, lon, ended_at from directory.activity')).toEqual([{ specialty: 'SM54', lat: 46.58, lon: 0.34, ended_at: null }]);
  expect(await rows('select code, label from directory.specialty')).toEqual([{ code: 'SM54', label: 'Médecine Générale' }]);
  expect(await rows("select event from foundation.journal where object_type = 'directory-import'")).toEqual([{ event: 'directory-imported' }]);
});

test('[ANN-07] the same file twice changes nothing, even when its lines disagree about a place', async () => {
  const file = fileOf(general, { ...general, nationalId: '819000000002', placeName: 'AUTRE NOM', phone: '0536490002' }, general, doctor(3));
  expect(await importer()({ file })).toMatchObject({ created: 3 });
  const before = await rows('select * from directory.place order by id');
  clock.advance({ hours: 1 });
  expect(await importer()({ file })).toMatchObject(figures);
  expect(await rows('select * from directory.place order by id')).toEqual(before);
  expect(before).toHaveLength(2);
  expect(before[0]).toMatchObject({ name: 'CABINET', phone: '+33536490001' });
});

test('[ANN-07] a dry run gives the same figures and writes nothing', async () => {
  await importer()({ file: fileOf(doctor(1), doctor(2)) });
  const snapshot = () => rows(`select (select count(*) from directory.professional) p, (select count(*) from directory.activity where ended_at is null) a,
    (select count(*) from directory.import) i, (select count(*) from directory.import_rejection) r, (select count(*) from foundation.journal) j`);
  const before = await snapshot();
  const next = fileOf(doctor(1, { phone: '0536490099' }), doctor(3), 'broken');
  const expected = { created: 1, updated: 1, ended: 1, rejected: [{ line: 3, field: 'Identifiant', reason: 'illisible' }] };
  expect(await importer()({ file: next, dryRun: true })).toMatchObject({ ...expected, importId: null });
  expect(await snapshot()).toEqual(before);
  expect(await importer()({ file: next })).toMatchObject(expected);
});

test('[ANN-07] what the file lists no more is ended, not deleted, and comes back when it is listed again', async () => {
  await importer()({ file: fileOf(doctor(1), doctor(2)) });
  expect(await importer()({ file: fileOf(doctor(1)) })).toMatchObject({ created: 0, updated: 0, ended: 1 });
  const ended = 'select national_id, ended_at is not null as ended from directory.professional order by 1';
  expect(await rows(ended)).toEqual([{ national_id: '819000000001', ended: false }, { national_id: '819000000002', ended: true }]);
  expect(await rows('select count(*)::int from directory.activity')).toEqual([{ count: 2 }]);
  expect(await importer()({ file: fileOf(doctor(1), doctor(2)) })).toMatchObject({ created: 0, updated: 1, ended: 0 });
  expect((await rows(ended)).every((row) => !row.ended)).toBe(true);
});

test('[ANN-07] broken lines are listed with their number, the others are imported, and nobody is ended because his line broke', async () => {
  await importer()({ file: fileOf(doctor(1), doctor(2)) });
  const result = await importer()({ file: fileOf(doctor(1), 'broken 819000000002', 'broken', doctor(3)) });
  expect(result).toMatchObject({ created: 1, updated: 0, ended: 0, rejectedCount: 2 });
  expect(result.rejected.map(({ line }) => line)).toEqual([2, 3]);
  expect(await rows('select line::int, field, reason from directory.import_rejection order by line')).toHaveLength(2);
});

test('[ANN-07] what people corrected by hand, and better coordinates, survive imports', async () => {
  await importer()({ file: fileOf(doctor(1), doctor(2), doctor(3)) });
  await database.owner.pool.query(`
    update directory.place set phone = '+33549000000', name = 'Cabinet du parc' where id = '386000000000001';
    insert into directory.enrichment select 'place', '386000000000001', field, '"x"', 'a', now() from unnest(array['phone', 'name']) field;
    update directory.place set lat = 46.6, lon = 0.35, geo_source = 'manual' where id = '386000000000002';
    update directory.place set lat = 46.61, lon = 0.36, geo_source = 'address' where id = '386000000000003';
    update directory.activity a set lat = p.lat, lon = p.lon from directory.place p where p.id = a.place_id`);
  const moved = { phone: '0536490098', placeName: 'NOUVEAU NOM', postcode: '86100', city: 'Châtellerault', insee: '86066' };
  await importer()({ file: fileOf(doctor(1, { ...moved, insee: '86194' }), doctor(2, moved), doctor(3, moved)) });
  expect(await rows('select name, phone, lat, geo_source from directory.place order by id')).toEqual([
    { name: 'Cabinet du parc', phone: '+33549000000', lat: 46.58, geo_source: 'commune' },
    { name: 'NOUVEAU NOM', phone: '+33536490098', lat: 46.6, geo_source: 'manual' },
    { name: 'NOUVEAU NOM', phone: '+33536490098', lat: 46.82, geo_source: 'commune' },
  ]);
  expect(await rows('select lat from directory.activity order by id')).toEqual([{ lat: 46.58 }, { lat: 46.6 }, { lat: 46.82 }]);
});

test('[ANN-07] a commune of unknown position is counted; an address without national id gives one place', async () => {
  const unknown = { insee: null, postcode: '86150', city: "L'ISLE JOURDAIN", placeId: null };
  const result = await importer()({ file: fileOf(doctor(1, unknown), doctor(2, { ...unknown, address: '1 rue de la gare' })) });
  expect(result).toMatchObject({ created: 2, withoutPosition: 2 });
  expect(await rows('select insee, lat from directory.place')).toEqual([{ insee: '86112', lat: null }]);
});

test('[ANN-07] an import that was stopped is taken up where it was, with the same result', async () => {
  const lines = Array.from({ length: 25_000 }, (_, i) => ({
    ...general, nationalId: `819${String(i).padStart(9, '0')}`, placeId: `38600000000${String(i % 900).padStart(4, '0')}`,
  }));
  const file = fileOf(...lines.slice(0, 12_000), 'broken', ...lines.slice(12_000));
  const dying: ReadExtract = async function* (chunks, afterLine) {
    for await (const packet of readExtract(chunks, afterLine)) {
      if (packet[0]!.line > 21_000) throw new Error('killed');
      yield packet;
    }
  };
  await expect(importer(dying)({ file })).rejects.toThrow('killed');
  expect(await rows('select count(*)::int from directory.activity')).toEqual([{ count: 0 }]);
  const resumed = await importer()({ file });
  expect(resumed).toMatchObject({ resumedFrom: 20_000, created: 25_000, rejectedCount: 1, lines: 25_001 });
  expect(await rows('select count(*)::int from directory.import')).toEqual([{ count: 1 }]);
  expect(await importer()({ file })).toMatchObject({ ...figures, resumedFrom: 0 });

  const cut = fileOf(...lines.slice(0, 5_000));
  await expect(importer()({ file: cut })).rejects.toMatchObject({ code: 'extract-incomplete' });
  expect(await rows('select count(*)::int from directory.activity where ended_at is not null')).toEqual([{ count: 0 }]);
  expect(await importer()({ file: cut, allowMassEnding: true })).toMatchObject({ ended: 20_000 });
}, 60_000);

test('[ANN-07] staged lines lost with the server are read again', async () => {
  const file = fileOf(...Array.from({ length: 11_000 }, (_, i) => ({ ...general, nationalId: `819${String(i).padStart(9, '0')}` })));
  const dying: ReadExtract = async function* (chunks, afterLine) {
    for await (const packet of readExtract(chunks, afterLine)) {
      if (packet[0]!.line > 10_500) throw new Error('killed');
      yield packet;
    }
  };
  await expect(importer(dying)({ file })).rejects.toThrow('killed');
  await database.owner.pool.query('truncate directory.import_line');
  expect(await importer()({ file })).toMatchObject({ resumedFrom: 0, created: 11_000 });
});

test('[ANN-07] a second import at the same time is refused, and a missing file is said', async () => {
  const file = fileOf(general);
  const slow: ReadExtract = async function* (chunks, afterLine) {
    await expect(importer()({ file })).rejects.toMatchObject({ code: 'import-running' });
    yield* readExtract(chunks, afterLine);
  };
  expect(await importer(slow)({ file })).toMatchObject({ created: 1 });
  await expect(importer()({ file: join(folder, 'absent.txt') })).rejects.toMatchObject({ code: 'file-not-found' });
  appendFileSync(file, `${JSON.stringify(doctor(2))}\n`);
  expect(await importer()({ file })).toMatchObject({ created: 1 });
});
