import type pg from 'pg';
import sql from 'sql-template-tag';
import type { Transaction } from './db/database.ts';
import { keepingOf } from './retention.ts';

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

/** The channel that listeners wait on; the call says nothing but "look". */
export const CHANNEL = 'sas_event';
const calls = new WeakMap<pg.Pool, { again: boolean }>();

/**
 * Calls the listeners of every process. Outside the transactions, because PostgreSQL makes commits that notify wait for each
 * other; one call at a time, and one more for all those asked meanwhile. A call that is lost costs a moment: listeners also
 * look by themselves.
 */
function callListeners(pool: pg.Pool): void {
  const current = calls.get(pool);
  if (current) {
    current.again = true;
    return;
  }
  const call = { again: false };
  calls.set(pool, call);
  pool
    .query(`select set_config('synchronous_commit', 'off', true), pg_notify('${CHANNEL}', '')`)
    .catch(() => undefined)
    .finally(() => {
      calls.delete(pool);
      if (call.again) callListeners(pool);
    });
}

/** Announces a change to open screens when the transaction commits. */
export async function announce(tx: Transaction, change: Change): Promise<void> {
  tx.for('foundation').beforeCommit(insertEvent, sql`(${change.topic}, ${JSON.stringify(change.ids)}, ${JSON.stringify(change.audience)})`);
  tx.afterCommit(callListeners);
}

/** Announcements, which a screen that reconnects reads again. */
export const eventKeeping = keepingOf({
  context: 'foundation', table: sql`foundation.event`, id: sql`id::text`, settledAt: sql`at`,
});
