import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdRows } from './held-rows.ts';

const row = (id: string, updatedAt = '2026-11-21T08:00:00Z') => ({ id, updatedAt });
const rows = fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[a-h]$/), updatedAt: fc.constantFrom('2026-11-21T08:00:00Z', '2026-11-21T09:00:00Z') }), { selector: ({ id }) => id });

test('[DASH-01] whatever arrives, the rows on screen keep their place and none appears by itself', () => {
  fc.assert(
    fc.property(rows, rows, rows, (shown, latest, changed) => {
      const held = holdRows(shown, latest, new Map(changed.map((one) => [one.id, one])));
      expect(held.rows.map(({ id }) => id)).toEqual(shown.map(({ id }) => id));
      expect(held.fresh).toBe(latest.filter(({ id }) => !shown.some((one) => one.id === id)).length);
    }),
  );
});

test('[DASH-01] a row on screen is the newest of what is known of it', () => {
  const newer = row('a', '2026-11-21T09:00:00Z');
  const newest = row('a', '2026-11-21T10:00:00Z');
  expect(holdRows([row('a')], [newer], new Map()).rows).toEqual([newer]);
  expect(holdRows([row('a')], [newer], new Map([['a', newest]])).rows).toEqual([newest]);
  expect(holdRows([row('a')], [], new Map([['a', newer]])).rows).toEqual([newer]);
  expect(holdRows([newer], [], new Map()).rows).toEqual([newer]);
});
