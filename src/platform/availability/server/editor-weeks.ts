import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { ContextDatabase } from '../../../foundation/db/database.ts';

/**
 * In which weeks each vendor showed slots of whom (PART-10): the first and last beginnings in each UTC week, from which the
 * weeks of any territory are told. Noted in memory, written behind; a slot already covered costs nothing.
 */
export interface EditorWeeks {
  note(editor: string, id: string, startMs: number): void;
  flush(): Promise<void>;
}

interface Row {
  readonly editor: string;
  readonly id: string;
  readonly week: number;
  first: number;
  last: number;
}

const WEEK_MS = 7 * 86_400_000;
/** Monday 5 January 1970. */
const FIRST_MONDAY_MS = 4 * 86_400_000;

const instantOf = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();
const dayOf = (week: number): string => instantOf(FIRST_MONDAY_MS + week * WEEK_MS).slice(0, 10);

export function createEditorWeeks({ db, clock }: { db: ContextDatabase; clock: Clock }): EditorWeeks {
  const rows = new Map<string, Row>();
  const changed = new Set<Row>();

  return {
    note(editor, id, startMs) {
      const week = Math.floor((startMs - FIRST_MONDAY_MS) / WEEK_MS);
      const key = `${id}|${editor}|${week}`;
      const row = rows.get(key);
      if (row && row.first <= startMs && startMs <= row.last) return;
      const noted = row ?? { editor, id, week, first: startMs, last: startMs };
      noted.first = Math.min(noted.first, startMs);
      noted.last = Math.max(noted.last, startMs);
      rows.set(key, noted);
      changed.add(noted);
    },

    async flush() {
      if (changed.size === 0) return;
      // Same order in every process: two flushes at once wait for each other instead of deadlocking.
      const taken = [...changed].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.week - b.week || (a.editor < b.editor ? -1 : 1)));
      changed.clear();
      try {
        await db.run(sql`
          insert into availability.editor_week as w (national_id, week, editor, first_at, last_at)
          select * from unnest(${taken.map((row) => row.id)}::text[], ${taken.map((row) => dayOf(row.week))}::date[],
            ${taken.map((row) => row.editor)}::text[], ${taken.map((row) => instantOf(row.first))}::timestamptz[],
            ${taken.map((row) => instantOf(row.last))}::timestamptz[])
          on conflict (national_id, week, editor) do update
          set first_at = least(w.first_at, excluded.first_at), last_at = greatest(w.last_at, excluded.last_at)`);
      } catch (error) {
        for (const row of taken) changed.add(row);
        throw error;
      }
      const present = Math.floor((clock.now().epochMilliseconds - FIRST_MONDAY_MS) / WEEK_MS);
      for (const [key, row] of rows) if (row.week < present) rows.delete(key);
    },
  };
}
