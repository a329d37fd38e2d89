import { afterAll, beforeAll, expect, test } from 'vitest';
import { Installation } from '../support/installation.ts';
import { ring, type Staff, staffOf } from '../support/room.ts';

const sas = new Installation('--no-colleagues');
let arm: Staff;
let second: Staff;
let supervisor: Staff;

beforeAll(async () => {
  await sas.start();
  [arm, second, supervisor] = [await staffOf(sas, 'arm', 'n1'), await staffOf(sas, 'arm', 'amu'), await staffOf(sas, 'superviseur', 'sv')];
  const { body } = await supervisor.ask('GET', '/api/v1/telephony/configuration');
  const configured = await supervisor.ask('PUT', '/api/v1/telephony/configuration', { ...body, thresholds: { ...body.thresholds, wrapUpSeconds: 0 } });
  expect(configured.status).toBe(200);
}, 120_000);
afterAll(() => sas.remove(), 60_000);

/** The call somebody is in conversation on. */
const spokenBy = async (who: Staff) => {
  const { state, call } = await who.post();
  return state === 'in-call' ? call.id : null;
};
const liveCalls = async () => (await supervisor.ask('GET', '/api/v1/calls')).body.calls as any[];
const told = (calls: any[]) =>
  calls.map(({ id, state, level, priority, presentedAt, answeredAt, dossierId, agent, legs }) => ({ id, state, level, priority, presentedAt, answeredAt, dossierId, agent, legs }));

test('[TEL-26] killed with -9 while people speak and wait, the room comes back with every call, place, instant and dossier', async () => {
  await arm.take();
  await second.take('AMU');
  const first = await ring(sas, { caller: '0639980001' });
  await expect.poll(() => spokenBy(arm)).toBe(first);
  const dossier = (await arm.ask('POST', '/api/v1/dossiers', { callId: first })).body;
  await arm.act(dossier.id, 'qualify', {
    motive: 'Chute', priority: 'P2', filiere: 'AMU', location: { address: '3 rue des Tilleuls', city: 'Poitiers', insee: '86194' }, callback: '0639980001',
  });
  await arm.act(dossier.id, 'send-to-n2');
  await expect.poll(() => spokenBy(second), { message: 'the call goes with its dossier' }).toBe(first);
  const spoken = await ring(sas, { caller: '0639980002' });
  await expect.poll(() => spokenBy(arm)).toBe(spoken);
  const waiting = [await ring(sas, { caller: '0639980003' }), await ring(sas, { caller: '0639980004' })];
  await expect.poll(async () => (await liveCalls()).length).toBe(4);
  const before = told(await liveCalls());
  expect(before.map(({ state }) => state).sort()).toEqual(['DECROCHE_N1', 'EN_LIGNE_N2', 'PRESENTE', 'PRESENTE']);

  await sas.kill();
  await sas.start();

  await expect.poll(async () => (await supervisor.ask('GET', '/api/v1/board')).body.link.status, { timeout: 20_000 }).toBe('up');
  expect(told(await liveCalls())).toEqual(before);
  expect((await second.ask('GET', `/api/v1/dossiers/${dossier.id}`)).body).toMatchObject({ step: 'ATTENTE_N2', motive: { label: 'Chute' }, calls: [{ id: first, onLine: true }] });
  expect((await arm.post()).state).toBe('in-call');

  // Work goes on: the one who had waited longest is next.
  expect((await arm.ask('POST', `/api/v1/calls/${spoken}/commands`, { op: 'hang-up' })).status).toBe(202);
  await expect.poll(() => spokenBy(arm), { timeout: 15_000 }).toBe(waiting[0]);
  await second.act(dossier.id, 'take');
  await second.act(dossier.id, 'send-to-doctor');
  const ended = (await supervisor.ask('GET', `/api/v1/calls/${spoken}`)).body;
  expect(ended).toMatchObject({ state: 'TERMINE', presentedAt: before.find(({ id }) => id === spoken)!.presentedAt });
  expect(await sas.sas('journal', 'verify')).toMatch(/chaîne intacte/);
}, 180_000);
