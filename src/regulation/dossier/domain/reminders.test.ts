import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMobile, reminderAt, tellableAt } from './reminders.ts';

const zones = ['Europe/Paris', 'Indian/Reunion', 'America/Martinique', 'Pacific/Noumea'];
const instants = fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2028, 0) }).map((at) => Temporal.Instant.fromEpochMilliseconds(at - (at % 60_000)));

test('[RDV-11] whatever the hour, the zone and the clock change, nobody is reminded by night nor later than asked', () => {
  fc.assert(fc.property(instants, fc.integer({ min: 1, max: 72 }), fc.constantFrom(...zones), (start, hours, zone) => {
    const at = reminderAt(start, hours, zone);
    const local = at.toZonedDateTimeISO(zone).toPlainTime();
    expect(Temporal.PlainTime.compare(local, '08:00')).toBeGreaterThanOrEqual(0);
    expect(Temporal.PlainTime.compare(local, '20:00')).toBeLessThanOrEqual(0);
    const early = start.since(at).total('hours') - hours;
    expect(early).toBeGreaterThanOrEqual(0);
    expect(early).toBeLessThanOrEqual(13);
  }));
});

test.each([
  ['Europe/Paris', '2026-01-14T10:30', '2026-01-13T16:30'], ['Europe/Paris', '2026-01-14T19:00', '2026-01-13T20:00'], ['Europe/Paris', '2026-01-14T14:30', '2026-01-13T20:00'],
  ['Europe/Paris', '2026-03-29T19:00', '2026-03-28T20:00'], ['Europe/Paris', '2026-10-25T12:00', '2026-10-24T19:00'],
])('[RDV-11] in %s, eighteen hours before %s is %s', (zone, start, expected) => {
  const at = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant();
  expect(reminderAt(at(start), 18, zone).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })).toBe(expected);
});

test('[INT-08] whatever the hour, the zone and the clock change, news are told by day, at once or the first morning', () => {
  fc.assert(fc.property(instants, fc.constantFrom(...zones), (now, zone) => {
    const at = tellableAt(now, zone);
    const local = at.toZonedDateTimeISO(zone);
    expect(local.hour >= 8 && local.hour < 20).toBe(true);
    const waited = at.since(now).total('hours');
    expect(waited).toBeGreaterThanOrEqual(0);
    expect(waited).toBeLessThanOrEqual(13);
    if (waited > 0) expect(local.toPlainTime().toString()).toBe('08:00:00');
  }));
});

test('[RDV-11] a mobile is known by its number', () => {
  expect(['0612345678', '+33 7 12 34 56 78', '0692 12 34 56', '+262692123456', '0033612345678'].filter((number) => !isMobile(number))).toEqual([]);
  expect([null, '', '0549000001', '+33549000001', '+262262123456', '3624', '+32470123456'].filter(isMobile)).toEqual([]);
});
