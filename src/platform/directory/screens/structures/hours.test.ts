import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayProblem, hoursInWords, hoursOf, likeMonday, nextRange, weekOf, withDay } from './hours.ts';

const hour = fc.integer({ min: 0, max: 23 }).map((value) => `${String(value).padStart(2, '0')}:00`);
const hours = fc.uniqueArray(fc.record({ day: fc.integer({ min: 1, max: 7 }), from: hour, to: hour }), { selector: ({ day, from }) => `${day} ${from}` });

test('[ANN-11] hours by day give back the same hours', () => {
  const sorted = (list: readonly { day: number; from: string; to: string }[]) => [...list].sort((a, b) => a.day - b.day || (a.from < b.from ? -1 : 1));
  fc.assert(
    fc.property(hours, (given) => {
      expect(hoursOf(weekOf(given))).toEqual(sorted(given));
    }),
  );
});

test('[ANN-11] hours read as people say them', () => {
  const days = (from: number, to: number, range: { from: string; to: string }) => Array.from({ length: to - from + 1 }, (_, index) => ({ day: from + index, ...range }));
  expect(hoursInWords([...days(1, 5, { from: '08:00', to: '20:00' }), { day: 6, from: '08:00', to: '12:00' }])).toBe('lun. à ven. 08:00–20:00 ; sam. 08:00–12:00');
  expect(hoursInWords(days(1, 7, { from: '00:00', to: '23:59' }))).toBe('tous les jours 00:00–23:59');
  expect(hoursInWords([{ day: 3, from: '14:00', to: '18:00' }, { day: 3, from: '09:00', to: '12:00' }, ...days(6, 7, { from: '09:00', to: '12:00' })])).toBe('mer. 09:00–12:00 et 14:00–18:00 ; sam. et dim. 09:00–12:00');
  expect(hoursInWords([])).toBe('');
});

test('[ANN-11] a day that cannot be is said, and the next range never overlaps', () => {
  expect(dayProblem([{ from: '09:00', to: '09:00' }])).toBe('La fin doit suivre le début.');
  expect(dayProblem([{ from: '', to: '09:00' }])).toBe('Donnez le début et la fin.');
  expect(dayProblem([{ from: '14:00', to: '18:00' }, { from: '09:00', to: '15:00' }])).toBe('Ces plages se chevauchent.');
  expect(dayProblem([{ from: '09:00', to: '12:00' }, nextRange([{ from: '09:00', to: '12:00' }])])).toBeNull();
  const week = likeMonday(withDay(weekOf([]), 0, [nextRange([])]));
  expect(hoursInWords(hoursOf(week))).toBe('lun. à ven. 08:00–20:00');
});
