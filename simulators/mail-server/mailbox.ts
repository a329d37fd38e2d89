import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** A message that arrived. */
export interface Received {
  readonly id: string;
  readonly at: string;
  readonly kind: 'email' | 'sms';
  /** Addresses or phone numbers, as the envelope gave them. */
  readonly to: readonly string[];
  readonly from: string;
  /** Of an e-mail; the sender's own id of an SMS. */
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailbox {
  /** The latest first; those to this address alone when given. */
  list(to?: string): readonly Received[];
  find(id: string): Received | undefined;
  /** Kept before the sender is answered. */
  keep(message: Omit<Received, 'id' | 'at'>): void;
}

const plain = (address: string) => address.replace(/[\s.]/g, '').toLowerCase();

/** What arrived, one line a message in the file; in memory alone without one. */
export function openMailbox(file: string | null): Mailbox {
  const messages: Received[] = file && existsSync(file) ? whole(readFileSync(file, 'utf8')).map((line) => JSON.parse(line) as Received) : [];
  return {
    list: (to) => messages.filter((message) => !to || message.to.some((address) => plain(address) === plain(to))).toReversed(),
    find: (id) => messages.find((message) => message.id === id),
    keep(message) {
      const received = { ...message, id: String(messages.length + 1), at: new Date().toISOString() };
      if (file) appendFileSync(file, `${JSON.stringify(received)}\n`, { mode: 0o600 });
      messages.push(received);
    },
  };
}

/** A line cut by a kill was never acknowledged: it did not arrive. */
const whole = (content: string): string[] => content.slice(0, content.lastIndexOf('\n') + 1).split('\n').filter(Boolean);
