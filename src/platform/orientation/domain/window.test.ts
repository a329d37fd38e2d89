import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchWindow } from './window.ts';

const now = Temporal.Instant.from('2026-03-28T22:30:00Z');
const at = (text: string) => Temporal.Instant.from(text);
const texts = (window: ReturnType<typeof searchWindow>) =>
  typeof window === 'string' ? window : [window.from.toString(), window.to.toString(), window.clamped];

test('[AGR-03] [RDV-05] a search looks at the next 48 hours unless asked otherwise', () => {
  expect(texts(searchWindow({}, now))).toEqual(['2026-03-28T22:30:00Z', '2026-03-30T22:30:00Z', false]);
  // Later: the end of the day after tomorrow in Paris, over the night summer time begins.
  expect(texts(searchWindow({ to: at('2026-03-30T21:59:59Z') }, now))).toEqual(['2026-03-28T22:30:00Z', '2026-03-30T21:59:59Z', false]);
  expect(texts(searchWindow({ from: at('2026-03-29T08:00:00Z') }, now))).toEqual(['2026-03-29T08:00:00Z', '2026-03-31T08:00:00Z', false]);
});

test('[AGR-03] the past is never searched, nor farther than 14 days', () => {
  expect(texts(searchWindow({ from: at('2026-03-01T00:00:00Z'), to: at('2026-03-29T00:00:00Z') }, now))).toEqual([
    '2026-03-28T22:30:00Z', '2026-03-29T00:00:00Z', true,
  ]);
  expect(searchWindow({ from: at('2026-03-01T00:00:00Z'), to: at('2026-03-02T00:00:00Z') }, now)).toBe('over');
  expect(searchWindow({ from: at('2026-03-30T00:00:00Z'), to: at('2026-03-29T00:00:00Z') }, now)).toBe('empty');
  expect(searchWindow({ to: now }, now)).toBe('over');
  expect(texts(searchWindow({ to: now.add({ hours: 14 * 24 }) }, now))).toContain('2026-04-11T22:30:00Z');
  expect(searchWindow({ to: now.add({ hours: 14 * 24, seconds: 1 }) }, now)).toBe('too-far');
  expect(searchWindow({ from: now.add({ hours: 13 * 24 }) }, now)).toBe('too-far');
});

test('[AGR-03] a window accepted lies between now and 14 days, and is not empty', () => {
  const instant = fc.option(fc.integer({ min: -400, max: 400 }).map((hours) => now.add({ hours })), { nil: undefined });
  fc.assert(
    fc.property(instant, instant, (from, to) => {
      const window = searchWindow({ from, to }, now);
      if (typeof window === 'string') return;
      expect(Temporal.Instant.compare(window.from, now)).toBeGreaterThanOrEqual(0);
      expect(Temporal.Instant.compare(window.to, window.from)).toBe(1);
      expect(Temporal.Instant.compare(window.to, now.add({ hours: 14 * 24 }))).toBeLessThanOrEqual(0);
      if (to) expect(window.to.equals(to)).toBe(true);
    }),
  );
});
