import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byDay, daysOf, durationInWords, lookOf, mondayOf, takenInWords, weekInWords, type Opening } from './week.ts';

const date = fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true }).map((at) => Temporal.PlainDate.from(at.toISOString().slice(0, 10)));

test('a week starts on its Monday and holds its day, summer time or not', () => {
  fc.assert(
    fc.property(date, (day) => {
      const days = daysOf(mondayOf(day));
      expect(days.map(({ dayOfWeek }) => dayOfWeek)).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(days.filter((one) => one.equals(day))).toHaveLength(1);
    }),
  );
  expect(weekInWords(Temporal.PlainDate.from('2026-11-16'))).toBe('Semaine du 16 au 22 novembre');
  expect(weekInWords(Temporal.PlainDate.from('2026-10-26'))).toBe('Semaine du 26 octobre au 1er novembre');
});

test('openings stand under their day in their order', () => {
  const opening = (day: string, starts: string) => ({ day, starts, ends: '20:00' }) as Opening;
  const days = daysOf(Temporal.PlainDate.from('2026-11-16'));
  const shown = byDay(days, [opening('2026-11-17', '14:00'), opening('2026-11-17', '09:00'), opening('2026-11-25', '09:00')]);
  expect(shown.map(({ openings }) => openings.map(({ starts }) => starts))).toEqual([[], ['09:00', '14:00'], [], [], [], [], []]);
});

test('places taken, states and durations are said in words', () => {
  expect([[1, 0], [1, 1], [8, 0], [8, 3], [8, 8]].map(([capacity, taken]) => takenInWords({ capacity: capacity!, taken: taken! }))).toEqual([
    'libre', 'réservé', '8 places libres', '3 sur 8 réservées', 'complet, 8 patients',
  ]);
  const state = { taken: 0, onLeave: false, closed: false };
  expect([state, { ...state, taken: 1 }, { ...state, taken: 1, onLeave: true }, { ...state, closed: true }].map(lookOf)).toEqual(['free', 'booked', 'leave', 'closed']);
  expect([45, 120, 150, 65].map(durationInWords)).toEqual(['45 min', '2 h', '2 h 30', '1 h 05']);
});
