import { type HolidaySet, holidayName } from './holidays.ts';

export type HoursKind = 'SAS' | 'PDSA';

/** Where the wall clock and the public holidays of a territory come from. */
export interface CalendarRules {
  readonly timeZone: string;
  readonly holidaySet: HolidaySet;
}

/** A dated local adaptation (PDSA-02): "pont", other opening hours. It never changes the regulatory calendar. */
export interface Adaptation {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  readonly kind: HoursKind;
  readonly reason: string;
}

export interface Period {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  readonly regulatory: HoursKind;
  readonly local: HoursKind;
  readonly reason: string | null;
}

/** The wall-clock hours where the regulatory kind may change. */
const BOUNDARIES = ['00:00', '08:00', '12:00', '20:00'] as const;
const SATURDAY = 6;
const SUNDAY = 7;

/** Why the regulatory calendar says PDSA at that moment, or null in SAS hours. */
function pdsaReason(at: Temporal.ZonedDateTime, holidaySet: HolidaySet): string | null {
  const holiday = holidayName(at.toPlainDate(), holidaySet);
  if (holiday) return `jour férié : ${holiday}`;
  if (at.dayOfWeek === SUNDAY) return 'dimanche';
  if (at.hour < 8 || at.hour >= 20) return 'nuit';
  if (at.dayOfWeek === SATURDAY && at.hour >= 12) return 'samedi après-midi';
  return null;
}

/**
 * The regulatory calendar, the one indicators use (requirements 4.1): PDSA every day from 20:00 to 08:00, on Saturday from
 * 12:00, on Sundays and public holidays; SAS the rest.
 */
export function hoursKind(instant: Temporal.Instant, { timeZone, holidaySet }: CalendarRules): HoursKind {
  return pdsaReason(instant.toZonedDateTimeISO(timeZone), holidaySet) ? 'PDSA' : 'SAS';
}

/** The adaptation in force at that instant; when several overlap, the one that started last. */
function adaptationAt(instant: Temporal.Instant, adaptations: readonly Adaptation[]): Adaptation | null {
  let found: Adaptation | null = null;
  for (const adaptation of adaptations) {
    const inside = compare(adaptation.from, instant) <= 0 && compare(instant, adaptation.to) < 0;
    if (inside && (!found || compare(found.from, adaptation.from) <= 0)) found = adaptation;
  }
  return found;
}

/** The local calendar: the regulatory one as the territory adapted it. */
export function localHoursKind(instant: Temporal.Instant, rules: CalendarRules, adaptations: readonly Adaptation[]): HoursKind {
  return adaptationAt(instant, adaptations)?.kind ?? hoursKind(instant, rules);
}

const compare = Temporal.Instant.compare;

/**
 * Cuts `[from, to[` into consecutive periods where both calendars are constant; they cover it exactly, without overlap.
 * Lengths are true elapsed time, so that a DST night has 11 or 13 hours between 20:00 and 08:00.
 */
export function periods(
  from: Temporal.Instant,
  to: Temporal.Instant,
  rules: CalendarRules,
  adaptations: readonly Adaptation[] = [],
): Period[] {
  const result: Period[] = [];
  const cuts = cutsBetween(from, to, rules.timeZone, adaptations);
  for (const [index, start] of cuts.slice(0, -1).entries()) {
    const reason = pdsaReason(start.toZonedDateTimeISO(rules.timeZone), rules.holidaySet);
    const adaptation = adaptationAt(start, adaptations);
    const regulatory: HoursKind = reason ? 'PDSA' : 'SAS';
    const period = {
      from: start,
      to: cuts[index + 1]!,
      regulatory,
      local: adaptation?.kind ?? regulatory,
      reason: adaptation?.reason ?? reason,
    };
    const last = result.at(-1);
    if (last && last.regulatory === period.regulatory && last.local === period.local && last.reason === period.reason) {
      result[result.length - 1] = { ...last, to: period.to };
    } else {
      result.push(period);
    }
  }
  return result;
}

/** Both ends and every instant between them where a calendar may change, sorted, without double. */
function cutsBetween(from: Temporal.Instant, to: Temporal.Instant, timeZone: string, adaptations: readonly Adaptation[]) {
  if (compare(from, to) >= 0) return [];
  const cuts = new Map<bigint, Temporal.Instant>();
  const add = (instant: Temporal.Instant) => {
    if (compare(instant, from) >= 0 && compare(instant, to) <= 0) cuts.set(instant.epochNanoseconds, instant);
  };
  add(from);
  add(to);
  for (const adaptation of adaptations) {
    add(adaptation.from);
    add(adaptation.to);
  }
  const last = to.toZonedDateTimeISO(timeZone).toPlainDate();
  for (let day = from.toZonedDateTimeISO(timeZone).toPlainDate(); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    for (const plainTime of BOUNDARIES) add(day.toZonedDateTime({ timeZone, plainTime }).toInstant());
  }
  return [...cuts.values()].sort(compare);
}
