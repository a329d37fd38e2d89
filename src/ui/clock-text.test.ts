import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClock } from './clock-text.ts';

test('hours are read as people type them', () => {
  expect(['9', '9h', ' 9 h 30 ', '930', '0930', '9:30', '09.30', '23h59', '14'].map(readClock)).toEqual([
    '09:00', '09:00', '09:30', '09:30', '09:30', '09:30', '09:30', '23:59', '14:00',
  ]);
  expect(['', '24', '9:60', '9:3', 'midi', '93', '12345'].map(readClock)).toEqual([null, null, null, null, null, null, null]);
});

test('every hour of the day reads back as itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_439 }), (minutes) => {
      const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      expect(readClock(clock)).toBe(clock);
      expect(readClock(clock.replace(':', ''))).toBe(clock);
    }),
  );
});
