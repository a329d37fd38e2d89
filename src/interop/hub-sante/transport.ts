import type { HubQueue } from './codes.ts';
import type { HubMessage } from './structure.ts';

/** A message taken from one of our queues; it stays there until it is settled. */
export interface Delivery {
  readonly queue: HubQueue;
  readonly body: string;
}

/** `ack`: treated and kept by us. `reject`: it never can be, the hub may drop it. */
export type Settlement = 'ack' | 'reject';

/** Treats a delivery. When it throws, the message comes back later: it must bear a repetition. */
export type Handle = (delivery: Delivery) => Promise<Settlement>;

export interface Consumption {
  /** Takes no other message and waits for those being treated. */
  close(): Promise<void>;
}

/** One client of the hub, over a broker or over Postgres: same queues, same acknowledgements, same errors. */
export interface HubTransport {
  readonly clientId: string;
  readonly connected: boolean;
  /** Resolves once the message is kept by the hub, durably. @throws when it could not be; nothing says then that it was not. */
  publish(message: HubMessage): Promise<void>;
  consume(queues: readonly HubQueue[], handle: Handle): Consumption;
  close(): Promise<void>;
}

export const CONTENT_TYPE = 'application/json';
export const PERSISTENT = 2;
/** Wait before a message whose treatment failed comes back. */
export const RETRY_MS = 1_000;
