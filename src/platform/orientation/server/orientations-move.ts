import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { ruleBroken } from '../../../foundation/errors.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Modality, SlotView } from '../../availability/contract.ts';
import type { Availability, Seat } from '../../availability/server/index.ts';
import { isBeyond48h } from '../domain/booking.ts';
import { beyond48hWithoutReason } from './booking.ts';
import type { LabelReader, Labels } from './booking-labels.ts';
import { createSteps, type Effect, orientationNotFound } from './orientations-acts.ts';
import type { ActionBody } from './orientations-bodies.ts';
import { mayRead } from './orientations-parties.ts';
import { type OrientationRow, selectOrientations } from './orientations-store.ts';
import { possibleFor } from './orientations-view.ts';

export interface MoveDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly availability: Pick<Availability, 'takeSeat' | 'releaseSeat' | 'ownSlots'>;
}

/** How far ahead another slot is offered. */
const HORIZON = Temporal.Duration.from({ hours: 24 * 7 });
const OFFERED = 60;

const refused = (code: string, message: string) => ruleBroken(code, `${message} Rien n'a été modifié.`, [{ path: 'slotId', message }]);

/** The place taken is somewhere whose name memory does not hold: undone, the directory is asked, and all done again. */
class PlaceUnknown extends Error {
  readonly seat: Seat;

  constructor(seat: Seat) {
    super('place unknown');
    this.seat = seat;
  }
}

/** The appointment at its new time. @throws rule `slot-of-another`, `late-reason-missing` */
function moved(row: OrientationRow, seat: Seat, { placeLabel }: Labels, body: ActionBody, now: Temporal.Instant): OrientationRow {
  if (seat.nationalId !== row.nationalId || (row.nationalId === null && seat.structureId !== row.structureId)) {
    throw refused('slot-of-another', "Ce créneau n'est pas du même effecteur : annulez, puis orientez de nouveau.");
  }
  const beyond48h = isBeyond48h(seat.start, row.createdAt);
  const lateReason = body.lateReason ?? row.lateReason;
  if (beyond48h && !lateReason) throw beyond48hWithoutReason();
  const modality = row.modality && seat.modalities.includes(row.modality) ? row.modality : seat.modalities.length === 1 ? (seat.modalities[0] as Modality) : null;
  return {
    ...row, status: 'MODIFIE', slotId: seat.slotId, seatId: seat.seatId, placeId: seat.placeId, placeLabel, modality, start: seat.start, end: seat.end,
    beyond48h, lateReason: beyond48h ? lateReason : null, updatedAt: now,
  };
}

/**
 * Moves appointments of the platform's agenda to another free slot of the same effecteur: the place is taken and the former
 * one given back together, or neither.
 */
export function createMove(deps: MoveDependencies, labels: LabelReader) {
  const { database, clock, availability } = deps;
  const db = database.for('orientation');
  const step = createSteps(deps);

  const effectOf = (actor: Actor, slotId: string, body: ActionBody): Effect => async (tx, row) => {
    const now = clock.now();
    if (row.start && Temporal.Instant.compare(row.start, now) <= 0) throw refused('appointment-past', "L'heure de ce rendez-vous est passée : dites plutôt ce qu'il est devenu.");
    if (row.slotId === slotId) throw refused('slot-unchanged', 'Le rendez-vous est déjà sur ce créneau.');
    const seat = await availability.takeSeat(tx, { slotId, actor: actor.accountId, now });
    const place = labels.known(seat);
    if (!place) throw new PlaceUnknown(seat);
    if (row.seatId) await availability.releaseSeat(tx, row.seatId);
    const payload = { slotId: row.slotId, start: row.start?.toString() ?? null, movedTo: seat.start.toString() };
    return { after: moved(row, seat, place, body, now), payload };
  };

  return {
    /** @throws as every step; conflict `slot-taken`; rule `appointment-past`, `slot-unchanged`, `slot-of-another`, `late-reason-missing` */
    async move(actor: Actor, id: string, body: ActionBody): Promise<OrientationRow> {
      const effect = effectOf(actor, body.slotId!, body);
      try {
        return await step(actor, id, 'move', effect);
      } catch (error) {
        if (!(error instanceof PlaceUnknown)) throw error;
        await labels.of(error.seat);
        return step(actor, id, 'move', effect);
      }
    },

    /** The free slots to which the reader may move this appointment; none when he may not. @throws not-found */
    async freeSlots(actor: Actor, id: string): Promise<SlotView[]> {
      const [row] = await selectOrientations(db, sql`o.id = ${id}`);
      if (!row || !mayRead(actor, row)) throw orientationNotFound();
      if (!possibleFor(row, actor).includes('move')) return [];
      const now = clock.now();
      const { slots } = await availability.ownSlots({
        professionals: row.nationalId ? [row.nationalId] : [], structures: row.nationalId === null && row.structureId ? [row.structureId] : [],
        from: now, to: now.add(HORIZON),
      });
      return slots.map(({ slot }) => slot).filter(({ id: slotId }) => slotId !== row.slotId).slice(0, OFFERED);
    },
  };
}
