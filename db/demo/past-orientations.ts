import sql, { raw } from 'sql-template-tag';
import type { Database } from '../../src/foundation/db/database.ts';
import { type DemoAccount, demoAccounts } from './accounts.ts';
import type { DemoPlace, DemoProfessional, World } from './model.ts';
import { createRandom, type Random, uuidOf } from './random.ts';

const TIME_ZONE = 'Europe/Paris';
const PAST_DAYS = 60;
const COMING_DAYS = 2;
/** Beside those who can sign in, doctors to whom patients were addressed. */
const COLLEAGUES = 30;
/** Older than that, what nobody told is closed. */
const CLOSED_AFTER_DAYS = 7;
const HOURS = ['09:00', '10:20', '11:40', '14:10', '15:30', '17:00', '18:10'];
const skipReasons = ['patient-refused', 'no-answer', 'too-far'];
const lateReasons = ['patient-choice', 'no-earlier-slot', 'doctor-advice'];

/** Somebody who receives, and where. */
interface Receiver {
  readonly doctor: DemoProfessional;
  readonly place: DemoPlace;
  readonly specialty: string;
  readonly structureId: string | null;
  /** The vendor of his agenda; null: the platform's. */
  readonly editor: string | null;
  /** He can sign in: he has patients every day. */
  readonly signsIn: boolean;
}

function receivers(world: World, accounts: readonly DemoAccount[]): Receiver[] {
  const places = new Map(world.places.map((place) => [place.id, place]));
  const doctors = new Map(world.professionals.map((one) => [one.nationalId, one]));
  const signingIn = new Set(accounts.filter(({ role }) => role === 'effecteur').flatMap(({ nationalId }) => nationalId ?? []));
  const colleagues = world.participations.flatMap(({ nationalId }) => nationalId ?? []).filter((id) => !signingIn.has(id)).slice(0, COLLEAGUES);
  return [...signingIn, ...colleagues].flatMap((id) => {
    const activity = world.activities.find(({ nationalId }) => nationalId === id);
    const doctor = doctors.get(id);
    if (!activity || !doctor) return [];
    const source = world.agendas.get(id) ?? 'platform';
    return [{
      doctor, place: places.get(activity.placeId)!, specialty: activity.specialty, editor: source === 'platform' ? null : source, signsIn: signingIn.has(id),
      structureId: world.members.find(({ nationalId }) => nationalId === id)?.structureId ?? null,
    }];
  });
}

/** What became of an appointment, days after its day (negative: still to come). */
function statusOf(random: Random, daysAgo: number, past: boolean): string {
  const draw = random.next();
  if (draw < 0.05) return random.pick(['ANNULE_PATIENT', 'ANNULE_SAS', 'ANNULE_EFFECTEUR']);
  if (!past) return draw < 0.12 ? 'MODIFIE' : 'PRIS';
  const untold = daysAgo <= CLOSED_AFTER_DAYS ? 0.3 : 0.04;
  if (draw < 0.05 + untold) return daysAgo <= CLOSED_AFTER_DAYS ? 'PRIS' : 'NON_RENSEIGNE';
  return random.chance(0.09) ? 'NON_HONORE' : 'HONORE';
}

interface Day {
  readonly day: Temporal.PlainDate;
  readonly daysAgo: number;
  readonly now: Temporal.Instant;
}

function orientation(seed: number, receiver: Receiver, { day, daysAgo, now }: Day, hour: string, by: readonly DemoAccount[]) {
  const { doctor, place, specialty, structureId, editor } = receiver;
  const name = `orientation/${doctor.nationalId}/${day}/${hour}`;
  const random = createRandom(seed, name);
  const start = day.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: hour }).toInstant();
  const hoursBefore = random.chance(0.06) ? random.int(50, 90) : random.int(1, 26);
  const createdAt = start.subtract({ hours: hoursBefore, minutes: random.int(0, 50) });
  if (Temporal.Instant.compare(createdAt, now) > 0) return null;
  const kind = random.chance(0.2) ? 'surnumeraire' : editor ? 'editor' : 'slot';
  const past = Temporal.Instant.compare(start.add({ hours: 1 }), now) < 0;
  const status = statusOf(random, daysAgo, past);
  const told = status === 'HONORE' || status === 'NON_HONORE' || status.startsWith('ANNULE');
  const actor = random.pick(by);
  const level = random.int(0, 3);
  const beyond48h = hoursBefore >= 48;
  const toldAt = past ? start.add({ hours: 3 }) : createdAt.add({ minutes: 40 });
  const updatedAt = told && Temporal.Instant.compare(toldAt, now) < 0 ? toldAt : createdAt;
  return {
    id: uuidOf(seed, name), territory: '86', actor: actor.id, actorRole: actor.role, kind, status, category: 'PS', nationalId: doctor.nationalId, structureId, placeId: place.id,
    label: `${doctor.lastName} ${doctor.firstName}`, placeLabel: `${place.name}, ${place.city}`, specialty, modality: random.chance(0.85) ? 'AMB' : random.pick(['VR', 'HH']),
    editor: kind === 'editor' ? editor : null, startAt: start.toString(), endAt: start.add({ minutes: 20 }).toString(), createdAt: createdAt.toString(),
    bookedAt: createdAt.toString(), updatedAt: updatedAt.toString(), beyond_48h: beyond48h, lateReason: beyond48h ? random.pick(lateReasons) : null,
    skipReason: level > 1 && random.chance(0.4) ? random.pick(skipReasons) : null, charterLevel: level, distanceM: random.int(3, 240) * 100,
    notifiedAt: kind === 'slot' && random.chance(0.95) ? createdAt.add({ seconds: 20 }).toString() : null, idempotencyKey: `demo/${name}`, requestHash: '\\x00', flags: [], version: 1,
  };
}

type DemoOrientation = NonNullable<ReturnType<typeof orientation>>;

/** What was addressed to doctors over two months and for the days to come; it depends on the seed and the day alone. */
export function orientationsAround(world: World, now: Temporal.Instant): DemoOrientation[] {
  const accounts = demoAccounts(world);
  const by = accounts.filter(({ role, territory }) => territory === '86' && (role === 'osnp' || role === 'mrg'));
  const today = now.toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  const days = Array.from({ length: PAST_DAYS + COMING_DAYS + 1 }, (_, index) => PAST_DAYS - index).map((daysAgo) => ({ day: today.subtract({ days: daysAgo }), daysAgo, now }));
  return receivers(world, accounts).flatMap((receiver) =>
    days.flatMap((one) => {
      const random = createRandom(world.seed, `patients/${receiver.doctor.nationalId}/${one.day}`);
      const count = receiver.signsIn ? random.int(1, 3) : one.day.dayOfWeek < 7 && random.chance(0.3) ? 1 : 0;
      const hours = random.shuffle(HOURS).slice(0, count);
      return hours.flatMap((hour) => orientation(world.seed, receiver, one, hour, by) ?? []);
    }),
  );
}

/** Puts them in the database with the first line of their history; those already there, and what people did of them, stay. */
export async function loadPastOrientations(database: Database, world: World, { now }: { now: Temporal.Instant }): Promise<number> {
  const made = orientationsAround(world, now);
  if (made.length === 0) return 0;
  const column = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const columns = raw(Object.keys(made[0]!).map(column).join(', '));
  const rows = JSON.stringify(made.map((one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [column(key), value]))));
  return database.for('orientation').run(sql`
    with added as (
      insert into orientation.orientation (${columns}) select ${columns} from jsonb_populate_recordset(null::orientation.orientation, ${rows}::jsonb)
      on conflict do nothing returning id, created_at, updated_at, actor, label, status),
    told as (
      insert into orientation.orientation_event (orientation_id, at, actor, event, from_status, to_status)
      select id, updated_at, case when status in ('HONORE', 'NON_HONORE', 'ANNULE_EFFECTEUR') then label when status = 'NON_RENSEIGNE' then 'system' else actor end,
        case status when 'HONORE' then 'honoured' when 'NON_HONORE' then 'no-show' when 'NON_RENSEIGNE' then 'untold' else 'cancel' end, 'PRIS', status
      from added where status not in ('PRIS', 'MODIFIE'))
    insert into orientation.orientation_event (orientation_id, at, actor, event, to_status)
    select id, created_at, actor, 'created', 'PRIS' from added`);
}
