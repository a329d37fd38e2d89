import { randomUUID } from 'node:crypto';
import sql, { join, type Sql } from 'sql-template-tag';
import { prepared, type Transaction } from '../../../foundation/db/database.ts';
import { conflict, notFound, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { searchRoles } from '../../../identity/contract.ts';
import { remainingSeats } from '../domain/seat.ts';
import type { Availability, Seat } from './index.ts';
import { type OccupancyRow, occupancyColumns, toOccupancy } from './slots-occupancy.ts';

/** What is asked of a slot: a place, booked for good or held until an instant. */
export interface SeatClaim {
  readonly slotId: string;
  readonly actor: string;
  readonly now: Temporal.Instant;
  /** null: booked. */
  readonly heldUntil: Temporal.Instant | null;
}

const seatColumns = sql`slot.id as "slotId", slot.territory, slot.national_id as "nationalId", slot.structure_id as "structureId",
  slot.place_id as "placeId", slot.start_at as start, slot.end_at as end, slot.modalities`;

export const slotTaken = () =>
  conflict(
    'slot-taken',
    "Ce créneau vient d'être pris. Rien n'a été réservé ; choisissez-en un autre dans la liste, elle est à jour.",
  );

/** Tells open screens that the places of these slots changed. */
export async function announceSlots(tx: Transaction, slotIds: readonly string[]): Promise<void> {
  for (const slotId of slotIds) await announce(tx, { topic: 'slot', ids: { slotId }, audience: { roles: searchRoles } });
}

/**
 * Takes a place: first by one conditional statement, which decides between any number of rivals; when it finds the slot full,
 * what is free is computed anew, counting out the holds that have expired and the actor's own, which are then given back.
 * @throws conflict `slot-taken`; rule `slot-past`; not-found `slot-not-found`
 */
export async function claimSeat(tx: Transaction, claim: SeatClaim): Promise<Seat> {
  const seat = await takeFreeSeat(tx, claim);
  if (seat) return seat;
  await reclaimHolds(tx, claim);
  const reclaimed = await takeFreeSeat(tx, claim);
  if (!reclaimed) throw slotTaken();
  return reclaimed;
}

async function takeFreeSeat(tx: Transaction, { slotId, actor, now, heldUntil }: SeatClaim): Promise<Seat | null> {
  const seatId = randomUUID();
  const insert = (seatNo: Sql) => sql`
    insert into availability.seat (id, slot_id, seat_no, state, actor, held_until, created_at)
    select ${seatId}::uuid, slot.id, ${seatNo}, ${heldUntil ? 'held' : 'booked'}, ${actor}, ${heldUntil}::timestamptz, ${now}::timestamptz`;
  const row = await tx.maybeOne<Omit<Seat, 'seatId'> & { numbered: boolean }>(prepared(sql`
    with slot as (
      update availability.slot set taken = taken + 1
      where id = ${slotId} and removed_at is null and offered and taken < capacity and bookable_until > ${now}
      returning *),
    seat as (${insert(sql`slot.taken`)} from slot
      on conflict (slot_id, seat_no) where state <> 'released' do nothing returning id)
    select ${seatColumns}, exists (select 1 from seat) as numbered from slot`));
  if (!row) return null;
  const { numbered, ...seat } = row;
  // Releases leave holes in the numbers: the first hole is looked for only when the last number is not free.
  if (!numbered) {
    await tx.run(sql`${insert(sql`(
        select min(no) from generate_series(1, slot.taken) no
        where not exists (select 1 from availability.seat s where s.slot_id = slot.id and s.seat_no = no and s.state <> 'released'))`)}
      from availability.slot where slot.id = ${slotId}`);
  }
  return { seatId, ...seat };
}

/** Refuses when nothing is free; else gives back, under the slot's lock, the holds that keep the free places. */
async function reclaimHolds(tx: Transaction, { slotId, actor, now }: SeatClaim): Promise<void> {
  const row = await tx.maybeOne<OccupancyRow>(prepared(sql`
    select ${occupancyColumns(now, sql`h.actor <> ${actor}`)} from availability.slot s where s.id = ${slotId}`));
  if (!row) throw notFound('slot-not-found', "Ce créneau n'existe pas dans l'agenda de la plateforme.");
  if (!row.removed && Temporal.Instant.compare(row.bookableUntil, now) <= 0) {
    throw ruleBroken('slot-past', "L'heure de ce créneau est passée. Rien n'a été réservé ; choisissez un créneau à venir.");
  }
  if (remainingSeats(toOccupancy(row), now) === 0) throw slotTaken();
  await lockSlots(tx, [slotId]);
  await releaseHeld(tx, sql`s.slot_id = ${slotId} and (s.held_until <= ${now} or s.actor = ${actor})`);
}

/** Turns the actor's hold, even expired, into a booking as long as nobody was given its place. */
async function confirmHold(tx: Transaction, holdId: string, { slotId, actor, now }: SeatClaim): Promise<Seat | null> {
  return tx.maybeOne<Seat>(sql`
    with slot as (
      select * from availability.slot
      where id = ${slotId} and removed_at is null and offered and bookable_until > ${now} for update),
    seat as (
      update availability.seat s set state = 'booked', held_until = null from slot
      where s.id = ${holdId} and s.slot_id = slot.id and s.actor = ${actor} and s.state = 'held' returning s.id)
    select seat.id as "seatId", ${seatColumns} from slot, seat`);
}

/** Releases the held seats that match; their slots must be locked. Gives the slots concerned. */
export async function releaseHeld(tx: Transaction, which: Sql): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    with freed as (
      update availability.seat s set state = 'released' where s.state = 'held' and (${which}) returning s.slot_id),
    counted as (select slot_id, count(*)::int as seats from freed group by slot_id)
    update availability.slot set taken = taken - counted.seats from counted where slot.id = counted.slot_id returning slot.id`);
  return rows.map((row) => row.id);
}

/** Locks slots in one order, so that two transactions that need several never wait for each other. */
export async function lockSlots(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(sql`select 1 from availability.slot where id in (${join(ids)}) order by id for update`);
}

/** The part of `Availability` that takes and gives back places, in the caller's transaction. */
export const seats: Pick<Availability, 'takeSeat' | 'releaseSeat' | 'withdrawSeat'> = {
  async takeSeat(tx, { slotId, holdId, actor, now }) {
    const own = tx.for('availability');
    const claim = { slotId, actor, now, heldUntil: null };
    const seat = (holdId ? await confirmHold(own, holdId, claim) : null) ?? (await claimSeat(own, claim));
    await announceSlots(tx, [slotId]);
    return seat;
  },

  async releaseSeat(tx, seatId) {
    const freed = await tx.for('availability').query<{ id: string }>(sql`
      with slot as (
        select s.id from availability.slot s join availability.seat on seat.slot_id = s.id where seat.id = ${seatId} for update of s),
      freed as (
        update availability.seat set state = 'released' from slot
        where seat.id = ${seatId} and seat.slot_id = slot.id and seat.state <> 'released' returning seat.slot_id)
      update availability.slot set taken = taken - 1 from freed where slot.id = freed.slot_id returning slot.id`);
    await announceSlots(tx, freed.map((slot) => slot.id));
  },

  async withdrawSeat(tx, seatId) {
    await tx.for('availability').run(sql`update availability.seat set state = 'withdrawn' where id = ${seatId} and state = 'booked'`);
  },
};
