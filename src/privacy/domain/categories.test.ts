import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categories, categoryCodes, categoryOf, durationProblem, inWords, stands } from './categories.ts';

test('[SEC-07] the usual duration of every category is inside its own bounds, and every bound has a source', () => {
  for (const code of categoryCodes) {
    const { days, ending, source } = categoryOf(code);
    if (ending === 'purge') expect(durationProblem(code, days.usual)).toBeNull();
    expect(source).not.toBe('');
  }
});

test('[SEC-07] a duration is refused outside its bounds and nowhere else', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), (days) => {
    const { least, most } = categories.orientations.days;
    expect(durationProblem('orientations', days) === null).toBe(days >= least && days <= most);
  }));
  expect(durationProblem('dossiers', categories.dossiers.days.usual)).toMatch(/ne se règle pas/);
});

test('durations are said in years when they are years', () => {
  expect([1, 30, 366, 1_096, 1_827, 7_305].map(inWords)).toEqual(['1 jour', '30 jours', '1 an', '3 ans', '5 ans', '20 ans']);
});

test('[SEC-07] a hold stands until it is lifted or its end comes, to the millisecond', () => {
  const at = Temporal.Instant.from('2026-11-20T08:00:00Z');
  fc.assert(fc.property(fc.integer({ min: -5, max: 5 }), fc.boolean(), (offset, isLifted) => {
    const hold = { objectId: null, until: at.add({ milliseconds: offset }), liftedAt: isLifted ? at : null };
    expect(stands(hold, at)).toBe(!isLifted && offset > 0);
  }));
});
