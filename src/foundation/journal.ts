import { createHash } from 'node:crypto';
import sql, { join } from 'sql-template-tag';
import type { Database, Transaction } from './db/database.ts';

/** One line of the journal: who did what to which object, and why. */
export interface JournalEntry {
  readonly at: Temporal.Instant;
  readonly territory?: string | null;
  readonly actor: string;
  readonly role?: string | null;
  readonly device?: string | null;
  readonly objectType: string;
  readonly objectId: string;
  readonly event: string;
  readonly from?: string | null;
  readonly to?: string | null;
  /** What changed. Never a secret. */
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly reason?: string | null;
  readonly careContext?: string | null;
}

const insertEntry = sql`insert into foundation.journal
  (at, territory, actor, role, device, object_type, object_id, event, from_state, to_state, payload, reason, care_context)`;

/** Writes an entry with the commit of the change it tells: both are seen, or neither (invariant I13). */
export async function writeJournal(tx: Transaction, entry: JournalEntry): Promise<void> {
  tx.for('foundation').beforeCommit(insertEntry, sql`(${entry.at}, ${entry.territory ?? null}, ${entry.actor}, ${entry.role ?? null}, ${entry.device ?? null},
    ${entry.objectType}, ${entry.objectId}, ${entry.event}, ${entry.from ?? null}, ${entry.to ?? null},
    ${JSON.stringify(entry.payload ?? {})}, ${entry.reason ?? null}, ${entry.careContext ?? null})`);
}

interface StoredEntry {
  seq: number;
  xid: string;
  content: string;
}

/** The text that is hashed: every column, in a form that does not depend on session settings. */
const content = sql`jsonb_build_array(j.seq, to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), j.territory,
  j.actor, j.role, j.device, j.object_type, j.object_id, j.event, j.from_state, j.to_state, j.payload, j.reason,
  j.care_context)::text`;

const GENESIS = Buffer.alloc(32);
const BATCH = 500;
const LOCK = 7_386_002;

const link = (previous: Buffer, text: string): Buffer => createHash('sha256').update(previous).update(text).digest();

/**
 * Chains the entries of finished transactions that are not chained yet, in the order of their transactions.
 * Safe to run in several processes at once. Gives the number of entries chained.
 */
export async function chainJournal(database: Database): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await database.for('foundation').transaction(chainBatch);
    total += count;
    if (count < BATCH) return total;
  }
}

async function chainBatch(tx: Transaction): Promise<number> {
  await tx.run(sql`select pg_advisory_xact_lock(${LOCK})`);
  const last = await tx.maybeOne<{ position: number; hash: Buffer; xid: string; seq: number }>(
    sql`select position, hash, xid::text as xid, seq from foundation.journal_chain order by position desc limit 1`,
  );
  // Every transaction older than the snapshot's xmin is over: no entry can appear behind the ones taken here.
  const entries = await tx.query<StoredEntry>(sql`
    select j.seq, j.xid::text as xid, ${content} as content from foundation.journal j
    where j.xid < pg_snapshot_xmin(pg_current_snapshot())
      and (j.xid, j.seq) > (${last?.xid ?? '0'}::xid8, ${last?.seq ?? 0})
    order by j.xid, j.seq limit ${BATCH}`);
  if (entries.length === 0) return 0;
  let position = last?.position ?? 0;
  let previous: Buffer = last?.hash ?? GENESIS;
  const rows = entries.map((entry) => {
    previous = link(previous, entry.content);
    return sql`(${++position}, ${entry.seq}, ${entry.xid}::xid8, ${previous})`;
  });
  await tx.run(sql`insert into foundation.journal_chain (position, seq, xid, hash) values ${join(rows)}`);
  return entries.length;
}

/** What the verification found: how many entries hold, how many wait to be chained, the first that does not hold. */
export interface JournalVerdict {
  readonly verified: number;
  /** Entries of the beginning, erased at the end of their duration: their seal is where the verification starts. */
  readonly sealed: number;
  readonly waiting: number;
  readonly broken: { readonly position: number; readonly seq: number; readonly why: string } | null;
}

/** Walks the whole chain again, from the last seal. Any entry altered, removed or slipped in breaks it at its place. */
export async function verifyJournal(database: Database): Promise<JournalVerdict> {
  const db = database.for('foundation');
  const seal = await db.maybeOne<{ position: number; hash: Buffer }>(
    sql`select position, hash from foundation.journal_seal order by position desc limit 1`,
  );
  const sealed = seal?.position ?? 0;
  let previous: Buffer = seal?.hash ?? GENESIS;
  let position = sealed;
  for (;;) {
    const rows = await db.query<{ position: number; seq: number; hash: Buffer; content: string | null }>(sql`
      select c.position, c.seq, c.hash, case when j.seq is null then null else ${content} end as content
      from foundation.journal_chain c left join foundation.journal j on j.seq = c.seq
      where c.position > ${position} order by c.position limit 5000`);
    for (const row of rows) {
      const why = whyBroken(row, position, previous);
      if (why) return { verified: position - sealed, sealed, waiting: 0, broken: { position: row.position, seq: row.seq, why } };
      previous = row.hash;
      position = row.position;
    }
    if (rows.length === 0) break;
  }
  const { unchained, slipped } = await db.one<{ unchained: number; slipped: number | null }>(sql`
    with last as (select xid, seq from foundation.journal_chain order by position desc limit 1)
    select count(*) as unchained, min(j.seq) filter (where (j.xid, j.seq) < (select xid, seq from last)) as slipped
    from foundation.journal j where not exists (select 1 from foundation.journal_chain c where c.seq = j.seq)`);
  const broken = slipped === null ? null : { position, seq: slipped, why: 'an entry was slipped in behind the chain' };
  return { verified: position - sealed, sealed, waiting: unchained, broken };
}

function whyBroken(
  row: { position: number; hash: Buffer; content: string | null },
  position: number,
  previous: Buffer,
): string | null {
  if (row.position !== position + 1) return `link ${position + 1} is missing`;
  if (row.content === null) return 'the entry was removed';
  if (!link(previous, row.content).equals(row.hash)) return 'the entry was altered';
  return null;
}
