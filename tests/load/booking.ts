import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { ManualClock, stopwatch } from '../../src/foundation/clock.ts';
import { type Database, openDatabase } from '../../src/foundation/db/database.ts';
import { ensureDatabase, startEmbeddedPostgres } from '../../src/foundation/db/embedded.ts';
import { migrate } from '../../src/foundation/db/migrate.ts';
import { silentLogger } from '../../src/foundation/log.ts';
import { createMetrics } from '../../src/foundation/metrics.ts';
import type { Actor } from '../../src/identity/contract.ts';
import { createAgenda } from '../../src/platform/availability/server/slots.ts';
import type { Candidate } from '../../src/platform/directory/contract.ts';
import { createOrientations } from '../../src/platform/orientation/server/orientations.ts';

const CLIENTS = 8;
const NOW = '2026-01-13T08:00:00Z';
const TARGET = 0.5;
/** `together`: all want the same place at the same moment, most attempts lose; else each client starts elsewhere. */
const fights = [
  { name: '1,000 slots of 1, all after the same one', slots: 1_000, capacity: 1, together: true },
  { name: '100 ranges of 10, all after the same one', slots: 100, capacity: 10, together: true },
  { name: '1,000 slots of 1, each client from elsewhere', slots: 1_000, capacity: 1, together: false },
];
type Fight = (typeof fights)[number];
/** Rounds of the two alternate, so that a busy machine slows both; the figures are medians over the rounds. */
const ROUNDS = 5;
const WARM_UP = 2;

interface Measure {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Every client goes through all the slots, and sees at once, as on a screen, what is full. Gives what was won and how fast. */
async function fight(slots: readonly string[], { capacity, together }: Fight, book: (client: number, slot: string) => Promise<boolean>): Promise<Measure> {
  const latencies: number[] = [];
  const left = new Map(slots.map((slot) => [slot, capacity]));
  const elapsed = stopwatch();
  await Promise.all(Array.from({ length: CLIENTS }, async (_, client) => {
    const first = together ? 0 : Math.floor((client * slots.length) / CLIENTS);
    for (const slot of [...slots.slice(first), ...slots.slice(0, first)]) {
      while (left.get(slot)! > 0) {
        const one = stopwatch();
        if (!(await book(client, slot))) break;
        latencies.push(one());
        left.set(slot, left.get(slot)! - 1);
      }
    }
  }));
  const seconds = elapsed() / 1_000;
  latencies.sort((a, b) => a - b);
  const percentile = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!;
  return { perSecond: latencies.length / seconds, p50: percentile(0.5), p99: percentile(0.99) };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const middle = (measures: readonly Measure[]): Measure => ({
  perSecond: median(measures.map((one) => one.perSecond)),
  p50: median(measures.map((one) => one.p50)),
  p99: median(measures.map((one) => one.p99)),
});

async function makeSlots(database: Database, slots: number, capacity: number): Promise<string[]> {
  const rows = await database.for('availability').query<{ id: string }>(sql`
    with opened as (
      insert into availability.opening (id, territory, national_id, place_id, kind, day, starts, ends, time_zone, modalities, capacity, created_by, created_at)
      select gen_random_uuid(), '86', '81' || lpad((1 + i % 100)::text, 10, '0'), 'p', 'range', '2026-01-13', '14:00', '18:00', 'Europe/Paris', '{AMB}',
        ${capacity}, 'bench', ${NOW}
      from generate_series(1, ${slots}::int) i returning *)
    insert into availability.slot (id, opening_id, territory, national_id, place_id, kind, start_at, end_at, modalities, slot_types, with_appointment, capacity)
    select id, id, territory, national_id, place_id, kind, '2026-01-13T13:00:00Z', '2026-01-13T17:00:00Z', modalities, slot_types, true, capacity
    from opened returning id`);
  return rows.map((row) => row.id);
}

/** The least that a booking can be: a conditional update and an insert, in a transaction, by the same driver. */
function bareBooking(database: Database) {
  const db = database.for('availability');
  return (client: number, slot: string) =>
    db.transaction(async (tx) => {
      const taken = await tx.maybeOne<{ taken: number }>(sql`
        update availability.slot set taken = taken + 1 where id = ${slot} and taken < capacity returning taken`);
      if (!taken) return false;
      await tx.run(sql`
        insert into availability.seat (id, slot_id, seat_no, state, actor, created_at)
        values (${randomUUID()}, ${slot}, ${taken.taken}, 'booked', ${`client-${client}`}, ${NOW})`);
      return true;
    });
}

/** The use case as the API calls it: checks, place, orientation, history, journal, announcements, message, idempotency. */
function wholeBooking(database: Database) {
  const clock = new ManualClock(NOW);
  const agenda = createAgenda({ database, clock });
  const absent = async (): Promise<never> => {
    throw new Error('not part of this measure');
  };
  const place = { id: 'p', name: 'Cabinet', address: '1 rue du Test', city: 'Poitiers', postcode: '86000', insee: '86194', lat: null, lon: null, phone: null };
  const orientations = createOrientations({
    database, clock, metrics: createMetrics(), availability: { ...agenda, openSealedSlot: absent }, chosen: absent, bookingUrl: () => null,
    // The directory answers from memory: what is measured is the booking.
    directory: {
      placesOf: async (nationalId): Promise<Candidate[]> => [{
        nationalId, rpps: nationalId.slice(1), lastName: 'Exemple', firstName: 'Ada', profession: 'Médecin', sector: '1', distanceM: null,
        specialties: [{ code: 'SM54', label: 'Médecine générale' }], place,
      }],
      structure: absent, names: absent, membershipsOf: absent, membersOf: absent, specialtyLabels: absent,
    },
    accounts: { names: async () => new Map() }, territories: { get: absent, ofCommune: absent },
    log: silentLogger, participations: { of: absent, enSusThrough: absent }, tellRequested: absent, tellClosed: absent,
  });
  const operators = Array.from({ length: CLIENTS }, (_, client): Actor => ({
    accountId: randomUUID(), displayName: `Opérateur ${client}`, email: null, roles: ['osnp'], territories: ['86'], nationalId: null, structureIds: [], delegations: [], editor: null,
  }));
  return async (client: number, slotId: string): Promise<boolean> => {
    try {
      await orientations.create(operators[client]!, { slotId, lrmReference: 'DRM-86-0001' }, randomUUID());
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === 'slot-taken') return false;
      throw error;
    }
  };
}

/** What must hold whatever happened: places taken, never twice, and a whole orientation for each. */
async function audit(database: Database) {
  const count = async (query: string) => Number((await database.pool.query(`select count(*) as n from ${query}`)).rows[0].n);
  const orientations = await count('orientation.orientation');
  return {
    over: await count('availability.slot where taken > capacity'),
    double: await count("(select slot_id, seat_no from availability.seat where state <> 'released' group by 1, 2 having count(*) > 1) twice"),
    miscounted: await count("availability.slot s where taken <> (select count(*) from availability.seat t where t.slot_id = s.id and t.state <> 'released')"),
    orientations,
    incomplete: [
      await count('orientation.orientation_event'), await count("foundation.journal where object_type = 'orientation'"), await count('foundation.outbox'),
    ].filter((one) => one !== orientations).length,
  };
}

const line = (name: string, { perSecond, p50, p99 }: Measure) =>
  console.log(`  ${name.padEnd(34)} ${Math.round(perSecond).toString().padStart(6)} /s   p50 ${p50.toFixed(1).padStart(6)} ms   p99 ${p99.toFixed(1).padStart(6)} ms`);

/** Prints the throughput of the whole booking beside that of the bare transaction, and looks for double bookings. */
export async function run(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'sas-bench-booking-'));
  const postgres = await startEmbeddedPostgres(directory);
  try {
    await ensureDatabase(postgres, 'bench');
    const database = openDatabase({ host: postgres.socketDir, user: postgres.user, database: 'bench', max: CLIENTS });
    await migrate(database);
    const bare = bareBooking(database);
    const whole = wholeBooking(database);
    console.log(`Booking: ${CLIENTS} clients fight for 1,000 places (embedded PostgreSQL, default durability, median of ${ROUNDS} rounds)`);
    for (const one of fights) {
      const { name, slots, capacity } = one;
      const measures = { bare: [] as Measure[], whole: [] as Measure[] };
      for (let round = 0; round < WARM_UP + ROUNDS; round++) {
        const first = await fight(await makeSlots(database, slots, capacity), one, bare);
        const second = await fight(await makeSlots(database, slots, capacity), one, whole);
        if (round >= WARM_UP) {
          measures.bare.push(first);
          measures.whole.push(second);
        }
      }
      console.log(name);
      line('bare transaction (update + insert)', middle(measures.bare));
      line('booking use case', middle(measures.whole));
      const ratio = median(measures.whole.map((whole, round) => whole.perSecond / measures.bare[round]!.perSecond));
      console.log(`  ratio ${ratio.toFixed(2)} (target ≥ ${TARGET}): ${ratio >= TARGET ? 'reached' : 'MISSED'}`);
    }
    const { over, double, miscounted, orientations, incomplete } = await audit(database);
    console.log(`Double bookings: ${double}; slots over capacity: ${over}; slots miscounted: ${miscounted}; ${orientations} orientations, ${incomplete === 0 ? 'each with its history, journal entry and message' : 'SOME INCOMPLETE'}`);
    await database.close();
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) await run();
