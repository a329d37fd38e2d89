import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AsyncMessage, Connection } from 'rabbitmq-client';
import { dispatch, type Report, reportExpired, reportUnroutable, type Rules } from '../../src/interop/hub-sante/dispatch.ts';
import type { Validate } from './schemas.ts';

const DAY_MS = 86_400_000;
const PREFETCH = 50;
const CONSUMED = 0;
const DROPPED = 2;

export interface HubDispatcherOptions {
  /** Broker and virtual host, where this program may declare. */
  readonly url: string;
  /** Ids of the clients that get queues. */
  readonly clients: readonly string[];
  /** Before the hub's own names, so that several hubs share a broker. Empty: the names of the real hub. */
  readonly prefix?: string;
  /** How long a message waits for its reader. */
  readonly ttlMs?: number;
  readonly validate?: Validate;
  /** Contents allowed on this perimeter. */
  readonly acceptedRoots?: readonly string[];
}

export interface HubDispatcher {
  readonly exchange: string;
  close(): Promise<void>;
  /** Deletes the queues and exchanges too. */
  remove(): Promise<void>;
}

/** The hub on a real broker: its topology, and the program that checks each message, then puts it in a client's queue. */
export async function startHubDispatcher(options: HubDispatcherOptions): Promise<HubDispatcher> {
  const { url, clients, prefix = '', ttlMs = DAY_MS } = options;
  const named = (name: string) => `${prefix}${name}`;
  const exchange = named('hubsante');
  const distribution = named('distribution');
  const deadLetters = named('distribution.dlx');
  const waiting = named('dispatch');
  const dead = named('dispatch.dlq');
  const clientQueues = clients.flatMap((client) => ['message', 'ack', 'info'].map((queue) => `${client}.${queue}`));

  const connection = new Connection({ url, connectionName: 'hub-sante-dispatcher', retryHigh: 5_000 });
  connection.on('error', (error: Error) => process.stderr.write(`hub: ${error.message}\n`));
  await connection.onConnect(10_000);
  await declare();

  /** The attempts that the broker gave back for want of a queue, as their headers name them. */
  const returned = new Set<string>();
  const publisher = connection.createPublisher({ confirm: true });
  publisher.on('basic.return', ({ headers }) => void returned.add(String(headers?.attempt)));

  async function declare(): Promise<void> {
    await connection.exchangeDeclare({ exchange, type: 'topic', durable: true });
    await connection.exchangeDeclare({ exchange: distribution, type: 'direct', durable: true });
    await connection.exchangeDeclare({ exchange: deadLetters, type: 'fanout', durable: true });
    await connection.queueDeclare({ queue: waiting, durable: true });
    await connection.queueBind({ queue: waiting, exchange, routingKey: '#' });
    await connection.queueDeclare({ queue: dead, durable: true });
    await connection.queueBind({ queue: dead, exchange: deadLetters });
    for (const queue of clientQueues) {
      await connection.queueDeclare({ queue, durable: true, arguments: { 'x-message-ttl': ttlMs, 'x-dead-letter-exchange': deadLetters } });
      await connection.queueBind({ queue, exchange: distribution, routingKey: queue });
    }
  }

  const rules = (): Rules => ({
    now: Temporal.Now.instant(), newId: randomUUID, validate: options.validate, acceptedRoots: options.acceptedRoots, ttlMs,
  });

  /** False when no queue takes it. */
  async function put(queue: string, body: string, headers: Readonly<Record<string, unknown>>, expiresInMs: number): Promise<boolean> {
    const attempt = randomUUID();
    await publisher.send(
      {
        exchange: distribution, routingKey: queue, contentType: 'application/json', durable: true, mandatory: true,
        expiration: String(expiresInMs), headers: { ...headers, attempt },
      },
      Buffer.from(body),
    );
    // The library tells a return one turn after its confirmation.
    await nextTurn();
    return !returned.delete(attempt);
  }

  const tell = async (report: Report | null): Promise<void> => {
    if (report) await put(report.queue, JSON.stringify(report.message), {}, ttlMs);
  };

  const incoming = connection.createConsumer({ queue: waiting, queueOptions: { passive: true }, requeue: true, qos: { prefetchCount: PREFETCH } }, async (message) => {
    const body = textOf(message);
    const verdict = dispatch(body, { contentType: message.contentType ?? null, deliveryMode: message.durable ? 2 : 1 }, message.routingKey, rules());
    if (verdict.outcome === 'refuse') {
      await tell(verdict.report);
      return DROPPED;
    }
    const headers = { ...message.headers, 'x-original-routing-key': message.routingKey };
    if (!(await put(verdict.queue, body, headers, verdict.expiresInMs))) await tell(reportUnroutable(body, verdict.recipient, rules()));
    return CONSUMED;
  });
  // A message rejected by its reader is dead too, but nothing is said of it: only those that nobody read are told.
  const expired = connection.createConsumer({ queue: dead, queueOptions: { passive: true }, requeue: true, qos: { prefetchCount: PREFETCH } }, async (message) => {
    if (message.headers?.['x-first-death-reason'] === 'expired') await tell(reportExpired(textOf(message), rules()));
    return CONSUMED;
  });
  for (const consumer of [incoming, expired]) consumer.on('error', (error: Error) => process.stderr.write(`hub: ${error.message}\n`));

  const stopReading = () => Promise.all([incoming.close(), expired.close()]);
  return {
    exchange,
    async close() {
      await stopReading();
      await publisher.close();
      await connection.close();
    },
    async remove() {
      await stopReading();
      await publisher.close();
      for (const queue of [waiting, dead, ...clientQueues]) await connection.queueDelete({ queue });
      for (const one of [exchange, distribution, deadLetters]) await connection.exchangeDelete({ exchange: one });
      await connection.close();
    },
  };
}

/** The library gives JSON already read. */
function textOf({ body }: AsyncMessage): string {
  if (Buffer.isBuffer(body)) return body.toString('utf8');
  return typeof body === 'string' ? body : JSON.stringify(body);
}
