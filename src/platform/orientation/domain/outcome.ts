import type { OrientationStatus } from '../contract.ts';

/** Statuses of an appointment whose outcome nobody has told yet. */
export const awaited: readonly OrientationStatus[] = ['PRIS', 'MODIFIE'];
/** What an appointment becomes when nobody ever tells. */
export const UNTOLD: OrientationStatus = 'NON_RENSEIGNE';

/** Wall clock at which receivers are asked, the day after. */
const ASKED_AT = Temporal.PlainTime.from('08:00');

const dayOf = (instant: Temporal.Instant, timeZone: string): Temporal.PlainDate => instant.toZonedDateTimeISO(timeZone).toPlainDate();
const askingTime = (day: Temporal.PlainDate, timeZone: string): Temporal.Instant => day.toZonedDateTime({ timeZone, plainTime: ASKED_AT }).toInstant();
const startOf = (day: Temporal.PlainDate, timeZone: string): Temporal.Instant => day.toZonedDateTime(timeZone).toInstant();

/** When the receiver of an appointment is asked what became of it: on the local day after, at 08:00 there. */
export const askedAt = (start: Temporal.Instant, timeZone: string): Temporal.Instant => askingTime(dayOf(start, timeZone).add({ days: 1 }), timeZone);

/** The appointments that start before this instant are to be asked about now: exactly those whose `askedAt` has come. */
export function askedUpTo(now: Temporal.Instant, timeZone: string): Temporal.Instant {
  const today = dayOf(now, timeZone);
  const asking = Temporal.Instant.compare(now, askingTime(today, timeZone)) >= 0;
  return startOf(asking ? today : today.subtract({ days: 1 }), timeZone);
}

/** When an appointment that nobody told of is closed: at midnight there, `days` whole days after its own. */
export const closedAt = (start: Temporal.Instant, timeZone: string, days: number): Temporal.Instant =>
  startOf(dayOf(start, timeZone).add({ days: days + 1 }), timeZone);

/** The appointments that start before this instant are closed now: exactly those whose `closedAt` has come. */
export const closedUpTo = (now: Temporal.Instant, timeZone: string, days: number): Temporal.Instant =>
  startOf(dayOf(now, timeZone).subtract({ days }), timeZone);

/** Shown to people: one gesture tells, and may be taken back for so long. */
export const UNDO_SECONDS = 10;
/** The gesture may take that much longer to reach the server. */
const UNDO_GRACE_SECONDS = 5;

/** One step of an orientation's life, as its history keeps it. */
export interface Step {
  readonly at: Temporal.Instant;
  readonly actor: string;
  readonly event: string;
  readonly from: OrientationStatus | null;
}

/** The status that taking the last step back gives; null when it is no outcome told by this person, or too late. */
export function undone(last: Step, actor: string, now: Temporal.Instant): OrientationStatus | null {
  const told = last.event === 'honoured' || last.event === 'no-show';
  const until = last.at.add({ seconds: UNDO_SECONDS + UNDO_GRACE_SECONDS });
  return told && last.actor === actor && Temporal.Instant.compare(now, until) <= 0 ? last.from : null;
}
