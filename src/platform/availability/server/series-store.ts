import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import type { Series } from '../contract.ts';
import type { Reconciliation, Standing } from '../domain/reconciliation.ts';
import type { Piece } from '../domain/recurrence.ts';
import { coveredByLeave } from './occurrences.ts';
import { lockSlots, releaseHeld } from './seats.ts';

/** A series with what only the server looks at. */
export interface StoredSeries extends Series {
  readonly territory: string;
  readonly anchor: string;
  readonly expandedUntil: string;
}

/** Columns of `availability.series r`. */
export const seriesColumns = sql`r.id, r.territory, r.national_id as "nationalId", r.structure_id as "structureId", r.place_id as "placeId", r.kind,
  r.modalities, r.with_appointment as "withAppointment", r.slot_types as "slotTypes", r.capacity, to_char(r.starts, 'HH24:MI') as starts,
  to_char(r.ends, 'HH24:MI') as ends, r.slot_minutes as "slotMinutes", r.time_zone as "timeZone", r.weekdays, r.first_day as "firstDay",
  r.last_day as "lastDay", r.every_weeks as "everyWeeks", r.skip_holidays as "skipHolidays", r.version, r.anchor, r.expanded_until as "expandedUntil"`;

/** What people and machines are shown of a series. */
export function shownSeries({ territory: _territory, anchor: _anchor, expandedUntil: _expanded, ...series }: StoredSeries): Series {
  return series;
}

/** Writes a new series; false when one with this id is there already. */
export async function insertSeries(tx: Transaction, series: StoredSeries, by: { createdBy: string; now: Temporal.Instant }): Promise<boolean> {
  const count = await tx.run(sql`
    insert into availability.series (id, territory, national_id, structure_id, place_id, kind, weekdays, first_day, last_day, every_weeks, anchor,
      starts, ends, slot_minutes, time_zone, skip_holidays, modalities, slot_types, with_appointment, capacity, version, expanded_until, created_by, created_at)
    values (${series.id}, ${series.territory}, ${series.nationalId}, ${series.structureId}, ${series.placeId}, ${series.kind}, ${series.weekdays},
      ${series.firstDay}, ${series.lastDay}, ${series.everyWeeks}, ${series.anchor}, ${series.starts}, ${series.ends}, ${series.slotMinutes},
      ${series.timeZone}, ${series.skipHolidays}, ${series.modalities}, ${series.slotTypes}, ${series.withAppointment}, ${series.capacity},
      ${series.version}, ${series.expandedUntil}, ${by.createdBy}, ${by.now})
    on conflict (id) do nothing`);
  return count === 1;
}

/** Writes what a series becomes. */
export async function updateSeries(tx: Transaction, series: StoredSeries): Promise<void> {
  await tx.run(sql`
    update availability.series set place_id = ${series.placeId}, kind = ${series.kind}, weekdays = ${series.weekdays}, last_day = ${series.lastDay},
      every_weeks = ${series.everyWeeks}, starts = ${series.starts}, ends = ${series.ends}, slot_minutes = ${series.slotMinutes},
      skip_holidays = ${series.skipHolidays}, modalities = ${series.modalities}, slot_types = ${series.slotTypes},
      with_appointment = ${series.withAppointment}, capacity = ${series.capacity}, version = ${series.version}, expanded_until = ${series.expandedUntil}
    where id = ${series.id}`);
}

/** What a series does not give, as `RuleContext.exceptions` has it, by series. */
export async function exceptionsOf(tx: Transaction, seriesIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await tx.query<{ seriesId: string; key: string }>(sql`
    select series_id as "seriesId", day || coalesce('T' || to_char(starts, 'HH24:MI'), '') as key
    from availability.series_exception where series_id = any(${seriesIds})`);
  const found = new Map<string, Set<string>>();
  for (const { seriesId, key } of rows) found.set(seriesId, (found.get(seriesId) ?? new Set()).add(key));
  return found;
}

/** Whole days that a series does not give. */
export async function exceptDays(tx: Transaction, seriesId: string, days: readonly string[]): Promise<void> {
  await tx.run(sql`
    insert into availability.series_exception (series_id, day) select ${seriesId}, unnest(${days}::date[]) on conflict do nothing`);
}

/** Gives the occurrences and exceptions from that day on to another series. */
export async function handOver(tx: Transaction, from: string, to: string, day: string): Promise<void> {
  await tx.run(sql`update availability.opening set series_id = ${to} where series_id = ${from} and day >= ${day} and removed_at is null`);
  await tx.run(sql`update availability.series_exception set series_id = ${to} where series_id = ${from} and day >= ${day}`);
}

/** The occurrences to come of a series, their slots locked: nobody books while they are compared. */
export async function lockStanding(tx: Transaction, seriesId: string, now: Temporal.Instant): Promise<(Standing & { slotId: string })[]> {
  const slots = await tx.query<{ id: string }>(sql`
    select s.id from availability.slot s join availability.opening o on o.id = s.opening_id
    where o.series_id = ${seriesId} and o.removed_at is null and s.start_at > ${now}`);
  const ids = slots.map(({ id }) => id);
  await lockSlots(tx, ids);
  return tx.query<Standing & { slotId: string }>(sql`
    select o.id, s.id as "slotId", o.day, to_char(o.starts, 'HH24:MI') as starts, to_char(o.ends, 'HH24:MI') as ends, o.place_id as "placeId", o.kind,
      o.modalities, o.slot_types as "slotTypes", o.with_appointment as "withAppointment", o.capacity, o.closed_at is not null as closed,
      case when s.taken = 0 then 0 else (select count(*) from availability.seat where slot_id = s.id and state = 'booked')::int end as booked
    from availability.slot s join availability.opening o on o.id = s.opening_id
    where s.id = any(${ids}) order by o.day, o.starts`);
}

/** Removes, closes and adjusts what stands. What is booked is never touched but to be offered to nobody else. */
export async function settle(tx: Transaction, plan: Reconciliation<Piece>, offer: Pick<Series, 'slotTypes'>, now: Temporal.Instant): Promise<void> {
  const removed = plan.remove.map(({ id }) => id);
  const closed = plan.close.map(({ id }) => id);
  if (removed.length + closed.length > 0) {
    await releaseHeld(tx, sql`s.slot_id in (select id from availability.slot where opening_id = any(${[...removed, ...closed]}))`);
  }
  if (removed.length > 0) {
    await tx.run(sql`update availability.opening set removed_at = ${now} where id = any(${removed})`);
    await tx.run(sql`update availability.slot set removed_at = ${now} where opening_id = any(${removed})`);
  }
  if (closed.length > 0) {
    await tx.run(sql`update availability.opening set closed_at = ${now}, version = version + 1 where id = any(${closed})`);
    await tx.run(sql`update availability.slot set offered = false where opening_id = any(${closed})`);
  }
  for (const { id, capacity } of plan.adjust) await adjust(tx, id, capacity, offer.slotTypes);
}

async function adjust(tx: Transaction, openingId: string, capacity: number, slotTypes: readonly string[]): Promise<void> {
  await tx.run(sql`
    with s as (select id, taken, national_id, structure_id, start_at, end_at from availability.slot where opening_id = ${openingId}),
    opening as (
      update availability.opening o set capacity = greatest(${capacity}::int, s.taken), slot_types = ${slotTypes}, closed_at = null, version = version + 1
      from s where o.id = ${openingId})
    update availability.slot slot set capacity = greatest(${capacity}::int, s.taken), slot_types = ${slotTypes},
      offered = not ${coveredByLeave}
    from s where slot.id = s.id`);
}
