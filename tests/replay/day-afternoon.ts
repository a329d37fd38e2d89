import { beforeAll, expect, test } from 'vitest';
import { parisTime } from './assembled-room.ts';
import type { DayRoom, Kept } from './day-room.ts';
import { prescription, qualify } from './qualification.ts';

/** Events of the scripted day, from 11:10 to the day after tomorrow. */
export function afternoon(room: () => DayRoom, kept: Kept): void {
  let day: DayRoom;
  let staff: DayRoom['staff'];
  beforeAll(() => {
    day = room();
    ({ staff } = day);
  });

  /** An SNP call taken as far as the doctor's queue by N1 and an OSNP, who stays on the line when no MRG answers. */
  async function snpForDoctor(more: Record<string, unknown> = {}) {
    const { callId, id, n1 } = await day.answered();
    await day.play(id, [n1, qualify(more)], [n1, { action: 'send-to-n2' }]);
    const osnp = await day.passedTo(callId);
    const sent = await day.play(id, [osnp, { action: 'take' }], [osnp, { action: 'send-to-doctor' }]);
    return { callId, id, n1, osnp, sent };
  }

  test('[REG-19] [REG-10] 11:10 prescription by telephone: R4 with consent, its content in the journal; refused on an R2', async () => {
    await day.at('11:10');
    const { callId, id } = await snpForDoctor();
    const mrg = await day.passedTo(callId);
    await day.play(id, [mrg, { action: 'start-regulation' }]);
    expect(await day.refused(mrg, id, { action: 'decide', decisions: [prescription({ careLevel: 'R2' })] })).toMatchObject({ status: 422, fields: ['decisions.0.careLevel'] });
    expect(await day.refused(mrg, id, { action: 'decide', decisions: [prescription({ consent: false })] })).toMatchObject({ status: 422, fields: ['decisions.0.consent'] });
    await day.play(id, [mrg, { action: 'decide', hypothesis: 'Cystite', decisions: [prescription(), { type: 'CONSEIL', careLevel: 'R4' }] }]);
    expect((await day.journal(id)).find(({ event }) => event === 'decide')!.payload).toMatchObject({ prescriptions: [{ drug: 'Fosfomycine 3 g', pharmacy: 'Pharmacie du Clain', consent: true }] });
    await day.over(callId);
  });

  test('[REG-12] [REG-15] 11:25 sent back to the usual doctor: a decision of its own, done as soon as it is said', async () => {
    await day.at('11:25');
    const { callId, id } = await snpForDoctor({ patient: { usualDoctor: 'Exemple', usualDoctorContact: 'non-demande' } });
    const mrg = await day.passedTo(callId);
    const decided = await day.play(id, [mrg, { action: 'start-regulation' }], [mrg, { action: 'decide', careLevel: 'R4', decisions: [{ type: 'MEDECIN_TRAITANT' }] }]);
    expect(decided).toMatchObject({ type: 'DRM', acts: [{ decisions: [{ type: 'MEDECIN_TRAITANT', executedAt: day.clock.now().toString() }] }] });
    await day.over(callId);
  });

  test('[FIL-01] [FIL-03] [FIL-04] [TEL-23] 12:10 psychiatry, 12:25 DAC, 12:40 poison centre in conference, 13:00 dentist', async () => {
    const { head, psy, dac } = staff;
    const open = (filiere: 'PSY' | 'DAC', hours: [string, string]) => day.dossiers.settings.saveFiliere(head, '86', {
      filiere, active: true, label: filiere, scheme: 'Un professionnel en salle, un médecin joignable', hours: [{ day: 2, from: hours[0], to: hours[1] }],
    });
    await open('PSY', ['10:00', '18:00']);
    await open('DAC', ['09:00', '17:00']);
    for (const [time, filiere, doctor] of [['12:10', 'PSY', psy], ['12:25', 'DAC', dac]] as const) {
      await day.dossiers.settings.saveRegulator(head, '86', { accountId: doctor.accountId, status: 'hospitalier', filieres: [filiere] });
      await day.at(time);
      await day.seated(doctor, 'SPE', [filiere]);
      const { callId, id, n1 } = await day.answered();
      await day.play(id, [n1, qualify({ filiere: 'AMU' })], [n1, { action: 'send-to-doctor', filiere }]);
      expect(await day.passedTo(callId)).toBe(doctor);
      expect(await day.refused(staff.mru[0]!, id, { action: 'start-regulation' }), 'the filière’s own doctor').toMatchObject({ status: 403 });
      await day.play(id, [doctor, { action: 'start-regulation' }], [doctor, { action: 'decide', careLevel: 'R3', decisions: [{ type: 'CONSEIL' }] }]);
      expect(await day.dossiers.get(doctor, id)).toMatchObject({ attribution: filiere === 'PSY' ? 'DRM.SPE.PSY' : 'DRM.SPE.AUTRESPE', acts: [{ status: 'hospitalier' }] });
      await day.over(callId);
    }

    await day.at('12:40');
    const poisoned = await day.answered();
    await day.play(poisoned.id, [poisoned.n1, qualify({ filiere: 'AMU', priority: 'P1' })], [poisoned.n1, { action: 'send-to-doctor' }]);
    const mru = await day.passedTo(poisoned.callId);
    await day.telephony.act(mru, poisoned.callId, { op: 'add-party', party: 'cap', number: '0536490190' });
    await day.pass(5);
    expect(await day.callOf(poisoned.callId)).toMatchObject({ state: 'CONFERENCE', legs: [{ level: 'N1' }, { agent: mru.accountId }, { party: 'cap' }] });
    await day.play(poisoned.id, [mru, { action: 'start-regulation' }], [mru, { action: 'decide', careLevel: 'R2', decisions: [{ type: 'ALLER_SU' }] }]);
    await day.over(poisoned.callId);

    await day.at('13:00');
    const tooth = await day.answered();
    expect(await day.play(tooth.id, [tooth.n1, { action: 'request-validation', category: 'DR.DREG.DRDENT', answer: 'cabinet de garde' }])).toMatchObject({ attribution: 'DR.DREG.DRDENT' });
    await day.over(tooth.callId);
  });

  test('[REG-26] 13:40 a P3 put off with the caller’s agreement, rung back at 14:30 as promised', async () => {
    await day.at('13:40');
    const { n1, mrg } = staff;
    for (const actor of mrg) await day.telephony.setMyState(actor, { state: 'pause' });
    const { callId, id, osnp } = await snpForDoctor({ priority: 'P3' });
    const put = await day.play(id, [osnp, { action: 'defer', agreed: true, warningSigns: 'fièvre, essoufflement', dueAt: '2026-01-13T14:30:00+01:00' }]);
    expect(put).toMatchObject({ step: 'REPORTE', queue: 'REPORTE' });
    await day.gone(callId);
    expect((await day.dossiers.get(n1[0]!, id)).tasks, 'a P3 who hangs up is not cut off').toEqual([]);
    for (const actor of mrg) await day.telephony.setMyState(actor, { state: 'available' });
    await day.at('13:59:59');
    kept.deferred = id;
  });

  test('[PCA-02] [TEL-26] 14:00 the telephony is out: shown to all; paper forms are entered at 14:12 with their own times', async () => {
    await day.at('14:00');
    const [arm] = staff.n1;
    await day.withoutPhone(async () => {
      expect(await day.telephony.board(staff.sv)).toMatchObject({ link: { status: 'down', since: parisTime('14:00').toString() }, alerts: expect.arrayContaining([expect.objectContaining({ code: 'link-down' })]) });
      day.clock.set(parisTime('14:12').toString());
    });
    expect((await day.telephony.board(staff.sv)).link).toMatchObject({ status: 'up' });
    const entered = await day.dossiers.open(arm!, { degradedFrom: parisTime('14:04').toString() });
    const note = await day.dossiers.addNote(arm!, entered.id, { kind: 'medicale', text: 'Chute, douleur du poignet', writtenAt: parisTime('14:05').toString() });
    expect(entered).toMatchObject({ degraded: true, openedAt: parisTime('14:04').toString() });
    expect(note).toMatchObject({ at: parisTime('14:12').toString(), writtenAt: parisTime('14:05').toString() });
    expect((await day.journal(entered.id)).map(({ event, payload }) => [event, payload.degradedFrom ?? payload.writtenAt])).toEqual([['open', parisTime('14:04').toString()], ['note-added', parisTime('14:05').toString()]]);
    const asked = await day.play(entered.id, [arm!, qualify({ filiere: 'AMU' })], [arm!, { action: 'request-validation', reason: 'conseil du protocole pendant la panne' }]);
    expect(asked.step).toBe('A_VALIDER_MR');
    const [mru] = staff.mru;
    expect(await day.play(entered.id, [mru!, { action: 'validate', careLevel: 'R4', decisions: [{ type: 'CONSEIL' }] }])).toMatchObject({ type: 'DRM', acts: [{ mode: 'validation' }] });
  });

  test('[REG-26] 14:30 the promise is kept: back before the others of its rank, and the MRG rings the caller', async () => {
    await day.at('14:29:59');
    const [mrg] = staff.mrg;
    expect((await day.dossiers.get(mrg!, kept.deferred!)).step).toBe('REPORTE');
    await day.at('14:30');
    const back = await day.dossiers.get(mrg!, kept.deferred!);
    expect(back).toMatchObject({ step: 'ATTENTE_MR', queue: 'MRG' });
    expect(await day.queue(mrg!, 'MRG')).toEqual([back.number]);
    const { callId } = await day.telephony.callOut(mrg!, { number: back.callback!, dossierId: back.id });
    await day.pass(20);
    expect(await day.callOf(callId)).toMatchObject({ callback: true, dossierId: back.id });
    await day.play(back.id, [mrg!, { action: 'start-regulation' }], [mrg!, { action: 'decide', careLevel: 'R4', decisions: [{ type: 'CONSEIL' }] }]);
    if ((await day.callOf(callId)).endedAt === null) await day.telephony.act(mrg!, callId, { op: 'hang-up' });
    await day.pass(11);
  });

  test('[TEL-24] [TEL-23] 14:40 a deaf caller through 114, flagged in the dossier; then an interpreter joins a foreign caller', async () => {
    await day.at('14:40');
    const deaf = await day.answered({ dnis: '114' });
    await day.play(deaf.id, [deaf.n1, qualify({ caller: { name: '', relation: 'patient', difficulty: 'MUET' } })]);
    expect((await day.dossiers.get(staff.sv, deaf.id)).caller.difficulty).toBe('MUET');
    await day.play(deaf.id, [deaf.n1, { action: 'request-validation', category: 'DR.DREG.DRINFO', answer: 'information donnée' }]);
    await day.over(deaf.callId);
    const foreign = await day.answered();
    await day.telephony.act(foreign.n1, foreign.callId, { op: 'add-party', party: 'interprete', number: '0536490777' });
    await day.pass(5);
    expect(await day.callOf(foreign.callId)).toMatchObject({ state: 'CONFERENCE', legs: [{ agent: foreign.n1.accountId }, { party: 'interprete' }] });
    await day.play(foreign.id, [foreign.n1, { action: 'request-validation', category: 'DR.DREG.DRINFO', answer: 'information traduite' }]);
    await day.over(foreign.callId);
  });

  test('[REG-09] 15:30 no MRG for ten minutes: the MRU regulates the SNP dossier under INDISPMG, gets its caller, and rings him back when the line breaks', async () => {
    await day.at('15:30');
    for (const actor of staff.mrg) await day.telephony.setMyState(actor, { state: 'pause', reason: 'absence' });
    const { callId, id } = await snpForDoctor({ priority: 'P1' });
    const [mru] = staff.mru;
    expect(await day.refused(mru!, id, { action: 'start-regulation' })).toMatchObject({ status: 422, fields: ['substitution'] });
    await day.play(id, [mru!, { action: 'start-regulation', substitution: 'INDISPMG' }]);
    await day.pass(1);
    expect(await day.onLine(callId)).toBe(mru);
    await day.gone(callId, 'network');
    expect((await day.telephony.callbacks(mru!))[0], 'a P1 whose line broke').toMatchObject({ reason: 'coupure', dossierId: id });
    const { callId: out } = await day.telephony.callOut(mru!, { number: (await day.callOf(callId)).caller!, dossierId: id });
    await day.pass(20);
    expect(await day.play(id, [mru!, { action: 'decide', careLevel: 'R3', decisions: [{ type: 'CONSEIL' }] }])).toMatchObject({ attribution: 'DRM.MRL.INDISPMG', filiere: 'SNP' });
    if ((await day.callOf(out)).endedAt === null) await day.telephony.act(mru!, out, { op: 'hang-up' });
    await day.at('15:40');
    for (const actor of staff.mrg) await day.telephony.setMyState(actor, { state: 'available' });
  });

  test('[ACT-11] [TEL-22] 16:00 a wave of bronchiolitis: the superviseur moves an ARM from N2 to N1, the ratio follows, the journal says who', async () => {
    await day.at('16:00');
    const { sv, n2, mrg } = staff;
    const [moved] = n2;
    await expect(day.telephony.moveAgent(sv, mrg[0]!.accountId, { level: 'N1' }), 'never a doctor').rejects.toMatchObject({ code: 'level-forbidden' });
    await day.telephony.moveAgent(sv, moved!.accountId, { level: 'N1', reason: 'pic de bronchiolite' });
    expect((await day.telephony.board(sv)).ratio).toEqual({ n1: 4, n2: 5, respected: false });
    expect((await day.journal(moved!.accountId)).at(-1)).toMatchObject({ event: 'level-changed', from: 'AMU', to: 'N1', actor: sv.accountId, reason: 'pic de bronchiolite' });
    const called = await Promise.all([1, 2, 3, 4].map(() => day.network.inject({ dnis: '15', patienceMs: 600_000, breaksAfterMs: null })));
    await day.pass(1);
    const answering = await Promise.all(called.map((callId) => day.onLine(callId)));
    expect(answering, 'he answers with the others').toContain(moved);
    for (const callId of called) {
      const actor = await day.onLine(callId);
      const { id } = await day.dossiers.open(actor, { callId });
      await day.play(id, [actor, { action: 'close-as-d', code: 'D.D-IDENT.AUTRE' }]);
      await day.over(callId);
    }
    await day.telephony.moveAgent(sv, moved!.accountId, { level: 'AMU' });
  });

  test('[REG-22] 17:10 a vulnerable patient: a follow-up for tomorrow, in the list of those who follow', async () => {
    await day.at('17:10');
    const { callId, id, osnp, sent } = await snpForDoctor();
    await day.dossiers.update(osnp, id, { base: sent.version, patient: { vulnerable: ['sociale'] } });
    const mrg = await day.passedTo(callId);
    const decided = await day.play(id, [mrg, { action: 'start-regulation' }], [mrg, { action: 'decide', careLevel: 'R4', decisions: [{ type: 'CONSEIL' }] }]);
    expect(decided.tasks).toMatchObject([{ kind: 'suivi-vulnerable', dueAt: day.clock.now().add({ hours: 24 }).toString() }]);
    await day.over(callId);
    await day.pass(600);
    expect(await day.queue(osnp, 'SUIVI')).toContain(decided.number);
  });

  test('[INT-05] [RDV-09] 18:00 the consultation of 08:11 is cancelled on the platform: the dossier says so, somebody has to find another', async () => {
    await day.at('18:00');
    await day.appointment({ appointmentId: 'fever', method: 'update', status: 'cancelled', start: parisTime('11:20').toString() });
    const dossier = await day.dossiers.get(staff.os[0]!, kept.fever!);
    expect(dossier.appointments).toMatchObject([{ status: 'cancelled' }]);
    expect(dossier.tasks.filter(({ doneAt }) => doneAt === null)).toMatchObject([{ kind: 'rdv-cancelled', assignee: 'SUIVI' }]);
  });

  test('[PDSA-05] [PDSA-03] 19:58 opened, 20:03 decided: each keeps its hour; what is in hand is passed on and signed', async () => {
    await day.at('19:58');
    const { sv, night } = staff;
    const { callId, id } = await snpForDoctor();
    const mrg = await day.passedTo(callId);
    await day.at('20:03');
    await day.play(id, [mrg, { action: 'start-regulation' }], [mrg, { action: 'decide', decisions: [prescription()] }]);
    await day.over(callId);
    const [stored] = await day.rows<{ opened: string; decided: string }>(
      `select to_char(d.opened_at at time zone 'Europe/Paris', 'HH24:MI') as opened, to_char(x.at at time zone 'Europe/Paris', 'HH24:MI') as decided
       from dossier.dossier d join dossier.decision x on x.territory = d.territory and x.dossier_id = d.id where d.id = $1`, id);
    expect(stored).toEqual({ opened: '19:58', decided: '20:03' });

    const inHand = (await day.dossiers.handovers.list(mrg)).dossiers.map((line) => line.id);
    expect(inHand).toContain(id);
    await expect(day.dossiers.handovers.sign(mrg, { to: night.accountId, dossierIds: [], comment: '' })).rejects.toMatchObject({ code: 'handover-incomplete' });
    await day.dossiers.handovers.sign(mrg, { to: night.accountId, dossierIds: inHand, comment: 'relève de 20 h' });
    expect((await day.dossiers.get(night, id)).owner).toMatchObject({ name: 'Sam Quentin' });
    expect((await day.dossiers.handovers.list(sv)).signedBy[0]).toMatchObject({ name: mrg.displayName });
  });

  test('[RDV-13] J+1 08:30 the patient of 09:05 did not come: the OSNP rings, the cause is written', async () => {
    await day.at('08:30', '2026-01-14');
    const [osnp] = staff.os;
    await day.appointment({ appointmentId: 'ordered', method: 'update', status: 'noshow', start: parisTime('18:30').toString() });
    const dossier = await day.dossiers.get(osnp!, kept.noShow!);
    const { tasks } = await day.dossiers.patientTasks.list(osnp!);
    const task = tasks.find(({ dossierId }) => dossierId === dossier.id);
    expect(task).toMatchObject({ kind: 'rdv-noshow' });
    const { callId } = await day.telephony.callOut(osnp!, { number: dossier.callback!, dossierId: dossier.id });
    await day.pass(20);
    expect(await day.callOf(callId)).toMatchObject({ callback: true, dossierId: dossier.id });
    await day.dossiers.patientTasks.close(osnp!, task!.id, 'retabli');
    const { reasons, toCheck } = await day.dossiers.patientTasks.absences(staff.sv, { from: '2026-01-13', to: '2026-01-13' });
    expect([reasons.find(({ reason }) => reason === 'retabli')?.count, toCheck]).toEqual([1, 0]);
  });

  test('[ACT-20] [SEC-03] J+2 somebody of the agency tries to read a DRM: refused, and written in its journal', async () => {
    await day.at('10:00', '2026-01-15');
    await expect(day.dossiers.get(staff.ars, kept.fever!)).rejects.toMatchObject({ status: 403, code: 'dossier-out-of-scope' });
    expect((await day.journal(kept.fever!)).at(-1)).toMatchObject({ event: 'refused', actor: staff.ars.accountId, payload: { action: 'read' } });
  });
}
