import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Command, CommandBody, PortEvent, TelephonyPort } from '../../regulation/telephony/server/index.ts';

/** A phone system under test, with hands on what the room cannot do: callers and cables. */
export interface PhoneBench {
  readonly port: TelephonyPort;
  /** Somebody calls. Gives the call's id. */
  call(dnis: string): Promise<string>;
  callerHangsUp(callId: string): Promise<void>;
  /** The agent's phone rings in vain, is unplugged, or works again. */
  setPhone(agent: string, phone: 'auto' | 'silent' | 'lost'): Promise<void>;
  /** Stops the phone system as a power cut would, and starts it again. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const WAIT_MS = 12_000;

/** What every phone system must do behind the port: the simulator, a SIP stack, the adapter of the Bandeau. */
export function portContract(name: string, open: () => Promise<PhoneBench>): void {
  describe(`[TEL-26] telephony port: ${name}`, () => {
    let bench: PhoneBench;
    afterEach(() => bench.close());

    const command = (body: CommandBody, more: Partial<Command> = {}): Command =>
      ({ ...body, commandId: randomUUID(), issuedAt: '2026-01-13T08:00:00Z', ...more }) as Command;
    const run = (body: CommandBody, more: Partial<Command> = {}) => bench.port.execute(command(body, more));

    /** The events after `from` until one fits. */
    async function until(fits: (event: PortEvent) => boolean, from = 0): Promise<PortEvent[]> {
      const seen: PortEvent[] = [];
      const stop = AbortSignal.timeout(WAIT_MS);
      for await (const event of bench.port.events(from, stop)) {
        seen.push(event);
        if (fits(event)) return seen;
      }
      throw new Error(`not told within ${WAIT_MS} ms; told: ${seen.map(({ type, callId }) => `${type} ${callId}`).join(', ')}`);
    }

    const ready = async (...agents: string[]) => {
      for (const agent of agents) expect(await run({ op: 'agent.set', agent, state: 'available' })).toEqual({ outcome: 'accepted' });
    };
    const route = (callId: string, agent: string, level: 'N1' | 'MRU' = 'N1', more: Partial<Command> = {}) =>
      run({ op: 'call.route', callId, target: { kind: 'agent', agent, level }, priority: 2 }, more);
    const answeredBy = (callId: string, agent: string) => (event: PortEvent) => event.type === 'answered' && event.callId === callId && event.agent === agent;

    /** A caller in conversation with an agent of N1. */
    async function conversation(agent = 'arm-1'): Promise<string> {
      await ready(agent);
      const callId = await bench.call('15');
      expect(await route(callId, agent)).toEqual({ outcome: 'accepted' });
      await until(answeredBy(callId, agent));
      return callId;
    }

    test('[TEL-07] [TEL-08] a call is told from its arrival to its end, in the order of its versions', async () => {
      bench = await open();
      const callId = await conversation();
      await run({ op: 'call.hang-up', callId, reason: 'agent' });
      const told = (await until((event) => event.type === 'ended' && event.callId === callId)).filter((event) => event.callId === callId);
      expect(told.map(({ type }) => type)).toEqual(['presented', 'ringing', 'answered', 'ended']);
      expect(told.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
      expect(told[0]).toMatchObject({ dnis: '15' });
      expect(told.at(-1)).toMatchObject({ cause: 'agent' });
      const instants = told.map(({ at }) => Temporal.Instant.from(at).epochMilliseconds);
      expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    });

    test('a command sent twice is done once, and gives its first outcome', async () => {
      bench = await open();
      await ready('arm-1');
      const callId = await bench.call('15');
      const once = command({ op: 'call.route', callId, target: { kind: 'agent', agent: 'arm-1', level: 'N1' }, priority: 2 });
      const answers = await Promise.all([bench.port.execute(once), bench.port.execute(once), bench.port.execute(once)]);
      expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['accepted', 'duplicate', 'duplicate']);
      const told = await until(answeredBy(callId, 'arm-1'));
      expect(told.filter(({ type }) => type === 'ringing')).toHaveLength(1);
      const wrong = command({ op: 'call.hang-up', callId: 'nobody', reason: 'agent' });
      expect(await bench.port.execute(wrong)).toMatchObject({ outcome: 'rejected', reason: 'call-unknown' });
      expect(await bench.port.execute(wrong)).toMatchObject({ outcome: 'duplicate', first: 'rejected' });
    });

    test('events are resumed after an offset: nothing is missing, nothing comes twice', async () => {
      bench = await open();
      const callId = await conversation();
      const whole = await until(answeredBy(callId, 'arm-1'));
      for (const { offset } of whole.slice(0, -1)) {
        const rest = await until(answeredBy(callId, 'arm-1'), offset);
        expect(rest).toEqual(whole.filter((event) => event.offset > offset));
      }
    });

    test('a command about a state that is past, or too late, is refused', async () => {
      bench = await open();
      await ready('arm-1');
      const callId = await bench.call('15');
      expect(await route(callId, 'arm-1', 'N1', { expect: { version: 9 } })).toEqual({ outcome: 'rejected', reason: 'stale' });
      expect(await route(callId, 'arm-1', 'N1', { expires: '2000-01-01T00:00:00Z' })).toEqual({ outcome: 'rejected', reason: 'expired' });
      expect(await route(callId, 'arm-1', 'N1', { expect: { version: 1 } })).toEqual({ outcome: 'accepted' });
    });

    test('[TEL-14] of two transfers asked at once, one is made; the call keeps its identity', async () => {
      bench = await open();
      const callId = await conversation();
      await ready('mru-1');
      const transfer = () => run({ op: 'call.transfer', callId, from: 'arm-1', target: { kind: 'queue', level: 'MRU' }, mode: 'blind' });
      const outcomes = (await Promise.all([transfer(), transfer()])).map(({ outcome }) => outcome);
      expect(outcomes.toSorted()).toEqual(['accepted', 'rejected']);
      await route(callId, 'mru-1', 'MRU');
      const told = (await until(answeredBy(callId, 'mru-1'))).filter((event) => event.callId === callId);
      expect(told.filter(({ type }) => type === 'presented')).toHaveLength(1);
      expect(told.filter(({ type }) => type === 'transferred')).toHaveLength(1);
    });

    test('[REG-07] an accompanied transfer leaves nobody alone: the first leaves when the second has answered', async () => {
      bench = await open();
      const callId = await conversation();
      await ready('mru-1');
      await run({ op: 'call.transfer', callId, from: 'arm-1', target: { kind: 'queue', level: 'MRU' }, mode: 'warm' });
      expect((await bench.port.snapshot()).calls).toMatchObject([{ callId, state: 'talking', agent: 'arm-1' }]);
      await route(callId, 'mru-1', 'MRU');
      const told = await until((event) => event.type === 'party-left' && event.agent === 'arm-1');
      expect(told.findIndex(answeredBy(callId, 'mru-1'))).toBeLessThan(told.length - 1);
    });

    test('a caller who hangs up during a transfer ends the call, and the transfer with it', async () => {
      bench = await open();
      const callId = await conversation();
      await run({ op: 'call.transfer', callId, from: 'arm-1', target: { kind: 'queue', level: 'MRU' }, mode: 'blind' });
      await bench.callerHangsUp(callId);
      await until((event) => event.type === 'ended' && event.callId === callId);
      await ready('mru-1');
      expect(await route(callId, 'mru-1', 'MRU')).toEqual({ outcome: 'rejected', reason: 'call-ended' });
    });

    test('an agent who does not answer gives the call back; two calls never ring the same agent', async () => {
      bench = await open();
      await ready('arm-1', 'arm-2');
      await bench.setPhone('arm-1', 'silent');
      const [first, second] = [await bench.call('15'), await bench.call('15')];
      await route(first, 'arm-1');
      expect(await route(second, 'arm-1')).toEqual({ outcome: 'rejected', reason: 'agent-busy' });
      await until((event) => event.type === 'agent-failed' && event.callId === first);
      expect(await route(first, 'arm-2')).toEqual({ outcome: 'accepted' });
      await until(answeredBy(first, 'arm-2'));
    });

    test('an agent lost in conversation is told, and the caller waits again', async () => {
      bench = await open();
      const callId = await conversation();
      await bench.setPhone('arm-1', 'lost');
      const told = await until((event) => event.type === 'party-left' && event.callId === callId);
      expect(told.at(-1)).toMatchObject({ agent: 'arm-1', cause: 'lost' });
      expect(told.some(({ type, agent }) => type === 'agent-lost' && agent === 'arm-1')).toBe(true);
      expect((await bench.port.snapshot()).calls).toMatchObject([{ callId, state: 'queued', agent: null }]);
    });

    test('[TEL-23] hold and conference: everybody who joins and leaves is told', async () => {
      bench = await open();
      const callId = await conversation();
      const leg = (await until(answeredBy(callId, 'arm-1'))).at(-1)!.leg!;
      await run({ op: 'call.hold', callId, leg, on: true });
      await run({ op: 'call.hold', callId, leg, on: false });
      await run({ op: 'call.add-party', callId, target: { kind: 'external', number: '0536490018', party: 'sis' } });
      const joined = (await until((event) => event.type === 'answered' && event.party === 'sis')).at(-1)!;
      await run({ op: 'call.drop-party', callId, leg: joined.leg! });
      const told = await until((event) => event.type === 'party-left' && event.leg === joined.leg);
      expect(told.map(({ type }) => type)).toEqual(expect.arrayContaining(['held', 'resumed']));
    });

    test('a power cut loses no call, no place in the queue and no instant', async () => {
      bench = await open();
      const talking = await conversation();
      const waiting = await bench.call('116117');
      const before = { events: await until((event) => event.callId === waiting), snapshot: await bench.port.snapshot() };
      await bench.restart();
      const after = { events: await until((event) => event.callId === waiting), snapshot: await bench.port.snapshot() };
      expect(after.events).toEqual(before.events);
      expect({ ...after.snapshot, at: '' }).toEqual({ ...before.snapshot, at: '' });
      await ready('arm-2');
      expect(await route(waiting, 'arm-2')).toEqual({ outcome: 'accepted' });
      expect(await run({ op: 'call.hang-up', callId: talking, reason: 'agent' })).toEqual({ outcome: 'accepted' });
    });
  });
}
