import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { z } from 'zod';
import type { Transaction } from '../../../foundation/db/database.ts';
import { type FieldProblem, notFound, ruleBroken } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { LeaveDeclaration } from '../contract.ts';
import type { leaveOutcomeSchema } from '../domain/agenda-shapes.ts';
import { announceAgenda, guardAgenda } from './agenda-guard.ts';
import { type CoveredSlot, coveredSlots, giveBack, insertLeave, leaveById, type LeavePeriod, shownLeave, type StoredLeave, touchedSeats } from './leaves-store.ts';
import type { OpeningDependencies } from './openings.ts';
import { territoryOf } from './openings-place.ts';
import { announceSlots, releaseHeld } from './seats.ts';

export type LeaveOutcome = z.output<typeof leaveOutcomeSchema>;

/** The orientation of each seat, by seat id. */
export type OrientationsOfSeats = (seatIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export interface LeaveDependencies extends OpeningDependencies {
  readonly orientationsOfSeats: OrientationsOfSeats;
}

const LONGEST = { days: 731 };

/** Leave: hides the free places of what it covers, and tells which appointments it touches. */
export function createLeaves(deps: LeaveDependencies) {
  const { database, clock, territories, orientationsOfSeats } = deps;
  const db = database.for('availability');

  async function outcome(leave: StoredLeave | null, period: LeavePeriod, slots: readonly CoveredSlot[]): Promise<LeaveOutcome> {
    const seats = await touchedSeats(db, period, clock.now());
    const orientations = await orientationsOfSeats(seats.map(({ seatId }) => seatId));
    return {
      leave: leave && shownLeave(leave),
      hidden: slots.length,
      inPart: slots.filter(({ inPart }) => inPart).map(({ openingId, day, starts, ends }) => ({ openingId, day, starts, ends })),
      appointments: seats.map(({ start, end, ...seat }) => ({ ...seat, start: start.toString(), end: end.toString(), orientationId: orientations.get(seat.seatId) ?? null })),
    };
  }

  async function own(actor: Actor, id: string): Promise<StoredLeave> {
    const leave = await leaveById(db, id);
    if (!leave) throw notFound('leave-not-found', "Cette indisponibilité n'existe pas, ou elle a déjà été retirée.");
    await guardAgenda({ database, clock }, actor, leave);
    return leave;
  }

  const journal = (tx: Transaction, actor: Actor, { id, territory, nationalId, structureId, from, to }: StoredLeave, event: string, slots: number) => writeJournal(tx, {
    at: clock.now(), territory, actor: actor.accountId, role: actor.roles[0], objectType: 'leave', objectId: id, event,
    payload: { nationalId, structureId, from: from.toString(), to: to.toString(), slots },
  });

  /** Writes a leave and hides what it covers, in the caller's transaction; false when it is there already. */
  async function hide(tx: Transaction, actor: Actor, leave: StoredLeave): Promise<CoveredSlot[] | null> {
    const now = clock.now();
    if (!(await insertLeave(tx, leave, { createdBy: actor.accountId, now }))) return null;
    const slots = await coveredSlots(tx, leave, now, true);
    const ids = slots.map(({ id }) => id);
    await tx.run(sql`update availability.slot set offered = false where id = any(${ids}) and offered`);
    await releaseHeld(tx, sql`s.slot_id = any(${ids})`);
    await journal(tx, actor, leave, 'declared', slots.length);
    await announceSlots(tx, ids);
    await announceAgenda(tx, leave);
    return slots;
  }

  return {
    hide,

    /**
     * Declares a leave, or says what it would do. What is booked stays: each appointment is cancelled by its own action.
     * @throws forbidden `opening-not-yours`; rule `leave-refused` naming every wrong field
     */
    async declare(actor: Actor, { from, to, preview, ...owner }: LeaveDeclaration): Promise<LeaveOutcome> {
      const territory = await territoryOf(deps, owner);
      await guardAgenda({ database, clock }, actor, { ...owner, territory });
      const { timeZone } = await territories.get(territory);
      const period = { ...owner, ...periodOf(from, to, timeZone, clock.now()) };
      if (preview) return outcome(null, period, await coveredSlots(db, period, clock.now(), false));
      const leave = { ...period, id: randomUUID(), territory, timeZone, by: actor.displayName };
      const slots = await db.transaction((tx) => hide(tx, actor, leave));
      return outcome(leave, period, slots ?? []);
    },

    /** A leave and the appointments it still touches. @throws not-found `leave-not-found`; forbidden `opening-not-yours` */
    async get(actor: Actor, id: string): Promise<LeaveOutcome> {
      const leave = await own(actor, id);
      return outcome(leave, leave, await coveredSlots(db, leave, clock.now(), false));
    },

    /** Removes a leave; gives how many slots are offered again. @throws as `get` */
    async remove(actor: Actor, id: string): Promise<number> {
      await own(actor, id);
      return db.transaction(async (tx) => {
        await tx.query(sql`select 1 from availability.leave where id = ${id} for update`);
        const leave = await leaveById(tx, id);
        if (!leave) return 0;
        const ids = await giveBack(tx, leave, clock.now());
        await journal(tx, actor, leave, 'removed', ids.length);
        await announceSlots(tx, ids);
        await announceAgenda(tx, leave);
        return ids.length;
      });
    },
  };
}

export type Leaves = ReturnType<typeof createLeaves>;

/** The instants of a leave; a time that the clocks jump over is the moment just after. @throws rule `leave-refused` */
function periodOf(from: string, to: string, timeZone: string, now: Temporal.Instant): { from: Temporal.Instant; to: Temporal.Instant } {
  const problems: FieldProblem[] = [];
  const read = (path: 'from' | 'to', text: string): Temporal.Instant | null => {
    try {
      return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toZonedDateTime(timeZone).toInstant();
    } catch {
      problems.push({ path, message: `« ${text} » n'est pas une date et une heure.` });
      return null;
    }
  };
  const [start, end] = [read('from', from), read('to', to)];
  if (start && end) {
    if (Temporal.Instant.compare(start, end) >= 0) problems.push({ path: 'to', message: 'La fin doit suivre le début.' });
    else if (Temporal.Instant.compare(end, now) <= 0) problems.push({ path: 'to', message: 'Cette période est déjà passée.' });
    else if (start.until(end).total('days') > LONGEST.days) problems.push({ path: 'to', message: 'Deux ans au plus : au-delà, supprimez les disponibilités.' });
  }
  if (!start || !end || problems.length > 0) {
    throw ruleBroken('leave-refused', `L'indisponibilité n'a pas été enregistrée. ${problems.map(({ message }) => message).join(' ')}`, problems);
  }
  return { from: start, to: end };
}
