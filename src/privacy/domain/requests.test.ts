import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categoryCodes } from './categories.ts';
import { noticeFor } from './notice.ts';
import { processings } from './register.ts';
import { dueAt } from './requests.ts';

test('[SEC-08] a request is due the same day and hour of the next month, or its last day', () => {
  const due = (at: string) => dueAt(Temporal.Instant.from(at)).toString();
  expect(due('2026-01-31T10:00:00Z')).toBe('2026-02-28T10:00:00Z');
  expect(due('2026-10-10T08:00:00Z')).toBe('2026-11-10T09:00:00Z');
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seconds) => {
    const at = Temporal.Instant.fromEpochMilliseconds(seconds * 1_000);
    const days = dueAt(at).since(at).total('hours') / 24;
    expect(days).toBeGreaterThan(27.9);
    expect(days).toBeLessThan(31.1);
  }));
});

test('[SEC-08] every category with a duration is in the register', () => {
  const registered = new Set(processings.flatMap(({ kept }) => kept));
  expect(categoryCodes.filter((code) => !registered.has(code))).toEqual([]);
});

test('[SEC-08] each role is told what concerns it, and nobody what does not', () => {
  const told = (role: string) => noticeFor([role]).map(({ what }) => what);
  expect(told('effecteur')).toContain('Les orientations que vous avez reçues, jamais le patient');
  expect(told('effecteur')).not.toContain('Vos recherches');
  expect(told('osnp')).toContain('Vos actes dans les dossiers et au téléphone');
  expect(told('ars')).toContain('Vos actes, dans le journal');
});
