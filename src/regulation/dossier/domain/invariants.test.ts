import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doctors, partiesOf } from './actors.ts';
import { comparePriorities, decisionTypes, dossierTypes, priorities } from './codes.ts';
import { callOf, people, place, Play, pmt, qualification } from './dossier.fixture.ts';
import { type Dossier, isP0, isStep, medicalActs, placeOf } from './dossier.ts';
import { type DossierAction, dossierActions } from './fields.ts';
import { automatic, judge, nextDue, possibleActions } from './life.ts';
import { waitingSteps } from './rules.ts';

const { n1, n2, os, mru, mrg } = people;
const everybody = Object.values(people);

/** Bodies that often fit, so that sequences go far; and some that never do. */
const bodyOf = (dossier: Dossier, pick: number): Record<string, unknown> => {
  const at = <T>(list: readonly T[]): T => list[pick % list.length]!;
  const decision = at([{ type: at(decisionTypes), careLevel: at(['R1', 'R2', 'R3', 'R4']) }, pmt()]);
  return {
    ...qualification({ priority: at(priorities), filiere: at(['AMU', 'SNP', 'PSY']) }), code: 'ERR', callId: 'call-x', aggravation: pick % 2 === 0, reason: 'raison', category: at(['DR.DREG.DRPHARMA', 'DR.DREG.DRARM', undefined]),
    agreed: true, warningSigns: 'signes', delayMinutes: 30, substitution: dossier.filiere === 'AMU' ? 'INDISPMU' : 'INDISPMG', decisions: [decision],
    tasks: [{ kind: 'rappel', label: 'Rappeler', dueAt: '2026-01-14T08:00:00Z' }], taskId: dossier.tasks.find((task) => !task.doneAt)?.id ?? 'none', outcome: 'fait',
    means: pick % 3 === 0 ? dossier.means.slice(0, 1).map((one) => ({ id: one.id, status: at(['DEPART', 'ARRIVEE', 'BILAN', 'FINPEC', 'ANNULE']) })) : undefined,
    to: { accountId: at(everybody).accountId, name: 'Collègue' }, actId: dossier.acts[0]?.id, text: 'complément', suspectedP0: pick % 5 === 0, location: place,
  };
};

const steps = fc.array(
  fc.record({ who: fc.nat(everybody.length - 1), action: fc.oneof(fc.constantFrom(...dossierActions, 'wait' as const), { arbitrary: fc.constant('likely' as const), weight: 2 }), pick: fc.nat(1000) }), { minLength: 5, maxLength: 40 },
);
/** An action of somebody, accepted or refused, or time that passes with what the software does then. */
function play(one: { who: number; action: DossierAction | 'wait' | 'likely'; pick: number }, table: Play): void {
  if (one.action === 'wait') {
    table.wait({ minutes: one.pick });
    const due = nextDue(table.dossier, table.rules);
    if (due && due.action !== 'p0-alert' && Temporal.Instant.compare(due.at, table.now) <= 0) {
      const verdict = judge(due.action, automatic(table.dossier, table.rules, table.now));
      if ('outcome' in verdict) table.dossier = verdict.outcome.dossier;
    }
    return;
  }
  const author = everybody[one.who]!;
  const call = callOf(`call-${one.pick}`);
  const likely = possibleActions(table.situation(author, 'take', {}));
  const action = one.action === 'likely' ? likely[one.pick % likely.length] : one.action;
  if (!action) return;
  const verdict = judge(action, table.situation(author, action, bodyOf(table.dossier, one.pick), { call }));
  if ('refusals' in verdict) expect(verdict.refusals.length).toBeGreaterThan(0);
  else table.dossier = verdict.outcome.dossier;
}

const hasSignature = (dossier: Dossier) => medicalActs(dossier).length > 0 || dossier.validation?.whitelisted === true;
const ended = (dossier: Dossier) => ['VALIDE', 'CLOTURE', 'CLASSE', 'ARCHIVE'].includes(dossier.state);

function invariants(before: Dossier, after: Dossier, by: string[]): void {
  if (ended(after) && after.type !== 'D') expect(hasSignature(after), 'I1').toBe(true);
  for (const act of after.acts) if (act.decisions.length > 0) expect(['mru', 'mrg', 'medecin-specialise'], 'I2').toContain(act.role);
  if (by.includes('OS')) {
    if (before.motive) expect(after.motive, 'I3').toEqual(before.motive);
    if (after.priority !== 'NR') expect(comparePriorities(after.priority, before.priority), 'I3').toBeLessThanOrEqual(0);
    expect(after.careLevel, 'I3').toBe(before.careLevel);
  }
  const wasP0 = after.p0 !== null && after.mergedInto === null;
  if (wasP0 && after.state !== 'ACTIF') expect(after.acts.some((act) => act.role === 'mru' || act.attribution === 'DRM.MRU.INDISPMU'), 'I4').toBe(true);
  if (isP0(after) && after.step) expect(waitingSteps, 'I5').not.toContain(after.step);
  expect(dossierTypes.indexOf(after.type), 'I7').toBeGreaterThanOrEqual(dossierTypes.indexOf(before.type));
  expect(new Set(after.calls.map((call) => call.id)).size, 'I8').toBe(after.calls.length);
  expect(after.openedAt, 'I9').toBe(before.openedAt);
  expect(after.filieres.slice(0, before.filieres.length), 'I9').toEqual(before.filieres);
  if (after.state === 'ACTIF') expect(after.owner ?? after.queue, 'I10').not.toBeNull();
  else expect(after.queue).toBeNull();
  expect(after.acts.slice(0, before.acts.length).map(withoutExecution), 'I11').toEqual(before.acts.map(withoutExecution));
  expect(after.means.length, 'I11').toBeGreaterThanOrEqual(before.means.length);
  if (before.attribution?.startsWith('DRM.')) expect(after.attribution, 'D3').toBe(before.attribution);
  const stateBefore = ['CLOTURE', 'CLASSE', 'ARCHIVE'].indexOf(before.state);
  expect(['CLOTURE', 'CLASSE', 'ARCHIVE'].indexOf(after.state), 'closed for good').toBeGreaterThanOrEqual(stateBefore);
  expect(after.state === 'ACTIF').toBe(after.step !== null && isStep(placeOf(after)));
}
const withoutExecution = (act: Dossier['acts'][number]) => ({ ...act, decisions: act.decisions.map((one) => ({ ...one, executedAt: null })) });

test('[REG-02, REG-04, REG-08, ACT-05, ACT-10] random sequences by random roles never break an invariant', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(steps, (sequence) => {
      const table = new Play();
      for (const one of sequence) {
        const before = table.dossier;
        play(one, table);
        invariants(before, table.dossier, one.action === 'wait' ? [] : partiesOf(everybody[one.who]!));
        reached.add(placeOf(table.dossier));
      }
    }),
    { numRuns: 500 },
  );
  expect(reached.size, [...reached].join()).toBeGreaterThanOrEqual(12);
});

test('[REG-04] I1: a DR with health content and no signature never becomes VALIDE', () => {
  const table = new Play();
  table.do(n1, 'qualify', qualification());
  const ended: Dossier = { ...table.dossier, state: 'ACHEVE', step: null, attribution: 'DR.DREG.DRARM' };
  expect(nextDue(ended, table.rules)).toBeNull();
  const signed: Dossier = { ...ended, validation: { requestedAt: '', by: '', reason: '', answer: '', category: 'DR.DREG.DRPHARMA', whitelisted: true } };
  expect(nextDue(signed, table.rules)?.action).toBe('check');
});

test('[ACT-10] I2: nobody but a doctor has a line of the table that creates an act', () => {
  const table = new Play();
  table.dossier = { ...table.dossier, state: 'ACTIF', step: 'EN_REGULATION', filiere: 'AMU' };
  for (const author of everybody.filter((one) => !partiesOf(one).some((party) => doctors.includes(party)))) {
    expect(table.refused(author, 'decide', { decisions: [{ type: 'CONSEIL', careLevel: 'R4' }] }).kind).toBe('forbidden');
  }
});

test('[REG-07] I4: a P0 never ends without the act of an MRU, or the documented substitution', () => {
  const table = new Play();
  table.do(n1, 'engage-p0', { location: place });
  table.do(mrg, 'start-regulation', { substitution: 'INDISPMU' });
  table.do(mrg, 'set-priority', { priority: 'P2', reason: 'fausse alerte' });
  table.do(mrg, 'requalify', { filiere: 'SNP', reason: 'rhinite' });
  table.do(mrg, 'start-regulation');
  table.do(mrg, 'decide', { decisions: [{ type: 'CONSEIL', careLevel: 'R4' }] });
  table.do(n2, 'execute', { means: table.dossier.means.map((one) => ({ id: one.id, status: 'ANNULE' })) });
  expect(table.refused(mrg, 'complete').kind).toBe('impossible');
  table.do(mrg, 'reopen', { cause: 'nouvelle-decision' });
  table.do(mru, 'start-regulation', { substitution: 'ABSML' });
  table.do(mru, 'decide', { decisions: [{ type: 'PASPLUS', careLevel: 'R4' }] });
  table.do(mru, 'complete');
  expect(table.dossier.state).toBe('ACHEVE');
});

test('the deadlines of the national states: 24 h active, then 3 months after the opening', () => {
  const table = new Play();
  table.do(n1, 'close-as-d', { code: 'PERSO' });
  const [check, close, file] = ['check', 'close', 'file-away'].map((action) => {
    const due = nextDue(table.dossier, table.rules)!;
    expect(due.action).toBe(action);
    table.now = due.at;
    const verdict = judge(action as 'check', automatic(table.dossier, table.rules, due.at));
    table.dossier = (verdict as Extract<typeof verdict, { outcome: unknown }>).outcome.dossier;
    return due.at.toString();
  });
  expect([check, close, file]).toEqual(['2026-01-13T07:00:00Z', '2026-01-14T07:00:00Z', '2026-04-13T07:00:00Z']);
  expect(table.dossier.state).toBe('CLASSE');
  expect(table.refused(n1, 'reopen', { reason: 'x' }).kind).toBe('impossible');
  expect(table.refused(os, 'attach-call', { callId: 'c' }, { call: callOf('c') }).kind).toBe('impossible');
});
