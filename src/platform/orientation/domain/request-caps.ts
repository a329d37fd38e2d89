import type { OrientationStatus } from '../contract.ts';
import type { CapReached } from './request.ts';

/** How many patients en sus somebody accepts at most; null: no limit. */
export interface Caps {
  readonly halfDay: number | null;
  readonly week: number | null;
}

/** Accepted, by whatever became of it next except a cancellation: what caps and acts count. */
export const acceptedStatuses: readonly OrientationStatus[] = [
  'ACCEPTE', 'ACCEPTE_SANS_NOM', 'ACCEPTE_NOMME', 'PRIS', 'MODIFIE', 'HONORE', 'NON_HONORE', 'NON_RENSEIGNE',
];

/** From the first instant to the last, excluded. */
export interface Span {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

export type Half = 'am' | 'pm';
/** The half of the day in which a wall-clock time falls; the afternoon begins at one o'clock. */
export const halfOf = (time: Temporal.PlainTime): Half => (time.hour < 13 ? 'am' : 'pm');

/** The half-day of an appointment, on the wall clock of the territory. */
export function halfDayOf(at: Temporal.Instant, timeZone: string): Span {
  const local = at.toZonedDateTimeISO(timeZone);
  const morning = local.startOfDay();
  const noon = local.toPlainDate().toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from('13:00') });
  const next = morning.add({ days: 1 }).startOfDay();
  const [from, to] = halfOf(local.toPlainTime()) === 'am' ? [morning, noon] : [noon, next];
  return { from: from.toInstant(), to: to.toInstant() };
}

/** The ISO week (Monday to Sunday) of an appointment, on the wall clock of the territory. */
export function weekOf(at: Temporal.Instant, timeZone: string): Span {
  const local = at.toZonedDateTimeISO(timeZone);
  const monday = local.toPlainDate().subtract({ days: local.dayOfWeek - 1 });
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).toInstant();
  return { from: midnight(monday), to: midnight(monday.add({ days: 7 })) };
}

/** What was already accepted in the half-day and in the week of the appointment. */
export interface Accepted {
  readonly halfDay: number;
  readonly week: number;
}

/** The cap that one more appointment would break; null when there is room. */
export function capReached(caps: Caps, accepted: Accepted): CapReached | null {
  if (caps.halfDay !== null && accepted.halfDay >= caps.halfDay) return 'half-day';
  if (caps.week !== null && accepted.week >= caps.week) return 'week';
  return null;
}
