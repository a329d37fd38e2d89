import { expect, test } from 'vitest';
import { orientationStatuses, type SearchResult } from '../../contract.ts';
import { createKeyring, isLate, nextOffers, stageOf } from './booking-model.ts';

const result = (rank: number, slots: string[]) => ({ rank, slots: slots.map((id) => ({ id })) }) as unknown as SearchResult;

test('[RDV-05] later than 48 hours is late, exactly 48 hours is not, even on the night when the clock changes', () => {
  const at = Temporal.Instant.from('2026-10-24T10:00:00Z');
  expect(isLate('2026-10-26T10:00:00Z', at)).toBe(false);
  expect(isLate('2026-10-26T10:00:01Z', at)).toBe(true);
});

test('a lost slot is replaced by the others of the same place, then by the next results in rank order', () => {
  const results = [result(1, ['a', 'b']), result(2, ['lost', 'c', 'd', 'e', 'f']), result(3, []), result(4, ['gone', 'g', 'h'])];
  const offers = nextOffers(results, { rank: 2, slotId: 'lost' }, new Set(['gone', 'c']), 5);
  expect(offers.map(({ slot }) => slot.id)).toEqual(['d', 'e', 'f', 'a', 'g']);
});

test('[RDV-09] every status is waiting, settled or lost', () => {
  for (const status of orientationStatuses) expect(['waiting', 'settled', 'lost']).toContain(stageOf(status));
  expect([stageOf('RESERVATION'), stageOf('PRIS'), stageOf('ECHEC_CRENEAU_PRIS')]).toEqual(['waiting', 'settled', 'lost']);
});

test('[RDV-02] the same request keeps its key, another one gets its own', () => {
  let made = 0;
  const keyOf = createKeyring(() => `k${(made += 1)}`);
  expect([keyOf({ a: 1 }), keyOf({ a: 1 }), keyOf({ a: 2 }), keyOf({ a: 1 })]).toEqual(['k1', 'k1', 'k2', 'k1']);
});
