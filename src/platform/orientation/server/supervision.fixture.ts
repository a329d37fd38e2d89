import sql from 'sql-template-tag';
import { doctor, structureId, territories } from '../../../../tests/support/agenda.ts';
import type { TestDatabase } from '../../../../tests/support/database.ts';
import { setUpOrientations } from '../../../../tests/support/orientations.ts';
import type { OutcomeDependencies } from './outcome-routes.ts';

/** Orientations made around one instant, as the supervision finds them; what is not said is a plain appointment of the agenda. */
export interface Made {
  readonly count?: number;
  readonly territory?: string;
  readonly kind?: 'slot' | 'editor' | 'phone' | 'surnumeraire';
  readonly editor?: string | null;
  readonly status?: string;
  readonly nationalId?: string | null;
  readonly structure?: string | null;
  readonly level?: number | null;
  readonly distanceM?: number | null;
  readonly createdAt?: string;
  /** Hours from the booking to the appointment. */
  readonly inHours?: number;
  readonly notified?: boolean;
  readonly lateReason?: string | null;
  readonly skipReason?: string | null;
}

/** Writes `count` of them, one minute apart. */
export async function make(database: TestDatabase, made: Made): Promise<void> {
  const { count = 1, territory = '86', kind = 'slot', editor = null, status = 'HONORE', nationalId = doctor, structure = null } = made;
  const { level = 1, distanceM = 1_000, createdAt = '2026-01-05T09:00:00Z', inHours = 5, notified = true, lateReason = null, skipReason = null } = made;
  await database.for('orientation').run(sql`
    insert into orientation.orientation (id, territory, actor, actor_role, kind, status, category, national_id, structure_id, label, place_label, specialty,
      modality, editor, start_at, end_at, created_at, booked_at, updated_at, late_reason, beyond_48h, skip_reason, charter_level, distance_m,
      idempotency_key, request_hash, notified_at)
    select gen_random_uuid(), ${territory}, 'operator', 'osnp', ${kind}, ${status}, 'PS', ${nationalId}, ${structure}, 'Exemple Ada', 'Cabinet Exemple, Poitiers',
      'SM54', 'AMB', ${editor}, at + make_interval(hours => ${inHours}), at + make_interval(hours => ${inHours}, mins => 20), at, at, at, ${lateReason},
      ${inHours > 48}, ${skipReason}, ${level}::int, ${distanceM}::int, gen_random_uuid()::text, '', case when ${notified} then at end
    from (select ${createdAt}::timestamptz + make_interval(mins => n) as at from generate_series(0, ${count - 1}) n) made`);
}

const structureName = 'Maison de santé du Clain';

/** What the routes of the outcomes need, on a fresh database. */
export async function setUpOutcomes() {
  const world = await setUpOrientations();
  const vienne = await territories.get();
  const deps: OutcomeDependencies = {
    database: world.database, clock: world.clock, closedAfterDays: 7, pseudonymOf: (id) => `p${id.replaceAll('-', '').slice(0, 20)}`, orientations: world.orientations,
    accounts: { names: async () => new Map([['operator', 'Olga Opératrice']]) },
    territories: {
      get: async (code) => ({ ...vienne, code, name: code === '86' ? 'Vienne' : `Territoire ${code}` }),
      calendar: async (_code, from, to) => {
        const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime('Europe/Paris').toInstant();
        return [{ from: midnight(from), to: midnight(to.add({ days: 1 })), regulatory: 'SAS', local: 'SAS', reason: null }];
      },
    },
    directory: {
      names: async (ids) => new Map(ids.map((id) => [id, { lastName: 'Exemple', firstName: id.slice(-2), professionCode: '10', specialty: 'SM54' }])),
      findStructures: async () => [{ id: structureId, name: structureName } as Awaited<ReturnType<OutcomeDependencies['directory']['findStructures']>>[number]],
    },
  };
  return { ...world, deps, structureName };
}
