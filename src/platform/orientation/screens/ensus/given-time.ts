import { formatTime, readHour } from '../../../../ui/time.ts';

/** A time of today or tomorrow, as people say it. */
export interface GivenTime {
  readonly day: 'today' | 'tomorrow';
  readonly time: string;
}

export const givenDays = [{ value: 'today', label: 'Aujourd’hui' }, { value: 'tomorrow', label: 'Demain' }] as const;

/** The day and hour of an instant, seen from now; later than tomorrow shows as tomorrow. */
export function givenFrom(at: Temporal.Instant, present: Temporal.Instant, zone: string): GivenTime {
  const today = at.toZonedDateTimeISO(zone).toPlainDate().equals(present.toZonedDateTimeISO(zone).toPlainDate());
  return { day: today ? 'today' : 'tomorrow', time: formatTime(at, zone) };
}

/** The next quarter of an hour, in an hour. */
export const inAnHour = (present: Temporal.Instant, zone: string): Temporal.Instant =>
  present.toZonedDateTimeISO(zone).add({ hours: 1 }).round({ smallestUnit: 'minute', roundingIncrement: 15, roundingMode: 'ceil' }).toInstant();

/** The instant given; null while the hour cannot be read. */
export function instantOf({ day, time }: GivenTime, present: Temporal.Instant, zone: string): string | null {
  const hour = readHour(time);
  const date = present.toZonedDateTimeISO(zone).toPlainDate().add({ days: day === 'today' ? 0 : 1 });
  return hour && date.toZonedDateTime({ timeZone: zone, plainTime: hour }).toInstant().toString();
}
