import { expect, test } from 'vitest';
import { certificateAlert } from './certificate.ts';

test('[INT-11] the alert grows as the end of the certificate comes', () => {
  const now = Temporal.Instant.from('2026-01-13T08:00:00Z');
  const inDays = (days: number) => certificateAlert(now.add({ hours: 24 * days }), now);
  expect([90, 60, 16, 15, 1, 0, -1].map(inDays)).toEqual(['none', 'soon', 'soon', 'urgent', 'urgent', 'expired', 'expired']);
  expect(certificateAlert(null, now)).toBe('none');
});
