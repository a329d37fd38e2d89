import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draw, sha256 } from './ranking-draw.ts';

const hex = (words: Int32Array) => [...words].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');

test('[RDV-07] the hash is SHA-256, whatever the text and its length', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 80 })), (text) => {
      expect(hex(sha256(text))).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
    }),
    { numRuns: 500 },
  );
});

test('[RDV-07] the draw is the first 52 bits of SHA-256(seed, line feed, key), as anybody can compute it', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (seed, key) => {
      const digest = createHash('sha256').update(`${seed}\n${key}`, 'utf8').digest('hex');
      expect(draw(seed, key)).toBe(Number.parseInt(digest.slice(0, 13), 16));
    }),
  );
});
