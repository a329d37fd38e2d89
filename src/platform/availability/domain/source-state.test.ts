import { expect, test } from 'vitest';
import { summarise } from './conformity.ts';
import { type CallVerdict, sourceState } from './source-state.ts';

const problem = (element: string, rule = 'id-prefix') => ({ rule, element, severity: 'error' as const, message: 'préfixe manquant', sample: null });
const ok: CallVerdict = { status: 'ok', detail: null, ageMs: 0, problems: [] };
const late: CallVerdict = { ...ok, status: 'late', detail: 'Pas de réponse en 7 s.' };
const error: CallVerdict = { ...ok, status: 'error', detail: 'Réponse illisible.' };
const measured = { latencyMs: 210.4, slotCount: 3 };

test('[AGR-14] a vendor whose calls all answered is ok, with the age of the oldest answer', () => {
  expect(sourceState('A', [ok, { ...ok, ageMs: 4_000 }], measured)).toEqual({
    name: 'A', status: 'ok', latencyMs: 210, slotCount: 3, ageMs: 4_000, detail: null, problems: [],
  });
});

test('[AGR-14] one call missing makes the answer partial, and says how much is missing', () => {
  expect(sourceState('A', [ok, late, ok], measured)).toMatchObject({
    status: 'late', detail: 'Pas de réponse en 7 s. Réponse partielle : 1 appel sur 3 sans réponse.',
  });
  expect(sourceState('A', [error, late], measured)).toMatchObject({ status: 'late', detail: 'Pas de réponse en 7 s.' });
  expect(sourceState('A', [error], measured)).toMatchObject({ status: 'error', detail: 'Réponse illisible.' });
});

test('[AGR-14] a vendor that had nobody to be asked about is not in failure, and the screen can say so', () => {
  const state = sourceState('A', [], { latencyMs: 1, slotCount: 0 });
  expect(state.status).toBe('ok');
  expect(state.detail).toContain('Non interrogé');
});

test('[INT-02] the same problem on many entries is one problem, with one example of its place', () => {
  const problems = [problem('Bundle.entry[0].resource.identifier[0].value'), problem('Bundle.entry[7].resource.identifier[1].value'), problem('Bundle.total', 'total')];
  expect(summarise(problems).map(({ element, count }) => [element, count])).toEqual([
    ['Bundle.entry[0].resource.identifier[0].value', 2], ['Bundle.total', 1],
  ]);
  const { problems: shown } = sourceState('A', [{ ...ok, problems }, { ...ok, problems }], measured);
  expect(shown).toEqual([problems[0], problems[2]]);
});

test('[INT-02] a vendor that is wrong everywhere does not fill the screen', () => {
  const problems = Array.from({ length: 500 }, (_, n) => problem(`Bundle.x${n}`));
  expect(sourceState('A', [{ ...ok, problems }], measured).problems).toHaveLength(20);
});
