import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Adaptation, type CalendarRules, hoursKind, localHoursKind, type Period, periods } from './hours.ts';

const paris: CalendarRules = { timeZone: 'Europe/Paris', holidaySet: 'metropole' };
const zones: CalendarRules[] = [
  paris,
  { timeZone: 'Europe/Paris', holidaySet: 'alsace-moselle' },
  { timeZone: 'America/Guadeloupe', holidaySet: 'guadeloupe' },
  { timeZone: 'America/Martinique', holidaySet: 'martinique' },
  { timeZone: 'America/Cayenne', holidaySet: 'guyane' },
  { timeZone: 'Indian/Reunion', holidaySet: 'reunion' },
  { timeZone: 'Indian/Mayotte', holidaySet: 'mayotte' },
];
const at = (wallClock: string, { timeZone } = paris) => Temporal.PlainDateTime.from(wallClock).toZonedDateTime(timeZone).toInstant();

test.each([
  ['Saturday 11:59:59', '2026-01-17T11:59:59', 'SAS'],
  ['Saturday 12:00:00', '2026-01-17T12:00:00', 'PDSA'],
  ['Monday 07:59:59', '2026-01-12T07:59:59', 'PDSA'],
  ['Monday 08:00:00', '2026-01-12T08:00:00', 'SAS'],
  ['Tuesday 19:58', '2026-01-13T19:58:00', 'SAS'],
  ['Tuesday 20:03', '2026-01-13T20:03:00', 'PDSA'],
  ['Sunday 10:00', '2026-01-18T10:00:00', 'PDSA'],
  ['Tuesday 14 July 10:00', '2026-07-14T10:00:00', 'PDSA'],
  ['Monday 13 July 10:00', '2026-07-13T10:00:00', 'SAS'],
  ['Friday after Ascension 10:00', '2026-05-15T10:00:00', 'SAS'],
])('[PDSA-01] the regulatory calendar says %s is %s → %s', (_, wallClock, kind) => {
  expect(hoursKind(at(wallClock), paris)).toBe(kind);
});

test('[PDSA-08] Good Friday 2026 is a holiday in département 67 and an ordinary day in 86', () => {
  const morning = at('2026-04-03T10:00:00');
  expect(hoursKind(morning, { timeZone: 'Europe/Paris', holidaySet: 'alsace-moselle' })).toBe('PDSA');
  expect(hoursKind(morning, paris)).toBe('SAS');
});

test('[PDSA-08] 08:00 in Guadeloupe (UTC-4) is a SAS hour of its own clock', () => {
  const guadeloupe: CalendarRules = { timeZone: 'America/Guadeloupe', holidaySet: 'guadeloupe' };
  expect(hoursKind(Temporal.Instant.from('2026-01-13T12:00:00Z'), guadeloupe)).toBe('SAS');
  expect(hoursKind(Temporal.Instant.from('2026-01-13T11:59:59Z'), guadeloupe)).toBe('PDSA');
});

test.each([
  ['Monday 13 July, bridge before the holiday', '2026-07-13'],
  ['Friday 15 May, bridge after Ascension', '2026-05-15'],
])('[PDSA-02] %s: the local calendar is PDSA, the regulatory one stays SAS', (reason, day) => {
  const bridge: Adaptation = { from: at(`${day}T08:00:00`), to: at(`${day}T20:00:00`), kind: 'PDSA', reason };
  const morning = at(`${day}T10:00:00`);
  expect(hoursKind(morning, paris)).toBe('SAS');
  expect(localHoursKind(morning, paris, [bridge])).toBe('PDSA');
  const [night, bridged] = periods(at(`${day}T00:00:00`), at(`${day}T20:00:00`), paris, [bridge]);
  expect(night).toMatchObject({ regulatory: 'PDSA', local: 'PDSA', reason: 'nuit' });
  expect(bridged).toMatchObject({ regulatory: 'SAS', local: 'PDSA', reason });
});

test('[PDSA-02] of two adaptations that overlap, the later one holds', () => {
  const from = at('2026-01-13T08:00:00');
  const whole: Adaptation = { from, to: at('2026-01-13T20:00:00'), kind: 'PDSA', reason: 'whole day' };
  const afternoon: Adaptation = { from: at('2026-01-13T14:00:00'), to: at('2026-01-13T20:00:00'), kind: 'SAS', reason: 'afternoon' };
  expect(localHoursKind(at('2026-01-13T10:00:00'), paris, [afternoon, whole])).toBe('PDSA');
  expect(localHoursKind(at('2026-01-13T15:00:00'), paris, [afternoon, whole])).toBe('SAS');
});

const hours = ({ from, to }: Period) => from.until(to).total('hours');

test('[NFR-03] the night of 29 March 2026 lasts 11 hours and that of 25 October 13 hours', () => {
  const spring = periods(at('2026-03-28T20:00:00'), at('2026-03-29T08:00:00'), paris);
  expect(spring.reduce((sum, period) => sum + hours(period), 0)).toBe(11);
  const autumn = periods(at('2026-10-24T20:00:00'), at('2026-10-25T08:00:00'), paris);
  expect(autumn.reduce((sum, period) => sum + hours(period), 0)).toBe(13);
});

test('[NFR-03] the hour that does not exist on 29 March 2026 is in no period: 01:59:59 is followed by 03:00:00', () => {
  const before = Temporal.Instant.from('2026-03-29T00:59:59Z');
  expect(before.toZonedDateTimeISO('Europe/Paris').hour).toBe(1);
  expect(before.add({ seconds: 1 }).toZonedDateTimeISO('Europe/Paris').hour).toBe(3);
  expect(hoursKind(before.add({ seconds: 1 }), paris)).toBe('PDSA');
});

const instants = fc.integer({ min: Date.UTC(2019, 0), max: Date.UTC(2035, 0) }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const durations = fc.integer({ min: 1, max: 12 * 24 * 3600 }).map((seconds) => ({ seconds }));
const rules = fc.constantFrom(...zones);
const adaptationsAround = (start: Temporal.Instant) =>
  fc.array(
    fc.record({ offset: fc.integer({ min: -48, max: 240 }), length: fc.integer({ min: 1, max: 40 }), kind: fc.constantFrom('SAS' as const, 'PDSA' as const) }),
    { maxLength: 3 },
  ).map((list) => list.map(({ offset, length, kind }): Adaptation => ({
    from: start.add({ hours: offset }), to: start.add({ hours: offset + length }), kind, reason: 'adaptation',
  })));

test('[PDSA-01] [PDSA-02] [NFR-03] periods cover any span exactly, and every instant in one has its kinds', () => {
  const cases = fc.tuple(instants, durations, rules).chain(([from, duration, calendar]) =>
    fc.tuple(fc.constant({ from, to: from.add(duration), calendar }), adaptationsAround(from), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })));
  fc.assert(fc.property(cases, ([{ from, to, calendar }, adaptations, fraction]) => {
    const list = periods(from, to, calendar, adaptations);
    expect(list[0]!.from.equals(from)).toBe(true);
    expect(list.at(-1)!.to.equals(to)).toBe(true);
    for (const [index, period] of list.entries()) {
      expect(Temporal.Instant.compare(period.from, period.to)).toBe(-1);
      if (index > 0) expect(period.from.equals(list[index - 1]!.to)).toBe(true);
      const inside = period.from.add({ nanoseconds: Math.floor(fraction * period.from.until(period.to).total('nanoseconds')) });
      expect(hoursKind(inside, calendar)).toBe(period.regulatory);
      expect(localHoursKind(inside, calendar, adaptations)).toBe(period.local);
    }
  }), { numRuns: 300 });
});

test('[PDSA-01] [PDSA-08] by the wall clock of any zone: night, Saturday afternoon and Sunday are PDSA, the rest is SAS save holidays', () => {
  fc.assert(fc.property(instants, rules, (instant, calendar) => {
    const local = instant.toZonedDateTimeISO(calendar.timeZone);
    const ordinary = local.hour < 8 || local.hour >= 20 || local.dayOfWeek === 7 || (local.dayOfWeek === 6 && local.hour >= 12);
    const kind = hoursKind(instant, calendar);
    if (ordinary) expect(kind).toBe('PDSA');
    else if (kind === 'PDSA') expect(periods(instant, instant.add({ seconds: 1 }), calendar)[0]!.reason).toMatch(/^jour férié/);
  }));
});

test('[PDSA-01] an empty or reversed span has no period', () => {
  expect(periods(at('2026-01-13T10:00:00'), at('2026-01-13T10:00:00'), paris)).toEqual([]);
  expect(periods(at('2026-01-13T10:00:00'), at('2026-01-13T09:00:00'), paris)).toEqual([]);
});
