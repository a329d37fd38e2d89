import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isKnown, type Knowledge, learn, shouldAsk } from './knowledge.ts';

const start = Temporal.Instant.from('2026-01-13T08:00:00Z');
const after = (hours: number) => start.add({ milliseconds: Math.round(hours * 3_600_000) });
const ask = (knowledge: Knowledge | undefined, now: Temporal.Instant, knownElsewhere = false) =>
  shouldAsk('Agenda A', '810000000017', knowledge, { knownElsewhere, now });

test('[AGR-20] somebody never asked about is asked; a vendor that did not name him is left alone, then asked again', () => {
  expect(ask(undefined, start)).toBe(true);
  const missed = learn(undefined, false, start);
  expect(ask(missed, after(0.1))).toBe(false);
  expect(ask(missed, after(0.5))).toBe(true);
});

test('[AGR-20] asking again becomes rarer while nobody names him, up to about once a day', () => {
  let knowledge: Knowledge | undefined;
  for (let i = 0; i < 6; i++) knowledge = learn(knowledge, false, start);
  expect(ask(knowledge, after(17))).toBe(false);
  expect(ask(knowledge, after(31))).toBe(true);
});

test('[AGR-20] once another vendor knows him, the first waits a day at once', () => {
  const missed = learn(undefined, false, start);
  expect(ask(missed, after(2), true)).toBe(false);
  expect(ask(missed, after(31), true)).toBe(true);
});

test('[AGR-01] an empty answer does not unlearn: he may simply have nothing free today', () => {
  const seen = learn(undefined, true, start);
  const later = learn(seen, false, after(48));
  expect(later).toBe(seen);
  expect(ask(later, after(48))).toBe(true);
  expect(isKnown(seen, after(24 * 61))).toBe(false);
});

test('[AGR-20] what is known is written again at most once an hour', () => {
  const seen = learn(undefined, true, start);
  expect(learn(seen, true, after(0.9))).toBe(seen);
  expect(learn(seen, true, after(1.1))).toEqual({ askedAt: after(1.1), seenAt: after(1.1), misses: 0 });
});

test('[AGR-20] the moments of asking again are spread, and the same for the same ids', () => {
  const missed: Knowledge = { askedAt: start, seenAt: null, misses: 9 };
  const at = (hours: number) => fc.sample(fc.integer({ min: 0, max: 10 ** 6 }), { numRuns: 400, seed: 1 })
    .filter((n) => shouldAsk('Agenda A', `8${10 ** 10 + n}`, missed, { knownElsewhere: true, now: after(hours) })).length / 400;
  expect(at(17.9)).toBe(0);
  expect(at(24)).toBeGreaterThan(0.35);
  expect(at(24)).toBeLessThan(0.65);
  expect(at(24)).toBe(at(24));
  expect(at(30.1)).toBe(1);
});

test('[AGR-20] whatever the history, somebody is asked about again within 30 hours', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 100 })), { minLength: 1, maxLength: 30 }), fc.boolean(), (answers, elsewhere) => {
      let hours = 0;
      let knowledge: Knowledge | undefined;
      for (const [named, wait] of answers) {
        hours += wait;
        knowledge = learn(knowledge, named, after(hours));
      }
      expect(ask(knowledge, after(hours + 30), elsewhere)).toBe(true);
    }),
  );
});
