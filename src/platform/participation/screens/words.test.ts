import { expect, test } from 'vitest';
import type { WeekVerdict, YearVerdict } from '../contract.ts';
import { hoursOf, weekAdvice, weekName, weekState, yearInWords } from './words.ts';

const week = (change: Partial<WeekVerdict>): WeekVerdict => ({
  key: '2026-W03', monday: '2026-01-12', status: 'missing', why: null, shownMinutes: 90, dueMinutes: 120, uploaded: false, ongoing: true, enough: false, ...change,
});
const year: YearVerdict = { year: 2026, over: false, eligible: true, refusals: [], met: 3, missing: 0, tolerance: 0, shownUndeclared: false };

test('[PART-11] a week says what is missing and what to do about it', () => {
  expect([weekState(week({})).words, weekAdvice(week({}))]).toEqual(['À compléter', '1 h 30 sur 2 h : ajoutez 30 min avant dimanche soir.']);
  expect(weekAdvice(week({ ongoing: false, shownMinutes: 0 }))).toBe('0 h sur 2 h : il manquait 2 h. Une autre semaine ne rattrape pas.');
  expect(weekState(week({ status: 'not-applicable', why: 'before-launch' })).words).toBe('Ne compte pas (avant le lancement du SAS)');
  expect(weekAdvice(week({ status: 'future', shownMinutes: 0 }))).toBe('Rien n’est prévu : 2 h à rendre visibles.');
  expect(weekName('2025-12-29')).toBe('29 décembre au 4 janvier');
  expect([weekName('2026-06-01'), hoursOf(0), hoursOf(780)]).toEqual(['1er au 7 juin', '0 h', '13 h']);
});

test('[PART-11] [REM-04] the year says which condition is missing, and that hours without a declaration do not count', () => {
  expect(yearInWords(year)).toBe('Année 2026 : conditions du SAS remplies à ce jour.');
  expect(yearInWords({ ...year, eligible: false, refusals: ['not-declared'], shownUndeclared: true })).toBe(
    'Année 2026 : conditions du SAS non remplies, « Je participe au SAS » n’est pas déclaré. Vos créneaux sont visibles, mais sans « Je participe au SAS » ils ne comptent pas.',
  );
});
