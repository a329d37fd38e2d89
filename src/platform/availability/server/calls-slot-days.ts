import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { ContextDatabase, Transaction } from '../../../foundation/db/database.ts';
import { emptySketch, estimate, note, union } from '../domain/distinct-count.ts';

/** How many different slots each source offered, by day of consultation (AGR-16). */
export interface SlotDays {
  /** Notes a slot a vendor offered; `hash` is any evenly spread bytes that stand for it. */
  note(editor: string, startMs: number, hash: Uint8Array): void;
  flush(): Promise<void>;
  /** The last days and the coming ones, the platform's own agenda included. */
  read(): Promise<{ day: string; source: string; slots: number }[]>;
}

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 14;

export function createSlotDays({ db, clock }: { db: ContextDatabase; clock: Clock }): SlotDays {
  /** What this process noted, by vendor and number of the day since 1970. */
  const sketches = new Map<string, Uint8Array>();
  const changed = new Set<string>();

  async function write(tx: Transaction, key: string): Promise<void> {
    const [editor, day] = parse(key);
    await tx.run(sql`insert into availability.editor_slot_day (editor, day, registers) values (${editor}, ${day}, ${Buffer.from(emptySketch())})
      on conflict do nothing`);
    const { registers } = await tx.one<{ registers: Buffer }>(sql`
      select registers from availability.editor_slot_day where editor = ${editor} and day = ${day} for update`);
    await tx.run(sql`update availability.editor_slot_day set registers = ${Buffer.from(union(sketches.get(key)!, registers))}
      where editor = ${editor} and day = ${day}`);
  }

  return {
    note(editor, startMs, hash) {
      const key = `${Math.floor(startMs / DAY_MS)}|${editor}`;
      let sketch = sketches.get(key);
      if (!sketch) sketches.set(key, (sketch = emptySketch()));
      if (note(sketch, hash)) changed.add(key);
    },

    async flush() {
      if (changed.size === 0) return;
      const keys = [...changed].sort();
      changed.clear();
      try {
        await db.transaction(async (tx) => {
          for (const key of keys) await write(tx, key);
        });
      } catch (error) {
        for (const key of keys) changed.add(key);
        throw error;
      }
      const today = Math.floor(clock.now().epochMilliseconds / DAY_MS);
      for (const key of sketches.keys()) if (Number.parseInt(key, 10) < today) sketches.delete(key);
    },

    async read() {
      const since = clock.now().subtract({ hours: 24 * SHOWN_DAYS }).toString().slice(0, 10);
      const vendors = await db.query<{ day: string; source: string; registers: Buffer }>(sql`
        select day, editor as source, registers from availability.editor_slot_day where day >= ${since} order by day, editor`);
      const own = await db.query<{ day: string; source: string; slots: number }>(sql`
        select (start_at at time zone 'UTC')::date as day, 'platform' as source, sum(capacity) as slots from availability.slot
        where start_at >= ${since}::timestamptz and removed_at is null group by 1 order by 1`);
      return [...own, ...vendors.map(({ registers, ...row }) => ({ ...row, slots: estimate(registers) }))];
    },
  };
}

function parse(key: string): [editor: string, day: string] {
  const bar = key.indexOf('|');
  const day = Temporal.Instant.fromEpochMilliseconds(Number(key.slice(0, bar)) * DAY_MS).toString().slice(0, 10);
  return [key.slice(bar + 1), day];
}
