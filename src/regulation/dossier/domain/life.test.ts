import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { fixturesDir } from '../../../../tests/support/fixtures.ts';
import { attributionOf, careLevels, crisisCodes, dCodes, decisionKinds, dossierStates, drCodes, filieres, meansStatuses, priorities, substitutionOf } from './codes.ts';
import { callOf, people, place, Play, pmt, qualification } from './dossier.fixture.ts';
import { fieldsOfAction } from './fields.ts';
import { nextDue, possibleActions } from './life.ts';
import { queueOf, rankOf } from './dossier.ts';
import { filiereOpen } from './rules.ts';
import { everAllowed, movesFrom, transitions } from './transitions.ts';

const { n1, n2, os, mru, mrg, psy, sv, co } = people;

const toDoctor = (filiere: 'AMU' | 'SNP' = 'AMU', more = {}) => {
  const play = new Play();
  play.do(n1, 'qualify', qualification({ filiere, ...more }));
  play.do(n1, 'send-to-n2');
  play.do(filiere === 'AMU' ? n2 : os, 'take');
  play.do(filiere === 'AMU' ? n2 : os, 'send-to-doctor');
  return play;
};

test.skipIf(!fixturesDir)('[REG-18] our codes are those of the national nomenclatures', () => {
  const codes = (name: string): string[] =>
    parse(readFileSync(join(fixturesDir!, 'hub-sante/nomenclatures', `HubSante.${name}.csv`), 'utf8'), { columns: true, relax_column_count: true }).map((row) => (row as Record<string, string>)['code']!);
  expect([...dossierStates]).toEqual(codes('etat'));
  expect([...priorities]).toEqual(codes('priorite'));
  expect([...careLevels]).toEqual(codes('niveauSoin'));
  expect(new Set([...meansStatuses, 'ANNULE'])).toEqual(new Set(codes('statutVecteur')));
  expect(codes('filiere').filter((code) => !(filieres as readonly string[]).includes(code))).toEqual([]);
  const attributions = codes('attribution');
  const used = [...dCodes, ...drCodes, ...crisisCodes, ...Object.values(attributionOf), ...Object.values(substitutionOf).map((one) => one.attribution)];
  expect(used.filter((code) => !attributions.includes(code))).toEqual([]);
  expect(attributions.filter((code) => code.split('.').length === 3 && !used.includes(code))).toEqual([]);
  const decisions = codes('typeDecision');
  expect(Object.values(decisionKinds).filter((kind) => kind.national && !decisions.includes(kind.national))).toEqual([]);
  const vehicles = codes('typeVecteur');
  expect(Object.values(decisionKinds).filter((kind) => kind.means && !vehicles.includes(kind.means))).toEqual([]);
});

test('the table names every transition of the room once it is written, and every action has a line', () => {
  expect([...new Set(transitions.map((one) => one.t))].toSorted()).toEqual([
    'T02', 'T03', 'T04', 'T05', 'T06', 'T07', 'T08', 'T09', 'T10', 'T11', 'T12', 'T13', 'T14', 'T15', 'T16', 'T17', 'T18', 'T19', 'T20', 'T21', 'T22', 'T23', 'T24',
    'T25', 'T26', 'T27', 'T29', 'T31', 'T32', 'T33', 'T34',
  ]);
  for (const action of Object.keys(fieldsOfAction)) expect(transitions.some((one) => one.action === action), action).toBe(true);
  expect(movesFrom.ARCHIVE).toEqual([]);
});

test('[REG-05] N1 qualifies with place, call-back, motive, priority and filière; all that misses is said at once', () => {
  const play = new Play(n1, callOf('call-1', { caller: null }));
  expect(play.refused(n1, 'qualify')).toEqual({ kind: 'incomplete', paths: ['location', 'callback', 'motive', 'priority', 'filiere'] });
  play.do(n1, 'qualify', qualification());
  expect(play.dossier).toMatchObject({ type: 'DR', step: 'QUALIFIE', priority: 'P2', filiere: 'AMU', owner: { name: 'Camille' } });
  const unknown = new Play();
  unknown.do(n1, 'qualify', qualification({ location: { unknownReason: 'appelant perdu en forêt' } }));
  expect(unknown.dossier.step).toBe('QUALIFIE');
});

test('[ACT-03, ACT-04, ACT-10] an assistant never decides; the whole path N1, N2, doctor', () => {
  const play = toDoctor();
  expect(play.dossier).toMatchObject({ step: 'ATTENTE_MR', queue: 'MRU', owner: null });
  for (const action of ['start-regulation', 'decide', 'validate', 'disagree', 'amend'] as const) {
    expect(everAllowed(action, n1), action).toBe(false);
    expect(play.refused(n1, action, {}).kind).toBe('forbidden');
  }
  play.do(mru, 'start-regulation');
  play.do(mru, 'decide', { decisions: [{ type: 'CONSEIL', careLevel: 'R4' }], advice: 'Repos' });
  expect(play.dossier).toMatchObject({ type: 'DRM', attribution: 'DRM.MRU.MU', step: 'DECIDE', careLevel: 'R4' });
});

test('[REG-02, REG-03, REG-16] several decisions make one DRM; the act says who, when, how, and stays', () => {
  const play = toDoctor();
  play.do(mru, 'start-regulation');
  expect(play.refused(mru, 'decide', { decisions: [{ type: 'SMUR' }] })).toEqual({ kind: 'incomplete', paths: ['decisions.0.careLevel'] });
  expect(play.refused(mru, 'decide').paths).toEqual(['decisions']);
  play.do(mru, 'decide', { careLevel: 'R1', hypothesis: 'Syndrome coronarien', decisions: [{ type: 'SMUR', teams: 2 }, { type: 'SU' }] });
  expect(play.dossier.acts).toMatchObject([{ author: 'Dr Urgence', role: 'mru', mode: 'telephone', filiere: 'AMU', careLevel: 'R1', hypothesis: 'Syndrome coronarien' }]);
  expect(play.dossier.means.map((one) => one.type)).toEqual(['SMUR.VLM', 'SMUR.VLM']);
  const [act] = play.dossier.acts;
  play.do(mru, 'amend', { actId: act!.id, reason: 'oubli', text: 'Scope conseillé' });
  expect(play.dossier.acts[0]).toEqual(act);
  expect(play.dossier.acts[1]).toMatchObject({ amends: act!.id, advice: 'Scope conseillé', reason: 'oubli' });
  expect(play.refused(mrg, 'amend', { actId: act!.id, reason: 'x', text: 'y' }).kind).toBe('forbidden');
});

test('[REG-06, REG-07] P0: place and call-back alone, in two actions, never parked nor put off, the MRU alarmed', () => {
  const play = new Play();
  play.do(n1, 'engage-p0', { location: place, callback: '0549000001' });
  expect(play.outcomes[0]!.alerts).toEqual(['p0-alarm']);
  expect(play.dossier).toMatchObject({ priority: 'P0', step: 'P0_ENGAGE', filiere: 'AMU', queue: 'P0', owner: { name: 'Camille' }, type: 'DR' });
  expect(play.dossier.means.map((one) => [one.type, one.status, one.reflex])).toEqual([['SMUR.VLM', 'DECLENCHE', true], ['SIS.VSAV', 'DECLENCHE', true]]);
  for (const [author, action, body] of [
    [n1, 'send-to-n2', {}], [n1, 'send-to-doctor', {}], [n1, 'defer', { agreed: true, warningSigns: 'x', delayMinutes: 5 }],
    [n1, 'request-validation', { reason: 'x' }], [mru, 'requalify', { filiere: 'SNP', reason: 'x' }], [n1, 'complete', {}],
  ] as const) expect(play.refused(author, action, body).kind, action).not.toBe('incomplete');
  play.do(mru, 'start-regulation');
  expect(play.dossier.p0?.takenAt).toBe(play.now.toString());
  play.do(mru, 'decide', { careLevel: 'R1', decisions: [{ type: 'SMUR' }] });
  expect(play.dossier.means, 'the reflex team is the one decided').toHaveLength(2);
});

test('[REG-07] a P0 waiting in QUALIFIE is refused every queue; alarms repeat until a doctor takes it', () => {
  const play = new Play();
  expect(play.do(n1, 'qualify', qualification({ priority: 'P0' })).alerts).toEqual(['p0-alarm']);
  expect(play.refused(n1, 'send-to-doctor').kind).toBe('impossible');
  expect(nextDue(play.dossier, play.rules)).toMatchObject({ action: 'p0-alert', at: play.now.add({ seconds: 10 }) });
  play.do(n1, 'engage-p0');
  expect(nextDue({ ...play.dossier, p0Alerts: 1 }, play.rules)).toMatchObject({ action: 'p0-alert', at: play.now.add({ seconds: 20 }) });
  play.do(mru, 'start-regulation');
  expect(nextDue(play.dossier, play.rules)).toBeNull();
});

test('[REG-08, FIL-04] requalified at any time with a reason: data, history and age kept', () => {
  const play = toDoctor('SNP');
  const { openedAt, motive, location, calls } = play.dossier;
  play.wait({ minutes: 9 });
  expect(play.refused(mrg, 'requalify', { filiere: 'AMU' }).paths).toEqual(['reason']);
  play.do(mrg, 'requalify', { filiere: 'AMU', reason: 'douleur qui change' });
  expect(play.dossier).toMatchObject({ filiere: 'AMU', step: 'ATTENTE_MR', queue: 'MRU', openedAt, motive, location, calls });
  play.do(mru, 'requalify', { filiere: 'PSY', reason: 'crise suicidaire' });
  expect(play.dossier.queue).toBe('PSY');
  play.do(psy, 'start-regulation');
  play.do(psy, 'requalify', { filiere: 'SNP', reason: 'relève de la ville' });
  expect(play.dossier.filieres.map((one) => one.filiere)).toEqual(['SNP', 'AMU', 'PSY', 'SNP']);
  play.do(mrg, 'start-regulation');
  play.do(mrg, 'decide', { decisions: [{ type: 'CONSEIL', careLevel: 'R4' }] });
  expect(play.refused(n2, 'requalify', { filiere: 'AMU', reason: 'x' }).kind, 'after an act').toBe('forbidden');
});

test('[ACT-05, ACT-06] an OSNP never qualifies; it escalates SNP to AMU as P1 at least, and may suspect a P0', () => {
  const play = new Play();
  expect(play.refused(os, 'qualify', qualification()).kind).toBe('forbidden');
  play.do(n1, 'qualify', qualification({ filiere: 'SNP' }));
  play.do(n1, 'send-to-n2');
  play.do(os, 'take');
  expect(play.refused(os, 'set-priority', { priority: 'P3', reason: 'x' }).kind).toBe('forbidden');
  expect(play.refused(os, 'requalify', { filiere: 'PSY', reason: 'x' }).kind).toBe('forbidden');
  expect(play.refused(os, 'requalify', { filiere: 'AMU' }).paths).toEqual(['reason']);
  play.do(os, 'requalify', { filiere: 'AMU', reason: 'douleur thoracique', suspectedP0: true });
  expect(play.dossier).toMatchObject({ filiere: 'AMU', step: 'ATTENTE_N2', queue: 'AMU', priority: 'P1', p0Suspected: true });
  expect(play.outcomes.at(-1)!.alerts).toEqual(['p0-suspected']);
  expect(play.refused(os, 'take').kind).toBe('forbidden');
  play.do(n2, 'engage-p0', {});
  expect(play.dossier).toMatchObject({ priority: 'P0', step: 'P0_ENGAGE', p0Suspected: false });
});

test('[ACT-09] the MRU orders an ambulatory orientation straight to the OSNP', () => {
  const play = toDoctor('AMU');
  play.do(mru, 'start-regulation');
  play.do(mru, 'decide', { decisions: [{ type: 'CONSULTATION', careLevel: 'R3' }] });
  expect(play.dossier).toMatchObject({ step: 'DECIDE', queue: 'SNP', owner: null, attribution: 'DRM.MRU.MU' });
  expect(play.refused(n2, 'execute').kind).toBe('forbidden');
  play.do(os, 'take');
  play.do(os, 'execute');
  expect(play.dossier.step).toBe('EN_EXECUTION');
  play.do(os, 'complete');
  expect(play.dossier.state).toBe('ACHEVE');
});

test('[REG-04] an answer without doctor waits for a signature, except the categories of the règlement intérieur', () => {
  const play = new Play();
  play.do(n1, 'qualify', qualification());
  play.do(n1, 'request-validation', { reason: 'conseil du protocole', answer: 'surveiller' });
  expect(play.dossier).toMatchObject({ step: 'A_VALIDER_MR', queue: 'VALIDATION', owner: null });
  play.do(mru, 'validate');
  expect(play.dossier).toMatchObject({ type: 'DR', step: 'DECIDE', attribution: 'DR.DREG.DRARM' });
  expect(play.dossier.acts).toMatchObject([{ mode: 'validation', author: 'Dr Urgence' }]);

  const pharmacy = new Play();
  pharmacy.do(n1, 'request-validation', { category: 'DR.DREG.DRPHARMA', answer: 'Pharmacie du Clain' });
  expect(pharmacy.dossier).toMatchObject({ type: 'DR', step: 'DECIDE', priority: 'NR', attribution: 'DR.DREG.DRPHARMA' });

  const grave = new Play();
  grave.do(n1, 'qualify', qualification({ priority: 'P1' }));
  grave.do(n1, 'request-validation', { category: 'DR.DREG.DRINFO', answer: 'x' });
  expect(grave.dossier.step, 'a P1 is never answered without doctor').toBe('A_VALIDER_MR');
  grave.do(mru, 'disagree', { reason: 'à rappeler' });
  expect(grave.dossier).toMatchObject({ step: 'EN_REGULATION', owner: { name: 'Dr Urgence' }, tasks: [{ kind: 'rappel-patient' }] });
});

test('[REG-19] a prescription by telephone is for R3 and R4, agreed, understood, traced, without means', () => {
  const play = toDoctor('SNP');
  play.do(mrg, 'start-regulation');
  expect(play.refused(mrg, 'decide', { decisions: [pmt({ careLevel: 'R2' })] }).paths).toEqual(['decisions.0.careLevel']);
  expect(play.refused(mrg, 'decide', { decisions: [{ type: 'PMT', careLevel: 'R4' }] }).paths).toEqual(
    ['consent', 'understanding', 'drug', 'dose', 'pharmacy'].map((name) => `decisions.0.${name}`));
  expect(play.refused(mrg, 'decide', { decisions: [pmt(), { type: 'AMBULANCE', careLevel: 'R3' }] }).paths).toEqual(['decisions.0.type']);
  play.do(mrg, 'decide', { decisions: [pmt(), { type: 'CONSEIL', careLevel: 'R4' }] });
  expect(play.dossier).toMatchObject({ type: 'DRM', attribution: 'DRM.MRL.MG', owner: { name: 'Dr Ville' } });
});

test('[REG-26] a P3 is called back at the time agreed, before the P2 that came after', () => {
  const play = toDoctor('SNP', { priority: 'P3' });
  expect(play.refused(os, 'defer', {}).paths).toEqual(['agreed', 'warningSigns', 'dueAt']);
  expect(play.refused(os, 'defer', { agreed: true, warningSigns: 'fièvre', delayMinutes: 999 }).paths).toEqual(['dueAt']);
  play.do(os, 'defer', { agreed: true, warningSigns: 'fièvre', delayMinutes: 50 });
  expect(play.dossier).toMatchObject({ step: 'REPORTE', queue: 'REPORTE' });
  expect(nextDue(play.dossier, play.rules)).toMatchObject({ action: 'recall-due', at: play.now.add({ minutes: 50 }) });
  expect(rankOf({ ...play.dossier, step: 'ATTENTE_MR', deferral: { ...play.dossier.deferral!, returnedAt: play.now.toString() } })).toBeLessThan(rankOf({ ...play.dossier, priority: 'P2' }));
});

test('[REG-09] substitution: the MRU regulates SNP with INDISPMG or ABSML, the MRG AMU with INDISPMU', () => {
  const play = toDoctor('SNP');
  expect(play.refused(mru, 'start-regulation')).toEqual({ kind: 'incomplete', paths: ['substitution'] });
  expect(play.refused(mru, 'start-regulation', { substitution: 'INDISPMU' }).paths).toEqual(['substitution']);
  play.do(mru, 'start-regulation', { substitution: 'INDISPMG' });
  play.do(mru, 'decide', { decisions: [{ type: 'CONSEIL', careLevel: 'R4' }] });
  expect(play.dossier.attribution).toBe('DRM.MRL.INDISPMG');
  const amu = toDoctor('AMU');
  amu.do(mrg, 'start-regulation', { substitution: 'INDISPMU' });
  amu.do(mrg, 'decide', { decisions: [{ type: 'CONSEIL', careLevel: 'R4' }] });
  expect(amu.dossier.attribution).toBe('DRM.MRU.INDISPMU');
  expect(toDoctor('SNP').refused(psy, 'start-regulation').kind).toBe('forbidden');
});

test('[REG-22] a vulnerable patient is followed the next day; the dossier ends when it is done', () => {
  const play = toDoctor('SNP');
  play.dossier = { ...play.dossier, patient: { ...play.dossier.patient, vulnerable: ['sociale'] } };
  play.do(mrg, 'start-regulation');
  play.do(mrg, 'decide', { decisions: [{ type: 'CONSEIL', careLevel: 'R4' }] });
  expect(play.dossier.tasks).toMatchObject([{ kind: 'suivi-vulnerable', dueAt: play.now.add({ hours: 24 }).toString() }]);
  expect(play.refused(mrg, 'complete').kind).toBe('impossible');
  play.do(os, 'follow-up');
  expect(play.dossier).toMatchObject({ step: 'EN_SUIVI', queue: 'SUIVI' });
  play.do(os, 'close-task', { taskId: play.dossier.tasks[0]!.id, outcome: 'va mieux' });
  play.do(os, 'complete');
  expect(play.dossier.state).toBe('ACHEVE');
});

test('[REG-17, REG-18] repeated calls join their dossier; a wrong number is a D with its code', () => {
  const play = new Play();
  play.do(n2, 'attach-call', { callId: 'call-2' }, { call: callOf('call-2') });
  expect(play.dossier.calls.map((call) => call.repeated)).toEqual([false, true]);
  expect(play.dossier.type).toBe('D');
  expect(play.refused(n2, 'attach-call', { callId: 'call-3' }, { call: callOf('call-3', { heldBy: { id: 'other', empty: false } }) }).kind).toBe('impossible');
  const wrong = new Play();
  expect(wrong.refused(n1, 'close-as-d').paths).toEqual(['code']);
  wrong.do(n1, 'close-as-d', { code: 'ERR' });
  expect(wrong.dossier).toMatchObject({ type: 'D', state: 'ACHEVE', attribution: 'D.D-MALV.ERR' });
  const health = new Play();
  health.do(n1, 'qualify', qualification());
  expect(health.refused(n1, 'close-as-d', { code: 'ERR' }).kind).toBe('impossible');
});

test('[ACT-12] the coordinating ARM takes a complex dossier in hand; a hand-over names who receives', () => {
  const play = new Play();
  play.do(n1, 'qualify', qualification());
  play.do(co, 'take');
  expect(play.dossier.owner?.name).toBe('Claude');
  expect(play.refused(n1, 'hand-over', { to: { accountId: 'x', name: 'X' }, reason: 'relève' }).kind).toBe('forbidden');
  play.do(sv, 'hand-over', { to: { accountId: 'account-Sacha', name: 'Sacha' }, reason: 'relève' });
  expect(play.dossier.owner?.name).toBe('Sacha');
});

test('[REG-20] means follow the national statuses, forwards only; a bilan calls the doctor back', () => {
  const play = toDoctor();
  play.do(mru, 'start-regulation');
  play.do(mru, 'decide', { careLevel: 'R2', decisions: [{ type: 'AMBULANCE' }] });
  expect(play.dossier).toMatchObject({ queue: 'AMU', means: [{ type: 'TSU.AMB', status: 'DECISION' }] });
  play.do(n2, 'execute');
  const { id } = play.dossier.means[0]!;
  play.do(n2, 'execute', { means: [{ id, status: 'ARRIVEE' }] });
  expect(play.refused(n2, 'execute', { means: [{ id, status: 'DEPART' }] }).paths).toEqual(['means.0.status']);
  expect(play.refused(n2, 'execute', { means: [{ id, status: 'ANNULE' }] }).paths).toEqual(['means.0.status']);
  expect(play.refused(n2, 'complete').kind).toBe('impossible');
  play.do(n2, 'execute', { means: [{ id, status: 'BILAN' }] });
  expect(play.dossier).toMatchObject({ step: 'EN_REGULATION', owner: null, queue: 'MRU', tasks: [{ kind: 'bilan', assignee: mru.accountId }] });
  play.do(mru, 'start-regulation');
  play.do(mru, 'decide', { decisions: [{ type: 'SU', careLevel: 'R2' }] });
  play.do(n2, 'execute', { means: [{ id, status: 'FINPEC' }] });
  play.do(n2, 'complete');
  expect(play.dossier.acts).toHaveLength(2);
});

test('[FIL-01, FIL-03] a specialised filière receives dossiers only when switched on and open, never from outside a dossier', () => {
  const settings = { filiere: 'PSY' as const, active: true, label: 'Psychiatrie', scheme: 'IDE psy', hours: [{ day: 2, from: '10:00', to: '18:00' }, { day: 5, from: '20:00', to: '02:00' }] };
  const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Paris]`);
  expect(filiereOpen('PSY', [settings], at('2026-01-13T12:10'))).toBe(true);
  expect(filiereOpen('PSY', [settings], at('2026-01-13T18:00'))).toBe(false);
  expect(filiereOpen('PSY', [settings], at('2026-01-17T01:30')), 'Friday night').toBe(true);
  expect(filiereOpen('PSY', [{ ...settings, active: false }], at('2026-01-13T12:10'))).toBe(false);
  expect(filiereOpen('AMU', [], at('2026-01-13T03:00'))).toBe(true);
  const play = new Play();
  play.open = [];
  play.do(n1, 'qualify', qualification());
  expect(play.refused(n1, 'send-to-doctor', { filiere: 'PSY' }).paths).toContain('filiere');
  play.open = ['PSY'];
  play.do(n1, 'send-to-doctor', { filiere: 'PSY' });
  expect(play.dossier).toMatchObject({ filiere: 'PSY', queue: 'PSY', step: 'ATTENTE_MR' });
  expect(transitions.filter((one) => one.guards.includes('specialised')).every((one) => !one.from.includes('OUVERT'))).toBe(true);
});

test('[REG-05] with the two levels closed, or for a P1, N1 goes straight to the doctor', () => {
  const play = new Play();
  play.do(n1, 'qualify', qualification());
  expect(play.refused(n1, 'send-to-doctor').kind).toBe('impossible');
  play.bilevelOpen = false;
  play.do(n1, 'send-to-doctor');
  const urgent = new Play();
  urgent.do(n1, 'qualify', qualification({ priority: 'P1' }));
  urgent.do(n1, 'send-to-doctor');
  expect(urgent.dossier.step).toBe('ATTENTE_MR');
});

test('merge keeps both histories and moves the calls; split leaves at least one', () => {
  const kept = toDoctor();
  const play = new Play(n1, callOf('call-9'));
  play.do(n1, 'qualify', qualification());
  const merged = play.do(sv, 'merge', { into: 'dossier-2', reason: 'même chute' }, { other: { ...kept.dossier, id: 'dossier-2' } });
  expect(merged.dossier).toMatchObject({ state: 'ACHEVE', mergedInto: 'dossier-2', calls: [] });
  expect(merged.other!.calls.map((call) => call.id)).toEqual(['call-1', 'call-9']);
  expect(play.refused(n1, 'reopen', {}).kind).toBe('impossible');
  expect(kept.refused(sv, 'split', { reason: 'deux victimes', callIds: ['call-1'] }).paths).toEqual(['callIds']);
  const opened = kept.do(sv, 'split', { reason: 'deux victimes' }).opened!;
  expect(opened).toMatchObject({ type: 'DR', step: 'OUVERT', splitFrom: 'dossier-1', location: kept.dossier.location, acts: [], calls: [] });
  expect(queueOf(opened)).toBeNull();
});

test('[REG-20] once its order is carried out, what became of a means can still be told', () => {
  const play = toDoctor();
  play.do(mru, 'start-regulation');
  play.do(mru, 'decide', { careLevel: 'R2', decisions: [{ type: 'AMBULANCE' }] });
  play.do(n2, 'execute');
  expect(possibleActions(play.situation(n2, 'take', {}))).toContain('execute');
  expect(play.refused(n2, 'execute').paths).toEqual(['means']);
});

test('what is possible is what would be accepted once filled in', () => {
  const play = new Play();
  const can = (author: typeof n1) => possibleActions(play.situation(author, 'take', {}));
  expect(can(n1)).toEqual(['attach-call', 'close-as-d', 'qualify', 'engage-p0', 'take', 'request-validation', 'hand-over']);
  expect(can(os)).toEqual(['attach-call']);
  play.do(n1, 'engage-p0', { location: place });
  expect(can(mru)).toContain('start-regulation');
  expect(can(n1)).not.toContain('send-to-n2');
});
