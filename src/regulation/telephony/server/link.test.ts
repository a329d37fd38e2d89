import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { PortEvent, TelephonyPort } from '../domain/port.ts';
import { openPilotRoom, openRoom, type PilotRoom } from './room.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'room-link-'));
afterAll(() => rmSync(folder, { recursive: true }));

let opened: PilotRoom;
afterEach(() => opened.close());

/** A line that says events twice, swaps neighbours, and loses some the first time. */
function badLine(port: TelephonyPort, spoil: (event: PortEvent) => 'twice' | 'late' | 'lost' | null): TelephonyPort {
  return {
    ...port,
    async *events(from, signal) {
      let held: PortEvent | null = null;
      for await (const event of port.events(from, signal)) {
        const fate = spoil(event);
        if (fate === 'lost') continue;
        if (fate === 'late' && !held) {
          held = event;
          continue;
        }
        yield event;
        if (fate === 'twice') yield event;
        if (held) yield held;
        held = null;
      }
    },
  };
}

/** The life of a call: answered, passed to a doctor, ended. */
async function wholeLife({ room, agent, call, pass }: PilotRoom): Promise<string> {
  const [arm, mrg] = [await agent('arm'), await agent('mrg')];
  const callId = await call({ caller: '0639980077' });
  await pass(30);
  await room.act(arm, callId, { op: 'transfer', level: 'MRG', mode: 'blind' });
  await pass(60);
  await room.act(mrg, callId, { op: 'hang-up' });
  await pass(1);
  return callId;
}

test('[TEL-26] events told twice, out of order or lost on the way: the call stored is what happened', { timeout: 60_000 }, async () => {
  opened = await openPilotRoom();
  const callId = await wholeLife(opened);
  const lost = new Set<number>();
  const fates = ['twice', 'late', 'lost', null] as const;
  const spoil = (event: PortEvent) => {
    const fate = fates[event.offset % fates.length]!;
    if (fate === 'lost' && lost.has(event.offset)) return null;
    if (fate === 'lost') lost.add(event.offset);
    return fate;
  };
  const other = await openRoom(badLine(opened.port, spoil), opened.clock);
  const work = (name: string) => other.room.tasks.find((task) => task.name === name)!.work();
  let following = true;
  const follow = (async () => {
    while (following) await work('phone-link');
  })();
  const stored = async () => (await other.rows<{ id: string }>('select event_id as id from telephony.call_event where call_id = $1 and not inferred order by version', callId)).map(({ id }) => id);
  const told = opened.network.events.filter((event) => event.callId === callId).map(({ eventId }) => eventId);
  await expect.poll(async () => {
    await work('phone-link-check');
    return stored();
  }, { timeout: 20_000 }).toEqual(told);
  following = false;
  other.room.close();
  await follow;
  expect(lost.size).toBeGreaterThan(0);
  const { legs, ...call } = (await other.room.callOf(callId))!;
  const truth = await opened.callOf(callId);
  expect(call).toEqual({ ...call, state: 'TERMINE', cause: 'agent', presentedAt: truth.presentedAt, answeredAt: truth.answeredAt, endedAt: truth.endedAt });
  expect(legs.map(({ agentName: _, ...leg }) => leg)).toEqual(truth.legs.map(({ agentName: _, ...leg }) => leg));
});

test('[TEL-26] [PCA-02] the phone system dies in mid-call and comes back: shown, and nothing is lost', async () => {
  opened = await openPilotRoom({ state: join(folder, 'network.jsonl') });
  const { room, agent, call, pass, callOf, clock } = opened;
  const arm = await agent('arm');
  const talking = await call();
  await pass(5);
  const waiting = await call();
  await opened.withoutPhone(async () => {
    const board = await room.board(arm);
    expect(board.link).toMatchObject({ status: 'down', since: '2026-01-13T08:00:05Z' });
    expect(board.alerts.map(({ code }) => code)).toContain('link-down');
    await expect(room.act(arm, talking, { op: 'hang-up' })).rejects.toMatchObject({ status: expect.any(Number) });
    expect(await callOf(waiting)).toMatchObject({ state: 'PRESENTE', presentedAt: '2026-01-13T08:00:05Z' });
    clock.advance({ seconds: 30 });
  });
  expect((await room.board(arm)).link.status).toBe('up');
  await room.act(arm, talking, { op: 'hang-up' });
  await pass(11);
  await pass(1);
  expect(await callOf(waiting)).toMatchObject({ state: 'DECROCHE_N1', agent: arm.accountId, presentedAt: '2026-01-13T08:00:05Z', legs: [{ queuedAt: '2026-01-13T08:00:05Z' }] });
});

test('[TEL-26] the room dies while calls ring, wait and speak: another takes its place, nothing is lost or done twice', async () => {
  opened = await openPilotRoom();
  const { room, agent, call, pass, callOf, rows } = opened;
  const arm = await agent('arm');
  const talking = await call();
  await pass(5);
  const waiting = [await call(), await call()];
  await opened.restartRoom();
  await room.act(arm, talking, { op: 'hang-up' });
  await pass(11);
  await pass(1);
  expect(await callOf(waiting[0]!)).toMatchObject({ state: 'DECROCHE_N1', agent: arm.accountId });
  expect(await callOf(waiting[1]!)).toMatchObject({ state: 'PRESENTE' });
  expect(await rows("select body->>'callId' as id from telephony.command where body->>'op' = 'call.route' group by 1 having count(*) > 1")).toEqual([]);
  expect(opened.network.events.filter(({ type }) => type === 'answered')).toHaveLength(2);
});

test('[TEL-26] calls made while the room was away are told when it is back, each at its own instant', async () => {
  opened = await openPilotRoom();
  const { network, clock, callOf, room } = opened;
  room.close();
  network.inject({ dnis: '15', patienceMs: 3_600_000 });
  clock.advance({ seconds: 20 });
  const gone = network.inject({ dnis: '15', patienceMs: 4_000, caller: '0639980055' });
  clock.advance({ minutes: 10 });
  await opened.port.snapshot();
  await opened.restartRoom();
  await opened.pass(2);
  expect(await callOf(gone)).toMatchObject({ state: 'ABANDONNE_LT10' });
  expect((await room.board(opened.supervisor)).day).toMatchObject({ presented: 2, abandonedLt10: 1 });
});

test('[TEL-26] a phone system that lost its memory: calls it no longer has are ended, and it is written that this was deduced', async () => {
  opened = await openPilotRoom();
  const { call, callOf, rows, journal } = opened;
  const callId = await call();
  await opened.withoutPhone(async () => undefined);
  await expect.poll(async () => (await callOf(callId)).state).toBe('ABANDONNE_LT10');
  expect(await rows('select type, inferred from telephony.call_event where call_id = $1 order by at, type desc', callId)).toContainEqual({ type: 'ended', inferred: true });
  expect((await journal('86')).map(({ event }) => event)).toContain('resync');
});

test('[TEL-26] an event that cannot be recorded stops no other call, and it is written', async () => {
  opened = await openPilotRoom();
  const { room, agent, call, pass, hangUp, callOf, database, journal } = opened;
  room.onCallEnded(async () => {
    throw new Error('no dossier');
  });
  const arm = await agent('arm');
  const broken = await call();
  await pass(3);
  await database.for('telephony').transaction(async (tx) => {
    await room.linkDossier(tx, broken, 'd1', arm);
    await room.setPriority(tx, broken, 1, arm);
  });
  await hangUp(broken);
  const next = await call();
  expect(await callOf(next)).toMatchObject({ state: 'PRESENTE' });
  expect((await journal(broken)).at(-1)).toMatchObject({ event: 'event-set-aside' });
});
