/** Hours of a day, `HH:MM`. */
interface DayHours {
  readonly day: string;
  readonly starts: string;
  readonly ends: string;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Minutes offered: what overlaps (with and without appointment, at home) counts once. */
export function offeredMinutes(openings: readonly DayHours[]): number {
  let total = 0;
  for (const hours of Map.groupBy(openings, ({ day }) => day).values()) {
    let reached = 0;
    for (const { starts, ends } of hours.toSorted((a, b) => (a.starts < b.starts ? -1 : a.starts > b.starts ? 1 : 0))) {
      const from = Math.max(minutesOf(starts), reached);
      reached = Math.max(reached, minutesOf(ends));
      total += Math.max(0, reached - from);
    }
  }
  return total;
}
