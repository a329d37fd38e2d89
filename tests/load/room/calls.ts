import { join } from 'node:path';
import { startSimulator } from '../../../src/app/demo/simulators.ts';
import { stopwatch } from '../../../src/foundation/clock.ts';
import { startBackground } from '../../../src/foundation/background.ts';
import type { Database } from '../../../src/foundation/db/database.ts';
import { silentLogger } from '../../../src/foundation/log.ts';
import type { Actor, Role } from '../../../src/identity/contract.ts';
import { createPhoneNetworkPort, phoneNetworkClock } from '../../../src/interop/telephony/phone-network.ts';
import { createTelephony, type PortEvent, type TelephonyRoom } from '../../../src/regulation/telephony/server/index.ts';
import { actor, type OpenDatabase, pause, print, spread, territory, withPostgres } from './ground.ts';

interface Rate {
  readonly perHour: number;
  /** How many are measured. */
  readonly calls: number;
  /** Times real: the load on the machine grows as much. */
  readonly speed: number;
}
const RATES: readonly Rate[] = [{ perHour: 360, calls: 40, speed: 4 }, { perHour: 3_600, calls: 150, speed: 1 }];
const TALK_SECONDS = { N1: 14, SNP: 25, AMU: 25, MRG: 30, MRU: 30, SPE: 30 } as const;
/** The longest life of a call, three conversations, with a margin. */
const LONGEST_DRAIN_MS = 150_000;

const staff: readonly { role: Role; level: 'N1' | 'SNP' | 'MRG'; count: number }[] = [
  { role: 'arm', level: 'N1', count: 30 }, { role: 'osnp', level: 'SNP', count: 15 }, { role: 'mrg', level: 'MRG', count: 15 },
];

interface Measures {
  readonly presented: number;
  readonly lost: number;
  readonly abandoned: number;
  readonly transferred: number;
  readonly decisionsMs: readonly number[];
  /** From the arrival of a call that found somebody free to the order to ring, in real milliseconds. */
  readonly ringMs: readonly number[];
  /** One `select 1` while the room works: what the machine itself takes. */
  readonly roundTripMs: readonly number[];
  readonly statementsPerCall: number;
  readonly cpuMsPerCall: number;
}

/**
 * Sixty agents answer 360, then 3,600 calls an hour, through the simulated phone network in its own process; half of the calls
 * go on to an OSNP, a quarter of these to a doctor. Prints the distributor's decisions, the calls lost, the cost of a call.
 */
export async function benchCalls(): Promise<void> {
  for (const rate of RATES) {
    const measures = await withPostgres(({ open, folder }) => measure(rate, open, folder));
    print(`${rate.perHour} calls/h (×${rate.speed})`, `${measures.presented} calls by 60 agents, ${measures.transferred} transfers, ${measures.abandoned} abandoned, ${measures.lost} lost`);
    print('distributor decision', `${spread(measures.decisionsMs)} (${measures.decisionsMs.length} turns)`);
    print('arrival to ring', spread(measures.ringMs));
    print('one round trip', `${spread(measures.roundTripMs)} to the database, under the same load`);
    print('cost per call', `${measures.statementsPerCall.toFixed(1)} SQL statements, ${measures.cpuMsPerCall.toFixed(1)} ms of CPU in the room's process`);
    if (measures.lost > 0) throw new Error(`${measures.lost} calls lost`);
  }
}

async function measure(rate: Rate, open: OpenDatabase, folder: string): Promise<Measures> {
  const network = await startSimulator('phone-network/main.ts', ['--load', '0', '--speed', String(rate.speed), '--state', join(folder, 'network.jsonl')], () => undefined);
  try {
    return await liveHour(await open('calls'), network.url, rate);
  } finally {
    await network.stop();
  }
}

async function liveHour(database: Database, url: string, { perHour, calls, speed }: Rate): Promise<Measures> {
  const port = createPhoneNetworkPort(url);
  const clock = await phoneNetworkClock(url);
  const decisionsMs: number[] = [];
  const people = new Map<string, Actor>();
  const room = createTelephony({
    database, clock, log: silentLogger, port, territory: '86', accounts: { actor: async (id) => people.get(id) ?? null },
    territories: { get: async () => territory, hoursKindAt: async () => 'SAS' }, onDecision: (ms) => decisionsMs.push(ms),
  });
  const background = startBackground(room.tasks, silentLogger);
  await seat(room, people);
  const stop = new AbortController();
  const events: PortEvent[] = [];
  const colleagues = actAsColleagues(room, port.events(0, stop.signal), { people, events, speed });

  const statements = countStatements(database);
  await pause(1_000);
  const idle = await cost(() => pause(3_000), statements);
  const roundTripMs: number[] = [];
  const busy = await cost(async () => {
    for (let call = 0; call < calls; call++) {
      const elapsed = stopwatch();
      await database.pool.query('select 1');
      roundTripMs.push(elapsed());
      await fetch(`${url}/admin/calls`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"dnis":"15"}' });
      await pause(3_600_000 / perHour / speed);
    }
    await drained(database, calls);
  }, statements);
  const net = (what: 'statements' | 'cpuMs') => (busy[what] - (idle[what] / idle.ms) * busy.ms) / calls;

  stop.abort();
  room.close();
  await Promise.all([background.stop(), colleagues]);
  return { ...(await outcomes(database, events, calls)), decisionsMs, roundTripMs, ringMs: ringDelays(events, speed), statementsPerCall: net('statements'), cpuMsPerCall: net('cpuMs') };
}

async function seat(room: TelephonyRoom, people: Map<string, Actor>): Promise<void> {
  const supervisor = actor('superviseur', 0);
  const configuration = await room.configuration(supervisor);
  await room.configure(supervisor, { ...configuration, thresholds: { ...configuration.thresholds, wrapUpSeconds: 2 } });
  for (const { role, level, count } of staff) {
    for (let index = 0; index < count; index++) {
      const one = actor(role, index);
      people.set(one.accountId, one);
      await room.setMyState(one, { state: 'available', level });
    }
  }
}

/** What people at the posts do: they talk, pass the call on or hang up. */
async function actAsColleagues(room: TelephonyRoom, told: AsyncIterable<PortEvent>, { people, events, speed }: { people: Map<string, Actor>; events: PortEvent[]; speed: number }): Promise<void> {
  const acts: Promise<unknown>[] = [];
  for await (const event of told) {
    events.push(event);
    const agent = people.get(event.agent ?? '');
    if (event.type !== 'answered' || !agent || !event.level) continue;
    const number = Number(event.callId.split('-').at(-1));
    const next = event.level === 'N1' && number % 2 === 0 ? 'SNP' : event.level === 'SNP' && number % 8 === 0 ? 'MRG' : null;
    acts.push(
      pause((TALK_SECONDS[event.level] * 1_000) / speed)
        .then(() => insist(() => room.act(agent, event.callId, next ? { op: 'transfer', level: next, mode: 'blind' } : { op: 'hang-up' }))),
    );
  }
  await Promise.all(acts);
}

/** Somebody whose screen is behind the phone tries again. */
async function insist(act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await act();
      return;
    } catch (error) {
      if (attempt === 20) throw error;
      await pause(100);
    }
  }
}

/** Counts what is asked of the database from now on. */
function countStatements(database: Database): () => number {
  let count = 0;
  database.pool.on('acquire', (client) => {
    const counted = client as typeof client & { counted?: true };
    if (counted.counted) return;
    counted.counted = true;
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    Object.assign(client, { query: (...args: unknown[]) => (count++, query(...args)) });
  });
  return () => count;
}

async function cost(work: () => Promise<void>, statements: () => number) {
  const before = { count: statements(), cpu: process.cpuUsage(), at: performance.now() };
  await work();
  const { user, system } = process.cpuUsage(before.cpu);
  return { statements: statements() - before.count, cpuMs: (user + system) / 1_000, ms: performance.now() - before.at };
}

/** Waits until every call is over in the room's own base. */
async function drained(database: Database, calls: number): Promise<void> {
  for (let waited = 0; waited < LONGEST_DRAIN_MS; waited += 100) {
    const { rows } = await database.pool.query<{ over: number }>('select count(*)::int as over from telephony.call where ended_at is not null');
    if (rows[0]!.over >= calls) return;
    await pause(100);
  }
}

async function outcomes(database: Database, events: readonly PortEvent[], calls: number) {
  const { rows } = await database.pool.query<{ over: number; abandoned: number; transferred: number }>(`
    select count(*) filter (where ended_at is not null)::int as over, count(*) filter (where state like 'ABANDONNE%')::int as abandoned,
      (select count(*) from telephony.call_event where type = 'transferred')::int as transferred from telephony.call`);
  const presented = events.filter(({ type }) => type === 'presented').length;
  const { over, abandoned, transferred } = rows[0]!;
  return { presented, lost: calls - over, abandoned, transferred };
}

function ringDelays(events: readonly PortEvent[], speed: number): number[] {
  return events.filter(({ type }) => type === 'presented').flatMap(({ callId, at }) => {
    const rang = events.find((event) => event.callId === callId && event.type === 'ringing');
    return rang ? [(Date.parse(rang.at) - Date.parse(at)) / speed] : [];
  });
}
