import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CharterLevel } from '../contract.ts';
import { distanceText, rank, type RankingRule, reasonsAt } from './ranking.ts';
import type { RankingInput } from './session.ts';

const input = fc.record({
  nationalId: fc.integer({ min: 1, max: 60 }).map((n) => `8${String(n).padStart(11, '0')}`),
  placeId: fc.integer({ min: 1, max: 5 }).map((n) => `adr:${n}`),
  distanceM: fc.option(fc.integer({ min: 0, max: 6 }).map((n) => n * 500)),
  sameCommune: fc.boolean(),
  via: fc.constantFrom(null, 'individual' as const, 'cpts' as const, 'msp' as const),
  usualDoctor: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});
const inputs = fc
  .uniqueArray(input, { selector: ({ nationalId, placeId }) => `${nationalId}@${placeId}`, maxLength: 60 })
  .map((list) => list.map((one): RankingInput => ({ ...one, structureId: null, structureKinds: [], key: `${one.nationalId}@${one.placeId}` })));

const LEVELS: CharterLevel[] = [
  { name: 'effecteurs de la CPTS', match: { via: ['cpts'] } },
  { name: 'effecteurs de la commune', match: { sameCommune: true } },
];
const rules = fc.record({
  seed: fc.stringMatching(/^[A-Za-z0-9_-]{1,16}$/),
  ranking: fc.constantFrom('distance' as const, 'neutral' as const),
  levels: fc.constantFrom(null, LEVELS),
});
const keys = (list: readonly RankingInput[], rule: RankingRule) => rank(list, rule).map(({ input: { key } }) => key);

const candidate = (n: number, more: Partial<RankingInput> = {}): RankingInput => ({
  key: `8${n}@adr:1`, nationalId: `8${n}`, structureId: null, placeId: 'adr:1', distanceM: null, sameCommune: false, via: null,
  structureKinds: [], usualDoctor: false, ...more,
});

test('[RDV-07] the order does not depend on the order candidates come in, and a seed gives one order', () => {
  fc.assert(
    fc.property(inputs, rules, fc.infiniteStream(fc.nat()), (list, rule, random) => {
      const shuffled = list.map((one) => [random.next().value as number, one] as const).sort(([a], [b]) => a - b).map(([, one]) => one);
      expect(keys(shuffled, rule)).toEqual(keys(list, rule));
    }),
  );
});

test('[RDV-07] [RDV-08] every eligible candidate appears exactly once over the pages, whatever their size', () => {
  fc.assert(
    fc.property(inputs, rules, fc.integer({ min: 1, max: 20 }), (list, rule, limit) => {
      const pages: string[] = [];
      for (let offset = 0; offset < list.length; offset += limit) pages.push(...keys(list, rule).slice(offset, offset + limit));
      expect(pages.toSorted()).toEqual(list.map(({ key }) => key).toSorted());
    }),
  );
});

test('[RDV-06] [REG-15] levels come in their order, the usual doctor before all, those outside the charter last', () => {
  fc.assert(
    fc.property(inputs, rules, (list, rule) => {
      const levels = rank(list, rule).map(({ level }) => level ?? 1);
      expect(levels).toEqual(levels.toSorted((a, b) => a - b));
      for (const placed of rank(list, rule)) {
        expect(placed.level === 0).toBe(placed.input.usualDoctor);
        if (!placed.input.usualDoctor) expect(placed.level === null).toBe(rule.levels === null);
      }
    }),
  );
});

test('[RDV-07] inside a level, a precise place ranks nearest first, unknown distances last', () => {
  fc.assert(
    fc.property(inputs, rules, (list, rule) => {
      const order = rank(list, { ...rule, ranking: 'distance' });
      for (let i = 1; i < order.length; i++) {
        if (order[i]!.level !== order[i - 1]!.level) continue;
        expect(order[i - 1]!.input.distanceM ?? Infinity).toBeLessThanOrEqual(order[i]!.input.distanceM ?? Infinity);
      }
    }),
  );
});

test('[ANN-03] nothing commercial enters: without a precise place, distances change nothing', () => {
  fc.assert(
    fc.property(inputs, rules, (list, rule) => {
      const neutral = { ...rule, ranking: 'neutral' as const };
      expect(keys(list.map((one) => ({ ...one, distanceM: null })), neutral)).toEqual(keys(list, neutral));
    }),
  );
});

describe('[RDV-07] the draw is neutral over seeds', () => {
  // 2,000 fixed seeds, 10 equal candidates: each expects each rank 200 times. Chi-square with 9 degrees of freedom stays
  // under 27.9 in 999 draws of 1,000; the seeds are fixed, so the figures never change.
  const SEEDS = 2_000;
  const equals = Array.from({ length: 10 }, (_, n) => candidate(10_000_000_000 + n));
  const chiSquare = (counts: readonly number[]) => counts.reduce((sum, count) => sum + (count - SEEDS / 10) ** 2 / (SEEDS / 10), 0);
  const orders = Array.from({ length: SEEDS }, (_, n) => keys(equals, { seed: `seed-${n}`, ranking: 'neutral', levels: null }));

  test.each([0, 1, 5, 9])('rank %i is shared evenly', (position) => {
    const counts = equals.map(({ key }) => orders.filter((order) => order[position] === key).length);
    expect(chiSquare(counts)).toBeLessThan(27.9);
  });

  test('who follows the first is drawn evenly too: being next to somebody gives nothing', () => {
    const followed = equals[0]!.key;
    const seconds = orders.filter((order) => order[0] === followed).map((order) => order[1]);
    const expected = seconds.length / 9;
    const chi = equals.slice(1).reduce((sum, { key }) => sum + (seconds.filter((one) => one === key).length - expected) ** 2 / expected, 0);
    expect(chi).toBeLessThan(26.1); // 8 degrees of freedom, 0.1 %
  });
});

test('[ANN-03] every result says why it is there', () => {
  const rule: RankingRule = { seed: 'abc', ranking: 'distance', levels: LEVELS };
  const order = rank(
    [
      candidate(1, { usualDoctor: true, distanceM: 12_340 }), candidate(2, { via: 'cpts', distanceM: 850 }),
      candidate(3, { sameCommune: true, distanceM: 1_200 }), candidate(4, { sameCommune: true, distanceM: 1_200 }), candidate(5),
    ],
    rule,
  );
  const why = order.map((_, index) => reasonsAt(order, index, rule).map(({ text }) => text));
  expect(why[0]).toEqual(['Médecin traitant du patient', 'À 12,3 km']);
  expect(why[1]).toEqual(['Niveau 1 de la charte : effecteurs de la CPTS', 'À 850 m']);
  expect(why[2]).toEqual(['Niveau 2 de la charte : effecteurs de la commune', 'À 1,2 km', 'À égalité de distance : tirage neutre, graine abc']);
  expect(why[3]).toEqual(why[2]);
  expect(why[4]).toEqual(['Hors des niveaux de la charte', 'Distance inconnue : après les lieux situés']);
  const neutral: RankingRule = { seed: 'abc', ranking: 'neutral', levels: null };
  expect(reasonsAt(rank([candidate(1)], neutral), 0, neutral)).toEqual([{ code: 'neutral-draw', text: 'Tirage neutre, graine abc' }]);
});

test('[ANN-03] distances are told as people say them', () => {
  expect([0, 999, 1_000, 1_249, 62_000].map(distanceText)).toEqual(['0 m', '999 m', '1,0 km', '1,2 km', '62,0 km']);
});
