import fc from 'fast-check';
import { expect, test } from 'vitest';
import { givenFrom, inAnHour, instantOf } from './given-time.ts';

const zones = fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Guadeloupe');
const minutes = fc.integer({ min: 0, max: 525_600 });

test('[SUR-03] the time proposed is in an hour, on the quarter, and comes back as it was given', () => {
  fc.assert(fc.property(minutes, zones, (minute, zone) => {
    const present = Temporal.Instant.from('2026-01-01T00:00:00Z').add({ minutes: minute });
    const wish = inAnHour(present, zone);
    const ahead = wish.epochMilliseconds - present.epochMilliseconds;
    expect(ahead).toBeGreaterThanOrEqual(3_600_000);
    expect(ahead).toBeLessThan(3_600_000 + 900_000);
    const local = wish.toZonedDateTimeISO(zone);
    // The hour that comes twice, one night a year, is read as its first coming.
    const again = instantOf(givenFrom(wish, present, zone), present, zone)!;
    expect(Temporal.Instant.from(again).toZonedDateTimeISO(zone).toPlainDateTime().equals(local.toPlainDateTime())).toBe(true);
  }));
  expect(instantOf({ day: 'today', time: 'midi' }, Temporal.Instant.from('2026-01-01T00:00:00Z'), 'Europe/Paris')).toBeNull();
});
