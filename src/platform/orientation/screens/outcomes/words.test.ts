import { expect, test } from 'vitest';
import { neighbour, tellingOf, tierInWords, weekInWords } from './words.ts';

const at = Temporal.Instant.from('2026-01-13T12:00:00Z');
const past: Parameters<typeof tellingOf>[0] = { kind: 'slot', status: 'PRIS', start: '2026-01-13T09:00:00Z', possible: ['honoured', 'no-show'] };

test('[RDV-10] the outcome is said here once the appointment has started; in the vendor’s software for his; not twice', () => {
  const told = (more: Partial<typeof past>) => tellingOf({ ...past, ...more }, at);
  expect(told({})).toBe('here');
  expect(told({ status: 'NON_RENSEIGNE' })).toBe('here');
  expect(told({ kind: 'editor', possible: [] })).toBe('vendor');
  expect(told({ start: '2026-01-13T12:00:01Z' })).toBe('not-now');
  expect(told({ status: 'HONORE', possible: ['amend'] })).toBe('not-now');
});

test('the arrows stay inside the list, and enter it by its ends', () => {
  const ids = ['a', 'b', 'c'];
  expect([neighbour(ids, null, 1), neighbour(ids, 'a', 1), neighbour(ids, 'c', 1), neighbour(ids, 'a', -1), neighbour([], null, 1)]).toEqual(['a', 'b', 'c', 'a', null]);
});

test('[DASH-02] where one stands, in words', () => {
  expect(tierInWords({ indicator9: { accepted: 4, honoured: 4, reached: null, missing: 1 } })).toBe('Aucun palier atteint avec 4 patients pris en sus. Encore 1 pour le palier 1.');
  expect(tierInWords({ indicator9: { accepted: 40, honoured: 4, reached: 3, missing: null } })).toBe('Palier 3 atteint : c’est le dernier palier publié.');
  expect(weekInWords({ honoured: 22, awaited: 1 }, 20)).toBe('22 actes faits sur 20, dont 2 au-delà du plafond, 1 à venir ou à dire');
});
