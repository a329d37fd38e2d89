import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import sql, { type Sql } from 'sql-template-tag';
import { stopwatch, systemClock } from '../../src/foundation/clock.ts';
import { type Database, openDatabase, prepared } from '../../src/foundation/db/database.ts';
import { ensureDatabase, startEmbeddedPostgres } from '../../src/foundation/db/embedded.ts';
import { migrate } from '../../src/foundation/db/migrate.ts';
import { registerRoutes } from '../../src/foundation/http/register.ts';
import { silentLogger } from '../../src/foundation/log.ts';
import { createMetrics } from '../../src/foundation/metrics.ts';
import type { Actor } from '../../src/identity/contract.ts';
import { createAggregation } from '../../src/platform/availability/server/aggregation.ts';
import type { Availability } from '../../src/platform/availability/server/index.ts';
import { createAgenda } from '../../src/platform/availability/server/slots.ts';
import type { AskEditor } from '../../src/platform/availability/domain/editor.ts';
import { createDirectory } from '../../src/platform/directory/server/index.ts';
import { routes, searchQuerySchema } from '../../src/platform/orientation/contract.ts';
import { searchHandlers } from '../../src/platform/orientation/server/search-routes.ts';
import { createSearch, type Search } from '../../src/platform/orientation/server/search.ts';
import { createParticipations } from '../../src/platform/participation/server/index.ts';
import { boxAround, createTerritories } from '../../src/territory/server/index.ts';
import { seedNational, VENDORS, vendorOf } from './national.ts';

const actor: Actor = {
  accountId: 'bench', displayName: 'Banc', email: null, roles: ['osnp'], territories: ['*'], nationalId: null, structureIds: [], delegations: [], editor: null,
};
const RADIUS_KM = 20;
const LIMIT = 50;

interface Point {
  readonly lat: number;
  readonly lon: number;
  readonly insee: string;
}

/**
 * Measures a search: on the platform's own slots beside the bare SQL join that gives the same rows, at 10,000 and at
 * 100,000 professionals; its progress with seven vendors of uneven speed; how many complete searches a second over HTTP.
 */
export async function run(sizes: readonly number[] = [10_000, 100_000]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sas-bench-search-'));
  const postgres = await startEmbeddedPostgres(folder, { shared_buffers: '512MB' });
  try {
    for (const size of sizes) {
      const name = `bench_${size}`;
      await ensureDatabase(postgres, name);
      const database = openDatabase({ host: postgres.socketDir, user: postgres.user, database: name });
      try {
        const seeding = stopwatch();
        await migrate(database);
        await seedNational(database, { professionals: size, slots: size * 10, now: systemClock.now() });
        console.log(`\n${count(size)} professionals, ${count(size * 10)} free slots, ${VENDORS.length} vendors (seeded in ${(seeding() / 1_000).toFixed(0)} s)`);
        await measure(database, size === sizes.at(-1));
      } finally {
        await database.close();
      }
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(database: Database, withVendors: boolean): Promise<void> {
  await ownSlots(database, await pointsIn(database, sql`department in ('86', '79', '16')`, 120));
  if (!withVendors) return;
  // Far from each other, so that no answer of a vendor serves another search.
  const capitals = sql`population = (select max(population) from territory.commune m where m.department = c.department)`;
  await progress(database, (await pointsIn(database, capitals, 40)).slice(0, 20));
  await throughput(database, await pointsIn(database, sql`population > 5000`, 4_000));
}

/** Points near the most populated communes. */
const pointsIn = (database: Database, where: Sql, limit: number): Promise<Point[]> =>
  database.for('territory').query<Point>(sql`
    select lat + 0.003 as lat, lon + 0.002 as lon, insee from territory.commune c
    where lat is not null and ${where} order by population desc limit ${limit}`);

/** The search over the platform's agenda alone, or with vendors that answer as `latencyOf` says. */
function searchOver(database: Database, latencyOf: ((editor: string) => number) | null): Search {
  const agenda = createAgenda({ database, clock: systemClock });
  const vendors: Pick<Availability, 'askVendors' | 'vendorNames' | 'openSealedSlot'> =
    latencyOf === null
      ? { vendorNames: async () => [], askVendors: async () => undefined, openSealedSlot: () => Promise.reject(new Error('no vendor')) }
      : createAggregation({
          database, clock: systemClock, log: silentLogger, metrics: createMetrics(), ask: vendorAfter(latencyOf), deadlineMs: 7_000,
          sealKey: Buffer.alloc(32, 1), bookingUrl: (url, origin) => `${url}?origin=${origin}`, checkEditor: async function* () {},
        });
  const territories = createTerritories({ database, clock: systemClock, lookUpAddress: null });
  return createSearch({
    database, clock: systemClock, log: silentLogger, territories,
    directory: createDirectory({ database, clock: systemClock, territories }),
    participations: createParticipations({ database }),
    availability: { ...agenda, ...vendors },
  });
}

/** A vendor that answers after a while, with three slots for each professional of its own. */
const vendorAfter = (latencyOf: (editor: string) => number): AskEditor => async (editor, question, signal) => {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, latencyOf(editor.name));
    signal.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason as Error)));
  });
  const knownIds = question.ids.filter((id) => vendorOf(id) === editor.name);
  const slots = knownIds.flatMap((nationalId) =>
    [2, 7, 26].map((hours) => ({
      nationalId, structureId: null, start: question.from.add({ hours }), end: question.from.add({ hours, minutes: 15 }),
      place: { id: `adr:${Number(nationalId.slice(-9))}`, name: null, address: '', postcode: '', city: '', phone: null, lat: null, lon: null },
      modalities: ['AMB' as const], types: ['PUBLIC' as const], withAppointment: true, specialties: ['SM54'], reasons: [], cptsIds: [],
      bookingUrl: `https://${editor.name.toLowerCase()}.example/rdv/${nationalId}`,
    })),
  );
  return { slots, problems: [], knownIds };
};

const ask = ({ lat, lon, insee }: Point, more: { radiusKm?: string } = {}) =>
  searchQuerySchema.parse({ lat: String(lat), lon: String(lon), insee, limit: String(LIMIT), ...more });

async function ownSlots(database: Database, points: readonly Point[]): Promise<void> {
  const search = searchOver(database, null);
  const times = { bare: [] as number[], prepared: [] as number[], slots: [] as number[], whole: [] as number[] };
  let rows = 0;
  let slots = 0;
  for (const round of [0, 1, 2, 3, 4]) {
    for (const point of points) {
      const bare = stopwatch();
      const found = await database.for('directory').query(bareJoin(point));
      const bareMs = bare();
      const again = stopwatch();
      await database.for('directory').query(prepared(bareJoin(point)));
      const preparedMs = again();
      const elapsed = stopwatch();
      let shownMs = 0;
      const answer = await search.find(ask(point, { radiusKm: String(RADIUS_KM) }), actor, { candidates: () => undefined, slots: () => (shownMs = elapsed()), editor: () => undefined }, new AbortController().signal);
      const wholeMs = elapsed();
      if (round === 0) continue; // both warm up
      times.bare.push(bareMs);
      times.prepared.push(preparedMs);
      times.slots.push(shownMs);
      times.whole.push(wholeMs);
      rows += found.length;
      slots += answer.results.reduce((sum, result) => sum + result.slots.length, 0);
    }
  }
  const bare = median(times.bare);
  const line = (label: string, value: number) => print(label, `${ms(value)}, ${(value / bare).toFixed(2)} × the bare SQL`);
  print('bare SQL join', `${ms(bare)} (${(rows / times.bare.length).toFixed(0)} rows)`);
  line('the same, prepared', median(times.prepared));
  line('search, own slots given', median(times.slots));
  line('search, logged and done', median(times.whole));
  print('', `${(slots / times.bare.length).toFixed(0)} slots a search; target: at most 2 ×, flat from one size to the other`);
}

/** The nearest professionals and their free slots, in one statement: what a search cannot go below. */
function bareJoin({ lat, lon }: Point): Sql {
  const { south, north, west, east } = boxAround({ lat, lon }, RADIUS_KM * 1_000);
  const now = systemClock.now();
  return sql`
    with around as (
      select national_id, place_id, specialty, specialty_label, sector, 12742000 * asin(sqrt(
        power(sin(radians(lat - ${lat}) / 2), 2) + cos(radians(${lat})) * cos(radians(lat)) * power(sin(radians(lon - ${lon}) / 2), 2))) as distance
      from directory.activity
      where specialty = 'SM54' and ended_at is null and lat between ${south} and ${north} and lon between ${west} and ${east})
    select a.*, p.last_name, p.first_name, p.profession, l.name, l.address, l.postcode, l.city, l.insee, l.lat, l.lon, l.phone,
      t.via, t.via_structure_id, t.en_sus, t.contact, s.id, s.start_at, s.end_at, s.modalities, s.slot_types, s.with_appointment,
      s.capacity - s.taken as remaining
    from (select * from around where distance <= ${RADIUS_KM * 1_000} order by distance limit ${LIMIT}) a
    join directory.professional p using (national_id)
    join directory.place l on l.id = a.place_id
    left join participation.participation t on t.national_id = a.national_id and t.valid_from <= ${now} and (t.valid_to is null or t.valid_to > ${now})
    left join availability.slot s on s.national_id = a.national_id and s.place_id = a.place_id and s.removed_at is null
      and s.taken < s.capacity and s.start_at > ${now} and s.start_at < ${now.add({ hours: 48 })}
    order by a.distance, s.start_at`;
}

const LATENCIES = new Map<string, number>(VENDORS.map((name, index) => [name, [5, 60, 150, 400, 800, 1_400, 2_000][index]!]));

async function progress(database: Database, points: readonly Point[]): Promise<void> {
  const search = searchOver(database, (editor) => LATENCIES.get(editor)!);
  const [, secondFastest] = [...LATENCIES.values()];
  const candidates: number[] = [];
  const first: number[] = [];
  const after: number[] = [];
  let complete = 0;
  for (const point of points) {
    const elapsed = stopwatch();
    const shown: number[] = [];
    const answered: number[] = [];
    const answer = await search.find(ask(point), actor, {
      candidates: () => candidates.push(elapsed()), slots: () => shown.push(elapsed()), editor: () => answered.push(elapsed()),
    }, new AbortController().signal);
    first.push(shown[0]!);
    after.push(elapsed() - answered.at(-1)!);
    if (answer.complete) complete++;
  }
  print('vendors at 5 to 2,000 ms', `first results after ${ms(median(candidates))}, first slots after ${ms(median(first))}; target: before the second-fastest vendor, ${secondFastest} ms once asked`);
  print('', `done ${ms(median(after))} after the slowest vendor's answer (worst ${ms(Math.max(...after))}); target: within 50 ms`);
  print('', `${complete} of ${points.length} complete`);
}

const SECONDS = 20;
const CLIENTS = 10;
const STRIDE = 997;

async function throughput(database: Database, points: readonly Point[]): Promise<void> {
  const server = Fastify();
  const { search, searchEvent, proof, unmetNeeds, charter, saveCharter } = routes;
  const handlers = searchHandlers(searchOver(database, () => 50), silentLogger);
  registerRoutes(server, { search, searchEvent, proof, unmetNeeds, charter, saveCharter }, handlers, {
    actorOf: async () => actor, rolesOf: ({ roles }) => roles, onRefused: async () => undefined,
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const elapsed = stopwatch();
  const latencies: number[] = [];
  let asked = 0;
  let errors = 0;
  async function client(): Promise<void> {
    while (elapsed() < SECONDS * 1_000) {
      // Large and small communes in turn, none twice within the seconds that vendors' answers are remembered.
      const { lat, lon, insee } = points[(asked++ * STRIDE) % points.length]!;
      const one = stopwatch();
      const response = await fetch(`${url}/api/v1/search?lat=${lat}&lon=${lon}&insee=${insee}&limit=${LIMIT}`);
      const answer = (await response.json()) as { complete?: boolean; editors?: unknown[] };
      if (!answer.complete || answer.editors?.length === 0) errors++;
      latencies.push(one());
    }
  }
  try {
    await Promise.all(Array.from({ length: CLIENTS }, client));
    const rate = latencies.length / (elapsed() / 1_000);
    const p99 = latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.99)]!;
    print('HTTP, vendors at 50 ms', `${rate.toFixed(0)} complete searches/s, median ${ms(median(latencies))}, p99 ${ms(p99)}; target: at least 30/s`);
    print('', `${errors} errors (${CLIENTS} clients, database and server on the same machine)`);
  } finally {
    await server.close();
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const count = (value: number): string => value.toLocaleString('en');
const print = (label: string, text: string): void => console.log(`  ${label.padEnd(26)} ${text}`);
