import type ICAL from 'ical.js';

/** A recurrence that is followed; `weekly` is set when it is one of plain weekdays. */
export interface RuleShape {
  readonly weekly: { readonly weekdays: readonly number[]; readonly everyWeeks: number } | null;
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const MONDAY = 2;

/**
 * The recurrences that are followed. The others are refused: some make the library's iterator turn for ever (seen:
 * `FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31`), and nobody keeps an agenda with them.
 */
export function shapeOf(rule: ICAL.Recur | null): RuleShape | null | 'refused' {
  if (!rule) return null;
  const { BYDAY: days = [], ...others } = rule.parts as Record<string, (string | number)[]>;
  const other = Object.keys(others);
  const interval = rule.interval;
  if (!Number.isInteger(interval) || interval < 1 || interval > 52) return 'refused';
  const plainDays = days.every((day) => WEEKDAYS.includes(String(day)));
  const weekdays = days.map((day) => WEEKDAYS.indexOf(String(day)) + 1);
  if (rule.freq === 'WEEKLY' && other.length === 0 && plainDays) {
    const startsOnMonday = interval === 1 || rule.wkst === MONDAY;
    return { weekly: startsOnMonday ? { weekdays, everyWeeks: interval } : null };
  }
  if (rule.freq === 'DAILY' && other.length === 0 && plainDays && (interval === 1 || days.length === 0)) {
    return { weekly: interval === 1 ? { weekdays: days.length > 0 ? weekdays : [1, 2, 3, 4, 5, 6, 7], everyWeeks: 1 } : null };
  }
  if (rule.freq === 'MONTHLY' && interval === 1 && other.every((part) => part === 'BYMONTHDAY') && (days.length === 0 || other.length === 0)) return { weekly: null };
  if (rule.freq === 'YEARLY' && days.length === 0 && other.length === 0) return { weekly: null };
  return 'refused';
}
