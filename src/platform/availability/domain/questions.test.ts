import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Flow } from '../contract.ts';
import { isAssociation, maxIdsPerCall, questionsFor } from './questions.ts';

const window = { from: Temporal.Instant.from('2026-01-13T08:00:00Z'), to: Temporal.Instant.from('2026-01-15T08:00:00Z') };
const doctor = (n: number) => `8${String(10_000_000_000 + n)}`;
const association = (n: number) => `3${String(10_000_000_000_000 + n)}`;
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

test('[INT-02] P02: 60 professionals make three calls of at most 25', () => {
  expect(questionsFor(['ps'], numbers(60).map(doctor), window).map((question) => question.ids.length)).toEqual([25, 25, 10]);
});

test('[INT-02] P04: 15 associations make two calls of at most 10, through the sos flow only', () => {
  const questions = questionsFor(['ps', 'sos'], numbers(15).map(association), window);
  expect(questions.map(({ flow, ids }) => [flow, ids.length])).toEqual([['sos', 10], ['sos', 5]]);
});

test('[AGR-13] an editor with both individual and CPTS flows is asked once, with the CPTS included', () => {
  expect(questionsFor(['ps', 'cpts'], [doctor(1)], window).map((question) => question.flow)).toEqual(['cpts']);
});

test('[INT-02] the calls partition the askable ids exactly, whatever the ids and flows', () => {
  const id = fc.oneof(fc.nat(200).map(doctor), fc.nat(60).map(association), fc.nat(20).map((n) => `1${860_000_000 + n}`));
  const flows = fc.subarray<Flow>(['ps', 'cpts', 'sos'], { minLength: 1 });
  fc.assert(
    fc.property(flows, fc.array(id, { maxLength: 200 }), (some, ids) => {
      const questions = questionsFor(some, ids, window);
      const asked = questions.flatMap((question) => question.ids);
      expect(new Set(asked).size).toBe(asked.length);
      const individual = some.includes('ps') || some.includes('cpts');
      const expected = ids.filter((one) => (one.startsWith('8') && individual) || (one.startsWith('3') && some.includes('sos')));
      expect([...asked].sort()).toEqual([...new Set(expected)].sort());
      for (const question of questions) {
        expect(question.ids.length).toBeGreaterThan(0);
        expect(question.ids.length).toBeLessThanOrEqual(maxIdsPerCall[question.flow]);
        expect(some).toContain(question.flow);
        expect(question.ids.every((one) => isAssociation(one) === (question.flow === 'sos'))).toBe(true);
      }
    }),
  );
});
