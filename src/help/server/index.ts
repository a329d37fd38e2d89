import type { Clock } from '../../foundation/clock.ts';
import type { Database, Transaction } from '../../foundation/db/database.ts';

export { createContacts, type Contacts } from './contacts.ts';
export { helpHandlers } from './routes.ts';

/** What a message about a request may say: its number, where to read it. Never its text. */
export interface ContactNews {
  readonly contactId: string;
  readonly number: string;
  readonly territory: string;
  readonly authorId: string;
}

export interface HelpDependencies {
  readonly database: Database;
  readonly clock: Clock;
  /** Display names by account. */
  readonly accountNames: (ids: string[]) => Promise<Map<string, string>>;
  /** What in a text looks like a patient's data, in words; null when nothing does. */
  readonly patientDataIn: (text: string) => string | null;
  /** Tells those who help that a request came in. Written in the transaction of the request: sent later when the mail server is down. */
  readonly tellSupport: (tx: Transaction, news: ContactNews) => Promise<void>;
  /** Tells its author that a request has its answer. */
  readonly tellAuthor: (tx: Transaction, news: ContactNews) => Promise<void>;
}
