import { afterEach, expect, test } from 'vitest';
import { distributeOnce, readAgenda } from './distributor.ts';
import { openPilotRoom, type PilotRoom } from './room.fixture.ts';

let opened: PilotRoom;
afterEach(() => opened.close());

test('[TEL-07] the agent idle longest is rung and answers by itself; after the call, time to write, then available', async () => {
  opened = await openPilotRoom();
  const { room, agent, call, pass, callOf, agentState } = opened;
  const first = await agent('arm');
  await pass(5);
  const second = await agent('arm');
  const callId = await call();
  expect(await agentState(first)).toMatchObject({ state: 'ringing', callId });
  await pass(1);
  expect(await callOf(callId)).toMatchObject({ state: 'DECROCHE_N1', agent: first.accountId, answeredAt: '2026-01-13T08:00:05.15Z' });
  const next = await call();
  await pass(1);
  expect(await callOf(next)).toMatchObject({ agent: second.accountId });
  await room.act(first, callId, { op: 'hang-up' });
  await pass(1);
  expect(await callOf(callId)).toMatchObject({ state: 'TERMINE', cause: 'agent' });
  expect((await agentState(first)).state).toBe('wrap-up');
  await pass(10);
  expect((await agentState(first)).state).toBe('available');
});

test('[TEL-07] with nobody free calls wait, priority first then arrival; a P0 goes first', async () => {
  opened = await openPilotRoom();
  const { room, agent, call, pass, callOf, database, supervisor } = opened;
  const waiting = [await call(), await call(), await call({ dnis: '112' })];
  await database.for('telephony').transaction((tx) => room.setPriority(tx, waiting[2]!, 0, supervisor));
  const arm = await agent('arm');
  const order: string[] = [];
  for (let turn = 0; turn < 3; turn++) {
    await pass(1);
    const { call: current } = await room.me(arm.accountId);
    order.push(current!.id);
    await room.act(arm, current!.id, { op: 'hang-up' });
    await pass(11);
  }
  expect(order).toEqual([waiting[2], waiting[0], waiting[1]]);
  expect((await callOf(waiting[1]!)).state).toBe('TERMINE');
});

test('[TEL-07] who misses a call is not ready, and the call goes back at its place', async () => {
  opened = await openPilotRoom();
  const { agent, call, pass, callOf, agentState, setPhone } = opened;
  const deaf = await agent('arm');
  await setPhone(deaf, 'silent');
  const first = await call();
  const second = await call();
  await pass(8.1);
  expect(await agentState(deaf)).toMatchObject({ state: 'pause', pauseReason: 'Appel non décroché', callId: null });
  const other = await agent('arm');
  await pass(1);
  expect(await callOf(first)).toMatchObject({ agent: other.accountId, legs: [{ endCause: 'no-answer' }, { queuedAt: '2026-01-13T08:00:00Z' }] });
  expect(await callOf(second)).toMatchObject({ state: 'PRESENTE' });
});

test('[TEL-05] [TEL-14] from N1 to the OSNP: one identity, the second queue, its own wait', async () => {
  opened = await openPilotRoom();
  const { room, agent, call, pass, callOf } = opened;
  const [arm, osnp] = [await agent('arm'), await agent('osnp')];
  const callId = await call();
  await pass(60);
  await room.setMyState(osnp, { state: 'pause' });
  await room.act(arm, callId, { op: 'transfer', level: 'SNP', mode: 'blind' });
  await pass(20);
  expect(await callOf(callId)).toMatchObject({ state: 'ATTENTE_N2', level: 'SNP', waiting: { level: 'SNP', since: '2026-01-13T08:01:00Z' } });
  await room.setMyState(osnp, { state: 'available' });
  await pass(1);
  expect(await callOf(callId)).toMatchObject({
    state: 'EN_LIGNE_N2', agent: osnp.accountId, legs: [{ agentName: arm.displayName, level: 'N1' }, { agentName: osnp.displayName, level: 'SNP', queuedAt: '2026-01-13T08:01:00Z' }],
  });
  expect((await room.board(arm)).day).toMatchObject({ presented: 1, answered: 1 });
});

test('[REG-07] a P0 is never parked: asked blind, the transfer is accompanied, and the ARM leaves when the MRU has answered', async () => {
  opened = await openPilotRoom();
  const { room, agent, call, pass, callOf, database, agentState } = opened;
  const arm = await agent('arm');
  const callId = await call();
  await pass(10);
  await database.for('telephony').transaction((tx) => room.setPriority(tx, callId, 0, arm));
  await room.act(arm, callId, { op: 'transfer', level: 'MRU', mode: 'blind' });
  await pass(40);
  expect(await callOf(callId)).toMatchObject({ state: 'DECROCHE_N1', agent: arm.accountId, waiting: { level: 'MRU', accompanied: true } });
  await expect(room.act(arm, callId, { op: 'transfer', level: 'MRU', mode: 'warm' })).rejects.toMatchObject({ code: 'command-refused', extra: { reason: 'transfer-in-progress' } });
  const mru = await agent('mru');
  await pass(1);
  expect(await callOf(callId)).toMatchObject({ state: 'EN_LIGNE_MR', agent: mru.accountId, waiting: null });
  expect((await agentState(arm)).state).toBe('wrap-up');
});

test('[TEL-06] second level closed: what N1 sends to the OSNP reaches the general practitioner', async () => {
  opened = await openPilotRoom();
  const { room, agent, call, pass, callOf, supervisor } = opened;
  await room.configure(supervisor, { ...(await room.configuration(supervisor)), bilevelHours: [] });
  const [arm, osnp, mrg] = [await agent('arm'), await agent('osnp'), await agent('mrg')];
  const callId = await call();
  await pass(5);
  await room.act(arm, callId, { op: 'transfer', level: 'SNP', mode: 'blind' });
  await pass(1);
  expect(await callOf(callId)).toMatchObject({ state: 'EN_LIGNE_MR', agent: mrg.accountId });
  expect((await room.me(osnp.accountId)).call).toBeNull();
});

test('[TEL-08] an agent is lost in conversation: the caller goes before all others', async () => {
  opened = await openPilotRoom();
  const { agent, call, pass, callOf, agentState, setPhone } = opened;
  const arm = await agent('arm');
  const callId = await call();
  await pass(5);
  const behind = await call();
  await setPhone(arm, 'lost');
  expect(await agentState(arm)).toMatchObject({ state: 'offline', pauseReason: 'Connexion perdue' });
  expect(await callOf(callId)).toMatchObject({ state: 'PRESENTE', priority: 0 });
  const other = await agent('arm');
  await pass(1);
  expect(await callOf(callId)).toMatchObject({ state: 'DECROCHE_N1', agent: other.accountId });
  expect(await callOf(behind)).toMatchObject({ state: 'PRESENTE' });
  await setPhone(arm, 'auto');
  expect(await agentState(arm)).toMatchObject({ state: 'pause', pauseReason: 'Connexion retrouvée' });
});

test('[TEL-23] hold, a third party and its departure are done, shown and traced; only those in the call act on it', async () => {
  opened = await openPilotRoom();
  const { room, agent, call, pass, callOf, journal, person } = opened;
  const arm = await agent('arm', 'AMU');
  const callId = await call({ dnis: '0536490101' });
  await pass(3);
  await expect(room.act(person('arm'), callId, { op: 'hang-up' })).rejects.toMatchObject({ code: 'not-on-this-call', status: 403 });
  await room.act(arm, callId, { op: 'hold', on: true });
  await pass(7);
  expect(await callOf(callId)).toMatchObject({ legs: [{ held: true }] });
  await room.act(arm, callId, { op: 'hold', on: false });
  await room.act(arm, callId, { op: 'add-party', party: 'interprete', number: '0536490777' });
  await pass(3);
  const conference = await callOf(callId);
  expect(conference).toMatchObject({ state: 'CONFERENCE', legs: [{ heldSeconds: 7, held: false }, { party: 'interprete' }] });
  await room.act(arm, callId, { op: 'drop-party', leg: conference.legs[1]!.leg });
  await pass(1);
  expect(await callOf(callId)).toMatchObject({ state: 'EN_LIGNE_N2', legs: [{}, { endCause: 'dropped' }] });
  expect((await journal(callId)).map(({ event }) => event)).toEqual(expect.arrayContaining(['asked-add-party', 'C7', 'asked-drop-party']));
});

test('[TEL-11] an outgoing call is linked to a line of the list or a dossier, and is no incoming call', async () => {
  opened = await openPilotRoom();
  const { room, agent, call, pass, callOf, hangUp } = opened;
  const gone = await call({ caller: '0639980042' });
  await pass(25);
  await hangUp(gone);
  const arm = await agent('arm');
  const [line] = await room.callbacks(arm);
  await expect(room.callOut(arm, { number: '0639980042' })).rejects.toMatchObject({ code: 'link-missing', status: 422 });
  const { callId } = await room.callOut(arm, { number: '0639980042', callbackId: line!.id });
  await pass(1);
  expect(await callOf(callId)).toMatchObject({ state: 'RAPPEL', callback: true, caller: '0639980042', agent: arm.accountId });
  expect(await room.callbacks(arm)).toMatchObject([{ attempts: 1, outcome: null }]);
  await room.closeCallback(arm, line!.id, 'reached');
  expect((await room.board(arm)).day).toMatchObject({ presented: 1, abandonedGe10: 1 });
});

test('[TEL-07] turns run by several processes at once give each call once, and no agent two calls', async () => {
  opened = await openPilotRoom();
  const { room, person, network, database, clock, pass, rows } = opened;
  const agents = Array.from({ length: 6 }, () => person('arm'));
  const calls: string[] = [];
  for (let index = 0; index < 10; index++) {
    clock.advance({ milliseconds: 10 });
    await opened.port.snapshot();
    calls.push(network.inject({ dnis: '15', patienceMs: 3_600_000 }));
  }
  await pass(0);
  for (const arm of agents) await room.setMyState(arm, { state: 'available' });
  const shared = { database, clock, territory: '86', port: opened.port, db: database.for('telephony') } as unknown as Parameters<typeof distributeOnce>[0];
  await Promise.all(Array.from({ length: 5 }, async () => distributeOnce(shared, await readAgenda(shared))));
  await pass(1);
  const routes = await rows<{ call: string; agent: string }>("select body->>'callId' as call, body->'target'->>'agent' as agent from telephony.command where body->>'op' = 'call.route'");
  expect(routes).toHaveLength(6);
  expect(new Set(routes.map(({ agent }) => agent)).size).toBe(6);
  expect(routes.map(({ call }) => call).toSorted()).toEqual(calls.slice(0, 6).toSorted());
  expect(await rows("select 1 from telephony.leg where answered_at is not null and ended_at is null")).toHaveLength(6);
});
