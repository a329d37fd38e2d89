/** An ISO week of a territory: from Monday at local midnight to the next, 167 to 169 hours. Bounds in epoch milliseconds. */
export interface IsoWeek {
  /** `2026-W53`: the ISO year, which may differ from the calendar's at both ends. */
  readonly key: string;
  /** `YYYY-MM-DD` */
  readonly monday: string;
  readonly start: number;
  readonly end: number;
}

const mondayOf = (date: Temporal.PlainDate): Temporal.PlainDate => date.subtract({ days: date.dayOfWeek - 1 });

/** Local midnight of that day, in epoch milliseconds. */
export const midnight = (date: Temporal.PlainDate, zone: string): number => date.toZonedDateTime(zone).epochMilliseconds;

function weekFrom(monday: Temporal.PlainDate, zone: string): IsoWeek {
  return {
    key: `${monday.yearOfWeek}-W${String(monday.weekOfYear).padStart(2, '0')}`,
    monday: monday.toString(),
    start: midnight(monday, zone),
    end: midnight(monday.add({ days: 7 }), zone),
  };
}

/** The 52 or 53 weeks of an ISO year, in order, without a gap. */
export function weeksOfYear(year: number, zone: string): IsoWeek[] {
  const first = mondayOf(Temporal.PlainDate.from({ year, month: 1, day: 4 }));
  const next = mondayOf(Temporal.PlainDate.from({ year: year + 1, month: 1, day: 4 }));
  const count = first.until(next, { largestUnit: 'day' }).days / 7;
  return Array.from({ length: count }, (_, index) => weekFrom(first.add({ days: 7 * index }), zone));
}

/** `count` weeks in a row; the first is `offset` weeks from the one of the instant. */
export function weeksAround(at: Temporal.Instant, zone: string, offset: number, count: number): IsoWeek[] {
  const monday = mondayOf(at.toZonedDateTimeISO(zone).toPlainDate());
  return Array.from({ length: count }, (_, index) => weekFrom(monday.add({ days: 7 * (offset + index) }), zone));
}

/** The ISO year of an instant, as the territory's calendar tells it. */
export const isoYearOf = (at: Temporal.Instant, zone: string): number => at.toZonedDateTimeISO(zone).yearOfWeek!;
