import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database, Transaction } from '../../foundation/db/database.ts';
import type { Logger } from '../../foundation/log.ts';
import { DAY_MS, type HubQueue } from './codes.ts';
import { dispatch, type Report, reportExpired, reportUnroutable, type Rules } from './dispatch.ts';
import type { HubMessage } from './structure.ts';
import { type Consumption, CONTENT_TYPE, type Handle, type HubTransport, PERSISTENT, RETRY_MS } from './transport.ts';

const POLL_MS = 300;

export interface PostgresTransportOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly clientId: string;
  readonly pollMs?: number;
  readonly ttlMs?: number;
}

interface Queued {
  readonly id: number;
  readonly queue: string;
  readonly body: string;
}

/**
 * The hub without a broker: the same checks, queues, expiry and errors, in the database that both halves share. Opening it
 * creates the client's queues.
 */
export async function openPostgresTransport(options: PostgresTransportOptions): Promise<HubTransport> {
  const { database, clock, log, clientId, pollMs = POLL_MS, ttlMs = DAY_MS } = options;
  const db = database.for('interop');
  const consumptions = new Set<Consumption>();
  let connected = true;
  await db.run(sql`insert into interop.hub_client (client_id) values (${clientId}) on conflict do nothing`);

  const rules = (): Rules => ({ now: clock.now(), newId: randomUUID, ttlMs });

  /** False when the client has no queue. */
  async function enqueue(tx: Transaction, client: string, queue: string, body: string, expiresInMs: number): Promise<boolean> {
    const now = clock.now();
    const count = await tx.run(sql`
      insert into interop.hub_queue (queue, body, available_at, expires_at)
      select ${queue}, ${body}, ${now}::timestamptz, ${now.add({ milliseconds: expiresInMs })}::timestamptz
      from interop.hub_client where client_id = ${client}`);
    return count === 1;
  }

  async function tell(tx: Transaction, report: Report | null): Promise<void> {
    if (!report) return;
    const { explicitAddressValue } = report.message.descriptor.explicitAddress;
    await enqueue(tx, explicitAddressValue, report.queue, JSON.stringify(report.message), ttlMs);
  }

  async function publish(message: HubMessage): Promise<void> {
    const body = JSON.stringify(message);
    await db.transaction(async (tx) => {
      const verdict = dispatch(body, { contentType: CONTENT_TYPE, deliveryMode: PERSISTENT }, clientId, rules());
      if (verdict.outcome === 'refuse') return tell(tx, verdict.report);
      const routed = await enqueue(tx, verdict.recipient, verdict.queue, body, verdict.expiresInMs);
      if (!routed) await tell(tx, reportUnroutable(body, verdict.recipient, rules()));
    });
  }

  /** What nobody read in time goes back to its sender as an error, whether the recipient is there or not. */
  async function expire(): Promise<void> {
    await db.transaction(async (tx) => {
      const expired = await tx.query<Queued>(sql`
        delete from interop.hub_queue where id in (
          select id from interop.hub_queue where expires_at <= ${clock.now()} order by id limit 100 for update skip locked)
        returning id, queue, body`);
      for (const { body } of expired) await tell(tx, reportExpired(body, rules()));
    });
  }

  /** Treats the oldest message of these queues under its lock; false when there is none. */
  async function treatOne(queues: readonly string[], handle: Handle): Promise<boolean> {
    return db.transaction(async (tx) => {
      const now = clock.now();
      const row = await tx.maybeOne<Queued>(sql`
        select id, queue, body from interop.hub_queue
        where queue = any(${queues}) and available_at <= ${now} and expires_at > ${now}
        order by id limit 1 for update skip locked`);
      if (!row) return false;
      try {
        await handle({ queue: row.queue.slice(clientId.length + 1) as HubQueue, body: row.body });
        await tx.run(sql`delete from interop.hub_queue where id = ${row.id}`);
      } catch (error) {
        log.warn({ err: error, queue: row.queue }, 'hub message not treated, will come back');
        await tx.run(sql`update interop.hub_queue set available_at = ${now.add({ milliseconds: RETRY_MS })} where id = ${row.id}`);
      }
      return true;
    });
  }

  function consume(queues: readonly HubQueue[], handle: Handle): Consumption {
    const names = queues.map((queue) => `${clientId}.${queue}`);
    let open = true;
    let wake = () => {};
    const turn = async (): Promise<boolean> => {
      try {
        await expire();
        while (open && (await treatOne(names, handle)));
        connected = true;
      } catch (error) {
        connected = false;
        log.warn({ err: error, client: clientId }, 'hub queues could not be read, will try again');
      }
      return open;
    };
    const loop = async (): Promise<void> => {
      while (await turn()) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, pollMs).unref();
        });
      }
    };
    const ended = loop();
    const consumption: Consumption = {
      async close() {
        open = false;
        wake();
        await ended;
        consumptions.delete(consumption);
      },
    };
    consumptions.add(consumption);
    return consumption;
  }

  return {
    clientId,
    get connected() {
      return connected;
    },
    publish,
    consume,
    async close() {
      await Promise.all([...consumptions].map((consumption) => consumption.close()));
    },
  };
}
