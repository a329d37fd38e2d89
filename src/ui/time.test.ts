import { expect, test } from 'vitest';
import { daysFrom, formatAge, formatCountdown, formatDay, formatDuration, formatLatency, formatMoment, formatTime, readHour } from './time.ts';

const paris = 'Europe/Paris';
const at = '2026-11-21T22:30:00Z';

test('[NFR-03] hours are those of the SAS, whatever the workstation', () => {
  expect(formatTime('2026-11-21T07:42:00Z', paris)).toBe('08:42');
  expect(formatTime('2026-11-21T07:42:00Z', 'Indian/Reunion')).toBe('11:42');
  expect(formatTime('2026-07-21T07:42:00Z', paris)).toBe('09:42');
});

test('[NFR-03] days are counted on the calendar of the SAS', () => {
  expect(daysFrom(at, '2026-11-21T22:59:00Z', paris)).toBe(0);
  expect(daysFrom(at, '2026-11-21T23:01:00Z', paris)).toBe(1);
  expect(daysFrom('2026-10-24T22:30:00Z', '2026-10-25T22:30:00Z', paris)).toBe(0);
});

test('days read as people say them', () => {
  expect(['2026-11-21T10:00:00Z', '2026-11-22T10:00:00Z', '2026-11-20T10:00:00Z', '2026-11-24T10:00:00Z', '2027-01-04T10:00:00Z'].map((day) => formatDay(day, paris, at))).toEqual([
    'aujourd’hui', 'demain', 'hier', 'mar. 24 nov.', 'lun. 4 janv. 2027',
  ]);
  expect(formatMoment('2026-11-22T07:42:00Z', paris, at)).toBe('demain 08:42');
});

test('an hour is read however it is typed, and never guessed', () => {
  expect(['14:30', '14h30', '1430', '9h', '9', ' 9:05 ', '0h00'].map((text) => readHour(text)?.toString())).toEqual(['14:30:00', '14:30:00', '14:30:00', '09:00:00', '09:00:00', '09:05:00', '00:00:00']);
  expect(['', '24:00', '12:60', 'midi', '123', '14:3'].map((text) => readHour(text)?.toString() ?? null)).toEqual([null, null, null, null, '01:23:00', null]);
});

test('ages, delays and countdowns are short', () => {
  expect(formatAge('2026-11-21T22:27:00Z', at)).toBe('3 min');
  expect([59_000, 60_000, 3_600_000, 7_500_000, 172_800_000].map(formatDuration)).toEqual(['moins d’une minute', '1 min', '1 h', '2 h 05', '2 j']);
  expect([210, 999, 2_140].map(formatLatency)).toEqual(['210 ms', '999 ms', '2,1 s']);
  expect([119_000, 60_000, 400, -5].map(formatCountdown)).toEqual(['1:59', '1:00', '0:01', '0:00']);
});
