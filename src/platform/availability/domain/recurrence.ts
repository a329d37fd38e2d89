import { instantOf } from './opening.ts';

/** "Chaque lundi de 9 h à 12 h": a weekly rule on the wall clock of a zone. */
export interface WeeklyRule {
  /** ISO: 1 is Monday, 7 Sunday. */
  readonly weekdays: readonly number[];
  /** First day that counts, `YYYY-MM-DD`. */
  readonly firstDay: string;
  /** Last day, included; null: until further notice. */
  readonly lastDay: string | null;
  readonly everyWeeks: number;
  /** A day of the first week that counts: it stays when the series is cut in two. */
  readonly anchor: string;
  /** `HH:MM` */
  readonly starts: string;
  readonly ends: string;
  readonly timeZone: string;
  /** Cuts the period into slots of so many minutes; null: in one piece. */
  readonly slotMinutes: number | null;
  readonly skipHolidays: boolean;
}

/** What one day of a rule gives: the whole period, or each of the slots it is cut into. */
export interface Piece {
  readonly day: string;
  readonly starts: string;
  readonly ends: string;
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
}

/** What a rule should have given and does not, to be told to the person. */
export interface SkippedPiece {
  readonly day: string;
  readonly starts: string;
  readonly why: 'holiday' | 'clock-change';
}

/** Days, both ends included. */
export interface DayWindow {
  readonly from: string;
  readonly to: string;
}

/** What a rule meets beside its own words. */
export interface RuleContext {
  readonly isHoliday: (day: string) => boolean;
  /** What was removed by hand: `2026-01-13` the whole day, `2026-01-13T09:00` the piece that starts then. */
  readonly exceptions: ReadonlySet<string>;
  /** The instant of a wall-clock time, null when the clocks jump over it; `instantOf` unless somebody remembers its answers. */
  readonly instantOf?: typeof instantOf;
}

/** How far ahead a series is written. */
export const HORIZON_WEEKS = 8;

const mondayOf = (day: string): Temporal.PlainDate => {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 });
};

const laterOf = (one: string, other: string): string => (one > other ? one : other);
const earlierOf = (one: string, other: string): string => (one < other ? one : other);

/** The days of the rule within the window, in order; holidays and exceptions are not looked at. */
export function daysOf(rule: Pick<WeeklyRule, 'weekdays' | 'firstDay' | 'lastDay' | 'everyWeeks' | 'anchor'>, window: DayWindow): string[] {
  const from = laterOf(rule.firstDay, window.from);
  const to = rule.lastDay ? earlierOf(rule.lastDay, window.to) : window.to;
  if (from > to) return [];
  const weekdays = [...new Set(rule.weekdays)].sort((a, b) => a - b);
  const first = mondayOf(from);
  const weeksSinceAnchor = mondayOf(rule.anchor).until(first, { largestUnit: 'day' }).days / 7;
  const late = (((-weeksSinceAnchor % rule.everyWeeks) + rule.everyWeeks) % rule.everyWeeks);
  const days: string[] = [];
  for (let monday = first.add({ weeks: late }); monday.toString() <= to; monday = monday.add({ weeks: rule.everyWeeks })) {
    for (const weekday of weekdays) {
      const day = monday.add({ days: weekday - 1 }).toString();
      if (day >= from && day <= to) days.push(day);
    }
  }
  return days;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const clockTime = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The periods of a day, `HH:MM`: one, or the slots of so many minutes that fit in it, the rest being left. */
export function cut({ starts, ends, slotMinutes }: Pick<WeeklyRule, 'starts' | 'ends' | 'slotMinutes'>): { starts: string; ends: string }[] {
  if (slotMinutes === null) return [{ starts, ends }];
  const first = minutesOf(starts);
  const count = Math.floor((minutesOf(ends) - first) / slotMinutes);
  return Array.from({ length: Math.max(0, count) }, (_, index) => ({
    starts: clockTime(first + index * slotMinutes), ends: clockTime(first + (index + 1) * slotMinutes),
  }));
}

/**
 * What a rule gives within a window of days, and what it does not because of a public holiday or of the night when clocks go
 * forward. In the hour that comes twice it is the first passage. The same arguments always give the same answer.
 */
export function expand(rule: WeeklyRule, window: DayWindow, context: RuleContext): { pieces: Piece[]; skipped: SkippedPiece[] } {
  const toInstant = context.instantOf ?? instantOf;
  const pieces: Piece[] = [];
  const skipped: SkippedPiece[] = [];
  const periods = cut(rule);
  for (const day of daysOf(rule, window)) {
    if (context.exceptions.has(day)) continue;
    if (rule.skipHolidays && context.isHoliday(day)) {
      skipped.push({ day, starts: rule.starts, why: 'holiday' });
      continue;
    }
    for (const { starts, ends } of periods) {
      if (context.exceptions.has(`${day}T${starts}`)) continue;
      const start = toInstant(day, starts, rule.timeZone);
      const end = toInstant(day, ends, rule.timeZone);
      if (start && end) pieces.push({ day, starts, ends, start, end });
      else skipped.push({ day, starts, why: 'clock-change' });
    }
  }
  return { pieces, skipped };
}

/** A rule cut in two on a day: together they give what it gave. The first is null when nothing of the rule is before. */
export function splitAt<Rule extends WeeklyRule>(rule: Rule, day: string): { before: Rule | null; after: Rule } {
  const after = { ...rule, firstDay: laterOf(rule.firstDay, day) };
  if (day <= rule.firstDay) return { before: null, after };
  const eve = Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
  return { before: { ...rule, lastDay: rule.lastDay ? earlierOf(rule.lastDay, eve) : eve }, after };
}

/** An `instantOf` that remembers: rules share their days and hours. */
export function rememberInstants(): typeof instantOf {
  const known = new Map<string, Temporal.Instant | null>();
  return (day, time, timeZone) => {
    const key = `${timeZone} ${day} ${time}`;
    let instant = known.get(key);
    if (instant === undefined) {
      instant = instantOf(day, time, timeZone);
      known.set(key, instant);
    }
    return instant;
  };
}
