import { LRUCache } from 'lru-cache';
import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { ContextDatabase, Transaction } from '../../../foundation/db/database.ts';
import type { Logger } from '../../../foundation/log.ts';
import { isKnown, KNOWN_FOR_DAYS, type Knowledge, learn } from '../domain/knowledge.ts';

/** What each vendor's answers say of one id, by vendor. */
export type KnowledgeByEditor = Map<string, Knowledge>;

/** Which vendor knows whom: read through a short memory, written behind. */
export interface KnowledgeBook {
  /** What is known of each id. When the database is away, nothing is: every vendor is asked. */
  of(ids: readonly string[]): Promise<ReadonlyMap<string, KnowledgeByEditor>>;
  /** Learns from an answer about `asked`, of whom `named` were in it. Written at the next flush. */
  learn(editor: string, asked: readonly string[], named: ReadonlySet<string>, now: Temporal.Instant): void;
  /** Up to `limit` ids that this vendor knows, those seen last first. */
  knownIds(editor: string, limit: number): Promise<string[]>;
  /** How many of these ids at least one active vendor knows. */
  countKnown(ids: readonly string[]): Promise<number>;
  /** Forgets all about a vendor, in the transaction that adds, moves or removes it: everyone is asked again. */
  forgetEditor(tx: Transaction, editor: string): Promise<void>;
  flush(): Promise<void>;
}

interface Row {
  editor: string;
  id: string;
  askedAt: Temporal.Instant;
  seenAt: Temporal.Instant | null;
  misses: number;
}

/** Other processes learn too: what is in memory is read again after that long. */
const REREAD_MS = 60_000;
const REMEMBERED_IDS = 30_000;

export function createKnowledge({ db, clock, log }: { db: ContextDatabase; clock: Clock; log: Logger }): KnowledgeBook {
  const memory = new LRUCache<string, { readAtMs: number; byEditor: KnowledgeByEditor }>({ max: REMEMBERED_IDS });
  let pending = new Map<string, Row>();

  async function read(ids: readonly string[]): Promise<void> {
    const readAtMs = clock.now().epochMilliseconds;
    const rows = await db.query<Row>(sql`
      select editor, national_id as id, asked_at as "askedAt", seen_at as "seenAt", misses
      from availability.editor_knowledge where national_id = any(${ids})`);
    for (const id of ids) memory.set(id, { readAtMs, byEditor: new Map() });
    for (const { editor, id, ...knowledge } of rows) memory.get(id)!.byEditor.set(editor, knowledge);
    for (const { editor, id, ...knowledge } of pending.values()) memory.peek(id)?.byEditor.set(editor, knowledge);
  }

  const knownAfter = () => clock.now().subtract({ hours: 24 * KNOWN_FOR_DAYS });

  return {
    async of(ids) {
      const nowMs = clock.now().epochMilliseconds;
      const stale = ids.filter((id) => nowMs - (memory.get(id)?.readAtMs ?? -Infinity) >= REREAD_MS);
      if (stale.length > 0) {
        await read(stale).catch((error: unknown) => log.warn({ err: error }, 'knowledge of the vendors could not be read, all are asked'));
      }
      const found = new Map<string, KnowledgeByEditor>();
      for (const id of ids) {
        const remembered = memory.get(id);
        if (remembered) found.set(id, remembered.byEditor);
      }
      return found;
    },

    learn(editor, asked, named, now) {
      for (const id of asked) {
        const byEditor = memory.peek(id)?.byEditor;
        const previous = byEditor?.get(editor);
        const knowledge = learn(previous, named.has(id), now);
        if (knowledge === previous) continue;
        byEditor?.set(editor, knowledge);
        pending.set(`${id}|${editor}`, { editor, id, ...knowledge });
      }
    },

    async knownIds(editor, limit) {
      const rows = await db.query<{ id: string }>(sql`
        select national_id as id from availability.editor_knowledge
        where editor = ${editor} and seen_at > ${knownAfter()} order by seen_at desc, national_id limit ${limit}`);
      return rows.map((row) => row.id);
    },

    async countKnown(ids) {
      const { count } = await db.one<{ count: number }>(sql`
        select count(distinct k.national_id) as count from availability.editor_knowledge k
        join availability.editor e on e.name = k.editor and e.active and e.removed_at is null
        where k.national_id = any(${ids}) and k.seen_at > ${knownAfter()}`);
      return count;
    },

    async forgetEditor(tx, editor) {
      await tx.run(sql`delete from availability.editor_knowledge where editor = ${editor}`);
      for (const [key, row] of pending) if (row.editor === editor) pending.delete(key);
      for (const { byEditor } of memory.values()) byEditor.delete(editor);
    },

    async flush() {
      if (pending.size === 0) return;
      const taken = pending;
      pending = new Map();
      // Same order in every process: two flushes at once wait for each other instead of deadlocking.
      const rows = [...taken.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
      try {
        await db.run(sql`
          insert into availability.editor_knowledge as k (editor, national_id, asked_at, seen_at, misses)
          select * from unnest(${rows.map((row) => row.editor)}::text[], ${rows.map((row) => row.id)}::text[],
            ${rows.map((row) => row.askedAt.toString())}::timestamptz[],
            ${rows.map((row) => row.seenAt?.toString() ?? null)}::timestamptz[], ${rows.map((row) => row.misses)}::int[])
          on conflict (national_id, editor) do update set asked_at = greatest(k.asked_at, excluded.asked_at),
            seen_at = greatest(k.seen_at, excluded.seen_at), misses = excluded.misses`);
      } catch (error) {
        for (const [key, row] of taken) if (!pending.has(key)) pending.set(key, row);
        throw error;
      }
    },
  };
}

/** The ids that at least one vendor knows. */
export function knownSomewhere(book: ReadonlyMap<string, KnowledgeByEditor>, now: Temporal.Instant): Set<string> {
  const known = new Set<string>();
  for (const [id, byEditor] of book) {
    for (const knowledge of byEditor.values()) if (isKnown(knowledge, now)) known.add(id);
  }
  return known;
}
