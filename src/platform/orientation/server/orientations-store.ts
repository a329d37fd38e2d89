import sql, { type Sql } from 'sql-template-tag';
import { prepared, type Queryable, type Transaction } from '../../../foundation/db/database.ts';
import type { Role } from '../../../identity/contract.ts';
import type { Modality } from '../../availability/contract.ts';
import type { Orientation, OrientationStatus } from '../contract.ts';
import type { Kind } from '../domain/states.ts';

/** An orientation as it is stored. */
export interface OrientationRow {
  readonly id: string;
  readonly territory: string;
  readonly searchId: string | null;
  /** The request en sus it belongs to. */
  readonly requestId: string | null;
  readonly actor: string;
  readonly actorRole: Role;
  readonly kind: Kind;
  readonly status: OrientationStatus;
  readonly category: Orientation['category'];
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeId: string | null;
  readonly label: string;
  readonly placeLabel: string;
  readonly specialty: string | null;
  readonly modality: Modality | null;
  readonly slotId: string | null;
  readonly seatId: string | null;
  readonly editor: string | null;
  readonly appointmentKey: string | null;
  readonly redirectUrl: string | null;
  readonly start: Temporal.Instant | null;
  readonly end: Temporal.Instant | null;
  readonly createdAt: Temporal.Instant;
  readonly bookedAt: Temporal.Instant | null;
  readonly updatedAt: Temporal.Instant;
  readonly lateReason: string | null;
  readonly beyond48h: boolean;
  readonly skipReason: string | null;
  readonly charterLevel: number | null;
  readonly distanceM: number | null;
  readonly lrmReference: string | null;
  readonly requestHash: Buffer;
  readonly flags: readonly string[];
}

/** One line of an orientation's history. */
export interface OrientationEvent {
  readonly at: Temporal.Instant;
  readonly actor: string;
  readonly event: string;
  readonly from: OrientationStatus | null;
  readonly to: OrientationStatus;
  readonly payload?: Readonly<Record<string, unknown>>;
}

export const orientationColumns = sql`o.id, o.territory, o.search_id as "searchId", o.request_id as "requestId", o.actor, o.actor_role as "actorRole", o.kind, o.status,
  o.category, o.national_id as "nationalId", o.structure_id as "structureId", o.place_id as "placeId", o.label, o.place_label as "placeLabel",
  o.specialty, o.modality, o.slot_id as "slotId", o.seat_id as "seatId", o.editor, o.appointment_key as "appointmentKey",
  o.redirect_url as "redirectUrl", o.start_at as start, o.end_at as end, o.created_at as "createdAt", o.booked_at as "bookedAt",
  o.updated_at as "updatedAt", o.late_reason as "lateReason", o.beyond_48h as "beyond48h", o.skip_reason as "skipReason",
  o.charter_level as "charterLevel", o.distance_m as "distanceM", o.lrm_reference as "lrmReference", o.request_hash as "requestHash", o.flags`;

/** The rows that match, locked when asked. */
export const selectOrientations = (db: Queryable, where: Sql, end: Sql = sql``): Promise<OrientationRow[]> =>
  db.query<OrientationRow>(sql`select ${orientationColumns} from orientation.orientation o where ${where} ${end}`);

/** The orientation that its author already made with this idempotency key. */
export const findRepeated = (db: Queryable, actor: string, idempotencyKey: string): Promise<OrientationRow | null> =>
  db.maybeOne<OrientationRow>(prepared(sql`
    select ${orientationColumns} from orientation.orientation o where o.actor = ${actor} and o.idempotency_key = ${idempotencyKey}`));

const insertInto = sql`insert into orientation.orientation (id, territory, search_id, request_id, actor, actor_role, kind, status, category, national_id,
  structure_id, place_id, label, place_label, specialty, modality, slot_id, seat_id, editor, appointment_key, redirect_url, start_at, end_at,
  created_at, booked_at, updated_at, late_reason, beyond_48h, skip_reason, charter_level, distance_m, lrm_reference, idempotency_key,
  request_hash, flags)`;
const insertEvent = sql`insert into orientation.orientation_event (orientation_id, at, actor, event, from_status, to_status, payload)`;

/**
 * Inserts an orientation and the first line of its history, with the commit: the transaction fails, on the constraint
 * `orientation_idempotency`, when the author already used this key.
 */
export function insertOrientation(tx: Transaction, row: OrientationRow, idempotencyKey: string, event: OrientationEvent): void {
  const own = tx.for('orientation');
  own.beforeCommit(insertInto, sql`(${row.id}, ${row.territory}, ${row.searchId}, ${row.requestId}, ${row.actor}, ${row.actorRole}, ${row.kind}, ${row.status},
    ${row.category}, ${row.nationalId}, ${row.structureId}, ${row.placeId}, ${row.label}, ${row.placeLabel}, ${row.specialty}, ${row.modality},
    ${row.slotId}, ${row.seatId}, ${row.editor}, ${row.appointmentKey}, ${row.redirectUrl}, ${row.start}, ${row.end}, ${row.createdAt},
    ${row.bookedAt}, ${row.updatedAt}, ${row.lateReason}, ${row.beyond48h}, ${row.skipReason}, ${row.charterLevel}, ${row.distanceM},
    ${row.lrmReference}, ${idempotencyKey}, ${row.requestHash}, ${row.flags})`);
  own.beforeCommit(insertEvent, sql`(${row.id}, ${event.at}, ${event.actor}, ${event.event}, ${event.from}, ${event.to},
    ${JSON.stringify(event.payload ?? {})})`);
}

/** Stores what an event changed, with its line of history. */
export async function updateOrientation(tx: Transaction, row: OrientationRow, event: OrientationEvent): Promise<void> {
  await tx.for('orientation').run(sql`
    with changed as (
      update orientation.orientation set status = ${row.status}, national_id = ${row.nationalId}, label = ${row.label},
        place_id = ${row.placeId}, place_label = ${row.placeLabel}, modality = ${row.modality}, slot_id = ${row.slotId}, late_reason = ${row.lateReason},
        specialty = ${row.specialty}, seat_id = ${row.seatId}, appointment_key = ${row.appointmentKey}, start_at = ${row.start}, end_at = ${row.end},
        booked_at = ${row.bookedAt}, updated_at = ${row.updatedAt}, beyond_48h = ${row.beyond48h}, flags = ${row.flags}, version = version + 1
      where id = ${row.id} returning id)
    insert into orientation.orientation_event (orientation_id, at, actor, event, from_status, to_status, payload)
    select id, ${event.at}::timestamptz, ${event.actor}, ${event.event}, ${event.from}, ${event.to}, ${JSON.stringify(event.payload ?? {})}::jsonb
    from changed`);
}
