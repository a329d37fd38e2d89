import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { HOLD, remainingSeats } from '../domain/seat.ts';
import { announceSlots, claimSeat, lockSlots, releaseHeld } from './seats.ts';
import { type OccupancyRow, occupancyColumns, toOccupancy } from './slots-occupancy.ts';

export interface Hold {
  readonly holdId: string;
  readonly slotId: string;
  readonly expiresAt: string;
  readonly remaining: number;
}

const BATCH = 200;

/** Places kept for two minutes while an operator fills the form. A hold is not journaled: nothing is decided yet. */
export function createHolds({ database, clock }: { database: Database; clock: Clock }) {
  const db = database.for('availability');
  return {
    /**
     * Holds a place. Asked again by the same person while it runs, gives the same hold, not prolonged.
     * @throws conflict `slot-taken`; rule `slot-past`; not-found `slot-not-found`
     */
    hold(actor: string, slotId: string): Promise<Hold> {
      const now = clock.now();
      return db.transaction(async (tx) => {
        const running = await tx.maybeOne<{ holdId: string; heldUntil: Temporal.Instant }>(sql`
          select id as "holdId", held_until as "heldUntil" from availability.seat
          where slot_id = ${slotId} and actor = ${actor} and state = 'held' and held_until > ${now} limit 1`);
        const heldUntil = running?.heldUntil ?? now.add(HOLD);
        const holdId = running?.holdId ?? (await claimSeat(tx, { slotId, actor, now, heldUntil })).seatId;
        if (!running) await announceSlots(tx, [slotId]);
        const row = await tx.one<OccupancyRow>(sql`select ${occupancyColumns(now)} from availability.slot s where s.id = ${slotId}`);
        return { holdId, slotId, expiresAt: heldUntil.toString(), remaining: remainingSeats(toOccupancy(row), now) };
      });
    },

    /** Gives the actor's hold back; false when it had already ended, or is somebody else's. */
    release(actor: string, holdId: string): Promise<boolean> {
      return db.transaction(async (tx) => {
        const seat = await tx.maybeOne<{ slotId: string }>(sql`
          select slot_id as "slotId" from availability.seat where id = ${holdId} and actor = ${actor} and state = 'held'`);
        if (!seat) return false;
        await lockSlots(tx, [seat.slotId]);
        const freed = await releaseHeld(tx, sql`s.id = ${holdId}`);
        await announceSlots(tx, freed);
        return freed.length > 0;
      });
    },
  };
}

export type Holds = ReturnType<typeof createHolds>;

/** Background work: releases the holds that have expired and says so to open screens. Gives the number of slots freed. */
export async function releaseExpiredHolds({ database, clock }: { database: Database; clock: Clock }): Promise<number> {
  const now = clock.now();
  let total = 0;
  for (;;) {
    const count = await database.for('availability').transaction(async (tx) => {
      const slots = await tx.query<{ id: string }>(sql`
        select id from availability.slot
        where id in (select slot_id from availability.seat where state = 'held' and held_until <= ${now})
        order by id limit ${BATCH} for update skip locked`);
      if (slots.length === 0) return 0;
      const freed = await releaseHeld(tx, sql`s.slot_id = any(${slots.map((slot) => slot.id)}) and s.held_until <= ${now}`);
      await announceSlots(tx, freed);
      return slots.length;
    });
    total += count;
    if (count < BATCH) return total;
  }
}
