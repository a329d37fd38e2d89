import type { NotApplicable, WeekVerdict } from '../contract.ts';
import type { Span } from './shown-time.ts';
import type { IsoWeek } from './weeks.ts';

/** What a full-time doctor shows every week (R-D, R-J): two hours, one after the other or not. */
export const WEEKLY_DUTY_MS = 2 * 3_600_000;

/** What is owed in a week by so many full-time equivalents, to the minute. */
export const dutyOf = (etp: number): number => Math.round((etp * WEEKLY_DUTY_MS) / 60_000) * 60_000;

/** Spans that touch or overlap put together, in order. */
export function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && span.start <= last.end) result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else result.push(span);
  }
  return result;
}

/** Whether a week counts: wholly, for a part, or not at all and why. */
export type Coverage = 'whole' | 'part' | NotApplicable;

/**
 * @param declared when the participation counted, joined
 * @param launch when the SAS of the territory was launched; null: not yet (PART-08)
 */
export function coverageOf(week: IsoWeek, declared: readonly Span[], launch: number | null): Coverage {
  if (launch === null || week.end <= launch) return 'before-launch';
  const within = declared.find((span) => span.start < week.end && span.end > week.start);
  if (!within) return declared.some((span) => span.start < week.end) ? 'withdrawn' : 'before-declaration';
  return within.start <= week.start && within.end >= week.end && launch <= week.start ? 'whole' : 'part';
}

/** What is known of one week: what was shown and owed (milliseconds), and whether a vendor's slots were shown. */
export interface WeekFacts {
  readonly coverage: Coverage;
  readonly shown: number;
  readonly due: number;
  readonly uploaded: boolean;
}

/**
 * The verdict of a week (PART-10). Each week stands alone: what one has too much another does not get. A week that counts
 * for a part (declaration, launch) can be met, it is never held against anybody.
 */
export function weekVerdict(week: IsoWeek, { coverage, shown, due, uploaded }: WeekFacts, now: number): WeekVerdict {
  const told = { key: week.key, monday: week.monday, shownMinutes: minutes(shown), dueMinutes: minutes(due), uploaded, ongoing: week.start <= now && now < week.end };
  const notApplicable = (why: NotApplicable): WeekVerdict => ({ ...told, status: 'not-applicable', why, enough: false });
  if (coverage !== 'whole' && coverage !== 'part') return notApplicable(coverage);
  if (due === 0 && !uploaded) return notApplicable('nobody');
  const enough = uploaded || shown >= due;
  if (week.start > now) return { ...told, status: 'future', why: null, enough };
  if (enough) return { ...told, status: 'met', why: null, enough };
  return coverage === 'part' ? notApplicable('partial') : { ...told, status: 'missing', why: null, enough };
}

/** Whole minutes; a second missing is a minute missing. */
const minutes = (milliseconds: number): number => Math.floor(milliseconds / 60_000);
