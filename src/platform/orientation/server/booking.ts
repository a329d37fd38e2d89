import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { AppError, invalid, ruleBroken } from '../../../foundation/errors.ts';
import type { Metrics } from '../../../foundation/metrics.ts';
import { type Actor, type Role, searchRoles } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Availability } from '../../availability/server/index.ts';
import { isBeyond48h } from '../domain/booking.ts';
import type { LabelReader, Labels, Subject } from './booking-labels.ts';
import type { BookingPlan, RequestPlan, SeatPlan } from './booking-plan.ts';
import type { CreateOrientation } from './orientations-bodies.ts';
import { recordChange } from './orientations-record.ts';
import { findRepeated, insertOrientation, type OrientationRow } from './orientations-store.ts';

/** Records the choice in its search and tells whether a level of the charter was passed over. */
export type Chosen = (
  tx: Transaction,
  choice: { searchId: string; nationalId: string | null; structureId: string | null; placeId: string | null; at: Temporal.Instant },
) => Promise<{ level: number | null; distanceM: number | null; skipped: boolean }>;

/** Adds `origin` to a vendor's booking address; null when the address cannot be followed. */
export type BookingUrl = (url: string, origin: string) => string | null;

export interface BookingDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly availability: Pick<Availability, 'takeSeat' | 'openSealedSlot'>;
  readonly territories: Pick<Territories, 'ofCommune'>;
  readonly chosen: Chosen;
  readonly bookingUrl: BookingUrl;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** One text for one meaning: the order of the fields does not count. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inside: unknown) =>
    typeof inside === 'object' && inside !== null && !Array.isArray(inside)
      ? Object.fromEntries(Object.entries(inside).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inside);

/** @throws invalid `idempotency-key-missing` */
export function requireIdempotencyKey(header: unknown): string {
  if (typeof header === 'string' && header.length > 0 && header.length <= 255) return header;
  throw invalid(
    'idempotency-key-missing',
    "L'en-tête Idempotency-Key manque ou dépasse 255 caractères : il évite de réserver deux fois quand une demande est répétée. Rien n'a été réservé.",
    [{ path: 'Idempotency-Key', message: 'en-tête obligatoire, 1 à 255 caractères' }],
  );
}

export const roleOf = (actor: Actor): Role => actor.roles.find((role) => (searchRoles as readonly Role[]).includes(role)) ?? actor.roles[0] ?? 'osnp';

/** The place taken is somebody's whom memory does not hold: the transaction is undone, the directory asked, and all done again. */
class LabelsNeeded extends Error {
  readonly subject: Subject;

  constructor(subject: Subject) {
    super('labels needed');
    this.subject = subject;
  }
}

type Plan = (actor: Actor, body: CreateOrientation, now: Temporal.Instant) => Promise<BookingPlan | SeatPlan | RequestPlan>;

interface Request {
  readonly actor: Actor;
  readonly body: CreateOrientation;
  readonly keyHash: string;
  readonly hash: Buffer;
}

/** Makes orientations: one per person and idempotency key, whatever is repeated or raced. */
export function createBooking(deps: BookingDependencies, plan: Plan, labels: LabelReader) {
  const { database, clock, metrics, availability, chosen } = deps;
  const db = database.for('orientation');

  async function take(tx: Transaction, planned: BookingPlan | SeatPlan | RequestPlan, { actor, body }: Request, now: Temporal.Instant, given: Labels | null) {
    if ('opening' in planned) {
      const { opening, ...what } = planned;
      return { what, seatId: null, opening };
    }
    if (!('of' in planned)) return { what: planned, seatId: null, opening: null };
    const seat = await availability.takeSeat(tx, { slotId: planned.slotId, holdId: body.holdId, actor: actor.accountId, now });
    const who = given ?? labels.known(seat);
    if (!who) throw new LabelsNeeded(seat);
    return { what: planned.of(seat, who), seatId: seat.seatId, opening: null };
  }

  async function attempt(request: Request, given: Labels | null = null): Promise<OrientationRow> {
    const { actor, body, keyHash, hash } = request;
    const now = clock.now();
    const planned = await plan(actor, body, now);
    return db.transaction(async (tx) => {
      const { what, seatId, opening } = await take(tx, planned, request, now, given);
      const beyond48h = what.start !== null && isBeyond48h(what.start, now);
      if (beyond48h && !body.lateReason) throw beyond48hWithoutReason();
      const choice = body.searchId ? await chosen(tx, { ...receiverOf(what), searchId: body.searchId, at: now }) : null;
      if (choice?.skipped && !body.skipReason) throw levelSkipped();
      const skipped = choice?.skipped || (opening !== null && body.skipReason !== undefined);
      const row: OrientationRow = {
        ...what, id: randomUUID(), searchId: body.searchId ?? null, requestId: opening?.requestId ?? null, actor: actor.accountId, actorRole: roleOf(actor), seatId,
        appointmentKey: null, createdAt: now, bookedAt: what.status === 'PRIS' ? now : null, updatedAt: now,
        lateReason: beyond48h ? (body.lateReason ?? null) : null, beyond48h, skipReason: skipped ? (body.skipReason ?? null) : null,
        charterLevel: choice?.level ?? null, distanceM: choice?.distanceM ?? null, lrmReference: body.lrmReference ?? null,
        requestHash: hash, flags: [],
      };
      const event = { at: now, actor: actor.accountId, event: 'created', from: null, to: row.status };
      await opening?.write(tx, row);
      insertOrientation(tx, row, keyHash, event);
      await recordChange(tx, row, event, row.actorRole);
      return row;
    });
  }

  async function make(request: Request): Promise<OrientationRow> {
    try {
      return await attempt(request);
    } catch (error) {
      if (!(error instanceof LabelsNeeded)) throw error;
      return attempt(request, await labels.of(error.subject));
    }
  }

  return {
    /**
     * Books, asks or starts what the body says. The same key with the same body gives the same orientation.
     * @throws conflict `slot-taken`; rule `idempotency-key-reused`, `late-reason-missing`, `charter-level-skipped`, `slot-past`…
     */
    async create(actor: Actor, body: CreateOrientation, key: string): Promise<OrientationRow> {
      const keyHash = sha256(key).toString('hex');
      const hash = sha256(canonical(body));
      const kind = body.enSus ? 'surnumeraire' : 'slot';
      try {
        const row = await make({ actor, body, keyHash, hash });
        metrics.bookings.inc({ kind: row.kind, outcome: 'created' });
        return row;
      } catch (error) {
        // The first answer wins over whatever would refuse its repetition now: the slot it took, the time that passed.
        const first = await findRepeated(db, actor.accountId, keyHash);
        if (!first) {
          metrics.bookings.inc({ kind, outcome: error instanceof AppError ? error.code : 'error' });
          throw error;
        }
        if (!first.requestHash.equals(hash)) throw keyReused();
        return first;
      }
    },
  };
}

const receiverOf = ({ nationalId, structureId, placeId }: BookingPlan): Subject => ({ nationalId, structureId, placeId });

const keyReused = () =>
  ruleBroken('idempotency-key-reused', "Cette clé d'idempotence a déjà servi pour une autre demande. Rien n'a été réservé ; utilisez une nouvelle clé.", [
    { path: 'Idempotency-Key', message: 'déjà utilisée avec un autre contenu' },
  ]);

/** An appointment later than 48 hours after its regulation says why (RDV-05). */
export const beyond48hWithoutReason = () =>
  ruleBroken('late-reason-missing', "Ce créneau est à plus de 48 heures : indiquez pourquoi. Rien n'a été réservé.", [
    { path: 'lateReason', message: 'motif obligatoire au-delà de 48 heures' },
  ]);

const levelSkipped = () =>
  ruleBroken(
    'charter-level-skipped',
    "Un niveau plus proche de la charte d'adressage a encore des créneaux : indiquez pourquoi vous le passez. Rien n'a été réservé.",
    [{ path: 'skipReason', message: 'motif obligatoire pour passer un niveau de la charte' }],
  );

export type Booking = ReturnType<typeof createBooking>;
