import sql, { type Sql } from 'sql-template-tag';
import type { Queryable, Transaction } from '../../../foundation/db/database.ts';
import type { Modality } from '../contract.ts';
import { coveredByLeave } from './occurrences.ts';

/** Whose leave, and when. */
export interface LeavePeriod {
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

export interface StoredLeave extends LeavePeriod {
  readonly id: string;
  readonly territory: string;
  readonly timeZone: string;
  readonly by: string;
}

/** Columns of `availability.leave l`. */
const leaveColumns = sql`l.id, l.territory, l.national_id as "nationalId", l.structure_id as "structureId", l.from_at as "from", l.to_at as "to",
  l.time_zone as "timeZone", l.created_by_name as by`;

export const leaveById = (db: Queryable, id: string): Promise<StoredLeave | null> =>
  db.maybeOne<StoredLeave>(sql`select ${leaveColumns} from availability.leave l where l.id = ${id} and l.removed_at is null`);

export const shownLeave = ({ territory: _territory, from, to, ...leave }: StoredLeave) => ({ ...leave, from: from.toString(), to: to.toString() });

/** Leaves that touch an agenda over some days: the person's, and those of the structure where he is looked at. */
export async function leavesOf(db: Queryable, { nationalId, structureId }: Pick<LeavePeriod, 'nationalId' | 'structureId'>, { from, to }: { from: string; to: string }) {
  const rows = await db.query<StoredLeave>(sql`
    select ${leaveColumns} from availability.leave l
    where l.removed_at is null and l.from_at < (${to}::date + 1)::timestamp at time zone l.time_zone and l.to_at > ${from}::date::timestamp at time zone l.time_zone
      and ((l.national_id = ${nationalId} and (l.structure_id is null or ${structureId}::text is null or l.structure_id = ${structureId}))
        or (l.structure_id = ${structureId} and (l.national_id is null or ${nationalId}::text is null)))
    order by l.from_at, l.id limit 500`);
  return rows.map(shownLeave);
}

/** The slots `s` of the agenda that overlap the period. */
const within = ({ nationalId, structureId, from, to }: LeavePeriod): Sql => sql`
  s.removed_at is null and s.start_at < ${to} and s.end_at > ${from}
  and (${nationalId}::text is null or s.national_id = ${nationalId}) and (${structureId}::text is null or s.structure_id = ${structureId})`;

export interface CoveredSlot {
  readonly id: string;
  readonly openingId: string;
  readonly day: string;
  readonly starts: string;
  readonly ends: string;
  readonly offered: boolean;
  readonly inPart: boolean;
}

/** The slots of the period that are not over, in one order; `lock` keeps bookings out until the end of the transaction. */
export const coveredSlots = (db: Queryable, period: LeavePeriod, now: Temporal.Instant, lock: boolean): Promise<CoveredSlot[]> => db.query<CoveredSlot>(sql`
  select s.id, s.opening_id as "openingId", o.day, to_char(o.starts, 'HH24:MI') as starts, to_char(o.ends, 'HH24:MI') as ends, s.offered,
    s.start_at < ${period.from} or s.end_at > ${period.to} as "inPart"
  from availability.slot s join availability.opening o on o.id = s.opening_id
  where ${within(period)} and s.end_at > ${now} order by s.id ${lock ? sql`for update of s` : sql``}`);

export interface TouchedSeat {
  readonly seatId: string;
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
  readonly placeId: string;
  readonly nationalId: string | null;
  readonly modalities: Modality[];
}

/** The seats booked within the period, from now on. */
export const touchedSeats = (db: Queryable, period: LeavePeriod, now: Temporal.Instant): Promise<TouchedSeat[]> => db.query<TouchedSeat>(sql`
  select seat.id as "seatId", s.start_at as start, s.end_at as end, s.place_id as "placeId", s.national_id as "nationalId", s.modalities
  from availability.slot s join availability.seat on seat.slot_id = s.id and seat.state = 'booked'
  where ${within(period)} and s.end_at > ${now} order by s.start_at, seat.seat_no limit 1000`);

export async function insertLeave(tx: Transaction, leave: StoredLeave, { createdBy, now }: { createdBy: string; now: Temporal.Instant }): Promise<boolean> {
  return (await tx.run(sql`
    insert into availability.leave (id, territory, national_id, structure_id, from_at, to_at, time_zone, created_by, created_by_name, created_at)
    values (${leave.id}, ${leave.territory}, ${leave.nationalId}, ${leave.structureId}, ${leave.from}, ${leave.to}, ${leave.timeZone}, ${createdBy}, ${leave.by}, ${now})
    on conflict (id) do nothing`)) === 1;
}

/** Ends a leave and gives back what no other leave covers and nobody closed. Gives the slots. */
export async function giveBack(tx: Transaction, leave: StoredLeave, now: Temporal.Instant): Promise<string[]> {
  await tx.run(sql`update availability.leave set removed_at = ${now} where id = ${leave.id}`);
  const ids = (await coveredSlots(tx, leave, now, true)).map(({ id }) => id);
  const rows = await tx.query<{ id: string }>(sql`
    update availability.slot s set offered = true from availability.opening o
    where s.id = any(${ids}) and not s.offered and o.id = s.opening_id and o.closed_at is null and not ${coveredByLeave} returning s.id`);
  return rows.map(({ id }) => id);
}
