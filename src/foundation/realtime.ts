import type { ServerResponse } from 'node:http';
import type pg from 'pg';
import sql from 'sql-template-tag';
import type { Database } from './db/database.ts';
import { stopwatch } from './clock.ts';
import { type Audience, CHANNEL } from './events.ts';
import type { Logger } from './log.ts';

interface StoredEvent {
  readonly id: number;
  readonly topic: string;
  readonly ids: Record<string, string>;
  readonly audience: Audience;
}

/** What a listener may hear, asked at each event so that a right withdrawn takes effect at once. */
export type MayHear = (audience: Audience) => boolean;

interface Listener {
  readonly response: ServerResponse;
  readonly mayHear: MayHear;
}

export interface Realtime {
  /** Keeps `response` open as an SSE stream; `lastEventId` replays what was missed meanwhile. */
  listen(response: ServerResponse, mayHear: MayHear, lastEventId: number | null): Promise<void>;
  /** True while changes are heard from the database. */
  readonly connected: boolean;
  close(): Promise<void>;
}

const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 500;
/** Listeners look by themselves this often, in case a call was lost with the process that owed it. */
const LOOK_MS = 2_000;
/** How long an id that is missing in the sequence is awaited: its transaction is under way, or was undone. */
const AWAITED_MS = 60_000;
/** Beyond that, the screen is told to read everything again instead. */
const REPLAY_LIMIT = 500;

/** Fans the changes announced in the database out to the open screens of this process. */
export async function startRealtime(database: Database, log: Logger): Promise<Realtime> {
  const listeners = new Set<Listener>();
  const db = database.for('foundation');
  let client: pg.Client | null = null;
  let lastSeen = 0;
  let closed = false;
  let draining: Promise<void> = Promise.resolve();

  /** Sends to each listener what it may hear, in one write. */
  const send = (to: Iterable<Listener>, events: readonly StoredEvent[]) => {
    const messages = events.map(({ id, topic, ids, audience }) => ({ audience, text: `id: ${id}\nevent: ${topic}\ndata: ${JSON.stringify(ids)}\n\n` }));
    for (const { response, mayHear } of to) {
      const heard = messages.filter(({ audience }) => mayHear(audience)).map(({ text }) => text);
      if (heard.length > 0) response.write(heard.join(''));
    }
  };

  // Ids are given before the commit: a transaction may bring a lower one after a higher one was sent.
  const awaited = new Map<number, () => number>();

  const eventsSince = (id: number, limit: number) =>
    db.query<StoredEvent>(sql`select id, topic, ids, audience from foundation.event where id > ${id} order by id limit ${limit}`);

  async function drain(): Promise<void> {
    for (const [id, elapsed] of awaited) if (elapsed() > AWAITED_MS) awaited.delete(id);
    const events = await db.query<StoredEvent>(sql`
      select id, topic, ids, audience from foundation.event
      where id > ${lastSeen} or id = any(${[...awaited.keys()]}) order by id limit ${REPLAY_LIMIT}`);
    for (const event of events) {
      for (let missing = lastSeen + 1; missing < event.id; missing++) awaited.set(missing, stopwatch());
      awaited.delete(event.id);
      lastSeen = Math.max(lastSeen, event.id);
    }
    send(listeners, events);
    if (events.length === REPLAY_LIMIT) await drain();
  }

  const drainSoon = () => {
    draining = draining.then(drain).catch((error: unknown) => log.warn({ err: error }, 'events could not be read'));
  };

  async function connect(): Promise<void> {
    const fresh = await database.connect();
    fresh.on('notification', drainSoon);
    fresh.on('error', () => undefined);
    fresh.on('end', () => {
      client = null;
      if (!closed) reconnectLater();
    });
    await fresh.query(`listen ${CHANNEL}`);
    client = fresh;
    drainSoon();
  }

  function reconnectLater(): void {
    setTimeout(() => {
      if (closed) return;
      connect().catch(() => reconnectLater());
    }, RECONNECT_MS).unref();
  }

  const head = await db.one<{ id: number }>(sql`select coalesce(max(id), 0) as id from foundation.event`);
  lastSeen = head.id;
  await connect();
  const heartbeat = setInterval(() => {
    for (const listener of listeners) listener.response.write(`: ${client ? 'alive' : 'database away'}\n\n`);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  const look = setInterval(() => {
    if (client) drainSoon();
  }, LOOK_MS);
  look.unref();

  return {
    get connected() {
      return client !== null;
    },
    async listen(response, mayHear, lastEventId) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write('retry: 1000\n\n');
      const listener = { response, mayHear };
      if (lastEventId !== null) {
        const missed = await eventsSince(lastEventId, REPLAY_LIMIT + 1);
        if (missed.length > REPLAY_LIMIT) response.write('event: refetch\ndata: {}\n\n');
        else send([listener], missed);
      }
      listeners.add(listener);
      response.on('close', () => listeners.delete(listener));
    },
    async close() {
      closed = true;
      clearInterval(heartbeat);
      clearInterval(look);
      for (const { response } of listeners) response.end();
      await client?.end();
      await draining;
    },
  };
}
