import type { OrientationStatus } from '../contract.ts';
import type { ReceivedAppointment } from './appointment.ts';

const TARGET = Temporal.Duration.from({ hours: 48 });
/** Beyond, an operator who left for a vendor's agenda has most likely given up. */
const AWAITED = Temporal.Duration.from({ hours: 2 });
/** A vendor may round a start; two slots of one doctor are farther apart. */
const TOLERANCE_MS = 5 * 60_000;

/** True when the appointment starts later than 48 hours after the regulation: it needs a reason (RDV-05). */
export const isBeyond48h = (start: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(start, now.add(TARGET)) > 0;

/** True for a booking begun at a vendor's of which nothing came back: shown as such, the operator may abandon it. */
export const isStale = (status: OrientationStatus, createdAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  status === 'RESERVATION' && Temporal.Instant.compare(createdAt.add(AWAITED), now) < 0;

/** A booking begun at a vendor's by the operator who is now said to have booked. */
export interface PendingReservation {
  readonly id: string;
  readonly nationalId: string | null;
  readonly start: Temporal.Instant | null;
  readonly createdAt: Temporal.Instant;
}

const apart = (one: Temporal.Instant, other: Temporal.Instant) => Math.abs(one.epochMilliseconds - other.epochMilliseconds);

/**
 * The click that an appointment comes from, among the pending ones of the same operator at the same vendor: same
 * professional and same start; else the latest one, for this professional, of the last two hours (the operator chose
 * another time in the vendor's agenda). A reservation without professional (SOS Médecins) fits any.
 */
export function matchReservation<R extends PendingReservation>(
  pending: readonly R[], appointment: Pick<ReceivedAppointment, 'start' | 'practitionerId'>, now: Temporal.Instant,
): R | null {
  const his = pending
    .filter(({ nationalId }) => nationalId === null || nationalId === appointment.practitionerId)
    .sort((a, b) => Temporal.Instant.compare(b.createdAt, a.createdAt));
  const sameStart = his
    .filter(({ start }) => start !== null && apart(start, appointment.start) <= TOLERANCE_MS)
    .sort((a, b) => apart(a.start!, appointment.start) - apart(b.start!, appointment.start));
  return sameStart[0] ?? his.find(({ createdAt }) => Temporal.Instant.compare(createdAt.add(AWAITED), now) >= 0) ?? null;
}
