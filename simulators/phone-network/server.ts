import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { type PlannedCall, planDay } from './callers.ts';
import { type Anchor, simulatedClock } from './clock.ts';
import { type Journal, openJournal, type Phone } from './journal.ts';
import { PhoneNetwork } from './network.ts';
import type { Command, NetworkEvent } from './protocol.ts';
import { snapshotOf } from './snapshot.ts';

export interface PhoneNetworkOptions {
  readonly seed?: number;
  /** 0 or absent: chosen by the system. */
  readonly port?: number;
  /** File that keeps everything between two runs; memory only when absent. */
  readonly state?: string;
  /** Simulated instant at the start (ISO); the machine's when absent. A kept state goes on where it was. */
  readonly start?: string;
  readonly speed?: number;
  /** Times the calls of an ordinary day; 0: nobody calls but by hand. */
  readonly load?: number;
  readonly timeZone?: string;
  readonly realNow?: () => number;
}

export interface PhoneNetworkSimulator {
  readonly url: string;
  readonly network: PhoneNetwork;
  close(): Promise<void>;
}

const HEARTBEAT_MS = 1_000;
const LONGEST_SLEEP_MS = 1_000;

/** Starts a phone network: callers, the room's numbers, the agents' phones. */
export async function startPhoneNetwork(options: PhoneNetworkOptions = {}): Promise<PhoneNetworkSimulator> {
  const { seed = 86, load = 1, timeZone = 'Europe/Paris', realNow = Date.now } = options;
  const journal = openJournal(options.state ?? null);
  const clock = simulatedClock(anchorOf(journal, options, realNow), realNow);
  if (journal.entries.length === 0) journal.append({ anchor: clock.anchor });
  const network = new PhoneNetwork(journal, seed);
  const arrivals = dayByDay({ seed, load, timeZone, from: clock.now(), network });
  const listeners = new Map<ServerResponse, number>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    for (const [response, offset] of listeners) {
      for (const event of network.events.slice(offset)) write(response, event);
      listeners.set(response, network.events.length);
    }
  }

  /** Lives until now, shows what happened, and sleeps until something is due. */
  function live(): void {
    clearTimeout(timer);
    const now = clock.now();
    for (const plan of arrivals.until(now)) network.arrive(plan);
    network.advance(now);
    flush();
    const next = Math.min(network.nextAt() ?? Number.POSITIVE_INFINITY, arrivals.nextAt());
    timer = setTimeout(live, Math.min(clock.until(next), LONGEST_SLEEP_MS));
  }

  const server = Fastify({ forceCloseConnections: true });
  server.get('/capabilities', () => ({ mode: 'pilot', routing: true, autoAnswer: true, warmTransfer: true, conference: true, hold: true, replay: true }));
  server.get('/clock', () => ({ now: new Date(clock.now()).toISOString(), speed: clock.anchor.speed }));
  server.get('/snapshot', () => {
    live();
    return snapshotOf(network);
  });
  server.post<{ Body: Command }>('/commands', ({ body }) => {
    live();
    const ack = network.execute(body);
    live();
    return ack;
  });
  server.get<{ Querystring: { from?: string } }>('/events', (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write(': open\n\n');
    listeners.set(reply.raw, Math.min(Number(request.query.from ?? 0), network.events.length));
    reply.raw.on('close', () => listeners.delete(reply.raw));
    flush();
  });
  adminRoutes(server, { network, live, setSpeed: (speed) => journal.append({ anchor: clock.setSpeed(speed) }) });

  const heartbeat = setInterval(() => {
    for (const response of listeners.keys()) response.write(': alive\n\n');
  }, HEARTBEAT_MS);
  await server.listen({ port: options.port ?? 0, host: '127.0.0.1' });
  live();
  return {
    url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    network,
    async close() {
      clearTimeout(timer);
      clearInterval(heartbeat);
      for (const response of listeners.keys()) response.destroy();
      await server.close();
      journal.close();
    },
  };
}

const write = (response: ServerResponse, event: NetworkEvent): void => void response.write(`id: ${event.offset}\ndata: ${JSON.stringify(event)}\n\n`);

/** A kept state goes on: the outage lasted as long, in simulated time, as it did here. */
function anchorOf(journal: Journal, { start, speed = 1 }: PhoneNetworkOptions, realNow: () => number): Anchor {
  const kept = journal.entries.findLast(({ anchor }) => anchor)?.anchor;
  return kept ?? { real: realNow(), simulated: start ? Date.parse(start) : realNow(), speed };
}

interface Plan {
  readonly seed: number;
  readonly load: number;
  readonly timeZone: string;
  readonly from: number;
  readonly network: PhoneNetwork;
}

/** The calls to come, day after day; those of an outage come late, at their own instants. */
function dayByDay({ seed, load, timeZone, from, network }: Plan) {
  const resumed = network.now > 0 ? network.now : from;
  let day = Temporal.Instant.fromEpochMilliseconds(resumed).toZonedDateTimeISO(timeZone).startOfDay();
  const planned = () => (load === 0 ? [] : planDay(seed, day.epochMilliseconds, load).filter(({ at, callId }) => at >= resumed && !network.hasArrived(callId)));
  let coming = planned();

  function refill(): void {
    while (coming.length === 0 && load > 0) {
      day = day.add({ days: 1 });
      coming = planned();
    }
  }
  refill();
  return {
    nextAt: () => coming[0]?.at ?? Number.POSITIVE_INFINITY,
    *until(now: number): Generator<PlannedCall> {
      while (coming[0] && coming[0].at <= now) {
        yield coming.shift()!;
        refill();
      }
    },
  };
}

interface Admin {
  readonly network: PhoneNetwork;
  readonly live: () => void;
  readonly setSpeed: (speed: number) => void;
}

/** The hand behind the scenes: demonstrations and tests make things happen. */
function adminRoutes(server: FastifyInstance, { network, live, setSpeed }: Admin): void {
  server.post<{ Body: Parameters<PhoneNetwork['inject']>[0] }>('/admin/calls', ({ body }) => {
    live();
    const callId = network.inject(body ?? {});
    live();
    return { callId };
  });
  server.post<{ Params: { id: string }; Body: { cause?: string } }>('/admin/calls/:id/hang-up', ({ params, body }, reply) => {
    live();
    const done = network.callerHangsUp(params.id, body?.cause);
    live();
    return reply.status(done ? 200 : 404).send({ done });
  });
  server.post<{ Params: { agent: string }; Body: { phone: Phone } }>('/admin/agents/:agent', ({ params, body }) => {
    live();
    network.setPhone(params.agent, body.phone);
    live();
    return { done: true };
  });
  server.post<{ Body: { speed: number } }>('/admin/speed', ({ body }) => {
    live();
    setSpeed(body.speed);
    live();
    return { speed: body.speed };
  });
}
