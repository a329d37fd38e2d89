import { afterEach, expect, test } from 'vitest';
import type { Actor } from '../../../identity/contract.ts';
import type { TransferWish } from './actions.ts';
import { openPilotRoom, openRoom, type PilotRoom } from './room.fixture.ts';

let opened: PilotRoom | null = null;
afterEach(async () => {
  await opened?.close();
  opened = null;
});

type Opened = Pick<PilotRoom, 'room' | 'database'>;

/** As another context does it: inside a transaction of its own. */
const passOn = ({ room, database }: Opened, actor: Actor, callId: string, wish: TransferWish): Promise<boolean> =>
  database.for('dossier').transaction((tx) => room.passOn(tx, actor, callId, wish));
const commands = ({ rows }: Pick<PilotRoom, 'rows'>) =>
  rows<{ from: string; mode: string; level: string; by: string; state: string }>(
    `select body->>'from' as from, body->>'mode' as mode, body->'target'->>'level' as level, created_by as by, state from telephony.command where body->>'op' = 'call.transfer' order by seq`);

test('[TEL-14] only whoever is in conversation passes a call on; the command bears his name', async () => {
  opened = await openPilotRoom();
  const { agent, call, pass, callOf, quiet, person, supervisor } = opened;
  const [arm, osnp] = [await agent('arm'), await agent('osnp')];
  const callId = await call();
  const wish = { level: 'SNP', mode: 'blind' } as const;
  expect(await passOn(opened, arm, callId, wish), 'it still rings').toBe(false);
  await pass(20);
  for (const other of [person('arm'), osnp, supervisor]) expect(await passOn(opened, other, callId, wish)).toBe(false);
  expect(await passOn(opened, arm, 'unknown', wish)).toBe(false);
  expect(await commands(opened)).toEqual([]);

  expect(await passOn(opened, arm, callId, wish)).toBe(true);
  await quiet();
  expect(await commands(opened)).toEqual([{ from: arm.accountId, mode: 'blind', level: 'SNP', by: arm.accountId, state: 'accepted' }]);
  await pass(1);
  expect(await callOf(callId)).toMatchObject({ state: 'EN_LIGNE_N2', agent: osnp.accountId });
  expect(await passOn(opened, arm, callId, { level: 'AMU', mode: 'blind' }), 'he has left').toBe(false);
  await opened.hangUp(callId);
  expect(await passOn(opened, osnp, callId, { level: 'MRG', mode: 'blind' }), 'over').toBe(false);
});

test('[TEL-14] the call is passed on with the commit of the change that asks it, or not at all', async () => {
  opened = await openPilotRoom();
  const { room, database, agent, call, pass, callOf } = opened;
  const arm = await agent('arm');
  const callId = await call();
  await pass(5);
  const undone = database.for('dossier').transaction(async (tx) => {
    await room.passOn(tx, arm, callId, { level: 'SNP', mode: 'blind' });
    throw new Error('the dossier did not change');
  });
  await expect(undone).rejects.toThrow('did not change');
  await pass(5);
  expect(await callOf(callId)).toMatchObject({ state: 'DECROCHE_N1', waiting: null });
});

test('[REG-07] a P0 passed on blind is accompanied all the same', async () => {
  opened = await openPilotRoom();
  const { room, database, agent, call, pass, callOf } = opened;
  const arm = await agent('arm');
  const callId = await call();
  await pass(5);
  await database.for('telephony').transaction((tx) => room.setPriority(tx, callId, 0, arm));
  expect(await passOn(opened, arm, callId, { level: 'MRU', mode: 'blind' })).toBe(true);
  await pass(15);
  expect(await callOf(callId)).toMatchObject({ state: 'DECROCHE_N1', agent: arm.accountId, waiting: { level: 'MRU', accompanied: true } });
  expect(await commands(opened)).toMatchObject([{ mode: 'warm' }]);
});

test('[TEL-06] second level closed: what is passed on to it goes to the doctor', async () => {
  opened = await openPilotRoom();
  const { room, supervisor, agent, call, pass, callOf } = opened;
  await room.configure(supervisor, { ...(await room.configuration(supervisor)), bilevelHours: [] });
  const arm = await agent('arm');
  for (const [level, doctor] of [['AMU', 'MRU'], ['SNP', 'MRG']] as const) {
    const callId = await call();
    await pass(1);
    expect(await passOn(opened, arm, callId, { level, mode: 'blind' })).toBe(true);
    await pass(11);
    expect(await callOf(callId)).toMatchObject({ state: 'ATTENTE_MR', waiting: { level: doctor } });
  }
});

test('[TEL-26] a phone system that conducts its calls alone is asked nothing: the call stays', async () => {
  const followed = await openRoom();
  const arm = followed.person('arm');
  await followed.tell('f1', 0, 'presented', { dnis: '15', caller: '0639980001' });
  await followed.tell('f1', 4, 'answered', { agent: arm.accountId, level: 'N1' });
  expect(await passOn(followed, arm, 'f1', { level: 'SNP', mode: 'blind' })).toBe(false);
  expect(await commands(followed)).toEqual([]);

  opened = await openPilotRoom();
  await opened.tell('f2', 0, 'presented', { dnis: '15', caller: '0639980001' });
  await opened.tell('f2', 4, 'answered', { agent: arm.accountId, level: 'N1' });
  expect(await passOn(opened, arm, 'f2', { level: 'SNP', mode: 'blind' }), 'told from outside, although the room drives others').toBe(false);
});
