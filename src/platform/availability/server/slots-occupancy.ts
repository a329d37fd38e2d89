import sql, { type Sql } from 'sql-template-tag';
import type { Occupancy } from '../domain/seat.ts';

export interface OccupancyRow {
  readonly capacity: number;
  readonly taken: number;
  readonly held: number;
  readonly liveHolds: number;
  readonly removed: boolean;
  readonly bookableUntil: Temporal.Instant;
}

/**
 * Columns of `availability.slot s` from which what is free is computed. Seats are looked at only where some are taken.
 * @param counted narrows the holds `h` that count as live, e.g. to those of other people.
 */
export const occupancyColumns = (now: Temporal.Instant, counted: Sql = sql`true`) => sql`
  s.capacity, s.taken, s.removed_at is not null or not s.offered as removed, s.bookable_until as "bookableUntil",
  case when s.taken = 0 then 0 else (
    select count(*) from availability.seat h where h.slot_id = s.id and h.state = 'held')::int end as held,
  case when s.taken = 0 then 0 else (
    select count(*) from availability.seat h
    where h.slot_id = s.id and h.state = 'held' and h.held_until > ${now} and ${counted})::int end as "liveHolds"`;

export const toOccupancy = (row: OccupancyRow): Occupancy => ({
  capacity: row.capacity,
  booked: row.taken - row.held,
  liveHolds: row.liveHolds,
  removed: row.removed,
  bookableUntil: row.bookableUntil,
});
