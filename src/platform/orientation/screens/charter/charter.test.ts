import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charterLevelSchema } from '../../contract.ts';
import { changed, draftOf, isSame, levelsOf, missing, moved, problemAt, withLevel, without } from './draft.ts';
import { levelInWords } from './level-words.ts';

const levels = fc.array(fc.record({ name: fc.string({ minLength: 1, maxLength: 20 }).filter((name) => name.trim() === name), match: fc.record({ withinKm: fc.integer({ min: 1, max: 200 }), sameCommune: fc.boolean() }, { requiredKeys: [] }) }), { minLength: 1, maxLength: 8 });

test('[RDV-06] levels that are moved keep all of them, and a move back gives the same order', () => {
  fc.assert(
    fc.property(levels, fc.nat(), fc.constantFrom(-1 as const, 1 as const), (given, at, by) => {
      const draft = draftOf(given);
      const key = draft[at % draft.length]!.key;
      const after = moved(draft, key, by);
      expect([...after].sort((a, b) => a.key - b.key)).toEqual(draft);
      if (after !== draft) expect(moved(after, key, by === 1 ? -1 : 1)).toEqual(draft);
    }),
  );
});

test('[RDV-06] what is sent is what the contract takes, without criteria left open', () => {
  fc.assert(fc.property(levels, (given) => void levelsOf(draftOf(given)).forEach((level) => charterLevelSchema.parse(level))));
  const draft = changed(withLevel([]), 1, { name: ' SOS ', match: { via: [], structureKinds: ['SOS'], withinKm: undefined, participating: undefined } });
  expect(levelsOf(draft)).toEqual([{ name: 'SOS', match: { structureKinds: ['SOS'] } }]);
  expect(isSame(draft, [{ name: 'SOS', match: { structureKinds: ['SOS'] } }])).toBe(true);
});

test('[RDV-06] a level added never takes the key of another, and what is missing is said', () => {
  const two = withLevel(withLevel([]));
  expect(withLevel(without(two, 1)).map(({ key }) => key)).toEqual([2, 3]);
  expect(missing([])).toBe('Ajoutez au moins un niveau.');
  expect(missing(changed(two, 1, { name: 'Proches' }))).toBe('Donnez un nom au niveau 2.');
  expect(problemAt([{ path: 'levels.1.match', message: 'jamais' }, { path: 'levels.12', message: 'autre' }], 1)).toBe('jamais');
});

test('[RDV-06] a level reads as a sentence', () => {
  expect(levelInWords({})).toBe('Tous les effecteurs restants.');
  expect(levelInWords({ via: ['cpts', 'msp'], withinKm: 7.5, participating: true })).toBe('Les effecteurs qui participent via leur CPTS ou via leur maison de santé et à 7,5 km au plus.');
  expect(levelInWords({ structureKinds: ['MSP', 'SOS'], sameCommune: false })).toBe('Les effecteurs rattachés à une maison de santé ou à SOS Médecins et hors de la commune du patient.');
  expect(levelInWords({ participating: false })).toBe('Les effecteurs qui ne participent pas au SAS.');
});
