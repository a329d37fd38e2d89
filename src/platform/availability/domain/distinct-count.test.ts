import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptySketch, estimate, note, union } from './distinct-count.ts';

const hash = (n: number) => createHash('sha256').update(String(n)).digest();
const sketchOf = (from: number, to: number) => {
  const sketch = emptySketch();
  for (let n = from; n < to; n++) note(sketch, hash(n));
  return sketch;
};

test('[AGR-16] counts different slots within 10 %, however often each comes back', () => {
  for (const count of [0, 10, 1_000, 5_000, 50_000]) {
    const sketch = sketchOf(0, count);
    for (let n = 0; n < Math.min(count, 1_000); n++) expect(note(sketch, hash(n))).toBe(false);
    expect(Math.abs(estimate(sketch) - count)).toBeLessThanOrEqual(count * 0.1);
  }
});

test('[AGR-16] two processes together count what they both saw once', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.nat(500), (a, b, c) => {
      const [first, second, third] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
      expect(union(sketchOf(0, second), sketchOf(first, third))).toEqual(sketchOf(0, third));
    }),
    { numRuns: 20 },
  );
});
