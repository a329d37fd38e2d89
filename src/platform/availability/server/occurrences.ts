import sql, { type Sql } from 'sql-template-tag';
import { prepared, type Transaction } from '../../../foundation/db/database.ts';
import type { Publication } from '../contract.ts';
import type { Piece } from '../domain/recurrence.ts';

/** Slots that start sooner than this are announced one by one: open searches may show them. */
const SOON = Temporal.Duration.from({ hours: 72 });

/** Whether a leave covers the slot `s`: any overlap hides it. */
export const coveredByLeave = sql`(
  exists (select 1 from availability.leave l where l.removed_at is null and l.national_id = s.national_id
    and (l.structure_id is null or l.structure_id = s.structure_id) and l.from_at < s.end_at and l.to_at > s.start_at)
  or exists (select 1 from availability.leave l where l.removed_at is null and l.national_id is null
    and l.structure_id = s.structure_id and l.from_at < s.end_at and l.to_at > s.start_at))`;

/** What came of a writing of occurrences. */
export interface Written {
  readonly created: number;
  /** Created inside a leave. */
  readonly onLeave: number;
  /** Slots that an open search may show. */
  readonly soon: readonly string[];
}

/** What all the occurrences of one writing share. */
export interface OccurrenceOwner extends Pick<Publication, 'nationalId' | 'structureId' | 'placeId' | 'kind' | 'modalities' | 'slotTypes' | 'withAppointment' | 'capacity'> {
  readonly territory: string;
  readonly timeZone: string;
  readonly createdBy: string;
}

const texts = (pieces: readonly Piece[]) => ({
  days: pieces.map(({ day }) => day),
  starts: pieces.map(({ starts }) => starts),
  ends: pieces.map(({ ends }) => ends),
  startAt: pieces.map(({ start }) => start.toString()),
  endAt: pieces.map(({ end }) => end.toString()),
});

const columns = sql`territory, national_id, structure_id, place_id, kind, modalities, slot_types, with_appointment, capacity`;

/** Writes openings and their slots from rows named as their columns, `s`; those already there stay as they are. */
const write = (rows: Sql, now: Temporal.Instant) => sql`
  with s as materialized (${rows}),
  opening as (
    insert into availability.opening (id, series_id, day, starts, ends, time_zone, created_by, created_at, ${columns})
    select id, series_id, day, starts, ends, time_zone, created_by, ${now}::timestamptz, ${columns} from s
    on conflict do nothing returning id),
  slot as (
    insert into availability.slot (id, opening_id, start_at, end_at, offered, ${columns})
    select gen_random_uuid(), s.id, start_at, end_at, not ${coveredByLeave}, ${columns} from opening join s using (id)
    returning id, start_at, offered)
  select count(*)::int as created, (count(*) filter (where not offered))::int as "onLeave",
    coalesce(array_agg(id) filter (where start_at < ${now.add(SOON)}), '{}') as soon from slot`;

/** Writes the occurrences of series, given side by side; a series' occurrence that is there already is left alone. */
export function writeSeriesOccurrences(tx: Transaction, given: readonly { readonly seriesId: string; readonly pieces: readonly Piece[] }[], now: Temporal.Instant): Promise<Written> {
  const all = texts(given.flatMap(({ pieces }) => pieces));
  const seriesIds = given.flatMap(({ seriesId, pieces }) => pieces.map(() => seriesId));
  return tx.one<Written>(prepared(write(sql`
    select gen_random_uuid() as id, p.*, r.territory, r.national_id, r.structure_id, r.place_id, r.kind, r.modalities, r.slot_types,
      r.with_appointment, r.capacity, r.time_zone, r.created_by
    from unnest(${seriesIds}::uuid[], ${all.days}::date[], ${all.starts}::time[], ${all.ends}::time[], ${all.startAt}::timestamptz[], ${all.endAt}::timestamptz[])
      as p (series_id, day, starts, ends, start_at, end_at)
    join availability.series r on r.id = p.series_id`, now)));
}

/** Writes occurrences that stand alone; `ids` makes a second writing change nothing. */
export function writeOccurrences(tx: Transaction, owner: OccurrenceOwner, given: readonly { readonly id: string; readonly piece: Piece }[], now: Temporal.Instant): Promise<Written> {
  const all = texts(given.map(({ piece }) => piece));
  return tx.one<Written>(write(sql`
    select p.*, null::uuid as series_id, ${owner.territory}::text as territory, ${owner.nationalId}::text as national_id,
      ${owner.structureId}::text as structure_id, ${owner.placeId}::text as place_id, ${owner.kind}::text as kind,
      ${owner.modalities}::text[] as modalities, ${owner.slotTypes}::text[] as slot_types, ${owner.withAppointment}::boolean as with_appointment,
      ${owner.capacity}::int as capacity, ${owner.timeZone}::text as time_zone, ${owner.createdBy}::text as created_by
    from unnest(${given.map(({ id }) => id)}::uuid[], ${all.days}::date[], ${all.starts}::time[], ${all.ends}::time[], ${all.startAt}::timestamptz[],
      ${all.endAt}::timestamptz[]) as p (id, day, starts, ends, start_at, end_at)`, now));
}

/** True when an opening with this id was written before, even removed since. */
export const alreadyWritten = async (tx: Transaction, id: string): Promise<boolean> =>
  (await tx.maybeOne(sql`select 1 from availability.opening where id = ${id}`)) !== null;
