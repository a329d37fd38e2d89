import fc from 'fast-check';
import { expect, test } from 'vitest';
import { second } from './call.fixture.ts';
import { compareWaiting, distribute, type ReadyAgent, type WaitingCall } from './distribution.ts';
import { skillFor } from './posts.ts';

const call = (callId: string, at: number, more: Partial<WaitingCall> = {}): WaitingCall => ({
  callId, level: 'N1', priority: 2, presentedAt: second(at), skill: null, agent: null, ...more,
});
const agent = (name: string, idle: number, more: Partial<ReadyAgent> = {}): ReadyAgent => ({ agent: name, level: 'N1', skills: [], idleSince: second(idle), ...more });

test('[TEL-07] the first caller goes to the agent idle longest', () => {
  expect(distribute([call('b', 5), call('a', 2)], [agent('x', 30), agent('y', 10)])).toEqual([
    { callId: 'a', agent: 'y', level: 'N1' }, { callId: 'b', agent: 'x', level: 'N1' },
  ]);
});

test('[TEL-07] a P0 goes before two older P3', () => {
  const [first] = distribute([call('old', 0, { priority: 3 }), call('older', -9, { priority: 3 }), call('p0', 60, { priority: 0 })], [agent('x', 0)]);
  expect(first).toMatchObject({ callId: 'p0' });
});

test('[TEL-07] levels and skills are kept apart; a call that nobody suits does not stop those behind it', () => {
  const waiting = [call('psy', 0, { level: 'SPE', skill: 'PSY' }), call('dent', 1, { level: 'SPE', skill: 'DENT' }), call('n1', 2)];
  const ready = [agent('dentist', 0, { level: 'SPE', skills: ['DENT'] }), agent('arm', 5)];
  expect(distribute(waiting, ready)).toEqual([{ callId: 'dent', agent: 'dentist', level: 'SPE' }, { callId: 'n1', agent: 'arm', level: 'N1' }]);
});

test('[ACT-08] an OSNP in N4 is kept for the doctors, whatever their filière; without one, any OSNP answers them', () => {
  const n2 = agent('n2', 0, { level: 'SNP' });
  const n4 = agent('n4', 9, { level: 'SNP', skills: ['N4'] });
  const fromN1 = call('from-n1', 0, { level: 'SNP' });
  const fromDoctor = call('from-doctor', 0, { level: 'SNP', skill: 'N4' });
  expect(distribute([fromN1], [n4])).toEqual([]);
  expect(distribute([fromDoctor], [n2, n4])).toMatchObject([{ agent: 'n4' }]);
  expect(distribute([fromDoctor], [n2])).toMatchObject([{ agent: 'n2' }]);
  expect([skillFor('MRU', 'SNP'), skillFor('MRG', 'SNP'), skillFor('SPE', 'SNP'), skillFor('N1', 'SNP'), skillFor('MRU', 'MRG')]).toEqual(['N4', 'N4', 'N4', undefined, undefined]);
});

test('[TEL-07] somebody wanted by name is waited for', () => {
  expect(distribute([call('a', 0, { agent: 'y' })], [agent('x', 0)])).toEqual([]);
  expect(distribute([call('a', 0, { agent: 'y' })], [agent('x', 0), agent('y', 9)])).toEqual([{ callId: 'a', agent: 'y', level: 'N1' }]);
});

const levels = ['N1', 'AMU', 'MRU'] as const;
const skills = [null, 'PSY', 'DENT'] as const;
const anyQueue = fc.array(fc.tuple(fc.constantFrom(...levels), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 100 }), fc.constantFrom(...skills)), { maxLength: 30 })
  .map((rows) => rows.map(([level, priority, at, skill], index) => call(`c${String(index).padStart(2, '0')}`, at, { level, priority, skill })));
const anyRoom = fc.array(fc.tuple(fc.constantFrom(...levels), fc.integer({ min: 0, max: 100 }), fc.subarray(['PSY', 'DENT'])), { maxLength: 20 })
  .map((rows) => rows.map(([level, idle, known], index) => agent(`a${index}`, idle, { level, skills: known })));

test('[TEL-07] no agent gets two calls, no call two agents, each a call of his level and skills', () => {
  fc.assert(
    fc.property(anyQueue, anyRoom, (queue, room) => {
      const given = distribute(queue, room);
      expect(new Set(given.map((one) => one.agent)).size).toBe(given.length);
      expect(new Set(given.map((one) => one.callId)).size).toBe(given.length);
      for (const { callId, agent: name, level } of given) {
        const [asked, chosen] = [queue.find((one) => one.callId === callId)!, room.find((one) => one.agent === name)!];
        expect([asked.level, chosen.level]).toEqual([level, level]);
        expect(asked.skill === null || chosen.skills.includes(asked.skill)).toBe(true);
      }
    }),
  );
});

test('[TEL-07] first come, first served inside a priority, a level and a skill; nobody waits beside an agent who could answer', () => {
  fc.assert(
    fc.property(anyQueue, anyRoom, (queue, room) => {
      const given = distribute(queue, room);
      const served = new Set(given.map(({ callId }) => callId));
      const taken = new Set(given.map((one) => one.agent));
      for (const left of queue.filter(({ callId }) => !served.has(callId))) {
        const idle = room.filter((one) => !taken.has(one.agent) && one.level === left.level && (left.skill === null || one.skills.includes(left.skill)));
        expect(idle).toEqual([]);
        const overtaken = queue.filter((one) => served.has(one.callId) && one.level === left.level && one.skill === left.skill && compareWaiting(left, one) < 0);
        expect(overtaken).toEqual([]);
      }
    }),
  );
});

test('[TEL-07] of two agents who could take a call, the one idle longest does', () => {
  fc.assert(
    fc.property(anyQueue, anyRoom, (queue, room) => {
      const taken = new Map(distribute(queue, room).map((one) => [one.agent, one]));
      for (const idle of room.filter((one) => !taken.has(one.agent))) {
        for (const busy of room.filter((one) => taken.has(one.agent) && one.level === idle.level && one.skills.join() === idle.skills.join())) {
          expect(Temporal.Instant.compare(busy.idleSince, idle.idleSince)).toBeLessThanOrEqual(0);
        }
      }
    }),
  );
});
