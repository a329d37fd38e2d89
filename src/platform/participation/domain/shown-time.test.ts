import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownByWeek, shownTogether, type Span } from './shown-time.ts';
import { weeksOfYear } from './weeks.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const zones = ['Europe/Paris', 'America/Cayenne', 'Indian/Reunion', 'America/Guadeloupe'] as const;

const zone = fc.constantFrom(...zones);
const year = fc.integer({ min: 2022, max: 2032 });
/** Spans of whole minutes around the year, from a minute to three days. */
const spansOf = (from: number, to: number) =>
  fc.array(
    fc.tuple(fc.integer({ min: from / MINUTE - 3_000, max: to / MINUTE + 3_000 }), fc.integer({ min: 1, max: 4_320 }))
      .map(([start, length]): Span => ({ start: start * MINUTE, end: (start + length) * MINUTE })),
    { maxLength: 60 },
  );
const yearAndSpans = fc.tuple(year, zone).chain(([of, at]) => {
  const weeks = weeksOfYear(of, at);
  return fc.record({ weeks: fc.constant(weeks), spans: spansOf(weeks[0]!.start, weeks.at(-1)!.end) });
});

test('[PART-10] never more than the week is shown in a week, nor more than the spans together', () => {
  fc.assert(fc.property(yearAndSpans, ({ weeks, spans }) => {
    const shown = shownByWeek(spans, weeks);
    shown.forEach((time, index) => expect(time).toBeLessThanOrEqual(weeks[index]!.end - weeks[index]!.start));
    expect(shown.reduce((sum, time) => sum + time, 0)).toBeLessThanOrEqual(spans.reduce((sum, { start, end }) => sum + end - start, 0));
    expect(Math.min(...shown)).toBeGreaterThanOrEqual(0);
  }));
});

test('[PART-10] a span cut in two, told twice, or told in another order changes nothing', () => {
  fc.assert(fc.property(yearAndSpans, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), ({ weeks, spans }, at, seed) => {
    const cut = spans.flatMap(({ start, end }) => {
      const middle = Math.round(start + (end - start) * at);
      return [{ start, end: middle }, { start: middle, end }, { start, end: middle }];
    });
    const shuffled = cut.map((span, index) => ({ span, key: Math.imul(index + 1, seed | 1) >>> 0 })).sort((a, b) => a.key - b.key).map(({ span }) => span);
    expect(shownByWeek(shuffled, weeks)).toEqual(shownByWeek(spans, weeks));
  }));
});

test('[PART-10] the same as counting minute by minute', () => {
  fc.assert(fc.property(zone, fc.array(fc.tuple(fc.integer({ min: -300, max: 21_000 }), fc.integer({ min: 1, max: 600 })), { maxLength: 8 }), (at, drawn) => {
    const weeks = weeksOfYear(2026, at).slice(0, 2);
    const origin = weeks[0]!.start;
    const spans = drawn.map(([start, length]) => ({ start: origin + start * MINUTE, end: origin + (start + length) * MINUTE }));
    const counted = weeks.map((week) => {
      let minutes = 0;
      for (let instant = week.start; instant < week.end; instant += MINUTE) if (spans.some(({ start, end }) => start <= instant && instant < end)) minutes++;
      return minutes * MINUTE;
    });
    expect(shownByWeek(spans, weeks)).toEqual(counted);
  }), { numRuns: 25 });
});

test('[STR-02] two doctors at the same hour show twice the time, one doctor in two places shows it once', () => {
  const weeks = weeksOfYear(2026, 'Europe/Paris').slice(2, 3);
  const nine = Temporal.Instant.from('2026-01-13T08:00:00Z').epochMilliseconds;
  const span = { start: nine, end: nine + HOUR };
  expect(shownTogether([[span], [span]], weeks)).toEqual([2 * HOUR]);
  expect(shownTogether([[span, span]], weeks)).toEqual([HOUR]);
});

test('[NFR-03] [PART-10] weeks begin at local midnight: 167 and 169 hours on the DST weeks, 168 overseas, 53 weeks in 2026', () => {
  const hours = (of: number, at: string) => weeksOfYear(of, at).map(({ start, end }) => (end - start) / HOUR);
  expect(weeksOfYear(2026, 'Europe/Paris')).toHaveLength(53);
  expect(weeksOfYear(2026, 'Europe/Paris').at(-1)).toMatchObject({ key: '2026-W53', monday: '2026-12-28' });
  expect(weeksOfYear(2027, 'Europe/Paris')[0]).toMatchObject({ key: '2027-W01', monday: '2027-01-04' });
  expect(new Set(hours(2026, 'Indian/Reunion'))).toEqual(new Set([168]));
  const paris = hours(2026, 'Europe/Paris');
  expect(paris.filter((length) => length === 167)).toHaveLength(1);
  expect(paris.filter((length) => length === 169)).toHaveLength(1);
  // Sunday evening in Paris is still Sunday in Guadeloupe, and already Monday in Réunion.
  const late = Temporal.Instant.from('2026-01-18T22:30:00Z').epochMilliseconds;
  const weekOf = (at: string) => weeksOfYear(2026, at).find(({ start, end }) => start <= late && late < end)!.key;
  expect([weekOf('America/Guadeloupe'), weekOf('Europe/Paris'), weekOf('Indian/Reunion')]).toEqual(['2026-W03', '2026-W03', '2026-W04']);
});

test('[PART-10] the weeks of years in a row follow each other without gap nor overlap', () => {
  fc.assert(fc.property(year, zone, (of, at) => {
    const weeks = [...weeksOfYear(of, at), ...weeksOfYear(of + 1, at)];
    weeks.slice(1).forEach((week, index) => expect(week.start).toBe(weeks[index]!.end));
    expect(new Set(weeks.map(({ key }) => key)).size).toBe(weeks.length);
  }));
});
