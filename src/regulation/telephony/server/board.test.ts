import { expect, test } from 'vitest';
import { planDay } from '../../../../simulators/phone-network/callers.ts';
import type { PhoneEvent } from '../contract.ts';
import { openRoom } from './room.fixture.ts';

const MIDNIGHT = Temporal.ZonedDateTime.from('2026-01-13T00:00[Europe/Paris]').epochMilliseconds;
const HOUR = 3_600_000;
const ANSWERED_UNDER_30 = 446;

/**
 * The events of the reference day (requirements 8.2), from 8 h to 20 h: the impatient give up when their patience ends, the others
 * are answered in 1 to 29.999 s for 446 of them, from 30 s exactly for the rest; one in two is passed to a doctor.
 */
function referenceDay(): PhoneEvent[] {
  const calls = planDay(86, MIDNIGHT).filter(({ at }) => at >= MIDNIGHT + 8 * HOUR && at < MIDNIGHT + 20 * HOUR);
  let answered = 0;
  return calls.flatMap(({ callId, at, dnis, caller, patienceMs }, index) => {
    const event = (after: number, type: PhoneEvent['type'], more: Partial<PhoneEvent> = {}): PhoneEvent => ({
      eventId: `${callId}-${type}-${after}`, callId, at: new Date(at + after).toISOString(), type, ...more,
    });
    const presented = event(0, 'presented', { dnis, caller: caller });
    if (patienceMs < 100_000) return [presented, event(patienceMs, 'abandoned')];
    const rank = answered++;
    const wait = rank < ANSWERED_UNDER_30 ? 1_000 + (rank * 64_997) % 28_999 : 30_000 + (rank - ANSWERED_UNDER_30) * 700;
    const talk = [event(wait, 'answered', { agent: `arm-${index % 3}`, level: 'N1' })];
    if (index % 2) talk.push(event(wait + 82_000, 'transferred', { level: 'MRG' }), event(wait + 95_000, 'answered', { agent: 'mrg', level: 'MRG' }));
    return [presented, ...talk, event(wait + 400_000, 'ended', { cause: 'agent' })];
  });
}

const WAYS = 8;

test('[TEL-17] [TEL-10] [TEL-14] the reference day, recomputed from its stored events: 520, 485, 20, 15, 446, 97.00 % and 91.96 %', { timeout: 180_000 }, async () => {
  const { room, receive, supervisor, clock } = await openRoom();
  const events = referenceDay();
  const lanes = Array.from({ length: WAYS }, (_, lane) => events.filter((_event, index) => index % WAYS === lane));
  await Promise.all(lanes.map(async (lane) => {
    for (const event of lane) await receive(event);
  }));
  clock.set('2026-01-13T19:30:00Z');
  const { day, levels } = await room.board(supervisor);
  expect(day).toMatchObject({ presented: 520, answered: 485, answeredUnder30: 446, abandonedLt10: 20, abandonedGe10: 15 });
  expect([(100 * day.tauxAccueil!).toFixed(2), (100 * day.qs30!).toFixed(2)]).toEqual(['97.00', '91.96']);
  const n1 = levels.find(({ level }) => level === 'N1')!;
  expect(n1.qs30.day).toBe(day.qs30);
  expect(n1).toMatchObject({ waiting: 0, inProgress: 0, longestWaitSeconds: 0 });
  expect(levels.find(({ level }) => level === 'MRG')!.qs30.day).toBe(1);
});

test('[TEL-10] [TEL-17] the generated day has the calls of each hour, and the same from the same seed', () => {
  const calls = planDay(86, MIDNIGHT);
  const perHour = Array.from({ length: 24 }, (_, hour) => calls.filter(({ at }) => Math.floor((at - MIDNIGHT) / HOUR) === hour).length);
  expect(perHour.slice(8, 20)).toEqual([52, 58, 50, 44, 36, 34, 36, 38, 40, 46, 48, 38]);
  expect([perHour.slice(0, 8), perHour.slice(20)].map((part) => part.reduce((sum, count) => sum + count))).toEqual([96, 104]);
  expect(planDay(86, MIDNIGHT)).toEqual(calls);
  expect(planDay(87, MIDNIGHT)).not.toEqual(calls);
  const day = calls.filter(({ at }) => at >= MIDNIGHT + 8 * HOUR && at < MIDNIGHT + 20 * HOUR);
  expect([day.filter(({ patienceMs }) => patienceMs < 10_000).length, day.filter(({ patienceMs }) => patienceMs >= 10_000 && patienceMs < 100_000).length]).toEqual([20, 15]);
});

test('[TEL-17] exactly 30 s is not under 30 s; a wait runs to the agent', async () => {
  const { room, tell, supervisor, clock } = await openRoom();
  for (const [callId, wait] of [['under', 29.999], ['exact', 30], ['over', 30.001]] as const) {
    await tell(callId, 0, 'presented', { dnis: '15' });
    await tell(callId, wait, 'answered', { agent: 'arm', level: 'N1' });
  }
  clock.advance({ minutes: 5 });
  expect((await room.board(supervisor)).day).toMatchObject({ answered: 3, answeredUnder30: 1 });
});

test('[TEL-17] [DASH-07] what waits, the longest wait, what is spoken, the last quarter and the last hour', async () => {
  const { room, tell, supervisor, clock } = await openRoom();
  await tell('old', 0, 'presented', { dnis: '15' });
  await tell('old', 40, 'answered', { agent: 'arm', level: 'N1' });
  await tell('recent', 3_000, 'presented', { dnis: '15' });
  await tell('recent', 3_005, 'answered', { agent: 'arm', level: 'N1' });
  await tell('recent', 3_100, 'transferred', { level: 'AMU' });
  await tell('new', 3_180, 'presented', { dnis: '116117' });
  clock.advance({ seconds: 3_200 });
  const { levels, day } = await room.board(supervisor);
  expect(day.presented).toBe(3);
  const [n1, amu] = [levels.find(({ level }) => level === 'N1')!, levels.find(({ level }) => level === 'AMU')!];
  expect(n1).toMatchObject({ waiting: 1, longestWaitSeconds: 20, inProgress: 1, qs30: { quarter: 1, hour: 0.5, day: 0.5 } });
  expect(amu).toMatchObject({ waiting: 1, longestWaitSeconds: 100, inProgress: 0, qs30: { quarter: null, hour: null, day: null } });
  expect(n1.spark).toMatchObject([{ at: '2026-01-13T08:00:00Z', qs30: 0, presented: 1 }, { at: '2026-01-13T08:45:00Z', qs30: 1, presented: 1 }]);
});

test('[TEL-18] an alert says since when it lasts, is kept, and ends', async () => {
  const { room, tell, supervisor, person, clock, rows } = await openRoom();
  const watch = () => room.tasks.find(({ name }) => name === 'room-alerts')!.work();
  for (let index = 0; index < 6; index++) await tell(`c${index}`, index, 'presented', { dnis: '15' });
  clock.advance({ seconds: 10 });
  await watch();
  clock.advance({ seconds: 30 });
  const waiting = async () => (await room.board(supervisor)).alerts.find(({ code }) => code === 'waiting');
  expect(await waiting()).toEqual({ code: 'waiting', level: 'N1', message: '6 appels en attente (seuil 5).', since: '2026-01-13T08:00:10Z' });
  for (let index = 0; index < 3; index++) await tell(`c${index}`, 30, 'answered', { agent: `arm${index}`, level: 'N1' });
  await watch();
  expect(await waiting()).toBeUndefined();
  expect(await rows("select since is not null as begun, ended_at is not null as over from telephony.alert where code = 'waiting'")).toEqual([{ begun: true, over: true }]);
  const codes = async () => (await room.board(supervisor)).alerts.map(({ code }) => code);
  expect(await codes()).toEqual(expect.arrayContaining(['no-mru', 'no-mrg']));
  await room.setMyState(person('mru'), { state: 'available' });
  expect(await codes()).not.toContain('no-mru');
});
