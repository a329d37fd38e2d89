/** The part of the library that we use, as long as it is not installed. */
declare module 'rabbitmq-client' {
  import type { EventEmitter } from 'node:events';

  export interface ConnectionOptions {
    readonly url: string;
    readonly tls?: object;
    readonly acquireTimeout?: number;
    readonly retryLow?: number;
    readonly retryHigh?: number;
    readonly connectionName?: string;
  }
  interface QueueDeclare {
    readonly queue?: string;
    readonly passive?: boolean;
    readonly durable?: boolean;
    readonly arguments?: Readonly<Record<string, unknown>>;
  }
  interface ExchangeDeclare {
    readonly exchange: string;
    readonly type?: string;
    readonly passive?: boolean;
    readonly durable?: boolean;
  }
  interface QueueBind {
    readonly queue: string;
    readonly exchange: string;
    readonly routingKey?: string;
  }
  export interface Envelope {
    readonly exchange?: string;
    readonly routingKey?: string;
    readonly contentType?: string;
    readonly durable?: boolean;
    readonly priority?: number;
    readonly expiration?: string;
    readonly mandatory?: boolean;
    readonly headers?: Readonly<Record<string, unknown>>;
  }
  export interface AsyncMessage extends Envelope {
    readonly body: unknown;
    readonly deliveryMode?: number;
    readonly redelivered: boolean;
    readonly routingKey: string;
  }
  export interface Publisher extends EventEmitter {
    send(envelope: Envelope, body: unknown): Promise<void>;
    close(): Promise<void>;
  }
  export interface Consumer extends EventEmitter {
    close(): Promise<void>;
  }
  export class Connection extends EventEmitter {
    constructor(options: ConnectionOptions);
    readonly ready: boolean;
    createPublisher(options: { confirm?: boolean; maxAttempts?: number; exchanges?: readonly ExchangeDeclare[] }): Publisher;
    createConsumer(
      options: { queue: string; queueOptions?: QueueDeclare; requeue?: boolean; concurrency?: number; qos?: { prefetchCount: number } },
      handle: (message: AsyncMessage) => Promise<number>,
    ): Consumer;
    queueDeclare(options: QueueDeclare): Promise<{ messageCount: number }>;
    queueBind(options: QueueBind): Promise<void>;
    queueDelete(options: { queue: string }): Promise<unknown>;
    exchangeDeclare(options: ExchangeDeclare): Promise<void>;
    exchangeDelete(options: { exchange: string }): Promise<void>;
    basicGet(options: { queue: string; noAck: boolean }): Promise<AsyncMessage | undefined>;
    onConnect(timeout?: number): Promise<void>;
    close(): Promise<void>;
    unsafeDestroy(): void;
  }
}
