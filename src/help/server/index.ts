import type { Clock } from '../../foundation/clock.ts';
import type { Database, Transaction } from '../../foundation/db/database.ts';
import type { ContactSubject } from '../contract.ts';

export { createContacts, type Contacts } from './contacts.ts';
export { helpHandlers } from './routes.ts';

/** What a message about a request may say: its subject, where to read it. Never its text. */
export interface ContactNews {
  readonly contactId: string;
  readonly subject: ContactSubject;
  readonly event: 'received' | 'answered';
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
  /** Tells those who help that a request came in. */
  readonly tellSupport: (tx: Transaction, news: ContactNews) => Promise<void>;
  /** Tells its author that a request came in, or has its answer. */
  readonly tellAuthor: (tx: Transaction, news: ContactNews) => Promise<void>;
}
