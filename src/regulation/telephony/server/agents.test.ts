import { expect, test } from 'vitest';
import { defaultConfiguration } from '../domain/configuration.ts';
import { openRoom } from './room.fixture.ts';

test('[TEL-03] [ACT-03] a post is taken by those whose role allows it', async () => {
  const { room, person } = await openRoom();
  const refused = { code: 'level-forbidden', status: 403 };
  await expect(room.setMyState(person('osnp'), { state: 'available', level: 'N1' })).rejects.toMatchObject(refused);
  await expect(room.setMyState(person('mru'), { state: 'available', level: 'N1' })).rejects.toMatchObject(refused);
  await expect(room.setMyState(person('arm'), { state: 'available', level: 'SNP' })).rejects.toMatchObject(refused);
  await expect(room.setMyState(person('superviseur'), { state: 'available' })).rejects.toMatchObject(refused);
  expect(await room.setMyState(person('arm'), { state: 'available' })).toMatchObject({ level: 'N1', state: 'available' });
  expect(await room.setMyState(person('mrg'), { state: 'available', post: 'Domicile', remote: true })).toMatchObject({ level: 'MRG', post: 'Domicile', remote: true });
});

test('[ACT-07] somebody with both roles never holds an ARM post and an OSNP post at once: taking one leaves the other', async () => {
  const { room, person } = await openRoom();
  const both = { ...person('arm'), roles: ['arm', 'osnp'] as const };
  await room.setMyState(both, { state: 'available', level: 'N1' });
  await room.setMyState(both, { state: 'available', level: 'SNP', skills: ['N4'] });
  const { levels } = await room.board(both);
  expect(levels.flatMap(({ level, agents }) => agents.map(({ accountId }) => [level, accountId]))).toEqual([['SNP', both.accountId]]);
});

test('[TEL-17] taking a post, pausing, leaving: each is journaled and told to the screens', async () => {
  const { room, person, journal, rows, clock } = await openRoom();
  const arm = person('arm');
  await room.setMyState(arm, { state: 'available', post: 'P3' });
  clock.advance({ minutes: 10 });
  expect(await room.setMyState(arm, { state: 'pause', reason: 'Repas' })).toMatchObject({ state: 'pause', pauseReason: 'Repas', since: '2026-01-13T08:10:00Z', post: 'P3' });
  await room.setMyState(arm, { state: 'available', level: 'AMU' });
  await room.setMyState(arm, { state: 'offline' });
  expect(await journal(arm.accountId)).toMatchObject([
    { event: 'post-taken', from_state: null, to_state: 'N1', actor: arm.accountId },
    { event: 'agent-state', from_state: 'available', to_state: 'pause', reason: 'Repas' },
    { event: 'level-changed', from_state: 'N1', to_state: 'AMU' },
    { event: 'post-left', from_state: 'AMU', to_state: null },
  ]);
  expect(await rows("select ids->>'agentId' as agent from foundation.event where topic = 'agent'")).toHaveLength(4);
  expect((await room.board(arm)).levels.flatMap(({ agents }) => agents)).toEqual([]);
});

test('[ACT-11] [TEL-22] the superviseur moves an agent: journaled, and the ratio follows', async () => {
  const { room, person, supervisor, journal } = await openRoom();
  const arms = [person('arm'), person('arm'), person('arm'), person('arm')];
  for (const [index, arm] of arms.entries()) await room.setMyState(arm, { state: 'available', level: index === 0 ? 'N1' : 'AMU' });
  expect((await room.board(supervisor)).ratio).toEqual({ n1: 1, n2: 3, respected: true });
  expect(await room.moveAgent(supervisor, arms[3]!.accountId, { level: 'N1', reason: 'Pic de bronchiolites' })).toMatchObject({ level: 'N1' });
  expect((await room.board(supervisor)).ratio).toEqual({ n1: 2, n2: 2, respected: false });
  expect((await journal(arms[3]!.accountId)).at(-1)).toEqual({ event: 'level-changed', from_state: 'AMU', to_state: 'N1', actor: supervisor.accountId, reason: 'Pic de bronchiolites' });
  await expect(room.moveAgent(supervisor, arms[0]!.accountId, { level: 'MRU' })).rejects.toMatchObject({ code: 'level-forbidden' });
  await expect(room.moveAgent(supervisor, 'nobody', { level: 'N1' })).rejects.toMatchObject({ code: 'agent-not-found' });
  await room.setMyState(arms[0]!, { state: 'offline' });
  await expect(room.moveAgent(supervisor, arms[0]!.accountId, { level: 'AMU' })).rejects.toMatchObject({ code: 'agent-offline' });
});

test('[TEL-02] [TEL-04] [TEL-06] the configuration is checked, journaled, and serves at once', async () => {
  const { room, supervisor, tell, journal, clock } = await openRoom();
  expect(await room.configuration(supervisor)).toEqual(defaultConfiguration);
  const local = { number: '0549000000', label: 'Numéro PDSA local', flow: 'populationnel', entryLevel: 'N1', origin: 'PDSA', priority: 3 } as const;
  await expect(room.configure(supervisor, { ...defaultConfiguration, numbers: [{ ...local, entryLevel: 'MRG' }] })).rejects.toMatchObject({
    code: 'configuration-refused', fields: [{ path: 'numbers.0.entryLevel' }],
  });
  await room.configure(supervisor, { ...defaultConfiguration, numbers: [...defaultConfiguration.numbers, local], bilevelHours: [{ day: 2, from: '10:00', to: '20:00' }] });
  expect((await journal('86')).map(({ event, actor }) => [event, actor])).toEqual([['configured', supervisor.accountId]]);
  await tell('c', 0, 'presented', { dnis: '0549000000' });
  expect(await room.callOf('c')).toMatchObject({ origin: 'PDSA', priority: 3 });
  expect((await room.board(supervisor)).bilevel).toBe(false);
  clock.advance({ hours: 1 });
  expect((await room.board(supervisor)).bilevel).toBe(true);
});

test('[TEL-26] a room that only follows its phone system says so, and the call goes on', async () => {
  const { room, person, tell } = await openRoom();
  const arm = person('arm');
  await room.setMyState(arm, { state: 'available' });
  await tell('c', 0, 'presented', { dnis: '15' });
  await tell('c', 3, 'answered', { agent: arm.accountId, level: 'N1' });
  expect(await room.me(arm.accountId)).toMatchObject({ agent: { state: 'in-call', callId: 'c' }, call: { id: 'c', agent: arm.accountId } });
  await expect(room.act(arm, 'c', { op: 'hang-up' })).rejects.toMatchObject({ code: 'telephony-follower', status: 409 });
  await tell('c', 60, 'ended');
  expect(await room.me(arm.accountId)).toMatchObject({ agent: { state: 'wrap-up', callId: null }, call: null });
});
