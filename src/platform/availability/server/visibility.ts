import sql, { type Sql } from 'sql-template-tag';
import type { Database } from '../../../foundation/db/database.ts';

/** Whose agendas are looked at, and between which instants. */
export interface VisibilityQuestion {
  readonly professionals: readonly string[];
  /** Slots of these structures count too, whoever receives; those of the professionals above are not told twice. */
  readonly structures: readonly string[];
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/** What was made visible on one agenda: of a professional, or of a structure at one of its places. */
export interface ShownAgenda {
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeId: string;
  /** In no order, epoch milliseconds. */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

/** When a vendor showed slots of somebody, in epoch milliseconds. */
export interface EditorShowing {
  readonly id: string;
  readonly instants: readonly number[];
}

/** What was made visible to the regulation, on the platform's agenda or by a vendor (PART-10). No agenda is told to anybody. */
export interface Visibility {
  /** The slots of the platform's agenda that were neither removed nor withdrawn by a leave before they began. */
  shown(question: VisibilityQuestion): Promise<ShownAgenda[]>;
  /** The professionals and associations whose slots a vendor showed. */
  editorShowings(ids: readonly string[], from: Temporal.Instant, to: Temporal.Instant): Promise<EditorShowing[]>;
}

/** A slot stays within its day: what began earlier than this before the window is over. */
const LONGEST = Temporal.Duration.from({ hours: 25 });

interface AgendaRow {
  nationalId: string | null;
  structureId: string | null;
  placeId: string;
  moments: string;
}

export function createVisibility({ database }: { database: Database }): Visibility {
  const db = database.for('availability');
  return {
    async shown({ professionals, structures, from, to }) {
      // Covered by a leave or closed again, a slot was not visible; unless somebody was oriented to it.
      const within = sql`(s.offered or s.taken > 0) and s.start_at < ${to} and s.start_at >= ${from.subtract(LONGEST)}`;
      const theirs = sql`s.national_id = any(${professionals})`;
      const structural = sql`s.structure_id = any(${structures}) and (s.national_id is null or s.national_id <> all(${professionals}))`;
      const rows = await db.query<AgendaRow>(agendas(
        // One branch for each index: what is still there, and the little that was removed once begun.
        structures.length === 0 ? both(theirs, within) : sql`${both(theirs, within)} union all ${both(structural, within)}`,
      ));
      return rows.map(({ moments, ...owner }) => ({ ...owner, spans: readMoments(moments) }));
    },

    async editorShowings(ids, from, to) {
      const rows = await db.query<{ id: string; firstMs: number; lastMs: number }>(sql`
        select national_id as id, (date_part('epoch', first_at) * 1000)::bigint as "firstMs", (date_part('epoch', last_at) * 1000)::bigint as "lastMs"
        from availability.editor_week
        where national_id = any(${ids}) and last_at >= ${from} and first_at < ${to} order by national_id, week`);
      const byId = Map.groupBy(rows, ({ id }) => id);
      return [...byId].map(([id, weeks]) => ({ id, instants: weeks.flatMap(({ firstMs, lastMs }) => [firstMs, lastMs]) }));
    },
  };
}

const columns = sql`s.national_id, s.structure_id, s.place_id, s.start_at, s.end_at`;

const both = (whose: Sql, within: Sql): Sql => sql`
  select ${columns} from availability.slot s where s.removed_at is null and ${whose} and ${within}
  union all
  select ${columns} from availability.slot s where s.removed_at > s.start_at and ${whose} and ${within}`;

/** One row an agenda, its moments in one text: a year of a territory is millions of slots, too many to come one by one. */
const agendas = (slots: Sql): Sql => sql`
  select national_id as "nationalId", structure_id as "structureId", place_id as "placeId",
    string_agg(date_part('epoch', start_at)::bigint || ' ' || date_part('epoch', end_at)::bigint, ' ') as moments
  from (${slots}) shown group by national_id, structure_id, place_id`;

/** `start end start end…` in seconds, as `string_agg` wrote them. */
function readMoments(text: string): { start: number; end: number }[] {
  const seconds = text.split(' ');
  const spans: { start: number; end: number }[] = [];
  for (let index = 0; index < seconds.length; index += 2) {
    spans.push({ start: Number(seconds[index]) * 1_000, end: Number(seconds[index + 1]) * 1_000 });
  }
  return spans;
}
