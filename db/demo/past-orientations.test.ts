import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { loadWorld } from './load.ts';
import { loadPastOrientations, orientationsAround } from './past-orientations.ts';
import { DEFAULT_SEED, demoCommunes, generateWorld } from './world.ts';

const world = generateWorld({ seed: DEFAULT_SEED, communes: demoCommunes() });
const now = Temporal.Instant.from('2026-01-13T11:00:00Z');

test('[NFR-06] past orientations are the same whenever they are made, are there once, and leave what people did', async () => {
  const database = await createTestDatabase();
  await loadWorld(database, world, { now });
  const count = await loadPastOrientations(database, world, { now });
  expect(count).toBeGreaterThan(500);
  expect(orientationsAround(world, now)).toEqual(orientationsAround(world, now));
  const db = database.for('orientation');
  await db.run(sql`update orientation.orientation set status = 'HONORE' where status = 'PRIS'`);
  expect(await loadPastOrientations(database, world, { now })).toBe(0);
  expect(await loadPastOrientations(database, world, { now: now.add({ hours: 24 }) })).toBeGreaterThan(5);
  const { future } = await db.one<{ future: number }>(sql`select count(*) as future from orientation.orientation where created_at > ${now.add({ hours: 24 })}`);
  expect(future).toBe(0);
  const statuses = new Set(orientationsAround(world, now).map(({ status }) => status));
  expect([...statuses].sort()).toEqual(['ANNULE_EFFECTEUR', 'ANNULE_PATIENT', 'ANNULE_SAS', 'HONORE', 'MODIFIE', 'NON_HONORE', 'NON_RENSEIGNE', 'PRIS']);
});
