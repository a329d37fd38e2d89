import fc from 'fast-check';
import { expect, test } from 'vitest';
import { between, clockOf, dragged, lanesOf, minuteAt, minutesOf, moved, rowsOf, shownHours, STEP } from './grid-model.ts';

const shown = { first: 420, last: 1_200 };
const hours = fc.record({ from: fc.integer({ min: 0, max: 1_380 }), length: fc.integer({ min: 5, max: 300 }) })
  .map(({ from, length }) => ({ starts: clockOf(from), ends: clockOf(Math.min(1_439, from + length)) }));
const overlap = (one: { starts: string; ends: string }, other: { starts: string; ends: string }) => one.starts < other.ends && other.starts < one.ends;

test('[AGR-08] availabilities that overlap stand side by side, none over another', () => {
  fc.assert(fc.property(fc.array(hours, { maxLength: 15 }), (openings) => {
    const placed = lanesOf(openings);
    expect(placed).toHaveLength(openings.length);
    for (const [index, one] of placed.entries()) {
      expect(one.lane).toBeLessThan(one.lanes);
      for (const other of placed.slice(index + 1)) if (overlap(one.opening, other.opening)) expect([one.lane === other.lane, one.lanes]).toEqual([false, other.lanes]);
    }
  }));
});

test('[AGR-02] the keyboard stays in the grid, and Shift with an arrow chooses every row on its way', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'), { maxLength: 40 }), (keys) => {
    const start = { day: 2, minute: 540 };
    const end = keys.reduce((cursor, key) => moved(cursor, key, shown), start);
    expect(rowsOf(shown)).toContain(end.minute);
    expect(end.day >= 0 && end.day <= 6).toBe(true);
    const chosen = between(start, end);
    expect([chosen.from, chosen.to - STEP].sort((a, b) => a - b)).toEqual([start.minute, end.minute].sort((a, b) => a - b));
  }));
});

test('[AGR-02] the mouse rounds to the quarter of an hour, upwards or downwards, one row at least', () => {
  expect(minuteAt(0, shown)).toBe(420);
  expect(minuteAt(1, shown)).toBe(1_200);
  expect(clockOf(minuteAt(0.245, shown))).toBe('10:15');
  expect(dragged(1, 600, 540)).toEqual({ day: 1, from: 540, to: 600 });
  expect(dragged(1, 600, 600)).toEqual({ day: 1, from: 600, to: 630 });
});

test('the hours shown hold every availability', () => {
  fc.assert(fc.property(fc.array(hours), (openings) => {
    const { first, last } = shownHours(openings);
    expect(openings.every(({ starts, ends }) => first <= minutesOf(starts) && minutesOf(ends) <= last)).toBe(true);
    expect([first % 60, last % 60]).toEqual([0, 0]);
  }));
});
