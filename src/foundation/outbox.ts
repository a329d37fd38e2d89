import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Clock } from './clock.ts';
import type { Database, Queryable, Transaction } from './db/database.ts';
import { notFound } from './errors.ts';
import type { Logger } from './log.ts';
import { keepingOf } from './retention.ts';

/** `withdrawn`: nobody needs it any more; `dead`: it waits for a person. */
export const outboxStates = ['pending', 'sent', 'acknowledged', 'withdrawn', 'dead'] as const;
export type OutboxState = (typeof outboxStates)[number];

export interface OutboxMessage {
  readonly id: string;
  readonly channel: string;
  readonly recipient: string;
  readonly payload: unknown;
  readonly state: OutboxState;
  readonly attempts: number;
  readonly createdAt: Temporal.Instant;
  readonly nextAttemptAt: Temporal.Instant | null;
  readonly sentAt: Temporal.Instant | null;
  readonly acknowledgedAt: Temporal.Instant | null;
  readonly lastError: string | null;
}

/**
 * Sends one message; throws when it could not. `acknowledged` when the recipient's answer is already the acknowledgement,
 * `withdrawn` with the reason when it has become useless.
 * @throws SystemAway, Undeliverable, or any other error: tried again a few times
 */
export type Deliver = (message: OutboxMessage) => Promise<'sent' | 'acknowledged' | { readonly withdrawn: string }>;

/** The outside system does not answer at all: the message is tried again until it does. */
export class SystemAway extends Error {}

/** Trying again by itself would be useless or dangerous: the message waits for a person at once. */
export class Undeliverable extends Error {}

const columns = sql`id, channel, recipient, payload, state, attempts, created_at as "createdAt",
  next_attempt_at as "nextAttemptAt", sent_at as "sentAt", acknowledged_at as "acknowledgedAt", last_error as "lastError"`;

/** Waits between attempts, in seconds; after the last one the message is dead and waits for a person. */
const RETRY_SECONDS = [1, 5, 30, 120, 600, 3_600];
/** Longest wait between two attempts towards a system that is away. */
const AWAY_SECONDS = 120;

const insertMessage = sql`insert into foundation.outbox (id, channel, recipient, payload, created_at, next_attempt_at)`;

/** Writes a message to an outside system in the transaction of the change that causes it. Gives its id. */
export async function post(
  tx: Transaction,
  message: { id?: string; channel: string; recipient: string; payload: unknown; at: Temporal.Instant },
): Promise<string> {
  const id = message.id ?? randomUUID();
  tx.for('foundation').beforeCommit(insertMessage, sql`(${id}, ${message.channel}, ${message.recipient}, ${JSON.stringify(message.payload)}, ${message.at}, ${message.at})`);
  return id;
}

/** Records the recipient's acknowledgement of a message already sent. */
export async function acknowledge(db: Queryable, id: string, at: Temporal.Instant): Promise<void> {
  await db.run(sql`
    update foundation.outbox set state = 'acknowledged', acknowledged_at = ${at}
    where id = ${id} and state in ('pending', 'sent')`);
}

/**
 * Sends every message that is due, oldest first, through the channel's function. A message taken by a process that dies is
 * sent again by another (at least once: recipients drop a repeated id).
 */
export async function deliverDue(database: Database, channels: ReadonlyMap<string, Deliver>, delivery: Delivery): Promise<number> {
  let sent = 0;
  while (await deliverOne(database, channels, delivery)) sent++;
  return sent;
}

export interface Delivery {
  readonly clock: Clock;
  readonly log: Logger;
  /** Told, in the same transaction, of a message that will not be tried again by itself. */
  readonly onDead?: (tx: Transaction, message: OutboxMessage) => Promise<void>;
}

async function deliverOne(database: Database, channels: ReadonlyMap<string, Deliver>, delivery: Delivery): Promise<boolean> {
  const { clock, log } = delivery;
  return database.for('foundation').transaction(async (tx) => {
    const message = await tx.maybeOne<OutboxMessage>(sql`
      select ${columns} from foundation.outbox
      where state = 'pending' and next_attempt_at <= ${clock.now()} and channel = any(${[...channels.keys()]})
      order by next_attempt_at, created_at limit 1 for update skip locked`);
    if (!message) return false;
    try {
      const outcome = await channels.get(message.channel)!(message);
      const now = clock.now();
      if (typeof outcome === 'object') await withdraw(tx, message, outcome.withdrawn);
      else await tx.run(sql`
        update foundation.outbox set state = ${outcome}, attempts = attempts + 1, sent_at = ${now}, next_attempt_at = null,
          acknowledged_at = ${outcome === 'acknowledged' ? now : null}, last_error = null where id = ${message.id}`);
    } catch (error) {
      await postpone(tx, message, error as Error, delivery);
      log.warn({ err: error, outbox: message.id, channel: message.channel }, 'message not delivered');
    }
    return true;
  });
}

async function withdraw(tx: Transaction, message: OutboxMessage, reason: string): Promise<void> {
  await tx.run(sql`update foundation.outbox set state = 'withdrawn', next_attempt_at = null, last_error = ${reason} where id = ${message.id}`);
}

/** Seconds before the next attempt; null when there is none. */
function waitAfter(error: Error, attempts: number): number | null {
  if (error instanceof Undeliverable) return null;
  const wait = RETRY_SECONDS[attempts] ?? null;
  return error instanceof SystemAway ? Math.min(wait ?? AWAY_SECONDS, AWAY_SECONDS) : wait;
}

async function postpone(tx: Transaction, message: OutboxMessage, error: Error, { clock, onDead }: Delivery): Promise<void> {
  const wait = waitAfter(error, message.attempts);
  const next = wait === null ? null : clock.now().add({ seconds: wait });
  await tx.run(sql`
    update foundation.outbox set attempts = attempts + 1, last_error = ${error.message.slice(0, 1_000)},
      state = ${next ? 'pending' : 'dead'}, next_attempt_at = ${next} where id = ${message.id}`);
  if (!next) await onDead?.(tx, message);
}

/** The messages of a state, newest first: the "not delivered" page reads `dead` and `pending`. */
export function listOutbox(db: Queryable, filter: { state?: OutboxState; limit: number }): Promise<OutboxMessage[]> {
  return db.query<OutboxMessage>(sql`
    select ${columns} from foundation.outbox
    where ${filter.state ?? null}::text is null or state = ${filter.state ?? null}
    order by created_at desc limit ${filter.limit}`);
}

/** Puts a dead message back in the queue. @throws not-found when no dead message has this id. */
export async function retryDead(tx: Queryable, id: string, at: Temporal.Instant): Promise<void> {
  const count = await tx.run(sql`
    update foundation.outbox set state = 'pending', attempts = 0, next_attempt_at = ${at}
    where id = ${id} and state = 'dead'`);
  if (count === 0) throw notFound('outbox-message-not-found', "Ce message n'existe pas ou n'est pas en échec.");
}

/** Messages that left, or that nobody will send again. */
export const outboxKeeping = keepingOf({
  context: 'foundation', table: sql`foundation.outbox`, id: sql`id::text`, settledAt: sql`created_at`, also: sql`state <> 'pending'`,
});
