import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { importCommunes } from './index.ts';
import { objectsOfFirstArray } from './json-array.ts';

const folder = mkdtempSync(join(tmpdir(), 'communes-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const commune = (code: string, nom: string, lon: number, lat: number, more = {}) => ({
  code, nom, codesPostaux: ['86150'], population: 1_100, centre: { type: 'Point', coordinates: [lon, lat] }, ...more,
});
const contour = { type: 'Polygon', coordinates: [[[0.65123456, 46.2], [0.7, 46.2], [0.7, 46.25], [0.65123456, 46.2]]] };

test('[INT-07] the official extract in JSON gives positions and contours; twice changes nothing; wrong lines are listed', async () => {
  const database = await createTestDatabase();
  await database.owner.pool.query(`insert into territory.commune (insee, name, search_name, department, postcodes, source)
    values ('86112', 'L''Isle-Jourdain', 'l isle jourdain', '86', '{86150}', 'none')`);
  const file = write('communes.json', JSON.stringify([
    commune('86112', "L'Isle-Jourdain", 0.6841, 46.2339, { contour }),
    commune('8611', 'Code trop court', 0, 46),
    { code: '86194', nom: 'Poitiers', codesPostaux: ['86000'] },
    commune('86999', 'Commune nouvelle', 0.5, 46.5),
  ]));
  const expected = {
    created: 1, updated: 1, unchanged: 0,
    rejected: [{ line: 2, field: 'code', reason: expect.stringMatching(/INSEE/) }, { line: 3, field: 'centre', reason: expect.stringMatching(/centre/) }],
  };
  expect(await importCommunes(database, { file, dryRun: true })).toEqual(expected);
  expect(await importCommunes(database, { file, dryRun: true })).toEqual(expected);
  expect(await importCommunes(database, { file })).toEqual(expected);
  expect(await importCommunes(database, { file })).toEqual({ ...expected, created: 0, updated: 0, unchanged: 2 });

  const { rows } = await database.owner.pool.query("select lat, lon, source, contour from territory.commune where insee = '86112'");
  expect(rows[0]).toMatchObject({ lat: 46.2339, lon: 0.6841, source: 'official' });
  expect(rows[0].contour.coordinates[0][0]).toEqual([0.6512, 46.2]);
});

test('[INT-07] CSV and GeoJSON forms of the extract say the same', async () => {
  const database = await createTestDatabase();
  const csv = write('communes.csv', '\uFEFFcode_insee;nom_standard;codes_postaux;population;latitude_centre;longitude_centre\n86112;L\'Isle-Jourdain;86150;1100;46.2339;0.6841\n1001;L\'Abergement;1400;800;46.15;4.92\n86113;Sans position;86150;10;;\n');
  expect(await importCommunes(database, { file: csv })).toMatchObject({ created: 2, updated: 0, rejected: [{ line: 4, field: 'centre.coordinates.0' }] });
  const features = [{ type: 'Feature', properties: { code: '86112', nom: "L'Isle-Jourdain", codesPostaux: ['86150'], population: 1_100 }, geometry: { type: 'Point', coordinates: [0.6841, 46.2339] } }];
  const geojson = write('communes.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
  expect(await importCommunes(database, { file: geojson })).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
});

test('[INT-07] a file that holds no commune is refused with what was expected', async () => {
  const database = await createTestDatabase();
  const file = write('page.html', '<html><body>404</body></html>');
  await expect(importCommunes(database, { file })).rejects.toMatchObject({ code: 'unreadable-communes', message: expect.stringMatching(/geo.api.gouv.fr/) });
});

test('[INT-07] objects are cut out of a stream whatever the size of its pieces', async () => {
  const json = fc.array(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.integer()), fc.dictionary(fc.string(), fc.string()))), { minLength: 1 });
  await fc.assert(fc.asyncProperty(json, fc.integer({ min: 1, max: 30 }), fc.boolean(), async (objects, size, wrapped) => {
    const text = JSON.stringify(wrapped ? { type: 'x', features: objects } : objects);
    const pieces = async function* () {
      for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size);
    };
    const read: unknown[] = [];
    for await (const object of objectsOfFirstArray(pieces())) read.push(JSON.parse(object));
    expect(read).toEqual(JSON.parse(JSON.stringify(objects)));
  }));
});
