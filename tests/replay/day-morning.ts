import type { Actor } from '../../src/identity/contract.ts';
import { beforeAll, expect, test } from 'vitest';
import { childFever } from '../../db/demo/protocols-content.ts';
import { sheet } from '../../src/regulation/protocol/server/protocol.fixture.ts';
import { parisTime } from './assembled-room.ts';
import type { DayRoom, Kept } from './day-room.ts';
import { place, qualify } from './qualification.ts';

/** Events of the scripted day, from 07:55 to 10:02. */
export function morning(room: () => DayRoom, kept: Kept): void {
  let day: DayRoom;
  let staff: DayRoom['staff'];
  beforeAll(() => {
    day = room();
    ({ staff } = day);
  });

  test('[PDSA-05] [ACT-11] [TEL-22] 07:55 the room opens: the night hands over and signs, the superviseur sees who is there', async () => {
    const { night, sv, n1, n2, os, mru, mrg } = staff;
    const { id } = await day.dossiers.open(night, { degradedFrom: parisTime('07:30').toString() });
    await expect(day.dossiers.handovers.sign(night, { to: sv.accountId, dossierIds: [], comment: '' })).rejects.toMatchObject({ code: 'handover-incomplete' });
    await day.dossiers.handovers.sign(night, { to: sv.accountId, dossierIds: [id], comment: 'relève de 8 h' });
    expect(await day.dossiers.handovers.isDue(night)).toBe(false);
    expect((await day.dossiers.handovers.list(sv)).signedBy).toMatchObject([{ name: 'Sam Quentin', at: parisTime('07:55').toString() }]);
    await day.play(id, [sv, { action: 'hand-over', to: { accountId: n1[0]!.accountId, name: n1[0]!.displayName }, reason: 'fiche de la nuit' }], [n1[0]!, { action: 'close-as-d', code: 'D.D-IDENT.ADMIN' }]);

    for (const actor of n1) await day.seated(actor, 'N1');
    for (const actor of n2) await day.seated(actor, 'AMU');
    for (const actor of [...os, ...mru, mrg[1]!]) await day.seated(actor);
    await day.telephony.setMyState(mrg[0]!, { state: 'available', remote: true });
    const board = await day.telephony.board(sv);
    expect(board.ratio).toEqual({ n1: 3, n2: 6, respected: true });
    expect(Object.fromEntries(board.levels.map(({ level, agents }) => [level, agents.length]))).toEqual({ N1: 3, AMU: 4, SNP: 2, MRU: 2, MRG: 2, SPE: 0 });
    expect(board.levels.flatMap(({ agents }) => agents).filter(({ remote }) => remote)).toMatchObject([{ name: 'Lou Keller' }]);
  });

  test('[REG-07] [REG-17] [ACT-03] [TEL-14] 08:03 cardiac arrest: SMUR and VSAV in two actions, the caller kept, the MRU picks up; 08:05 the neighbour joins', async () => {
    await day.at('08:03');
    const { callId, id, n1 } = await day.answered({ caller: '0639980101' });
    const engaged = await day.play(id, [n1, { action: 'engage-p0', location: place, callback: '0639980101' }]);
    expect((await day.journal(id)).filter(({ actor }) => actor === n1.accountId).map(({ event }) => event), 'actions of N1 until the means are engaged').toEqual(['open', 'engage-p0']);
    expect(engaged.means.map(({ type, status }) => [type, status])).toEqual([['SMUR.VLM', 'DECLENCHE'], ['SIS.VSAV', 'DECLENCHE']]);
    expect((await day.announced('p0')).map(({ ids }) => ids.alert)).toEqual(['p0-alarm']);
    expect(await day.callOf(callId), 'accompanied').toMatchObject({ state: 'DECROCHE_N1', agent: n1.accountId, priority: 0, waiting: { level: 'MRU', accompanied: true } });

    const mru = await day.passedTo(callId);
    expect(staff.mru).toContain(mru);
    const taken = await day.play(id, [mru, { action: 'start-regulation' }]);
    expect(taken.p0?.takenAt).toBe(day.clock.now().toString());

    await day.at('08:05');
    expect((await day.announced('p0')).map(({ ids }) => ids.alert), 'taken in time: nobody else is alarmed').toEqual(['p0-alarm', 'p0-taken']);
    const neighbour = await day.answered({ caller: '0639980102' });
    const joined = await day.play(id, [neighbour.n1, { action: 'attach-call', callId: neighbour.callId }]);
    expect(joined.calls.map((call) => [call.id, call.repeated])).toEqual([[callId, false], [neighbour.callId, true]]);
    expect(await day.callOf(neighbour.callId)).toMatchObject({ dossierId: id });
    expect(await day.dossiers.get(n1, neighbour.id)).toMatchObject({ type: 'D', state: 'ACHEVE', attribution: 'D.D-MALV.ITERATIF' });
    await day.over(neighbour.callId);
    expect((await day.dossiers.get(mru, id)).calls.map(({ onLine }) => onLine)).toEqual([true, false]);
    const decided = await day.play(id, [mru, { action: 'decide', careLevel: 'R1', decisions: [{ type: 'SMUR' }, { type: 'VSAV' }, { type: 'SU' }] }]);
    expect(decided).toMatchObject({ type: 'DRM', attribution: 'DRM.MRU.MU', priority: 'P0' });
    expect(decided.means, 'the reflex means are those decided').toHaveLength(2);
    await day.over(callId);
    const states = (await day.journal(callId)).map(({ to }) => to);
    expect(states.filter((state) => state?.startsWith('ATTENTE')), 'never parked').toEqual([]);
  });

  test('[PROT-01] [REG-05] [REG-14] [RDV-01] [RDV-02] 08:11 feverish child, usual doctor unreachable: tree, OSNP, MRG, then the appointment comes back', async () => {
    const { mru, mrg, head, os } = staff;
    const draft = await day.protocols.create(mru[0]!, { kind: 'arbre', title: sheet.title });
    const saved = await day.protocols.save(mru[0]!, draft.id, { ...sheet, revision: draft.revision, content: { kind: 'arbre', tree: childFever } });
    const { version } = await day.protocols.submit(mrg[0]!, draft.id, saved.revision);
    for (const actor of [mru[0]!, mrg[0]!, head]) await day.protocols.approve(actor, draft.id, { version, comment: '' });

    await day.at('08:11');
    const { callId, id, n1 } = await day.answered({ caller: '0639980103' });
    const answers = Object.entries({ eveil: '1', age: '2', taches: '1', respiration: '1', boit: '2' }).map(([question, answer]) => ({ question, answer }));
    expect(await day.protocols.record(n1, id, { protocolId: draft.id, version, answers, retained: { priority: 'P2', filiere: 'SNP' } })).toEqual({ outcome: 'boit-peu', overridden: false });
    const qualified = await day.play(id, [n1, qualify()]);
    expect(qualified).toMatchObject({ type: 'DR', protocol: { id: draft.id, overridden: false, answers }, prompts: ['usual-doctor'] });
    await day.dossiers.update(n1, id, { base: qualified.version, patient: { usualDoctor: 'Exemple', usualDoctorRpps: '10000000011', usualDoctorContact: 'indisponible' } });
    await day.play(id, [n1, { action: 'send-to-n2' }]);
    const osnp = await day.passedTo(callId);
    expect(staff.os).toContain(osnp);
    await day.play(id, [osnp, { action: 'take' }], [osnp, { action: 'send-to-doctor' }]);
    const doctor = await day.passedTo(callId);
    expect(staff.mrg).toContain(doctor);
    const decided = await day.play(id, [doctor, { action: 'start-regulation' }], [doctor, { action: 'decide', careLevel: 'R3', decisions: [{ type: 'CONSULTATION', specialty: 'SM54' }] }]);
    expect(decided).toMatchObject({ type: 'DRM', attribution: 'DRM.MRL.MG', queue: 'SNP', prompts: [] });
    const back = await day.passedTo(callId);
    expect(staff.os, 'the caller goes on with the OSNP who books').toContain(back);

    const link = new URL(await day.dossiers.appointments.searchLink(os[0]!, id));
    expect(Object.fromEntries(link.searchParams)).toEqual({
      origin: 'fr.health.samu860', practitioner: 'urn:oid:1.2.250.1.71.4.2.1|810000000011', specialty: 'urn:oid:1.2.250.1.213.2.28|SM54', streetnumber: '3', streetname: 'rue des Tilleuls', inseecode: '86194', city: 'Poitiers',
    });
    await day.appointment({ appointmentId: 'fever', start: parisTime('11:20').toString() });
    expect(await day.dossiers.appointments.unattached(os[0]!)).toMatchObject([{ appointmentId: 'fever', suggested: [{ id }] }]);
    await day.play(id, [os[0]!, { action: 'take' }]);
    await day.dossiers.appointments.attach(os[0]!, 'fever', id);
    const done = await day.play(id, [os[0]!, { action: 'execute' }]);
    expect(done).toMatchObject({ appointments: [{ appointmentId: 'fever', status: 'booked', start: parisTime('11:20').toString() }] });
    await day.over(callId);
    expect((await day.callOf(callId)).legs.map(({ level }) => level), 'one call through four people').toEqual(['N1', 'SNP', 'MRG', 'SNP']);
    kept.fever = id;
  });

  test('[REG-13] [REG-04] 08:20 pharmacy on duty: a DR without act, listed in the règlement intérieur, valid by itself once the caller is gone', async () => {
    await day.at('08:20');
    const { callId, id, n1 } = await day.answered();
    expect(await day.play(id, [n1, { action: 'request-validation', category: 'DR.DREG.DRPHARMA', answer: 'Pharmacie du Clain, 12 rue des Tanneurs' }])).toMatchObject({ type: 'DR', validation: { whitelisted: true } });
    await day.at('08:31');
    expect((await day.dossiers.get(n1, id)).state, 'still speaking').toBe('ACTIF');
    await day.over(callId);
    expect(await day.dossiers.get(n1, id)).toMatchObject({ state: 'VALIDE', type: 'DR', acts: [] });
  });

  test('[REG-18] 08:32 wrong number: a D with its code', async () => {
    await day.at('08:32');
    const { callId, id, n1 } = await day.answered();
    await day.play(id, [n1, { action: 'close-as-d', code: 'D.D-MALV.ERR' }]);
    await day.over(callId);
    expect(await day.dossiers.get(n1, id)).toMatchObject({ state: 'VALIDE', type: 'D', attribution: 'D.D-MALV.ERR' });
  });

  test('[ACT-06] [REG-08] 08:47 the OSNP hears a chest pain: dossier and caller go back to the AMU in one action, first arrival kept', async () => {
    await day.at('08:47');
    const { callId, id, n1 } = await day.answered();
    const before = await day.play(id, [n1, qualify()], [n1, { action: 'send-to-n2' }]);
    const osnp = await day.passedTo(callId);
    const back = await day.play(id, [osnp, { action: 'take' }], [osnp, { action: 'requalify', filiere: 'AMU', reason: 'douleur thoracique', suspectedP0: true }]);
    expect(back).toMatchObject({ filiere: 'AMU', priority: 'P1', openedAt: before.openedAt, motive: before.motive, p0Suspected: true });
    expect((await day.announced('p0')).at(-1)!.ids.alert).toBe('p0-suspected');
    const arm = await day.passedTo(callId);
    expect(staff.n2).toContain(arm);
    await day.play(id, [arm, { action: 'take' }], [arm, { action: 'send-to-doctor' }]);
    const mru = await day.passedTo(callId);
    await day.play(id, [mru, { action: 'start-regulation' }], [mru, { action: 'decide', careLevel: 'R2', decisions: [{ type: 'AMBULANCE' }, { type: 'SU' }] }]);
    expect((await day.callOf(callId)).legs.map(({ level }) => level), 'the caller ends with the doctor').toEqual(['N1', 'SNP', 'AMU', 'MRU']);
    const queued = (await day.dossiers.queues(arm)).find(({ code }) => code === 'AMU')!.dossiers.map((line) => line.id);
    expect(queued, 'the order waits for an ARM').toContain(id);
    await day.over(callId);
  });

  test('[ACT-09] [REG-11] 09:05 the MRU orders a consultation straight to the OSNP, without an MRG', async () => {
    await day.at('09:05');
    const { callId, id, n1 } = await day.answered();
    await day.play(id, [n1, qualify({ filiere: 'AMU' })], [n1, { action: 'send-to-n2' }]);
    const arm = await day.passedTo(callId);
    await day.play(id, [arm, { action: 'take' }], [arm, { action: 'send-to-doctor' }]);
    const mru = await day.passedTo(callId);
    const decided = await day.play(id, [mru, { action: 'start-regulation' }], [mru, { action: 'decide', careLevel: 'R3', decisions: [{ type: 'CONSULTATION' }, { type: 'CONSEIL' }] }]);
    expect(await day.queue(staff.os[0]!, 'SNP')).toEqual([decided.number]);
    const osnp = await day.passedTo(callId);
    expect(staff.os).toContain(osnp);
    await day.appointment({ appointmentId: 'ordered', start: parisTime('18:30').toString() });
    await day.play(id, [osnp, { action: 'take' }]);
    await day.dossiers.appointments.attach(osnp, 'ordered', id);
    expect(await day.play(id, [osnp, { action: 'execute' }])).toMatchObject({ filiere: 'AMU', attribution: 'DRM.MRU.MU', acts: [{ role: 'mru' }] });
    await day.over(callId);
    kept.noShow = id;
  });

  test('[TEL-12] [TEL-13] 09:20 the fire service on the line of the MRU: no N1, no filter; VSAV, its bilan reopens, orientation confirmed', async () => {
    await day.at('09:20');
    const callId = await day.call({ dnis: '0536490102', caller: '0536490118' });
    const mru = await day.onLine(callId);
    expect(staff.mru).toContain(mru);
    expect(await day.callOf(callId)).toMatchObject({ flow: 'ligne-mru', origin: '18', state: 'EN_LIGNE_MR', legs: [{ level: 'MRU' }] });
    const { id } = await day.dossiers.open(mru, { callId });
    const sent = await day.play(id, [mru, qualify({ filiere: 'AMU', priority: 'P1' })], [mru, { action: 'start-regulation' }], [mru, { action: 'decide', careLevel: 'R2', decisions: [{ type: 'VSAV' }] }]);
    expect(await day.onLine(callId), 'the firemen stay with the doctor; the order is carried out by an ARM').toBe(mru);
    const [arm] = staff.n2 as [Actor];
    const { means } = await day.play(id, [arm, { action: 'take' }], [arm, { action: 'execute' }]);
    expect(means).toMatchObject([{ type: 'SIS.VSAV', status: 'DECLENCHE', decisionId: sent.acts[0]!.decisions[0]!.id }]);
    const [vsav] = means;
    await day.over(callId);
    await day.at('09:31');
    for (const status of ['ARRIVEE', 'PEC', 'BILAN']) await day.play(id, [arm, { action: 'execute', means: [{ id: vsav!.id, status }] }]);
    expect(await day.dossiers.get(mru, id)).toMatchObject({ step: 'EN_REGULATION', queue: 'MRU', tasks: [{ kind: 'bilan', assignee: mru.accountId, doneAt: null }] });
    const confirmed = await day.play(id, [mru, { action: 'start-regulation' }], [mru, { action: 'decide', careLevel: 'R2', decisions: [{ type: 'SU' }] }]);
    expect(confirmed.acts).toHaveLength(2);
    expect(confirmed.tasks).toMatchObject([{ kind: 'bilan', outcome: 'Décision prise' }]);
  });

  test('[REG-04] 09:40 somebody trapped and unhurt: for the fire service, no medical act', async () => {
    await day.at('09:40');
    const { callId, id, n1 } = await day.answered();
    expect(await day.play(id, [n1, { action: 'request-validation', category: 'DR.DREG.DOS-SIS', answer: 'transmis au 18' }])).toMatchObject({ attribution: 'DR.DREG.DOS-SIS', validation: { whitelisted: true }, acts: [] });
    await day.over(callId);
  });

  test('[TEL-10] [TEL-11] 10:02 gone after 8 s, after 25 s: counted apart; one line each to ring back, treated', async () => {
    await day.at('10:02');
    for (const actor of staff.n1) await day.telephony.setMyState(actor, { state: 'pause' });
    const [short, long, again] = ['0639980108', '0639980125', '0639980125'].map((caller, index) => ({ caller, seconds: [8, 25, 12][index]! }));
    for (const { caller, seconds } of [short!, long!, again!]) {
      const callId = await day.call({ caller, patienceMs: seconds * 1_000 });
      await day.pass(seconds);
      expect(await day.callOf(callId)).toMatchObject({ state: seconds < 10 ? 'ABANDONNE_LT10' : 'ABANDONNE_GE10' });
    }
    for (const actor of staff.n1) await day.telephony.setMyState(actor, { state: 'available' });
    const [arm] = staff.n1;
    const lines = (await day.telephony.callbacks(arm!)).filter(({ outcome }) => outcome === null);
    expect(lines).toMatchObject([{ number: '0639980108', callCount: 1 }, { number: '0639980125', callCount: 2 }]);
    for (const line of lines) {
      const { callId } = await day.telephony.callOut(arm!, { number: line.number, callbackId: line.id });
      await day.pass(20);
      if ((await day.callOf(callId)).endedAt === null) await day.telephony.act(arm!, callId, { op: 'hang-up' });
      await day.telephony.closeCallback(arm!, line.id, 'reached');
      await day.pass(11);
    }
    expect((await day.telephony.callbacks(arm!)).every(({ outcome, attempts }) => outcome === 'reached' && attempts === 1)).toBe(true);
    expect((await day.telephony.board(staff.sv)).day).toMatchObject({ abandonedLt10: 1, abandonedGe10: 2 });
  });
}
