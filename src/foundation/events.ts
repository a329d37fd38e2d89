import sql from 'sql-template-tag';
import type { Transaction } from './db/database.ts';

/** Who may hear of a change. An absent criterion restricts nothing; several all apply. */
export interface Audience {
  readonly roles?: readonly string[];
  readonly territories?: readonly string[];
  readonly accounts?: readonly string[];
}

/** A change, told by identifiers only: whoever hears it reads the object again through the API. */
export interface Change {
  readonly topic: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly audience: Audience;
}

const insertEvent = sql`insert into foundation.event (topic, ids, audience)`;

/** Announces a change to open screens when the transaction commits. */
export async function announce(tx: Transaction, change: Change): Promise<void> {
  tx.for('foundation').beforeCommit(insertEvent, sql`(${change.topic}, ${JSON.stringify(change.ids)}, ${JSON.stringify(change.audience)})`);
}
