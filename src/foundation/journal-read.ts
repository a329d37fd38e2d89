import sql from 'sql-template-tag';
import type { Database, Transaction } from './db/database.ts';

/** An entry as it is shown to those who may read the object. */
export interface JournalLine {
  readonly seq: number;
  readonly at: Temporal.Instant;
  readonly actor: string;
  readonly role: string | null;
  readonly event: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
  readonly careContext: string | null;
  readonly payload: Record<string, unknown>;
}

/** The entries of one object, the oldest first, at most `limit` of the last ones. */
export async function readJournal(db: Database | Transaction, objectType: string, objectId: string, limit = 1_000): Promise<JournalLine[]> {
  const lines = await db.for('foundation').query<JournalLine>(sql`
    select seq, at, actor, role, event, from_state as "from", to_state as "to", reason, care_context as "careContext", payload
    from foundation.journal where object_type = ${objectType} and object_id = ${objectId} order by seq desc limit ${limit}`);
  return lines.reverse();
}
