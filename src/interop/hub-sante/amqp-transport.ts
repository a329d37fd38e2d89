import { setTimeout as wait } from 'node:timers/promises';
import type { AsyncMessage, Connection } from 'rabbitmq-client';
import type { Logger } from '../../foundation/log.ts';
import type { HubQueue } from './codes.ts';
import type { HubMessage } from './structure.ts';
import { type Consumption, CONTENT_TYPE, type Handle, type HubTransport, RETRY_MS, type Settlement } from './transport.ts';

const EXCHANGE = 'hubsante';
const PREFETCH = 10;
/** The outbox tries again later: a message does not hold its transaction while the broker is away. */
const PUBLISH_TIMEOUT_MS = 5_000;
/** What the library does of a delivery, by the number that its handler gives. */
const SETTLEMENTS: Readonly<Record<Settlement, number>> = { ack: 0, reject: 2 };

export interface AmqpTransportOptions {
  /** `amqps://messaging.hub.esante.gouv.fr:5671/VHOST`; user and password when the broker wants them. */
  readonly url: string;
  readonly clientId: string;
  readonly log: Logger;
  readonly exchange?: string;
  /** PEM texts. With them the client is who its certificate says (SASL EXTERNAL). */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string };
}

/** A client of the hub's broker. It connects in the background, again and again, for as long as it is open. */
export async function openAmqpTransport({ url, clientId, log, exchange = EXCHANGE, tls }: AmqpTransportOptions): Promise<HubTransport> {
  const { Connection: Broker } = await import('rabbitmq-client');
  const connection = new Broker({ url, acquireTimeout: PUBLISH_TIMEOUT_MS, retryHigh: 10_000, connectionName: clientId, ...(tls ? { tls: { ...tls, minVersion: 'TLSv1.2' } } : {}) });
  if (tls) authenticateByCertificate(connection);
  connection.on('error', (error: Error) => log.warn({ err: error, client: clientId }, 'hub broker away, will connect again'));

  // Queues and exchanges belong to the hub, which gives its clients no right to create them: they are only checked.
  const publisher = connection.createPublisher({ confirm: true, maxAttempts: 2, exchanges: [{ exchange, passive: true }] });
  const consumptions = new Set<Consumption>();

  function consumeQueue(queue: HubQueue, handle: Handle): Consumption {
    const options = { queue: `${clientId}.${queue}`, queueOptions: { passive: true }, requeue: true, concurrency: 1, qos: { prefetchCount: PREFETCH } };
    const consumer = connection.createConsumer(options, async (message) => {
      try {
        return SETTLEMENTS[await handle({ queue, body: textOf(message) })];
      } catch (error) {
        await wait(RETRY_MS);
        throw error;
      }
    });
    consumer.on('error', (error: Error) => log.warn({ err: error, queue: options.queue }, 'hub message not treated, or queue not reachable; will try again'));
    return consumer;
  }

  return {
    clientId,
    get connected() {
      return connection.ready;
    },
    async publish(message: HubMessage) {
      await publisher.send({ exchange, routingKey: clientId, contentType: CONTENT_TYPE, durable: true, priority: 0 }, Buffer.from(JSON.stringify(message)));
    },
    consume(queues, handle) {
      const consumers = queues.map((queue) => consumeQueue(queue, handle));
      const consumption: Consumption = {
        async close() {
          await Promise.all(consumers.map((consumer) => consumer.close()));
          consumptions.delete(consumption);
        },
      };
      consumptions.add(consumption);
      return consumption;
    },
    async close() {
      await Promise.all([...consumptions].map((consumption) => consumption.close()));
      await publisher.close();
      await connection.close();
    },
  };
}

/** The body as text: the library gives JSON already read. */
export function textOf({ body }: Pick<AsyncMessage, 'body'>): string {
  if (Buffer.isBuffer(body)) return body.toString('utf8');
  return typeof body === 'string' ? body : JSON.stringify(body);
}

interface Frame {
  readonly params?: { readonly mechanism?: string };
}

/**
 * The library knows only the mechanism PLAIN: the frame that answers the broker's greeting is rewritten for EXTERNAL, where
 * the certificate of the TLS connection tells who we are.
 */
function authenticateByCertificate(connection: Connection): void {
  const inner = connection as unknown as { _writeMethod(frame: Frame): void };
  const write = inner._writeMethod.bind(connection);
  inner._writeMethod = (frame) => write(frame.params?.mechanism ? { ...frame, params: { ...frame.params, mechanism: 'EXTERNAL', response: '' } as Frame['params'] } : frame);
}
