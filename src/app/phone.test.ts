import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type AssembledRoom, openAssembledRoom } from '../../tests/replay/assembled-room.ts';
import { place, qualify } from '../../tests/replay/qualification.ts';
import type { Actor } from '../identity/contract.ts';
import { filiereSchema } from '../regulation/dossier/contract.ts';
import { transferFor } from './phone.ts';

const specialised = filiereSchema.options.filter((filiere) => filiere !== 'AMU' && filiere !== 'SNP');

test.each([
  ['P0', { level: 'MRU', mode: 'warm' }], ['AMU', { level: 'AMU', mode: 'blind' }], ['SNP', { level: 'SNP', mode: 'blind' }],
  ['MRU', { level: 'MRU', mode: 'blind' }], ['MRG', { level: 'MRG', mode: 'blind' }],
  ...specialised.map((filiere) => [filiere, { level: 'SPE', skill: filiere, mode: 'blind' }] as const),
  ['N1', null], ['VALIDATION', null], ['REPORTE', null], ['SUIVI', null], [null, null],
] as const)('[TEL-14] a dossier of queue %s waits on the phone for %j', (queue, wish) => {
  expect(transferFor(queue)).toEqual(wish);
});

let room: AssembledRoom;
let staff: { n1: Actor; n2: Actor; os: Actor; mru: Actor; mrg: Actor; psy: Actor; head: Actor; sv: Actor };
const openings: string[] = [];
beforeAll(async () => {
  room = await openAssembledRoom();
  staff = {
    n1: await room.person('arm', 'Camille Aubert'), n2: await room.person('arm', 'Sacha Belin'), os: await room.person('osnp', 'Dominique Carré'), mru: await room.person('mru', 'Noa Delmas'),
    mrg: await room.person('mrg', 'Lou Estève'), psy: await room.person('medecin-specialise', 'Eden Faure'), head: await room.person('responsable-sas', 'Alix Garnier'),
    sv: await room.person('superviseur', 'Maé Hervé'),
  };
  await room.seated(staff.n1, 'N1');
});
afterAll(() => room.close());
afterEach(async () => {
  for (const callId of openings.splice(0)) if ((await room.callOf(callId)).endedAt === null) await room.telephony.act(staff.sv, callId, { op: 'hang-up' });
  for (const actor of [staff.n2, staff.os, staff.mru, staff.mrg, staff.psy]) {
    await room.pass(11);
    if ((await room.telephony.me(actor.accountId)).agent) await room.telephony.setMyState(actor, { state: 'offline' });
  }
});

/** N1 answers somebody and opens the dossier. */
async function answered(): Promise<{ callId: string; id: string }> {
  const callId = await room.call();
  openings.push(callId);
  expect(await room.callOf(callId)).toMatchObject({ state: 'DECROCHE_N1', agent: staff.n1.accountId });
  const { id } = await room.dossiers.open(staff.n1, { callId });
  return { callId, id };
}

test('[TEL-05] [TEL-14] N1 passes the dossier to the OSNP: the caller goes with it, and both keep their identity', async () => {
  const { callId, id } = await answered();
  await room.play(id, [staff.n1, qualify()], [staff.n1, { action: 'send-to-n2' }]);
  expect(await room.callOf(callId)).toMatchObject({ state: 'ATTENTE_N2', waiting: { level: 'SNP', accompanied: false }, dossierId: id });
  await room.seated(staff.os);
  expect((await room.telephony.me(staff.os.accountId)).call, 'already while it rings').toMatchObject({ id: callId, dossierId: id });
  await room.pass(1);
  expect(await room.callOf(callId)).toMatchObject({ state: 'EN_LIGNE_N2', agent: staff.os.accountId, dossierId: id });
  expect((await room.telephony.me(staff.n1.accountId)).agent!.state).toBe('wrap-up');
  await room.seated(staff.mrg);
  await room.play(id, [staff.os, { action: 'take' }], [staff.os, { action: 'send-to-doctor' }]);
  await room.pass(1);
  expect(await room.callOf(callId)).toMatchObject({ state: 'EN_LIGNE_MR', agent: staff.mrg.accountId, dossierId: id, legs: [{ level: 'N1' }, { level: 'SNP' }, { level: 'MRG' }] });
});

test('[TEL-05] the same towards the ARM of the second level, then the urgentist; P1 before others', async () => {
  const { callId, id } = await answered();
  await room.seated(staff.n2, 'AMU');
  await room.play(id, [staff.n1, qualify({ filiere: 'AMU', priority: 'P1' })], [staff.n1, { action: 'send-to-n2' }]);
  await room.pass(1);
  expect(await room.callOf(callId)).toMatchObject({ state: 'EN_LIGNE_N2', agent: staff.n2.accountId, priority: 1, dossierId: id });
  await room.play(id, [staff.n2, { action: 'take' }], [staff.n2, { action: 'send-to-doctor' }]);
  expect(await room.callOf(callId)).toMatchObject({ state: 'ATTENTE_MR', waiting: { level: 'MRU', accompanied: false } });
});

test('[REG-07] a P0 engaged: N1 stays with the caller until the urgentist has answered', async () => {
  const { callId, id } = await answered();
  await room.play(id, [staff.n1, { action: 'engage-p0', location: place, callback: '0549000001' }]);
  await room.pass(25);
  expect(await room.callOf(callId)).toMatchObject({ state: 'DECROCHE_N1', agent: staff.n1.accountId, priority: 0, waiting: { level: 'MRU', accompanied: true } });
  await room.seated(staff.mru);
  await room.pass(1);
  expect(await room.callOf(callId)).toMatchObject({ state: 'EN_LIGNE_MR', agent: staff.mru.accountId, waiting: null, dossierId: id });
  const states = (await room.journal(callId)).map(({ to }) => to);
  expect(states, 'never parked').not.toContain('ATTENTE_MR');
});

test('[REG-08] [ACT-06] the OSNP sends an SNP back to the AMU: the caller moves with the dossier', async () => {
  const { callId, id } = await answered();
  await room.seated(staff.os);
  await room.play(id, [staff.n1, qualify()], [staff.n1, { action: 'send-to-n2' }]);
  await room.pass(1);
  const seen = await room.play(id, [staff.os, { action: 'take' }], [staff.os, { action: 'requalify', filiere: 'AMU', reason: 'douleur thoracique' }]);
  expect(seen).toMatchObject({ filiere: 'AMU', priority: 'P1' });
  expect(await room.callOf(callId)).toMatchObject({ state: 'ATTENTE_N2', priority: 1, waiting: { level: 'AMU' } });
  await room.seated(staff.n2, 'AMU');
  await room.pass(1);
  expect(await room.callOf(callId)).toMatchObject({ state: 'EN_LIGNE_N2', agent: staff.n2.accountId, dossierId: id });
});

test('[FIL-03, FIL-04] a specialised filière: the caller waits for somebody of that skill alone', async () => {
  await room.dossiers.settings.saveFiliere(staff.head, '86', { filiere: 'PSY', active: true, label: 'Psychiatrie', scheme: 'IDE psy en salle, psychiatre joignable', hours: [] });
  const { callId, id } = await answered();
  await room.play(id, [staff.n1, qualify({ filiere: 'AMU' })], [staff.n1, { action: 'send-to-doctor', filiere: 'PSY' }]);
  await room.seated(staff.psy, 'SPE', ['PED']);
  await room.pass(1);
  expect(await room.callOf(callId), 'a paediatrician is not rung').toMatchObject({ state: 'ATTENTE_MR', waiting: { level: 'SPE', skill: 'PSY' } });
  await room.seated(staff.psy, 'SPE', ['PSY']);
  await room.pass(1);
  expect(await room.callOf(callId)).toMatchObject({ state: 'EN_LIGNE_MR', agent: staff.psy.accountId });
});

test('[TEL-14] whoever is not on the line moves the dossier alone; an answer to be validated leaves the caller where he is', async () => {
  const { callId, id } = await answered();
  await room.play(id, [staff.n1, qualify()], [staff.n2, { action: 'send-to-n2' }]);
  expect((await room.dossiers.get(staff.n1, id)).queue).toBe('SNP');
  expect(await room.callOf(callId)).toMatchObject({ state: 'DECROCHE_N1', agent: staff.n1.accountId, waiting: null });
  await room.play(id, [staff.n1, { action: 'request-validation', reason: 'conseil du protocole donné' }]);
  expect(await room.callOf(callId)).toMatchObject({ state: 'DECROCHE_N1', agent: staff.n1.accountId, waiting: null });
});

test('[REG-09] no doctor of the filière: the one who takes the dossier in his place gets the caller who waited for another level', async () => {
  const { callId, id } = await answered();
  await room.seated(staff.os);
  await room.play(id, [staff.n1, qualify()], [staff.n1, { action: 'send-to-n2' }]);
  await room.pass(1);
  await room.play(id, [staff.os, { action: 'take' }], [staff.os, { action: 'send-to-doctor' }]);
  expect(await room.callOf(callId)).toMatchObject({ state: 'ATTENTE_MR', waiting: { level: 'MRG' } });
  await room.seated(staff.mru);
  await room.pass(1);
  expect(await room.callOf(callId), 'the urgentist is not rung for it').toMatchObject({ state: 'ATTENTE_MR' });
  await room.play(id, [staff.mru, { action: 'start-regulation', substitution: 'INDISPMG' }]);
  await room.pass(1);
  expect(await room.callOf(callId)).toMatchObject({ state: 'EN_LIGNE_MR', agent: staff.mru.accountId, waiting: null });
});

test('[REG-11] once decided, the caller goes to those who find an appointment, and stays with the doctor when means are sent', async () => {
  const decided = async (type: string) => {
    const { callId, id } = await answered();
    await room.seated(staff.mru);
    await room.play(id, [staff.n1, qualify({ filiere: 'AMU', priority: 'P1' })], [staff.n1, { action: 'send-to-doctor' }]);
    await room.pass(1);
    await room.play(id, [staff.mru, { action: 'start-regulation' }], [staff.mru, { action: 'decide', decisions: [{ type, careLevel: 'R2' }] }]);
    await room.pass(1);
    return room.callOf(callId);
  };
  expect(await decided('AMBULANCE')).toMatchObject({ state: 'EN_LIGNE_MR', agent: staff.mru.accountId, waiting: null });
  await room.telephony.act(staff.sv, openings.pop()!, { op: 'hang-up' });
  await room.pass(11);
  expect(await decided('CONSULTATION')).toMatchObject({ state: 'ATTENTE_N2', waiting: { level: 'SNP', skill: 'N4' } });
});

test('[REG-07] an urgentist on the line who engages a P0 keeps his caller', async () => {
  await room.seated(staff.mru);
  const callId = await room.call({ dnis: '0536490102' });
  openings.push(callId);
  await room.pass(1);
  expect(await room.callOf(callId)).toMatchObject({ agent: staff.mru.accountId });
  const { id } = await room.dossiers.open(staff.mru, { callId });
  await room.play(id, [staff.mru, { action: 'engage-p0', location: place, callback: '0549000001' }]);
  await room.pass(2);
  expect(await room.callOf(callId)).toMatchObject({ state: 'EN_LIGNE_MR', agent: staff.mru.accountId, waiting: null, priority: 0 });
});

test('[REG-28] one software for the urgentist in the room and the generalist at home: the dossier changes hands, nothing is typed again', async () => {
  const { callId, id } = await answered();
  await room.seated(staff.mru);
  const qualified = await room.play(id, [staff.n1, qualify({ filiere: 'AMU', priority: 'P1' })], [staff.n1, { action: 'send-to-doctor' }]);
  await room.pass(1);
  const remote = await room.telephony.setMyState(staff.mrg, { state: 'available', level: 'MRG', remote: true });
  expect(remote).toMatchObject({ remote: true });
  await room.play(id, [staff.mru, { action: 'start-regulation' }], [staff.mru, { action: 'requalify', filiere: 'SNP', reason: 'relève de la ville' }]);
  await room.pass(1);
  expect(await room.callOf(callId)).toMatchObject({ agent: staff.mrg.accountId, dossierId: id });
  const seen = await room.play(id, [staff.mrg, { action: 'start-regulation' }], [staff.mrg, { action: 'decide', decisions: [{ type: 'CONSEIL', careLevel: 'R4' }] }]);
  expect(seen).toMatchObject({ number: qualified.number, openedAt: qualified.openedAt, motive: qualified.motive, location: qualified.location, attribution: 'DRM.MRL.MG' });
});
