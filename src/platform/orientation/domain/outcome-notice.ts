import type { OrientationStatus } from '../contract.ts';
import { awaited } from './outcome.ts';

/** What a receiver is told of one of his appointments. */
export type Notice = 'appointment-booked' | 'appointment-moved' | 'appointment-cancelled';

/** What he knows of it already. */
export interface Known {
  readonly told: 'booked' | 'cancelled';
  readonly start: Temporal.Instant;
}

/** Cancelled by somebody else than himself. */
const withdrawn: readonly OrientationStatus[] = ['ANNULE_SAS', 'ANNULE_PATIENT'];

/** True when a change to this status may have to be told to the receiver. */
export const concernsReceiver = (status: OrientationStatus): boolean => awaited.includes(status) || withdrawn.includes(status);

/**
 * What must be told to make what he knows true; null when he knows. The states are compared, not the changes: told late, an
 * appointment booked, moved then cancelled is told once, or not at all.
 */
export function noticeFor(known: Known | null, { status, start }: { status: OrientationStatus; start: Temporal.Instant | null }): Notice | null {
  if (start === null) return null;
  if (withdrawn.includes(status)) return known?.told === 'booked' ? 'appointment-cancelled' : null;
  if (!awaited.includes(status)) return null;
  if (known?.told !== 'booked') return 'appointment-booked';
  return known.start.equals(start) ? null : 'appointment-moved';
}
