import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Callback, countWords, keyDeed, outcomes, partition } from './callbacks-model.ts';

const line = (more: Partial<Callback>): Callback => ({
  id: 'x', number: '0549000001', firstAt: '2026-01-13T08:00:00Z', lastAt: '2026-01-13T08:00:00Z', attempts: 0, callCount: 1, outcome: null, by: null, reason: 'abandon', dossierId: null, ...more,
});

describe('call-backs', () => {
  test('[TEL-11] broken calls first, then the oldest; the list loses and doubles nothing', () => {
    const lines = fc.array(fc.record({ minute: fc.integer({ min: 0, max: 59 }), broken: fc.boolean(), outcome: fc.constantFrom(null, ...outcomes.map(({ outcome }) => outcome)) }));
    fc.assert(fc.property(lines, (given) => {
      const all = given.map(({ minute, broken, outcome }, index) => line({ id: String(index), firstAt: `2026-01-13T08:${String(minute).padStart(2, '0')}:00Z`, reason: broken ? 'coupure' : 'abandon', outcome }));
      const { open, done } = partition(all);
      expect([...open, ...done].map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
      open.forEach((one, index) => {
        const next = open[index + 1];
        if (!next) return;
        expect(one.reason === 'abandon' && next.reason === 'coupure').toBe(false);
        if (one.reason === next.reason) expect(one.firstAt <= next.firstAt).toBe(true);
      });
    }));
  });

  test('[TEL-11, NFR-02] Enter rings back, a letter notes what came of it', () => {
    expect(keyDeed('Enter')).toEqual({ deed: 'call' });
    expect(keyDeed('i')).toEqual({ deed: 'note', outcome: 'unreachable' });
    expect(keyDeed('x')).toBeNull();
    expect([countWords({ callCount: 1, attempts: 0 }), countWords({ callCount: 3, attempts: 2 })]).toEqual(['1 appel', '3 appels, 2 essais']);
  });
});
