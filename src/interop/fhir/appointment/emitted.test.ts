import { describe, expect, test } from 'vitest';
import { fixturesDir } from '../../../../tests/support/fixtures.ts';
import { readAppointment } from './read-appointment.ts';
import { officialAppointment } from './testing.ts';
import { writeAppointment } from './write-appointment.ts';

const DATES = ['start', 'end', 'created'];

/** The same resource with its dates as instants: two offsets may write the same one. */
const comparable = (resource: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(resource).map(([key, value]) => [key, DATES.includes(key) ? Temporal.Instant.from(value as string).epochMilliseconds : value]));

describe.skipIf(!fixturesDir)('[INT-04] P20: what we answer', () => {
  test.each(['1', '2', '12345678'] as const)('the official appointment %s, read and written back, is element for element the official one', (id) => {
    const { text: _, ...official } = officialAppointment(fixturesDir!, id);
    const read = readAppointment(official);
    const written = writeAppointment(read, official.id);
    expect(comparable(written)).toEqual(comparable(official));
    expect(readAppointment(written)).toEqual(read);
  });
});
