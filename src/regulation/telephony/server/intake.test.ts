import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PhoneEvent } from '../contract.ts';
import { openRoom } from './room.fixture.ts';

const caller = '0639980001';

test('[TEL-08] [TEL-26] the events of a phone system make one call with every instant; told again, nothing is doubled', async () => {
  const { room, receive, rows } = await openRoom();
  const told: PhoneEvent[] = [
    { eventId: 'e1', callId: 'c', at: '2026-01-13T09:00:00+01:00', type: 'presented', dnis: '15', caller },
    { eventId: 'e2', callId: 'c', at: '2026-01-13T08:00:04Z', type: 'answered', agent: 'arm-1', level: 'N1' },
    { eventId: 'e3', callId: 'c', at: '2026-01-13T08:01:00Z', type: 'transferred', agent: 'arm-1', level: 'MRG' },
    { eventId: 'e4', callId: 'c', at: '2026-01-13T08:01:20Z', type: 'answered', agent: 'mrg-1', level: 'MRG' },
    { eventId: 'e5', callId: 'c', at: '2026-01-13T08:06:00Z', type: 'ended', cause: 'agent' },
  ];
  for (const event of told) expect(await receive(event)).toEqual({ duplicate: false });
  const once = await room.callOf('c');
  expect(once).toMatchObject({
    state: 'TERMINE', flow: 'populationnel', origin: '15', caller, presentedAt: '2026-01-13T08:00:00Z', answeredAt: '2026-01-13T08:00:04Z',
    legs: [{ agent: 'arm-1', level: 'N1', queuedAt: '2026-01-13T08:00:00Z', endedAt: '2026-01-13T08:01:00Z' }, { agent: 'mrg-1', level: 'MRG', queuedAt: '2026-01-13T08:01:00Z' }],
  });
  for (const event of told) expect(await receive(event)).toEqual({ duplicate: true });
  expect(await room.callOf('c')).toEqual(once);
  expect(await rows('select event, from_state, to_state from foundation.journal where object_id = $1 order by seq', 'c')).toEqual([
    { event: 'C1', from_state: null, to_state: 'PRESENTE' }, { event: 'C3', from_state: 'PRESENTE', to_state: 'DECROCHE_N1' },
    { event: 'C6', from_state: 'DECROCHE_N1', to_state: 'ATTENTE_MR' }, { event: 'C6', from_state: 'ATTENTE_MR', to_state: 'EN_LIGNE_MR' },
    { event: 'C8', from_state: 'EN_LIGNE_MR', to_state: 'TERMINE' },
  ]);
  const topics = await rows<{ topic: string }>("select distinct topic from foundation.event where ids->>'callId' = 'c' or topic = 'board' order by topic");
  expect(topics.map(({ topic }) => topic)).toEqual(['board', 'call']);
});

test('[TEL-26] the same event by two ways at once is recorded once', async () => {
  const { receive, rows } = await openRoom();
  const event: PhoneEvent = { eventId: 'once', callId: 'c', at: '2026-01-13T08:00:00Z', type: 'presented', dnis: '15', caller };
  const answers = await Promise.all(Array.from({ length: 6 }, () => receive(event)));
  expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  expect(await rows('select event from foundation.journal where object_id = $1', 'c')).toEqual([{ event: 'C1' }]);
});

test('[TEL-26] whatever the order of arrival, and all at once, the call stored is the same', async () => {
  const { room, tell } = await openRoom();
  const life = [
    [0, 'presented', { dnis: '116117', caller }], [6, 'answered', { agent: 'arm-1', level: 'N1' }], [30, 'held', { agent: 'arm-1' }],
    [40, 'resumed', { agent: 'arm-1' }], [70, 'transferred', { agent: 'arm-1', level: 'SNP' }], [95, 'answered', { agent: 'osnp-1', level: 'SNP' }],
    [300, 'ended', { cause: 'agent' }],
  ] as const;
  const record = async (callId: string, order: readonly number[], together: boolean) => {
    const send = (index: number) => tell(callId, life[index]![0], life[index]![1], life[index]![2]);
    if (together) await Promise.all(order.map(send));
    else for (const index of order) await send(index);
    return { ...(await room.callOf(callId)), id: '' };
  };
  const expected = await record('expected', life.map((_, index) => index), false);
  expect(expected).toMatchObject({ state: 'TERMINE', legs: [{ heldSeconds: 10, endedAt: '2026-01-13T08:01:10Z' }, { queuedAt: '2026-01-13T08:01:10Z' }] });
  let run = 0;
  const order = fc.shuffledSubarray(life.map((_, index) => index), { minLength: life.length });
  await fc.assert(fc.asyncProperty(order, fc.boolean(), async (indexes, together) => {
    expect(await record(`c${run++}`, indexes, together)).toEqual(expected);
  }), { numRuns: 12 });
});

test('[TEL-10] [TEL-11] abandons on each side of 10 s; one line a number to ring back; none for a hidden number', async () => {
  const { room, tell, person, clock } = await openRoom();
  const arm = person('arm');
  await tell('short', 0, 'presented', { dnis: '15', caller });
  await tell('short', 9.999, 'abandoned');
  await tell('long', 60, 'presented', { dnis: '15', caller });
  await tell('long', 70, 'abandoned');
  await tell('hidden', 0, 'presented', { dnis: '15' });
  await tell('hidden', 30, 'abandoned');
  clock.advance({ minutes: 5 });
  expect([(await room.callOf('short'))!.state, (await room.callOf('long'))!.state]).toEqual(['ABANDONNE_LT10', 'ABANDONNE_GE10']);
  expect((await room.board(arm)).day).toMatchObject({ presented: 3, answered: 0, abandonedLt10: 1, abandonedGe10: 2 });
  const [line, ...others] = await room.callbacks(arm);
  expect(others).toEqual([]);
  expect(line).toMatchObject({ number: caller, callCount: 2, attempts: 0, outcome: null, firstAt: '2026-01-13T08:00:00Z', lastAt: '2026-01-13T08:01:00Z', reason: 'abandon' });
  await room.closeCallback(arm, line!.id, 'reached');
  expect(await room.callbacks(arm)).toMatchObject([{ outcome: 'reached', by: arm.accountId }]);
  await expect(room.closeCallback(arm, line!.id, 'unreachable')).rejects.toMatchObject({ code: 'callback-closed' });
  await expect(room.closeCallback(arm, 'nothing', 'reached')).rejects.toMatchObject({ code: 'callback-not-found' });
});

test('[TEL-11] a caller who calls again and is answered closes the line; abandoned again, he stays on it', async () => {
  const { room, tell, person } = await openRoom();
  const arm = person('arm');
  const give = async (callId: string, at: number, end: 'abandoned' | 'answered') => {
    await tell(callId, at, 'presented', { dnis: '15', caller });
    await tell(callId, at + 15, end, { agent: 'arm-1', level: 'N1' });
  };
  await give('one', 0, 'abandoned');
  await give('two', 100, 'abandoned');
  expect(await room.callbacks(arm)).toMatchObject([{ callCount: 2, outcome: null }]);
  await give('three', 200, 'answered');
  expect(await room.callbacks(arm)).toMatchObject([{ callCount: 2, outcome: 'called-again', by: null }]);
});

test('[TEL-11] an answer told late takes the call off the list', async () => {
  const { room, tell, person } = await openRoom();
  await tell('c', 0, 'presented', { dnis: '15', caller });
  await tell('c', 40, 'ended', { cause: 'caller' });
  expect(await room.callbacks(person('arm'))).toMatchObject([{ outcome: null }]);
  await tell('c', 5, 'answered', { agent: 'arm-1', level: 'N1' });
  expect(await room.callOf('c')).toMatchObject({ state: 'TERMINE', answeredAt: '2026-01-13T08:00:05Z' });
  expect(await room.callbacks(person('arm'))).toMatchObject([{ outcome: 'reached', callCount: 0 }]);
});

test('[TEL-12] [TEL-13] direct lines enter at their own level, and are not counted at N1', async () => {
  const { room, tell, person } = await openRoom();
  await tell('sis', 0, 'presented', { dnis: '0536490102', caller: '0536490018' });
  await tell('amu', 0, 'presented', { dnis: '+33536490101' });
  expect(await room.callOf('sis')).toMatchObject({ flow: 'ligne-mru', level: 'MRU', priority: 1, state: 'PRESENTE' });
  expect(await room.callOf('amu')).toMatchObject({ flow: 'ligne-sis', level: 'AMU' });
  await tell('sis', 8, 'answered', { agent: 'mru-1', level: 'MRU' });
  expect(await room.callOf('sis')).toMatchObject({ state: 'EN_LIGNE_MR' });
  const board = await room.board(person('mru'));
  expect(board.day.presented).toBe(0);
  expect(board.levels.find(({ level }) => level === 'AMU')).toMatchObject({ waiting: 1 });
});

test('[TEL-11] a call of a P0 dossier that breaks off is told in the same transaction, and put first on the list', async () => {
  const { room, tell, person, database } = await openRoom();
  const arm = person('arm');
  const broken: string[] = [];
  let fail = true;
  room.onCallEnded(async (_tx, ended) => {
    if (fail) throw new Error('the dossier could not be written');
    if (ended.broken) broken.push(`${ended.callId} ${ended.dossierId} ${ended.number}`);
  });
  await tell('c', 0, 'presented', { dnis: '15', caller });
  await tell('c', 3, 'answered', { agent: 'arm-1', level: 'N1' });
  await database.for('telephony').transaction(async (tx) => {
    await room.linkDossier(tx, 'c', 'dossier-1', arm);
    await room.setPriority(tx, 'c', 0, arm);
  });
  expect(await room.onLine('dossier-1')).toBe(true);
  await expect(tell('c', 50, 'ended', { cause: 'network' })).rejects.toThrow('the dossier could not be written');
  expect(await room.callOf('c')).toMatchObject({ state: 'DECROCHE_N1' });
  fail = false;
  await tell('c', 50, 'ended', { cause: 'network' });
  expect(broken).toEqual([`c dossier-1 ${caller}`]);
  expect(await room.onLine('dossier-1')).toBe(false);
  expect(await room.callbacks(arm)).toMatchObject([{ reason: 'coupure', dossierId: 'dossier-1', number: caller }]);
});

test('[PCA-02] a call may be attached to a dossier after it ended, and moved to another', async () => {
  const { room, tell, person, database, journal } = await openRoom();
  const arm = person('arm');
  await tell('c', 0, 'presented', { dnis: '15', caller });
  await tell('c', 5, 'answered', { agent: 'arm-1', level: 'N1' });
  await tell('c', 60, 'ended');
  const link = (dossier: string) => database.for('telephony').transaction((tx) => room.linkDossier(tx, 'c', dossier, arm));
  await link('d1');
  await link('d1');
  await link('d2');
  expect([await room.callsOfDossier('d1'), await room.callsOfDossier('d2')]).toMatchObject([[], [{ id: 'c' }]]);
  expect((await journal('c')).filter(({ event }) => event === 'linked')).toMatchObject([{ from_state: null, to_state: 'd1' }, { from_state: 'd1', to_state: 'd2' }]);
  await expect(link('x').then(() => database.for('telephony').transaction((tx) => room.linkDossier(tx, 'nobody', 'd1', arm)))).rejects.toMatchObject({ code: 'call-not-found' });
});

test('[SEC-05] the room of a territory is closed to those of another', async () => {
  const { room, person, tell } = await openRoom();
  await tell('c', 0, 'presented', { dnis: '15' });
  const stranger = person('superviseur', { territories: ['79'] });
  const refused = { code: 'room-out-of-reach', status: 403 };
  await expect(room.board(stranger)).rejects.toMatchObject(refused);
  await expect(room.readCall(stranger, 'c')).rejects.toMatchObject(refused);
  await expect(room.setMyState(person('arm', { territories: ['79'] }), { state: 'available' })).rejects.toMatchObject(refused);
  await expect(room.receive(stranger, { eventId: 'x', callId: 'x', at: '2026-01-13T08:00:00Z', type: 'presented' })).rejects.toMatchObject(refused);
});
