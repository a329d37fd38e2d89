import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CharterLevel } from '../contract.ts';
import { charterProblems, fits, levelOf } from './charter.ts';
import type { RankingInput } from './session.ts';

const base: RankingInput = {
  key: '81@a', nationalId: '81', structureId: null, placeId: 'a', distanceM: 3_000, sameCommune: false, via: 'cpts',
  structureKinds: ['CPTS'], usualDoctor: false,
};

test.each<[string, CharterLevel['match'], Partial<RankingInput>, boolean]>([
  ['no criterion takes everybody', {}, {}, true],
  ['via', { via: ['msp', 'cpts'] }, {}, true],
  ['another via', { via: ['msp'] }, {}, false],
  ['via asked of somebody who does not take part', { via: ['cpts'] }, { via: null }, false],
  ['structure kind', { structureKinds: ['CPTS', 'MSP'] }, {}, true],
  ['no such structure', { structureKinds: ['MSP'] }, {}, false],
  ['same commune', { sameCommune: true }, { sameCommune: true }, true],
  ['another commune', { sameCommune: true }, {}, false],
  ['exactly at the limit', { withinKm: 3 }, {}, true],
  ['beyond the limit', { withinKm: 2.999 }, {}, false],
  ['distance unknown', { withinKm: 50 }, { distanceM: null }, false],
  ['taking part', { participating: true }, {}, true],
  ['not taking part', { participating: false }, {}, false],
  ['all criteria must hold', { via: ['cpts'], sameCommune: true }, {}, false],
])('[RDV-06] a level of the charter: %s', (_, match, more, expected) => {
  expect(fits({ ...base, ...more }, { name: 'x', match })).toBe(expected);
});

test('[RDV-06] the first level that fits is the candidate\'s; none fits: after the last; no charter: none', () => {
  const levels: CharterLevel[] = [
    { name: 'a', match: { via: ['msp'] } }, { name: 'b', match: { via: ['cpts'] } }, { name: 'c', match: { withinKm: 10 } },
  ];
  expect(levelOf(base, levels)).toBe(2);
  expect(levelOf({ ...base, via: null }, levels)).toBe(3);
  expect(levelOf({ ...base, via: null, distanceM: 20_000 }, levels)).toBe(4);
  expect(levelOf({ ...base, usualDoctor: true }, levels)).toBe(0);
  expect(levelOf(base, null)).toBeNull();
  expect(levelOf({ ...base, usualDoctor: true }, null)).toBe(0);
});

const match = fc.record(
  {
    via: fc.uniqueArray(fc.constantFrom('individual' as const, 'cpts' as const, 'msp' as const), { minLength: 1 }),
    structureKinds: fc.uniqueArray(fc.constantFrom('CPTS' as const, 'MSP' as const), { minLength: 1 }),
    sameCommune: fc.boolean(),
    withinKm: fc.integer({ min: 1, max: 5 }),
    participating: fc.boolean(),
  },
  { requiredKeys: [] },
);
const someone = fc.record({
  distanceM: fc.option(fc.integer({ min: 0, max: 6_000 })),
  sameCommune: fc.boolean(),
  via: fc.constantFrom(null, 'individual' as const, 'cpts' as const, 'msp' as const),
  structureKinds: fc.subarray(['CPTS' as const, 'MSP' as const]),
});

test('[RDV-06] a level said to be useless never takes anybody', () => {
  fc.assert(
    fc.property(fc.array(match, { minLength: 1, maxLength: 5 }), fc.array(someone, { maxLength: 30 }), (matches, people) => {
      const levels = matches.map((one, index) => ({ name: `n${index}`, match: one }));
      const useless = charterProblems(levels).map(({ path }) => Number(path.split('.')[1]) + 1);
      for (const person of people) expect(useless).not.toContain(levelOf({ ...base, ...person }, levels));
    }),
    { numRuns: 500 },
  );
});

test('[RDV-06] a level hidden by an earlier one is named, with the one that hides it', () => {
  const levels: CharterLevel[] = [{ name: 'tous', match: {} }, { name: 'CPTS', match: { via: ['cpts'] } }];
  expect(charterProblems(levels)).toEqual([
    { path: 'levels.1', message: 'le niveau 2 « CPTS » ne servirait jamais : le niveau 1 « tous » prend déjà les mêmes effecteurs' },
  ]);
  expect(charterProblems(levels.toReversed())).toEqual([]);
});
