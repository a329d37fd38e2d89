import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offeredMinutes } from './offered.ts';

const clock = (minutes: number) => Temporal.PlainTime.from('00:00').add({ minutes }).toString().slice(0, 5);

test('[AGR-08] what overlaps is counted once, whatever the order', () => {
  const hours = fc.record({ day: fc.constantFrom('2026-01-12', '2026-01-13'), from: fc.integer({ min: 0, max: 1_380 }), length: fc.integer({ min: 1, max: 59 }) });
  fc.assert(fc.property(fc.array(hours, { maxLength: 12 }), (list) => {
    const minutes = new Set(list.flatMap(({ day, from, length }) => Array.from({ length }, (_, index) => `${day}/${from + index}`)));
    expect(offeredMinutes(list.map(({ day, from, length }) => ({ day, starts: clock(from), ends: clock(from + length) })))).toBe(minutes.size);
  }));
});
