import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf, occurrenceOf } from './opening.ts';

const now = Temporal.Instant.from('2026-01-01T00:00:00Z');
const period = { kind: 'single' as const, capacity: 1, timeZone: 'Europe/Paris' };
const pathsOf = (verdict: ReturnType<typeof occurrenceOf>) => ('problems' in verdict ? verdict.problems.map((problem) => problem.path) : []);

/** Every zone of a French territory; only Paris and Miquelon change their clocks. */
const zones = [
  'Europe/Paris', 'America/Guadeloupe', 'America/Martinique', 'America/Cayenne', 'Indian/Reunion', 'Indian/Mayotte',
  'America/Miquelon', 'Pacific/Noumea', 'Pacific/Tahiti', 'Pacific/Wallis',
];
const timeZone = fc.constantFrom(...zones);
const changeDays = ['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01'];
const day = fc.oneof(
  fc.constantFrom(...changeDays),
  fc.integer({ min: 0, max: 3_000 }).map((days) => Temporal.PlainDate.from('2024-01-01').add({ days }).toString()),
);
const time = fc.integer({ min: 0, max: 1_439 }).map((minutes) => Temporal.PlainTime.from('00:00').add({ minutes }).toString().slice(0, 5));

test('[NFR-03] the instant of a wall-clock time shows that time again, on any day of any French zone', () => {
  fc.assert(fc.property(timeZone, day, time, (zone, date, clock) => {
    const instant = instantOf(date, clock, zone);
    const wall = Temporal.PlainDateTime.from(`${date}T${clock}`);
    if (instant) expect(instant.toZonedDateTimeISO(zone).toPlainDateTime().equals(wall)).toBe(true);
    // Refused exactly when the clocks jump over it: no instant shows it.
    else expect(() => wall.toZonedDateTime(zone, { disambiguation: 'reject' })).toThrow();
  }));
});

test('[NFR-03] two times of a day keep their order as instants, also in the hour that comes twice', () => {
  fc.assert(fc.property(timeZone, day, time, time, (zone, date, one, other) => {
    const [first, second] = [instantOf(date, one, zone), instantOf(date, other, zone)];
    if (first && second) expect(Math.sign(Temporal.Instant.compare(first, second))).toBe(Math.sign(one < other ? -1 : one > other ? 1 : 0));
  }));
});

test('[NFR-03] a time that the spring night skips is refused; in the autumn night it is the first passage', () => {
  expect(pathsOf(occurrenceOf({ ...period, day: '2026-03-29', starts: '02:30', ends: '03:30' }, now))).toEqual(['starts']);
  expect(pathsOf(occurrenceOf({ ...period, day: '2026-03-29', starts: '01:30', ends: '02:15' }, now))).toEqual(['ends']);
  expect(instantOf('2026-10-25', '02:30', 'Europe/Paris')?.toString()).toBe('2026-10-25T00:30:00Z');
  expect(occurrenceOf({ ...period, kind: 'range', capacity: 4, day: '2026-10-25', starts: '01:00', ends: '04:00' }, now)).toMatchObject({
    occurrence: { start: Temporal.Instant.from('2026-10-24T23:00:00Z'), end: Temporal.Instant.from('2026-10-25T03:00:00Z') },
  });
});

test('[NFR-03] overseas, the same wall clock is another instant', () => {
  expect(instantOf('2026-07-01', '09:00', 'Indian/Reunion')?.toString()).toBe('2026-07-01T05:00:00Z');
  expect(instantOf('2026-07-01', '09:00', 'America/Guadeloupe')?.toString()).toBe('2026-07-01T13:00:00Z');
  expect(instantOf('2026-03-08', '02:30', 'America/Miquelon')).toBeNull();
});

test('[AGR-06] an opening in the past, backwards, or a single slot for several is refused with every reason', () => {
  expect(pathsOf(occurrenceOf({ ...period, day: '2025-12-31', starts: '10:00', ends: '09:00', capacity: 3 }, now))).toEqual(['ends', 'starts', 'capacity']);
  expect(pathsOf(occurrenceOf({ ...period, day: '2026-02-01', starts: '10:00', ends: '10:00' }, now))).toEqual(['ends']);
  expect(pathsOf(occurrenceOf({ ...period, day: '2026-02-01', starts: '10:00', ends: '10:20' }, now))).toEqual([]);
});
