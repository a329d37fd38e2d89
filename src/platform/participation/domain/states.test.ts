import { expect, test } from 'vitest';
import { conventionStatusSchema, statusSchema, type WeekVerdict } from '../contract.ts';
import { conventionMoves, eventOfSaving, moveOf, moves, reviewOf } from './states.ts';

const week = (status: WeekVerdict['status'], enough = status === 'met'): WeekVerdict => ({
  key: '2026-W03', monday: '2026-01-12', status, why: null, shownMinutes: 0, dueMinutes: 120, uploaded: false, ongoing: false, enough,
});

test('[PART-07] the life of a participation is that of the requirements: no other change exists', () => {
  const told = Object.fromEntries(Object.entries(moves).map(([from, list]) => [from, list.map(({ event, to }) => `${event} ${to}`)]));
  expect(told).toEqual({
    NONE: ['draft BROUILLON', 'declare DECLARE'],
    BROUILLON: ['draft BROUILLON', 'declare DECLARE'],
    DECLARE: ['change DECLARE', 'become-effective EFFECTIF', 'suspend SUSPENDU', 'withdraw RETIRE'],
    EFFECTIF: ['change EFFECTIF', 'lose-visibility DECLARE', 'suspend SUSPENDU', 'withdraw RETIRE'],
    SUSPENDU: ['change SUSPENDU', 'resume DECLARE', 'withdraw RETIRE'],
    RETIRE: ['draft BROUILLON', 'declare DECLARE'],
  });
  expect(moveOf('DECLARE', 'become-effective')?.by, 'nobody declares himself effective').toEqual(['software']);
  for (const status of [null, ...statusSchema.options]) {
    for (const participates of [true, false]) expect(moveOf(status, eventOfSaving(status, participates)), `${status} ${participates}`).toBeDefined();
  }
});

test('[PART-02] effective when the week is met, no longer once a whole week was missed, and back with the next one met', () => {
  const [met, missing, open, planned] = [week('met'), week('missing'), week('not-applicable'), week('future', true)];
  expect(reviewOf('DECLARE', [missing, met, planned])).toBe('become-effective');
  expect(reviewOf('DECLARE', [open, open, planned]), 'declared on a Sunday evening').toBe('become-effective');
  expect(reviewOf('DECLARE', [met, missing, planned])).toBeNull();
  expect(reviewOf('EFFECTIF', [met, missing, planned]), 'the week runs').toBeNull();
  expect(reviewOf('EFFECTIF', [missing, missing, planned])).toBe('lose-visibility');
  expect(reviewOf('EFFECTIF', [missing, met, planned])).toBeNull();
  expect(reviewOf('SUSPENDU', [missing, met, planned])).toBeNull();
});

test('[STR-09] a convention is read by both filières, in whichever order, before it is validated and put in force', () => {
  const walk = (...acts: string[]) => acts.reduce<string | undefined>((status, act) => conventionMoves[status as 'BROUILLON']?.find(({ event }) => event === act)?.to, 'BROUILLON');
  expect(walk('read-mg', 'read-amu', 'validate', 'activate', 'replace')).toBe('REMPLACE');
  expect(walk('read-amu', 'read-mg', 'validate')).toBe('VALIDE_GOUVERNANCE');
  expect(walk('read-amu', 'validate')).toBeUndefined();
  expect(walk('activate')).toBeUndefined();
  expect(Object.keys(conventionMoves).sort()).toEqual([...conventionStatusSchema.options].sort());
});
