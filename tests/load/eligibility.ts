import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { ManualClock, stopwatch } from '../../src/foundation/clock.ts';
import { type Database, openDatabase } from '../../src/foundation/db/database.ts';
import { ensureDatabase, startEmbeddedPostgres } from '../../src/foundation/db/embedded.ts';
import { migrate } from '../../src/foundation/db/migrate.ts';
import { createVisibility } from '../../src/platform/availability/server/visibility.ts';
import { createEligibility, type Eligibility } from '../../src/platform/participation/server/eligibility.ts';

const DOCTORS = 13_000;
const YEAR = 2026;
const FIRST_MONDAY = '2025-12-29';
const WEEKS = 53;
/** Of ten doctors, six show eight quarters of an hour a week on the platform, three have a vendor, one is of an association. */
const ON_PLATFORM = 6;
const AT_VENDOR = 9;
const DOCTORS_AN_ASSOCIATION = 10;
const TARGET_MS = 1;
const ROUNDS = 3;
/** Beyond, the time of a doctor would grow with their number. */
const LINEAR = 1.25;

/** Adds the doctors of these ranks with their declaration and a year of what they show. */
async function addDoctors(database: Database, from: number, to: number): Promise<void> {
  const ranks = sql`generate_series(${from}::int, ${to - 1}::int) i`;
  const id = sql`'8' || lpad(i::text, 11, '0')`;
  const association = sql`'3' || lpad((i / ${DOCTORS_AN_ASSOCIATION * 10}::int)::text, 14, '0')`;
  await database.for('participation').run(sql`
    insert into participation.participation (territory, national_id, via, via_structure_id, valid_from)
    select '86', ${id}, case when i % 10 >= ${AT_VENDOR} then 'sos' else 'individual' end, case when i % 10 >= ${AT_VENDOR} then ${association} end, '2025-06-01'
    from ${ranks}`);
  const db = database.for('availability');
  await db.run(sql`
    insert into availability.opening (id, territory, national_id, place_id, kind, day, starts, ends, time_zone, modalities, capacity, created_by, created_at)
    select lpad(to_hex(i), 32, '0')::uuid, '86', ${id}, 'place', 'single', ${FIRST_MONDAY}, '09:00', '11:00', 'Europe/Paris', '{AMB}', 1, 'bench', now() from ${ranks}`);
  await db.run(sql`
    insert into availability.slot (id, opening_id, territory, national_id, structure_id, place_id, start_at, end_at, modalities, slot_types, with_appointment, capacity)
    select gen_random_uuid(), lpad(to_hex(i), 32, '0')::uuid, '86', ${id}, case when i % 10 >= ${AT_VENDOR} then ${association} end, 'place', at, at + interval '15 minutes',
      '{AMB}', '{SNP}', true, 1
    from ${ranks}, generate_series(0, ${WEEKS - 1}::int) week, generate_series(0, 7) quarter,
      lateral (select ${FIRST_MONDAY}::timestamptz + week * interval '7 days' + interval '9 hours' + quarter * interval '15 hours') moment (at)
    where i % 10 < ${ON_PLATFORM} or i % 10 >= ${AT_VENDOR}`);
  await db.run(sql`
    insert into availability.editor_week (national_id, week, editor, first_at, last_at)
    select ${id}, ${FIRST_MONDAY}::date + 7 * week, 'Éditeur', ${FIRST_MONDAY}::timestamptz + week * interval '7 days' + interval '10 hours',
      ${FIRST_MONDAY}::timestamptz + week * interval '7 days' + interval '80 hours'
    from ${ranks}, generate_series(0, ${WEEKS - 1}::int) week where i % 10 >= ${ON_PLATFORM} and i % 10 < ${AT_VENDOR}`);
  await database.pool.query('analyze');
}

/** The least that the question can cost: PostgreSQL adds up the same rows by doctor and week, without any rule. */
async function barePass(database: Database): Promise<number> {
  const elapsed = stopwatch();
  await database.for('availability').query(sql`
    select national_id, date_trunc('week', start_at), sum(end_at - start_at) from availability.slot
    where removed_at is null and start_at >= ${FIRST_MONDAY} and start_at < ${FIRST_MONDAY}::timestamptz + ${WEEKS}::int * interval '7 days' group by 1, 2`);
  return elapsed();
}

async function wholePass(eligibility: Eligibility): Promise<{ ms: number; doctors: number; eligible: number }> {
  const elapsed = stopwatch();
  let doctors = 0;
  let eligible = 0;
  for await (const lot of eligibility.pass('86', YEAR)) {
    doctors += lot.size;
    for (const { verdict } of lot.values()) if (verdict.eligible) eligible++;
  }
  return { ms: elapsed(), doctors, eligible };
}

/** The pass that the rest of the machine disturbed least. */
const best = (values: readonly number[]): number => Math.min(...values);

/** Prints the time per doctor of a year recomputed in one pass, for a quarter, a half and all of them, beside a bare SQL pass. */
export async function run(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'sas-bench-eligibility-'));
  const postgres = await startEmbeddedPostgres(directory);
  try {
    await ensureDatabase(postgres, 'bench');
    const database = openDatabase({ host: postgres.socketDir, user: postgres.user, database: 'bench' });
    await migrate(database);
    const eligibility = createEligibility({
      database, clock: new ManualClock('2027-02-01T08:00:00Z'), visibility: createVisibility({ database }), doctorsOf: async () => new Map(),
      territories: { get: async (code) => ({ code, name: 'Vienne', departments: ['86'], timeZone: 'Europe/Paris', holidaySet: 'metropole', radiusKm: 30, launchedOn: '2021-03-01', status: 'LANCE' }) },
    });
    console.log(`Eligibility: ${DOCTORS.toLocaleString('en')} doctors over ${YEAR}, recomputed in one pass (embedded PostgreSQL, best of ${ROUNDS} passes)`);
    const perDoctor: number[] = [];
    let done = 0;
    for (const size of [DOCTORS / 4, DOCTORS / 2, DOCTORS]) {
      await addDoctors(database, done, size);
      done = size;
      const whole: number[] = [];
      const bare: number[] = [];
      let last = { doctors: 0, eligible: 0 };
      for (let round = 0; round < ROUNDS; round++) {
        bare.push(await barePass(database));
        const pass = await wholePass(eligibility);
        whole.push(pass.ms);
        last = pass;
      }
      perDoctor.push(best(whole) / last.doctors);
      console.log(
        `  ${last.doctors.toLocaleString('en').padStart(7)} doctors  ${(best(whole) / 1_000).toFixed(2).padStart(6)} s  ${perDoctor.at(-1)!.toFixed(3)} ms/doctor`
        + `   bare SQL ${(best(bare) / 1_000).toFixed(2)} s   ratio ${(best(whole) / best(bare)).toFixed(2)}   eligible ${last.eligible.toLocaleString('en')}`,
      );
    }
    const growth = perDoctor.at(-1)! / perDoctor[0]!;
    console.log(`  time per doctor, all against a quarter: × ${growth.toFixed(2)} (target ≤ ${LINEAR}): ${growth <= LINEAR ? 'linear' : 'NOT LINEAR'}`);
    console.log(`  time per doctor (target ≤ ${TARGET_MS} ms): ${perDoctor.at(-1)! <= TARGET_MS ? 'reached' : 'MISSED'}`);
    await database.close();
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) await run();
