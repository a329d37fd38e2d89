import sql from 'sql-template-tag';
import { beforeAll, expect, test } from 'vitest';
import { location, pmt, qualification, RoomTable } from './room.fixture.ts';

/** The scripted day of requirements 8.3, as far as a dossier alone goes. */
let table: RoomTable;
let staff: RoomTable['staff'];
beforeAll(async () => {
  table = await RoomTable.open();
  staff = table.staff;
});

test('[REG-07] 08:03 cardiac arrest: reflex SMUR and VSAV in two actions, call kept, MRU picks up; 08:05 the neighbour is attached [REG-17]', async () => {
  const { n1, n2, mru } = staff;
  table.at('08:03');
  const opened = await table.opened();
  const engaged = await table.play(opened, [n1, { action: 'engage-p0', location, callback: '0549000001' }]);
  expect(engaged).toMatchObject({ priority: 'P0', step: 'P0_ENGAGE', owner: { name: 'Camille N1' }, number: 'DRFR1586A2601300001' });
  expect(engaged.means.map((one) => [one.type, one.status])).toEqual([['SMUR.VLM', 'DECLENCHE'], ['SIS.VSAV', 'DECLENCHE']]);
  expect((await table.announced('p0')).map((one) => one.ids['alert'])).toEqual(['p0-alarm']);
  expect(await table.queue(mru, 'P0')).toEqual([engaged.number]);
  expect(await table.refused(n1, engaged, { action: 'send-to-doctor' })).toMatchObject({ status: 409, code: 'transition-impossible' });

  table.at('08:03:11');
  await table.dossiers.due();
  const late = (await table.announced('p0')).at(-1)!;
  expect(late).toMatchObject({ ids: { alert: 'p0-late', dossierId: opened.id }, audience: { roles: ['superviseur', 'mru', 'mrg', 'medecin-specialise'], territories: ['86'] } });
  const taken = await table.play(await table.dossiers.get(mru, opened.id), [mru, { action: 'start-regulation' }]);
  expect(taken.p0?.takenAt).toBe(table.clock.now().toString());
  table.at('08:04');
  await table.dossiers.due();
  expect((await table.announced('p0')).filter((one) => one.ids['alert'] === 'p0-late'), 'taken: no other alert').toHaveLength(1);

  table.at('08:05');
  const neighbour = await table.opened(n2, '+33549000002');
  const attached = await table.play(await table.dossiers.get(n2, opened.id), [n2, { action: 'attach-call', callId: 'call-2' }]);
  expect(attached.calls.map((call) => [call.id, call.repeated])).toEqual([['call-1', false], ['call-2', true]]);
  expect(attached.step).toBe('EN_REGULATION');
  expect(table.links.get('call-2')).toBe(opened.id);
  const emptied = await table.dossiers.get(n2, neighbour.id);
  expect(emptied).toMatchObject({ type: 'D', state: 'ACHEVE', attribution: 'D.D-MALV.ITERATIF', mergedInto: opened.id, calls: [] });
  const decided = await table.play(attached, [mru, { action: 'decide', careLevel: 'R1', decisions: [{ type: 'SMUR' }, { type: 'SU' }] }]);
  expect(decided).toMatchObject({ type: 'DRM', attribution: 'DRM.MRU.MU' });
  expect(decided.means).toHaveLength(2);
});

test('[REG-13, REG-04] 08:20 duty pharmacy: a DR without act, listed in the règlement intérieur, validated by itself', async () => {
  table.at('08:20');
  const { n1 } = staff;
  const given = await table.play(await table.opened(), [n1, { action: 'request-validation', category: 'DR.DREG.DRPHARMA', answer: 'Pharmacie du Clain, 12 rue des Tanneurs' }]);
  expect(given).toMatchObject({ type: 'DR', attribution: 'DR.DREG.DRPHARMA', priority: 'NR', validation: { whitelisted: true } });
  await table.database.for('dossier').transaction((tx) => table.dossiers.links.callEnded(tx, given.calls[0]!.id, { at: table.clock.now(), planned: true }));
  table.at('08:31');
  await table.dossiers.due();
  expect(await table.dossiers.get(n1, given.id)).toMatchObject({ state: 'VALIDE', type: 'DR', acts: [] });
});

test('[REG-18] 08:32 wrong number: a D with its code', async () => {
  table.at('08:32');
  const { n1 } = staff;
  const wrong = await table.play(await table.opened(), [n1, { action: 'close-as-d', code: 'D.D-MALV.ERR' }]);
  expect(wrong).toMatchObject({ state: 'ACHEVE', type: 'D', attribution: 'D.D-MALV.ERR' });
  await table.dossiers.due();
  expect(await table.dossiers.get(n1, wrong.id)).toMatchObject({ state: 'VALIDE', type: 'D' });
});

test('[ACT-06] 08:47 the OSNP hears a chest pain: back to the AMU in one action, age kept', async () => {
  table.at('08:40');
  const { n1, n2, os } = staff;
  const taken = await table.play(await table.opened(), [n1, qualification({ filiere: 'SNP' })], [n1, { action: 'send-to-n2' }], [os, { action: 'take' }]);
  table.at('08:47');
  const back = await table.play(taken, [os, { action: 'requalify', filiere: 'AMU', reason: 'douleur thoracique', suspectedP0: true }]);
  expect(back).toMatchObject({ filiere: 'AMU', step: 'ATTENTE_N2', priority: 'P1', openedAt: taken.openedAt, p0Suspected: true, motive: taken.motive });
  expect((await table.announced('p0')).at(-1)!.ids['alert']).toBe('p0-suspected');
  expect(await table.queue(n2, 'AMU')).toEqual([back.number]);
  expect((await table.dossiers.get(os, back.id)).id, 'whoever had a hand in it still reads it').toBe(back.id);
});

test('[ACT-09, REG-11] 09:05 the MRU orders an ambulatory orientation straight to the OSNP', async () => {
  table.at('09:05');
  const { mru, os } = staff;
  const waiting = await table.waiting('AMU');
  const decided = await table.play(waiting, [mru, { action: 'start-regulation' }], [mru, { action: 'decide', decisions: [{ type: 'CONSULTATION', careLevel: 'R3' }, { type: 'CONSEIL', careLevel: 'R4' }] }]);
  expect(await table.queue(os, 'SNP')).toEqual([decided.number]);
  const read = await table.dossiers.get(os, decided.id);
  expect(read.possible).toContain('execute');
  const done = await table.play(read, [os, { action: 'take' }], [os, { action: 'execute' }]);
  expect(done.acts[0]!.decisions.every((one) => one.executedAt !== null)).toBe(true);
});

test('[REG-19, REG-10] 11:10 prescription by telephone on R4; refused on R2', async () => {
  table.at('11:10');
  const { mrg } = staff;
  const started = await table.play(await table.waiting('SNP'), [mrg, { action: 'start-regulation' }]);
  expect(await table.refused(mrg, started, { action: 'decide', decisions: [pmt({ careLevel: 'R2' })] })).toMatchObject({ status: 422, fields: ['decisions.0.careLevel'] });
  const decided = await table.play(started, [mrg, { action: 'decide', hypothesis: 'Cystite', decisions: [pmt(), { type: 'CONSEIL', careLevel: 'R4' }] }]);
  expect(decided).toMatchObject({ type: 'DRM', attribution: 'DRM.MRL.MG', acts: [{ careLevel: 'R4', decisions: [{ type: 'PMT' }, { type: 'CONSEIL' }] }] });
  const entry = (await table.events(decided.id)).find((one) => one.event === 'decide')!;
  expect(entry.payload).toMatchObject({ prescriptions: [{ drug: 'Fosfomycine 3 g', pharmacy: 'Pharmacie du Clain' }] });
});

test('[FIL-01, FIL-02, FIL-04, ACT-15] 12:10 psychiatry: closed until the head of the SAS switches it on with its scheme, then receives and sends back', async () => {
  table.at('12:10');
  const { n1, mru, psy, head } = staff;
  const waiting = await table.waiting('AMU');
  expect(await table.refused(mru, waiting, { action: 'requalify', filiere: 'PSY', reason: 'crise' })).toMatchObject({ status: 422, fields: ['filiere'] });
  const settings = { filiere: 'PSY' as const, active: true, label: 'Psychiatrie', scheme: '', hours: [{ day: 2, from: '10:00', to: '18:00' }] };
  await expect(table.dossiers.settings.saveFiliere(head, '86', settings)).rejects.toMatchObject({ code: 'scheme-required' });
  await table.dossiers.settings.saveFiliere(head, '86', { ...settings, scheme: 'IDE psy en salle, psychiatre de garde joignable' });
  await table.dossiers.settings.saveRegulator(head, '86', { accountId: psy.accountId, status: 'hospitalier', filieres: ['PSY'] });
  const sent = await table.play(waiting, [mru, { action: 'requalify', filiere: 'PSY', reason: 'crise suicidaire' }]);
  expect(sent).toMatchObject({ queue: 'PSY', step: 'ATTENTE_MR' });
  expect(await table.queue(psy, 'PSY')).toEqual([sent.number]);
  expect(await table.refused(mru, sent, { action: 'start-regulation' })).toMatchObject({ status: 403 });
  const done = await table.play(sent, [psy, { action: 'start-regulation' }], [psy, { action: 'decide', decisions: [{ type: 'CONSEIL', careLevel: 'R3' }] }]);
  expect(done).toMatchObject({ attribution: 'DRM.SPE.PSY', acts: [{ status: 'hospitalier', role: 'medecin-specialise', filiere: 'PSY' }] });
  table.at('18:30');
  const late = await table.play(await table.opened(), [n1, qualification()]);
  expect(await table.refused(n1, late, { action: 'send-to-doctor', filiere: 'PSY' })).toMatchObject({ status: 422 });
});

test('[REG-26] 13:40 a P3 put off with the caller’s agreement comes back at 14:30 by itself, first of its rank', async () => {
  table.at('13:40');
  const { os, mrg } = staff;
  const waiting = await table.waiting('SNP', { priority: 'P3' });
  const deferred = await table.play(waiting, [os, { action: 'defer', agreed: true, warningSigns: 'fièvre, essoufflement', dueAt: '2026-01-13T14:30:00+01:00' }]);
  expect(deferred).toMatchObject({ step: 'REPORTE', queue: 'REPORTE', dueAt: '2026-01-13T13:30:00Z' });
  table.at('14:29:59');
  await table.dossiers.due();
  expect((await table.dossiers.get(mrg, deferred.id)).step).toBe('REPORTE');
  const younger = await table.waiting('SNP');
  table.at('14:30');
  await table.dossiers.due();
  expect(await table.queue(mrg, 'MRG')).toEqual([deferred.number, younger.number]);
  expect((await table.announced('queue')).some((one) => one.ids['alert'] === 'recall-due')).toBe(true);
});

test('[REG-09] 15:30 the MRG is away: the MRU regulates SNP under INDISPMG', async () => {
  table.at('15:30');
  const { mru } = staff;
  const waiting = await table.waiting('SNP', { priority: 'P1' });
  expect(await table.refused(mru, waiting, { action: 'start-regulation' })).toMatchObject({ status: 422, fields: ['substitution'] });
  const decided = await table.play(waiting, [mru, { action: 'start-regulation', substitution: 'INDISPMG' }], [mru, { action: 'decide', decisions: [{ type: 'CONSEIL', careLevel: 'R4' }] }]);
  expect(decided.attribution).toBe('DRM.MRL.INDISPMG');
});

test('[REG-22] 17:10 vulnerable patient: a follow-up task for the next day', async () => {
  table.at('17:10');
  const { mrg, os } = staff;
  const waiting = await table.waiting('SNP');
  const flagged = await table.dossiers.update(os, waiting.id, { base: waiting.version, patient: { vulnerable: ['sociale'] } });
  const decided = await table.play(flagged, [mrg, { action: 'start-regulation' }], [mrg, { action: 'decide', decisions: [{ type: 'CONSEIL', careLevel: 'R4' }] }]);
  expect(decided.tasks).toMatchObject([{ kind: 'suivi-vulnerable', dueAt: '2026-01-14T16:10:00Z', doneAt: null }]);
  table.at('17:25');
  await table.dossiers.due();
  expect(await table.dossiers.get(os, decided.id)).toMatchObject({ step: 'EN_SUIVI', queue: 'SUIVI' });
});

test('[PDSA-05] 19:58 opened in SAS hours, 20:03 decided in PDSA hours: each event keeps its own time; the handover is signed', async () => {
  table.at('19:58');
  const { mrg, n1, sv } = staff;
  const waiting = await table.waiting('SNP');
  table.at('20:03');
  const decided = await table.play(waiting, [mrg, { action: 'start-regulation' }], [mrg, { action: 'decide', decisions: [pmt()] }]);
  const stored = await table.database.for('dossier').one<{ opened: Temporal.Instant; decided: Temporal.Instant }>(sql`
    select d.opened_at as opened, x.at as decided from dossier.dossier d join dossier.decision x on x.territory = d.territory and x.dossier_id = d.id where d.id = ${decided.id}`);
  expect([stored.opened.toString(), stored.decided.toString()]).toEqual(['2026-01-13T18:58:00Z', '2026-01-13T19:03:00Z']);

  expect(await table.dossiers.handovers.isDue(mrg)).toBe(true);
  const inHand = (await table.dossiers.handovers.list(mrg)).dossiers.map((line) => line.id);
  expect(inHand).toContain(decided.id);
  await expect(table.dossiers.handovers.sign(mrg, { to: 'relève', dossierIds: [], comment: '' })).rejects.toMatchObject({ code: 'handover-incomplete' });
  await table.dossiers.handovers.sign(mrg, { to: sv.accountId, dossierIds: inHand, comment: 'relève de 20 h', comments: { [decided.id]: 'rappeler la pharmacie' } });
  expect(await table.dossiers.handovers.isDue(mrg)).toBe(false);
  expect((await table.dossiers.get(sv, decided.id)).owner).toMatchObject({ name: 'Alix' });
  expect((await table.dossiers.handovers.list(sv)).signedBy).toMatchObject([{ name: 'Dr Ville', to: 'Alix', count: inHand.length, comment: 'relève de 20 h' }]);
  expect((await table.dossiers.get(sv, decided.id)).notes.at(-1)).toMatchObject({ author: 'Dr Ville', text: 'Transmission : rappeler la pharmacie' });
  expect(await table.dossiers.handovers.isDue(n1), 'the P1 still in the hands of N1').toBe(true);
});

test('[SEC-03, REG-04] after the whole day every dossier has a keeper, and every change its journal entry', async () => {
  const db = table.database.owner.for('dossier');
  const orphans = await db.query(sql`select number from dossier.dossier where state = 'ACTIF' and queue is null and owner is null`);
  expect(orphans).toEqual([]);
  const versions = await db.query<{ id: string; version: number }>(sql`select id, version from dossier.dossier`);
  for (const { id, version } of versions) {
    const changes = (await table.events(id)).filter((one) => one.to !== null);
    expect(changes.length, id).toBe(version);
  }
});
