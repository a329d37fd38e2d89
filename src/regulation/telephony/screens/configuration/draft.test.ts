import { describe, expect, test } from 'vitest';
import { defaultConfiguration } from '../../domain/configuration.ts';
import { changedNumber, type Configuration, configurationOf, draftOf, draftProblems, entryLevels, isSame, withNumber, withoutNumber } from './draft.ts';

const configuration = structuredClone(defaultConfiguration) as unknown as Configuration;

describe('telephony configuration', () => {
  test('[TEL-02, TEL-06] is written back as it was read: midnight is 24:00 for the rules and 00:00 for people', () => {
    const draft = draftOf(configuration);
    expect(draft.hours[0]).toEqual({ day: 1, from: '00:00', to: '00:00' });
    expect(configurationOf(draft)).toEqual(configuration);
    const reversed = <T extends object>(value: T) => Object.fromEntries(Object.entries(value).reverse()) as T;
    const stored = { ...configuration, numbers: configuration.numbers.map(reversed), thresholds: reversed(configuration.thresholds) };
    expect(isSame(draft, stored), 'the database has its own order').toBe(true);
    expect(draftProblems(draft)).toEqual([]);
  });

  test('[TEL-02] every problem is at its place', () => {
    const added = withNumber(draftOf(configuration));
    const { key } = added.numbers.at(-1)!;
    const last = `numbers.${added.numbers.length - 1}`;
    expect(draftProblems(added).map(({ path }) => path)).toEqual([`${last}.number`, `${last}.label`]);
    const twice = changedNumber(added, key, { number: '15', label: 'Encore' });
    expect(draftProblems(twice)).toEqual([{ path: last, message: 'le numéro 15 figure deux fois' }]);
    const direct = changedNumber(added, key, { number: '05 36 49 01 99', label: 'Direct', entryLevel: 'AMU' });
    expect(draftProblems(direct).map(({ path }) => path)).toEqual([`${last}.entryLevel`]);
    expect(draftProblems({ ...draftOf(configuration), hours: [{ day: 1, from: '', to: '10:00' }, { day: 2, from: '12:00', to: '10:00' }] }).map(({ path }) => path)).toEqual(['bilevelHours.0', 'bilevelHours.1']);
    expect(draftProblems(configuration.numbers.reduce((draft, _, index) => withoutNumber(draft, index), draftOf(configuration))).map(({ path }) => path)).toEqual(['numbers']);
  });

  test('[TEL-03] a number of the population enters at N1 alone', () => {
    expect(entryLevels('populationnel')).toEqual(['N1']);
    expect(entryLevels('ligne-sis')).toContain('MRU');
  });
});
