import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { startPhoneNetwork } from '../../../../simulators/phone-network/server.ts';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { startBackground } from '../../../foundation/background.ts';
import { ManualClock } from '../../../foundation/clock.ts';
import { silentLogger } from '../../../foundation/log.ts';
import type { Actor, Role } from '../../../identity/contract.ts';
import { createPhoneNetworkPort } from '../../../interop/telephony/phone-network.ts';
import type { Territory } from '../../../territory/contract.ts';
import type { PhoneEvent } from '../contract.ts';
import type { TelephonyPort } from '../domain/port.ts';
import { createTelephony, type TelephonyRoom } from './index.ts';

export const EIGHT = '2026-01-13T08:00:00Z';
const vienne: Territory = {
  code: '86', name: 'Vienne', departments: ['86'], timeZone: 'Europe/Paris', holidaySet: 'metropole', radiusKm: 20, launchedOn: null, status: 'LANCE',
};
const territories = { get: async () => vienne, hoursKindAt: async () => 'SAS' as const };

const names = ['Ada Vasseur', 'Benoît Marchais', 'Clara Hénon', 'David Roussy', 'Elsa Tardieu', 'Farid Lemoine'];

/** A room on its own database, without a phone system unless one is given. Time is moved by hand. */
export async function openRoom(port: TelephonyPort | null = null, clock = new ManualClock(EIGHT), database?: TestDatabase) {
  const own = database ?? (await createTestDatabase());
  const people = new Map<string, Actor>();
  const room = createTelephony({
    database: own, clock, log: silentLogger, territories, territory: '86', port, accounts: { actor: async (id) => people.get(id) ?? null },
  });
  const person = (role: Role, more: Partial<Actor> = {}): Actor => {
    const actor: Actor = {
      accountId: randomUUID(), displayName: names[people.size % names.length]!, email: null, roles: [role], territories: ['86'], nationalId: null,
      structureIds: [], delegations: [], editor: null, ...more,
    };
    people.set(actor.accountId, actor);
    return actor;
  };
  const machine = person('telephony');
  let told = 0;
  const rows = async <Row extends object>(query: string, ...values: unknown[]): Promise<Row[]> => (await own.owner.pool.query<Row>(query, values)).rows;
  return {
    room, clock, database: own, person, people, rows,
    supervisor: person('superviseur'),
    /** The phone system tells something of a call, `seconds` after eight o'clock. */
    tell: (callId: string, seconds: number, type: PhoneEvent['type'], more: Partial<PhoneEvent> = {}) =>
      room.receive(machine, { eventId: `t${++told}`, callId, at: Temporal.Instant.from(EIGHT).add({ milliseconds: Math.round(seconds * 1_000) }).toString(), type, ...more }),
    receive: (event: PhoneEvent) => room.receive(machine, event),
    journal: (objectId: string) => rows<{ event: string; from_state: string | null; to_state: string | null; actor: string; reason: string | null }>(
      'select event, from_state, to_state, actor, reason from foundation.journal where object_id = $1 order by seq', objectId),
  };
}

const QUIET_TIMEOUT_MS = 8_000;

/** A room that drives the simulated phone network; both live by the same clock, moved by hand. */
export async function openPilotRoom({ state, wrap = (port) => port }: { state?: string; wrap?: (port: TelephonyPort) => TelephonyPort } = {}) {
  const clock = new ManualClock(EIGHT);
  const realNow = () => clock.now().epochMilliseconds;
  const start = (port = 0) => startPhoneNetwork({ load: 0, realNow, start: EIGHT, port, ...(state && { state }) });
  let network = await start();
  const port = createPhoneNetworkPort(network.url);
  const opened = await openRoom(wrap(port), clock);
  let background = startBackground(opened.room.tasks, silentLogger);
  const { rows } = opened;

  /** Waits until what happened is told, stored and answered. */
  async function quiet(): Promise<void> {
    for (let waited = 0, calm = 0; waited < QUIET_TIMEOUT_MS; waited += 20) {
      await port.snapshot();
      await opened.room.tasks.find(({ name }) => name === 'call-distribution')!.work();
      await new Promise((resolve) => setTimeout(resolve, 20));
      const [link] = await rows<{ event_offset: number; status: string }>('select event_offset::int, status from telephony.link');
      const [pending] = await rows<{ count: number }>("select count(*)::int as count from telephony.command where state = 'pending'");
      const still = link?.status === 'up' && link.event_offset === network.network.events.length && pending!.count === 0;
      calm = still ? calm + 1 : 0;
      if (calm === 3) return;
    }
    throw new Error('the room did not become quiet');
  }

  const live = async <Result>(what: () => Result | Promise<Result>): Promise<Result> => {
    await port.snapshot();
    const result = await what();
    await quiet();
    return result;
  };

  async function stopRoom(room: TelephonyRoom): Promise<void> {
    room.close();
    await background.stop();
  }

  return {
    ...opened,
    port,
    get network() {
      return network.network;
    },
    quiet,
    /** Lets what is under way happen, then time pass. */
    async pass(seconds: number): Promise<void> {
      await quiet();
      clock.advance({ milliseconds: Math.round(seconds * 1_000) });
      await quiet();
    },
    /** Somebody calls; very patient unless said otherwise. */
    call: (more: Parameters<typeof network.network.inject>[0] = {}): Promise<string> =>
      live(() => network.network.inject({ dnis: '15', patienceMs: 3_600_000, ...more })),
    hangUp: (callId: string) => live(() => void network.network.callerHangsUp(callId)),
    setPhone: (agent: Actor, phone: 'auto' | 'silent' | 'busy' | 'lost') => live(() => network.network.setPhone(agent.accountId, phone)),
    /** Somebody of that role takes a post, available. */
    async agent(role: Role, level?: 'N1' | 'AMU' | 'SNP' | 'MRU' | 'MRG'): Promise<Actor> {
      const actor = opened.person(role);
      await opened.room.setMyState(actor, { state: 'available', ...(level && { level }) });
      await quiet();
      return actor;
    },
    agentState: async (actor: Actor) => (await opened.room.me(actor.accountId)).agent!,
    callOf: async (callId: string) => (await opened.room.callOf(callId))!,
    /** The phone system dies, and comes back on the same address after `work`. */
    async withoutPhone(work: () => Promise<void>): Promise<void> {
      const address = Number(new URL(network.url).port);
      await network.close();
      await expect.poll(async () => (await rows<{ status: string }>('select status from telephony.link'))[0]!.status).toBe('down');
      await work();
      network = await start(address);
      await quiet();
    },
    /** The room's process dies; another takes its place on the same database. */
    async restartRoom(): Promise<void> {
      await stopRoom(opened.room);
      const next = await openRoom(wrap(port), clock, opened.database);
      for (const [id, actor] of opened.people) next.people.set(id, actor);
      Object.assign(opened.room, next.room);
      background = startBackground(next.room.tasks, silentLogger);
      await quiet();
    },
    async close(): Promise<void> {
      await stopRoom(opened.room);
      await network.close();
    },
  };
}

export type PilotRoom = Awaited<ReturnType<typeof openPilotRoom>>;
