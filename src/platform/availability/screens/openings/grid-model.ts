import type { Opening } from './week.ts';

/** Hours shown when nothing is earlier or later, in minutes of the day. */
const USUAL = { first: 7 * 60, last: 20 * 60 };
/** What one step of the keyboard or one row is. */
export const STEP = 30;
/** What the mouse rounds to. */
export const SNAP = 15;

export interface Shown {
  readonly first: number;
  readonly last: number;
}

/** Where the keyboard is in the week: a day from 0 to 6, and the start of a row in minutes. */
export interface Cursor {
  readonly day: number;
  readonly minute: number;
}

/** A period of one day that is being chosen. */
export interface Chosen {
  readonly day: number;
  readonly from: number;
  readonly to: number;
}

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
export const clockOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The hours to draw: the usual ones, and whatever goes beyond. */
export function shownHours(openings: readonly Pick<Opening, 'starts' | 'ends'>[]): Shown {
  const first = Math.min(USUAL.first, ...openings.map(({ starts }) => Math.floor(minutesOf(starts) / 60) * 60));
  const last = Math.max(USUAL.last, ...openings.map(({ ends }) => Math.ceil(minutesOf(ends) / 60) * 60));
  return { first, last };
}

/** The rows of the grid, each by its first minute. */
export const rowsOf = ({ first, last }: Shown): number[] => Array.from({ length: (last - first) / STEP }, (_, index) => first + index * STEP);

const bounded = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** Where an arrow leads; it stops at the edges. */
export function moved(cursor: Cursor, key: string, { first, last }: Shown): Cursor {
  const by: Record<string, Partial<Cursor>> = {
    ArrowLeft: { day: cursor.day - 1 }, ArrowRight: { day: cursor.day + 1 }, ArrowUp: { minute: cursor.minute - STEP }, ArrowDown: { minute: cursor.minute + STEP },
    Home: { minute: first }, End: { minute: last - STEP }, PageUp: { minute: cursor.minute - 4 * STEP }, PageDown: { minute: cursor.minute + 4 * STEP },
  };
  const next = { ...cursor, ...by[key] };
  return { day: bounded(next.day, 0, 6), minute: bounded(next.minute, first, last - STEP) };
}

/** What is chosen between where one started and where one is, both rows included. */
export const between = (anchor: Cursor, cursor: Cursor): Chosen => ({
  day: cursor.day, from: Math.min(anchor.minute, cursor.minute), to: Math.max(anchor.minute, cursor.minute) + STEP,
});

/** The minute under the pointer, `share` being how far down the column it is, from 0 to 1. */
export const minuteAt = (share: number, { first, last }: Shown): number =>
  bounded(first + Math.round((share * (last - first)) / SNAP) * SNAP, first, last);

/** What a drag chooses: at least one row, whatever its direction. */
export function dragged(day: number, start: number, end: number): Chosen {
  const [from, to] = start <= end ? [start, end] : [end, start];
  return { day, from, to: to - from < SNAP ? from + STEP : to };
}

/** Availabilities of one day side by side where they overlap: the lane of each, and how many lanes there are beside it. */
export function lanesOf<O extends Pick<Opening, 'starts' | 'ends'>>(openings: readonly O[]): { opening: O; lane: number; lanes: number }[] {
  const sorted = openings.toSorted((a, b) => (a.starts === b.starts ? (a.ends < b.ends ? 1 : -1) : a.starts < b.starts ? -1 : 1));
  const placed: { opening: O; lane: number; lanes: number }[] = [];
  let cluster: { opening: O; lane: number; lanes: number }[] = [];
  let reached = '';
  const close = () => {
    const lanes = Math.max(0, ...cluster.map(({ lane }) => lane)) + 1;
    placed.push(...cluster.map((one) => ({ ...one, lanes })));
    cluster = [];
  };
  for (const opening of sorted) {
    if (cluster.length > 0 && opening.starts >= reached) close();
    const busy = new Set(cluster.filter(({ opening: other }) => other.ends > opening.starts).map(({ lane }) => lane));
    let lane = 0;
    while (busy.has(lane)) lane++;
    cluster.push({ opening, lane, lanes: 1 });
    reached = cluster.length === 1 || opening.ends > reached ? opening.ends : reached;
  }
  if (cluster.length > 0) close();
  return placed;
}

/** The availabilities under the cursor. */
export const under = (cursor: Cursor, openings: readonly Opening[]): Opening[] =>
  openings.filter(({ starts, ends }) => minutesOf(starts) < cursor.minute + STEP && minutesOf(ends) > cursor.minute);
