import sql, { raw } from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { ManualClock, stopwatch } from '../../src/foundation/clock.ts';
import { extendSeries } from '../../src/platform/availability/server/series-horizon.ts';
import { createTerritories } from '../../src/territory/server/index.ts';
import { territorySchema } from '../../src/territory/contract.ts';
import { charterLevelSchema } from '../../src/platform/orientation/contract.ts';
import { charterProblems } from '../../src/platform/orientation/domain/charter.ts';
import { roles } from '../../src/identity/contract.ts';
import { catalogSchema } from '../../simulators/editors/catalog.ts';
import { demoAccounts } from './accounts.ts';
import { editorCatalogs } from './editors.ts';
import { extendOpenings, loadWorld } from './load.ts';
import { openingsFrom } from './openings.ts';
import { DEFAULT_SEED, demoCommunes, generateWorld } from './world.ts';

const communes = demoCommunes();
const world = generateWorld({ seed: DEFAULT_SEED, communes });
const now = Temporal.Instant.from('2026-01-13T07:00:00Z');

const tables = ['territory.territory', 'territory.territory_commune', 'orientation.charter', 'directory.professional', 'directory.place',
  'directory.activity', 'directory.structure', 'directory.structure_place', 'directory.structure_member', 'directory.structure_zone',
  'participation.participation', 'identity.account', 'identity.grant', 'availability.opening', 'availability.slot', 'availability.series', 'foundation.journal'];

const contents = (database: Awaited<ReturnType<typeof createTestDatabase>>) =>
  Promise.all(tables.map(async (table) => {
    const { hash, rows } = await database.owner.for('foundation').one<{ hash: string; rows: number }>(
      sql`select count(*) as rows, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${raw(table)} t`,
    );
    return { table, hash, rows };
  }));

test('[NFR-06] loaded twice, the world is there once; another seed is refused and changes nothing', async () => {
  const database = await createTestDatabase();
  const elapsed = stopwatch();
  expect(await loadWorld(database, world, { now })).toBe('loaded');
  console.log(`demonstration loaded in ${Math.round(elapsed())} ms`);
  const once = await contents(database);
  expect(once.filter(({ rows }) => rows === 0)).toEqual([]);
  expect(once.find(({ table }) => table === 'directory.professional')?.rows).toBe(world.professionals.length);
  expect(once.find(({ table }) => table === 'participation.participation')?.rows).toBe(151);

  expect(await loadWorld(database, world, { now: now.add({ hours: 5 }) })).toBe('already-there');
  await expect(loadWorld(database, generateWorld({ seed: 87, communes }), { now })).rejects.toThrow('graine 86');
  expect(await contents(database)).toEqual(once);
});

test('the week of openings follows the clock, and leaves what people did', async () => {
  const database = await createTestDatabase();
  await loadWorld(database, world, { now });
  const db = database.for('availability');
  const [removed] = await db.query<{ id: string }>(sql`
    update availability.opening set removed_at = ${now} where id = (select min(id::text)::uuid from availability.opening where day = '2026-01-16') returning id`);
  expect(await extendOpenings(database, world, { now })).toBe(0);

  expect(await extendOpenings(database, world, { now: now.add({ hours: 48 }) })).toBeGreaterThan(20);
  const { last } = await db.one<{ last: string }>(sql`select max(day) as last from availability.opening`);
  expect(last).toBe('2026-01-22');
  expect(await db.query(sql`select id from availability.opening where removed_at is not null`)).toEqual([removed]);
  const { orphans } = await db.one<{ orphans: number }>(sql`
    select count(*) as orphans from availability.opening o left join availability.slot s on s.opening_id = o.id where s.id is null`);
  expect(orphans).toBe(0);
});

test('[NFR-03] hours are those of the wall clock, on both sides of a clock change', () => {
  const { openings, slots } = openingsFrom(world, Temporal.Instant.from('2026-03-27T12:00:00Z'));
  for (const [day, offset] of [['2026-03-27', '+01:00'], ['2026-03-30', '+02:00']]) {
    const opening = openings.find((one) => one.day === day)!;
    const slot = slots.find(({ openingId }) => openingId === opening.id)!;
    expect(Temporal.Instant.from(slot.startAt).equals(Temporal.Instant.from(`${day}T${opening.starts}${offset}`))).toBe(true);
  }
});

test('a working day has slots in the morning, in the afternoon and in the evening; a Sunday none', () => {
  const { openings } = openingsFrom(world, now);
  const starts = (day: string) => openings.filter((one) => one.day === day).map((one) => one.starts);
  const tuesday = starts('2026-01-13');
  expect(tuesday.length).toBeGreaterThan(40);
  expect(tuesday.some((time) => time < '12:00') && tuesday.some((time) => time > '14:00') && tuesday.some((time) => time > '18:00')).toBe(true);
  expect(starts('2026-01-17').length).toBeGreaterThan(4);
  expect(starts('2026-01-18')).toEqual([]);
  expect(openings.every(({ kind, capacity }) => kind === 'range' || capacity === 1)).toBe(true);
});

test('[NFR-04] territories and charter hold to their contracts', () => {
  for (const territory of world.territories) expect(territorySchema.parse(territory)).toEqual(territory);
  expect(world.territories.map(({ code }) => code)).toEqual(['86', '79', '16', '64A', '64B', '21-58', '67', '971']);
  for (const level of world.charter) expect(charterLevelSchema.parse(level)).toEqual(level);
  expect(charterProblems(world.charter)).toEqual([]);
});

test('[NFR-06] there is an account for every role of a person, each with its own e-mail, id and nothing real', () => {
  const accounts = demoAccounts(world);
  const machines = ['editor', 'lrm', 'telephony'];
  expect(new Set(accounts.map(({ role }) => role))).toEqual(new Set(roles.filter((role) => !machines.includes(role))));
  for (const field of ['id', 'email', 'displayName'] as const) expect(new Set(accounts.map((one) => one[field])).size).toBe(accounts.length);
  expect(accounts.every(({ email }) => email.endsWith('@demo.example'))).toBe(true);
  const cards = accounts.flatMap(({ nationalId }) => nationalId ?? []);
  expect(new Set(cards).size).toBe(cards.length);
  expect(cards.filter((card) => !/^(810999\d{6}|386999\d{4}\/[A-Z0-9]+)$/.test(card))).toEqual([]);
  const onPlatform = accounts.find(({ email }) => email === 'effecteur@demo.example')!;
  expect(world.agendas.get(onPlatform.nationalId!)).toBe('platform');
});

test('every vendor has its customers, and one knows CPTS and SOS Médecins too', () => {
  const catalogs = editorCatalogs(world);
  for (const catalog of Object.values(catalogs)) catalogSchema.parse(catalog);
  expect(Object.entries(catalogs).map(([name, { practitioners }]) => [name, practitioners.length])).toEqual([
    ['AgendaRapide', 90], ['DoucLent', 64], ['RdvInstable', 50], ['PlanNegligent', 38],
  ]);
  const everyone = Object.values(catalogs).flatMap(({ practitioners }) => practitioners);
  expect(new Set(everyone.map(({ nationalId }) => nationalId)).size).toBe(everyone.length);
  expect(everyone.every(({ places }) => places.length > 0)).toBe(true);
  const cptsCounts = catalogs.AgendaRapide.practitioners.map(({ cpts }) => cpts.length);
  expect(new Set(cptsCounts)).toEqual(new Set([0, 1, 2]));
  expect(catalogs.AgendaRapide.associations).toMatchObject([{ siret: expect.stringMatching(/^999\d{11}$/), places: [{}, {}] }]);
  expect(catalogs.DoucLent.associations).toEqual([]);
});

test('[AGR-07] some keep weekly habits, which the background work writes over the weeks to come', async () => {
  const database = await createTestDatabase();
  const clock = new ManualClock(now.toString());
  await loadWorld(database, world, { now });
  const territories = createTerritories({ database, clock, lookUpAddress: null });
  const written = await extendSeries({ database, clock, territories });
  const db = database.for('availability');
  const { series, openings } = await db.one<{ series: number; openings: number }>(sql`
    select (select count(*) from availability.series)::int as series, (select count(*) from availability.opening where series_id is not null)::int as openings`);
  expect(series).toBeGreaterThan(20);
  expect(openings).toBe(written);
  expect(written / series).toBeGreaterThan(8);
});
