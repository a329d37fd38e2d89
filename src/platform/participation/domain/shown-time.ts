import type { IsoWeek } from './weeks.ts';

/** A moment shown on an agenda, in epoch milliseconds. Numbers, because a territory's year holds millions of them. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * How long something was shown in each week (milliseconds): what overlaps counts once, what straddles two weeks counts in
 * each for its part. The order of the spans is indifferent; the weeks follow each other.
 */
export function shownByWeek(spans: readonly Span[], weeks: readonly IsoWeek[]): number[] {
  const shown = weeks.map(() => 0);
  let covered = Number.NEGATIVE_INFINITY;
  let at = 0;
  for (const { start, end } of inOrder(spans)) {
    let from = Math.max(start, covered);
    if (end <= from) continue;
    covered = end;
    while (at < weeks.length && weeks[at]!.end <= from) at++;
    for (let week = at; week < weeks.length && weeks[week]!.start < end; week++) {
      from = Math.max(from, weeks[week]!.start);
      shown[week]! += Math.min(end, weeks[week]!.end) - from;
      from = weeks[week]!.end;
    }
  }
  return shown;
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  for (let index = 1; index < spans.length; index++) {
    if (spans[index]!.start < spans[index - 1]!.start) return spans.toSorted((a, b) => a.start - b.start);
  }
  return spans;
}

/** The sum of several agendas, week by week: two doctors who receive at the same time show twice the time. */
export function shownTogether(lanes: readonly (readonly Span[])[], weeks: readonly IsoWeek[]): number[] {
  const total = weeks.map(() => 0);
  for (const lane of lanes) shownByWeek(lane, weeks).forEach((shown, week) => (total[week]! += shown));
  return total;
}
