import { expect, test } from 'vitest';
import { boundsOf, filterSchema, questionOf } from './filters.ts';
import { againstReference, minutesInWords, percent, rateInWords } from './words.ts';

const today = Temporal.PlainDate.from('2026-01-13');

test('[RDV-14] the address says the question; what is wrong in it falls back to the last thirty days', () => {
  expect(questionOf(filterSchema.parse({ period: 'year', level: '0', outcome: 'no-show', channel: 'Rapide' }), today)).toMatchObject({ from: '2025-01-13', to: '2026-01-13', level: '0', outcome: 'no-show', channel: 'Rapide' });
  expect(questionOf(filterSchema.parse({ period: 'ever', level: 'x', outcome: 'y', from: 'z' }), today)).toEqual({ from: '2025-12-14', to: '2026-01-13' });
  expect(boundsOf({ period: 'dates', from: '2025-12-01', to: undefined }, today)).toEqual({ from: '2025-12-01', to: '2026-01-13' });
});

test('[RDV-12] a rate is said with what it is compared to; too little is said, never 0 %', () => {
  expect(rateInWords({ rate: null })).toBe('donnée insuffisante');
  expect(rateInWords({ rate: 6 / 66 })).toBe(percent(6 / 66));
  expect(againstReference({ rate: 0.12 }, 0.1)).toMatch(/^au-dessus/);
  expect(againstReference({ rate: null }, 0.1)).toBeNull();
  expect([minutesInWords(null), minutesInWords(-5), minutesInWords(125)]).toEqual(['—', 'avant', '2 h 05']);
});
