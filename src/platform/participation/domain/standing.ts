import type { Status, Via, WeekVerdict, YearVerdict } from '../contract.ts';
import { type Span, shownByWeek, shownTogether } from './shown-time.ts';
import { coverageOf, dutyOf, joined, WEEKLY_DUTY_MS, weekVerdict } from './weekly-rule.ts';
import type { IsoWeek } from './weeks.ts';
import { yearVerdict } from './year.ts';

/** A row of the history of participation. Bounds in epoch milliseconds; `end` infinite for the last. */
export interface DeclaredRow extends Span {
  readonly status: Status;
  readonly via: Via;
  readonly viaStructureId: string | null;
}

/** The statuses in which somebody takes part. */
export const COUNTING: readonly Status[] = ['DECLARE', 'EFFECTIF'];
export const counts = ({ status }: { readonly status: Status }): boolean => COUNTING.includes(status);

/** What a territory says for all: its launch, its tolerance, the weeks looked at and the present instant. */
export interface Frame {
  readonly year: number;
  readonly weeks: readonly IsoWeek[];
  /** Null: not launched (PART-08). */
  readonly launch: number | null;
  readonly tolerance: number;
  readonly now: number;
}

/** What is known of what somebody showed, week by week. */
export interface Shown {
  readonly shown: readonly number[];
  readonly due: readonly number[];
  readonly uploaded: readonly boolean[];
}

export interface Standing {
  readonly weeks: readonly WeekVerdict[];
  readonly verdict: YearVerdict;
}

/** What a doctor shows alone: his own agenda, two hours a week. */
export const ownShown = (spans: readonly Span[], uploaded: readonly boolean[], weeks: readonly IsoWeek[]): Shown => ({
  shown: shownByWeek(spans, weeks), due: weeks.map(() => WEEKLY_DUTY_MS), uploaded,
});

/** A doctor of an association or a centre: when he is counted in it, his full-time equivalent by day, his own uploads. */
export interface StructureDoctor {
  readonly within: readonly Span[];
  /** The latest first. */
  readonly etp: readonly { readonly from: string; readonly etp: number }[];
  readonly uploaded: readonly boolean[];
}

/** His full-time equivalent on a day: 1 unless it was declared. */
export const etpOn = (etp: StructureDoctor['etp'], day: string): number => etp.find(({ from }) => from <= day)?.etp ?? 1;

/**
 * What a structure shows for its doctors (R-J, R-K): the time of all its agendas together, against two hours for each
 * full-time equivalent. Who has his own slots shown by a vendor that week owes nothing more.
 */
export function structureShown(
  lanes: readonly (readonly Span[])[], doctors: readonly StructureDoctor[], uploaded: readonly boolean[], weeks: readonly IsoWeek[],
): Shown {
  const due = weeks.map((week, index) => {
    const there = doctors.filter(({ within }) => within.some((span) => span.start < week.end && span.end > week.start));
    return dutyOf(there.reduce((sum, doctor) => sum + (doctor.uploaded[index] ? 0 : etpOn(doctor.etp, week.monday)), 0));
  });
  const covered = weeks.map((week, index) =>
    uploaded[index]! || (due[index] === 0 && doctors.some((doctor) => doctor.uploaded[index] && doctor.within.some((span) => span.start < week.end && span.end > week.start))));
  return { shown: shownTogether(lanes, weeks), due, uploaded: covered };
}

/**
 * Where somebody stands in the year. Who takes part through SOS Médecins or with his centre stands with it that week; the
 * others on their own agenda.
 */
export function standingOf(rows: readonly DeclaredRow[], own: Shown, structures: ReadonlyMap<string, Shown>, frame: Frame): Standing {
  const { weeks, launch, now, year, tolerance } = frame;
  const counting = rows.filter(counts);
  const declared = joined(counting);
  const verdicts = weeks.map((week, index) => {
    const shared = structures.get(committedBy(counting, week) ?? '');
    const { shown, due, uploaded } = shared ?? own;
    return weekVerdict(week, { coverage: coverageOf(week, declared, launch), shown: shown[index]!, due: due[index]!, uploaded: uploaded[index]! }, now);
  });
  const end = weeks.at(-1)!.end;
  const judged = Math.min(now, end - 1);
  const verdict = yearVerdict(verdicts, {
    year, tolerance, over: now >= end, launched: launch !== null && launch <= judged,
    declared: declared.some((span) => span.start <= judged && span.end > judged),
  });
  return { weeks: verdicts, verdict };
}

/** The structure that shows in his place that week, by his last declaration in it. */
function committedBy(counting: readonly DeclaredRow[], week: IsoWeek): string | null {
  const last = counting.findLast((row) => row.start < week.end && row.end > week.start);
  return last && (last.via === 'sos' || last.via === 'cds') ? last.viaStructureId : null;
}

/** The weeks in which one of the instants falls. */
export const weeksOfInstants = (instants: readonly number[], weeks: readonly IsoWeek[]): boolean[] =>
  weeks.map((week) => instants.some((at) => at >= week.start && at < week.end));
