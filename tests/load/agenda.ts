import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import sql from 'sql-template-tag';
import { ManualClock, stopwatch } from '../../src/foundation/clock.ts';
import { type Database, openDatabase } from '../../src/foundation/db/database.ts';
import { ensureDatabase, startEmbeddedPostgres } from '../../src/foundation/db/embedded.ts';
import { migrate } from '../../src/foundation/db/migrate.ts';
import type { Actor } from '../../src/identity/contract.ts';
import { publicationSchema } from '../../src/platform/availability/domain/agenda-shapes.ts';
import { createPublications } from '../../src/platform/availability/server/publications.ts';
import { createSeries } from '../../src/platform/availability/server/series.ts';
import { extendSeries } from '../../src/platform/availability/server/series-horizon.ts';
import type { Territory } from '../../src/territory/contract.ts';

const NOW = '2026-01-05T05:00:00Z';
const RULES = 20_000;
const CHANGES = 120;
const MOST_MORE_MS = 20;

const territory: Territory = { code: '86', name: 'Vienne', departments: ['86'], timeZone: 'Europe/Paris', holidaySet: 'metropole', radiusKm: 30, launchedOn: null, status: 'LANCE' };
const territories = { get: async () => territory, ofCommune: async () => territory };
const idOf = (index: number) => `81${String(index).padStart(10, '0')}`;

/** The directory answers from memory: what is measured is the agenda. */
const directory = {
  placesOf: async (nationalId: string) => [{
    nationalId, rpps: nationalId.slice(1), lastName: 'Exemple', firstName: 'Ada', profession: 'Médecin', sector: '1' as const, distanceM: null, specialties: [],
    place: { id: 'p', name: 'Cabinet', address: '1 rue du Test', city: 'Poitiers', postcode: '86000', insee: '86194', lat: null, lon: null, phone: null },
  }],
  structure: async (): Promise<never> => {
    throw new Error('not part of this measure');
  },
  membershipsOf: async () => new Map(),
};

/** Expands 20,000 weekly rules over eight weeks, then publishes one person's changes among them, each beside the bare SQL of the same rows. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sas-bench-agenda-'));
  const postgres = await startEmbeddedPostgres(folder);
  await ensureDatabase(postgres, 'bench');
  const database = openDatabase({ host: postgres.socketDir, user: postgres.user, database: 'bench' });
  try {
    await migrate(database);
    const clock = new ManualClock(NOW);
    await seedRules(database);
    const expanding = stopwatch();
    const written = await extendSeries({ database, clock, territories });
    const expandedMs = expanding();
    const again = await extendSeries({ database, clock, territories });
    const copiedMs = await bareCopy(database);
    const insertedMs = await bareInsert(database);
    print('rules', `${RULES.toLocaleString('en')} over 8 weeks: ${written.toLocaleString('en')} openings and as many slots; a second pass wrote ${again}`);
    print('expansion', `${seconds(expandedMs)}, ${rate(2 * written, expandedMs)}`);
    print('bare COPY', `${seconds(copiedMs)}, ${rate(2 * written, copiedMs)}: the expansion takes ${(expandedMs / copiedMs).toFixed(1)} ×`);
    print('bare insert', `${seconds(insertedMs)}, ${rate(2 * written, insertedMs)}: the expansion takes ${(expandedMs / insertedMs).toFixed(1)} ×`);
    await publishing(database, clock);
  } finally {
    await database.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const seedRules = (database: Database) => database.for('availability').run(sql`
  insert into availability.series (id, territory, national_id, place_id, kind, weekdays, first_day, anchor, starts, ends, time_zone, skip_holidays, modalities,
    slot_types, with_appointment, capacity, expanded_until, created_by, created_at)
  select gen_random_uuid(), '86', '81' || lpad((i % 5000)::text, 10, '0'), 'p', 'range', array[1 + i % 5, 1 + (i + 2) % 5], '2026-01-05', '2026-01-05',
    '08:00'::time + make_interval(mins => 15 * (i % 32)), '10:00'::time + make_interval(mins => 15 * (i % 32)), 'Europe/Paris', true, '{AMB}', '{SNP}', true,
    1 + i % 6, '2026-01-04', 'bench', ${NOW}
  from generate_series(1, ${RULES}::int) i`);

const OPENING_COLUMNS = 'id, territory, national_id, structure_id, place_id, kind, day, starts, ends, time_zone, modalities, slot_types, with_appointment, capacity, created_by, created_at, series_id';
const SLOT_COLUMNS = 'id, opening_id, territory, national_id, structure_id, place_id, kind, start_at, end_at, modalities, slot_types, with_appointment, capacity';

/** The same rows, in tables with the same indexes. */
async function twins(database: Database): Promise<void> {
  await database.pool.query(`drop table if exists public.opening, public.slot;
    create table public.opening (like availability.opening including all); create table public.slot (like availability.slot including all)`);
}

async function bareCopy(database: Database): Promise<number> {
  await twins(database);
  const lines = async (table: string, columns: string) =>
    (await database.pool.query<{ line: string }>(`select concat_ws(E'\\t', ${columns.split(', ').map((column) => `coalesce(${column}::text, '\\N')`).join(', ')}) || E'\\n' as line from availability.${table}`)).rows.map(({ line }) => line);
  const [openings, slots] = [await lines('opening', OPENING_COLUMNS), await lines('slot', SLOT_COLUMNS)];
  const client = await database.connect();
  try {
    const elapsed = stopwatch();
    await pipeline(Readable.from(openings), client.query(copyFrom(`copy public.opening (${OPENING_COLUMNS}) from stdin`)));
    await pipeline(Readable.from(slots), client.query(copyFrom(`copy public.slot (${SLOT_COLUMNS}) from stdin`)));
    return elapsed();
  } finally {
    await client.end();
  }
}

async function bareInsert(database: Database): Promise<number> {
  await twins(database);
  const elapsed = stopwatch();
  await database.pool.query(`insert into public.opening (${OPENING_COLUMNS}) select ${OPENING_COLUMNS} from availability.opening`);
  await database.pool.query(`insert into public.slot (${SLOT_COLUMNS}) select ${SLOT_COLUMNS} from availability.slot`);
  return elapsed();
}

/** One person publishes a rule, changes it, removes it; beside it, the writes alone of the same rows. */
async function publishing(database: Database, clock: ManualClock): Promise<void> {
  const deps = { database, clock, directory, territories };
  const publications = createPublications(deps);
  const series = createSeries(deps);
  const times = { publish: [] as number[], change: [] as number[], remove: [] as number[], barePublish: [] as number[], bareChange: [] as number[], bareRemove: [] as number[] };
  for (let index = 0; index < CHANGES; index++) {
    const nationalId = idOf(index);
    const actor: Actor = { accountId: randomUUID(), displayName: 'Banc', email: null, roles: ['effecteur'], territories: ['86'], nationalId, structureIds: [], delegations: [], editor: null };
    const publication = publicationSchema.parse({
      nationalId, structureId: null, placeId: 'p', kind: 'range', capacity: 4, modalities: ['AMB'], day: '2026-01-05', starts: '09:00', ends: '11:00', weekly: { weekdays: [1, 4] },
    });
    const { nationalId: _n, structureId: _s, day: _d, id: _i, weekly, ...offer } = publication;
    let id = '';
    times.publish.push(await timed(async () => void (id = (await publications.publish(actor, publication)).series!.id)));
    times.change.push(await timed(() => series.change(actor, id, { ...offer, ends: '12:00', weekly: weekly!, from: null }, '"1"')));
    times.remove.push(await timed(() => series.remove(actor, id, undefined, '"2"')));
    await bareChanges(database, nationalId, times);
  }
  print('one person', `${CHANGES} rounds with the ${RULES.toLocaleString('en')} rules in place; medians`);
  for (const [name, bare] of [['publish', 'barePublish'], ['change', 'bareChange'], ['remove', 'bareRemove']] as const) {
    const more = median(times[name]) - median(times[bare]);
    print(name, `${median(times[name]).toFixed(1)} ms; bare SQL ${median(times[bare]).toFixed(1)} ms: ${more.toFixed(1)} ms more (at most ${MOST_MORE_MS})`);
  }
}

/** The least these changes can be: the rows written, in a transaction, by the same driver. */
async function bareChanges(database: Database, nationalId: string, times: { barePublish: number[]; bareChange: number[]; bareRemove: number[] }): Promise<void> {
  const db = database.for('availability');
  const id = randomUUID();
  const write = sql`
    with days as (select '2026-01-05'::date + d as day from generate_series(0, 56) d where (d % 7) in (0, 3)),
    opening as (
      insert into availability.opening (id, territory, national_id, place_id, kind, day, starts, ends, time_zone, modalities, capacity, created_by, created_at, series_id)
      select gen_random_uuid(), '86', ${nationalId}, 'p', 'range', day, '09:00', '11:00', 'Europe/Paris', '{AMB}', 4, 'bench', ${NOW}, ${id}::uuid from days returning id, day)
    insert into availability.slot (id, opening_id, territory, national_id, place_id, kind, start_at, end_at, modalities, slot_types, with_appointment, capacity)
    select gen_random_uuid(), id, '86', ${nationalId}, 'p', 'range', day + time '08:00', day + time '10:00', '{AMB}', '{SNP}', true, 4 from opening`;
  const retire = sql`
    with gone as (update availability.opening set removed_at = ${NOW} where series_id = ${id} and removed_at is null returning id)
    update availability.slot set removed_at = ${NOW} where opening_id in (select id from gone)`;
  times.barePublish.push(await timed(() => db.transaction(async (tx) => {
    await tx.run(sql`
      insert into availability.series (id, territory, national_id, place_id, kind, weekdays, first_day, anchor, starts, ends, time_zone, skip_holidays, modalities, slot_types,
        with_appointment, capacity, expanded_until, created_by, created_at)
      values (${id}, '86', ${nationalId}, 'p', 'range', '{1,4}', '2026-01-05', '2026-01-05', '09:00', '11:00', 'Europe/Paris', true, '{AMB}', '{SNP}', true, 4, '2026-03-02', 'bench', ${NOW})`);
    await tx.run(write);
  })));
  times.bareChange.push(await timed(() => db.transaction(async (tx) => {
    await tx.run(sql`update availability.series set ends = '12:00', version = 2 where id = ${id}`);
    await tx.run(retire);
    await tx.run(write);
  })));
  times.bareRemove.push(await timed(() => db.transaction(async (tx) => {
    await tx.run(sql`update availability.series set removed_at = ${NOW} where id = ${id}`);
    await tx.run(retire);
  })));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const elapsed = stopwatch();
  await work();
  return elapsed();
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const rate = (rows: number, ms: number) => `${Math.round(rows / (ms / 1_000)).toLocaleString('en')} rows/s`;
const print = (label: string, text: string) => process.stdout.write(`${label.padEnd(14)}${text}\n`);
