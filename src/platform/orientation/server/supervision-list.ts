import type { Readable } from 'node:stream';
import sql from 'sql-template-tag';
import type { ContextDatabase } from '../../../foundation/db/database.ts';
import { invalid } from '../../../foundation/errors.ts';
import { csvOf } from '../../../foundation/http/csv.ts';
import type { QueryOf } from '../../../foundation/http/route.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Accounts } from '../../../identity/server/index.ts';
import { lateReasons, type OrientationStatus, orientationStatusLabels, skipReasons } from '../contract.ts';
import { channelInWords, type Followed, type routes } from '../contract-outcomes.ts';
import { channelOf, createSelection, isNotified, journalExport, type Selection, type SupervisionDependencies } from './supervision-filter.ts';

export type FollowUpListQuery = QueryOf<typeof routes.followUp>;

interface Row extends Omit<Followed, 'createdAt' | 'start' | 'by'> {
  readonly createdAt: Temporal.Instant;
  readonly start: Temporal.Instant | null;
  readonly actor: string;
  readonly status: OrientationStatus;
}

interface Position {
  readonly at: string;
  readonly id: string;
}

const BATCH = 500;
const UUID = /^[0-9a-f-]{36}$/;

const encode = ({ at, id }: Position): string => Buffer.from(`${at} ${id}`).toString('base64url');

function decode(cursor: string | undefined): Position | null {
  if (!cursor) return null;
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  try {
    Temporal.Instant.from(at);
    if (UUID.test(id)) return { at, id };
  } catch {
    // Not one of our cursors: refused below.
  }
  throw invalid('cursor-invalid', "La suite de la liste n'est plus valable : repartez du début.", [{ path: 'cursor', message: 'curseur illisible' }]);
}

const minutes = (later: string, earlier: string) => sql([`(extract(epoch from ${later} - ${earlier}) / 60)::int`]);

/** A page after a position, newest first, by the index on the territory and the date. */
async function readPage(db: ContextDatabase, { where }: Selection, after: Position | null, limit: number): Promise<{ rows: Row[]; next: Position | null }> {
  const beyond = after ? sql`and (o.created_at, o.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``;
  const rows = await db.query<Row>(sql`
    select o.id, o.territory, o.created_at as "createdAt", o.actor, ${channelOf} as channel, o.status, o.label, o.place_label as "placeLabel",
      o.structure_id as "structureId", o.start_at as start, ${minutes('o.start_at', 'coalesce(o.booked_at, o.created_at)')} as "minutesFromBooking",
      ${minutes('o.start_at', 'coalesce(s.at, o.created_at)')} as "minutesFromRegulation", o.distance_m as "distanceM", o.charter_level as "charterLevel",
      o.skip_reason as "skipReason", o.beyond_48h as "beyond48h", o.late_reason as "lateReason", ${isNotified} as notified
    from orientation.orientation o left join orientation.search s on s.id = o.search_id
    where ${where} ${beyond} order by o.created_at desc, o.id desc limit ${limit + 1}`);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? { at: last.createdAt.toString(), id: last.id } : null };
}

type Cell = (one: Followed, local: (instant: string | null) => string) => string;
const orEmpty = (value: number | null) => (value === null ? '' : String(value));

const columns: Readonly<Record<string, Cell>> = {
  Identifiant: (one) => one.id,
  Territoire: (one) => one.territory,
  'Faite le': (one, local) => local(one.createdAt),
  Par: (one) => one.by,
  Canal: (one) => channelInWords(one.channel),
  Statut: (one) => orientationStatusLabels[one.status],
  Orientation: (one) => one.label,
  Lieu: (one) => one.placeLabel,
  'Rendez-vous': (one, local) => local(one.start),
  'Minutes depuis la réservation': (one) => orEmpty(one.minutesFromBooking),
  'Minutes depuis la régulation': (one) => orEmpty(one.minutesFromRegulation),
  'Distance (m)': (one) => orEmpty(one.distanceM),
  'Niveau de charte': (one) => orEmpty(one.charterLevel),
  'Motif de saut de niveau': (one) => (one.skipReason ? (skipReasons[one.skipReason as keyof typeof skipReasons] ?? one.skipReason) : ''),
  'Hors 48 h': (one) => (one.beyond48h ? 'oui' : 'non'),
  'Motif hors 48 h': (one) => (one.lateReason ? (lateReasons[one.lateReason as keyof typeof lateReasons] ?? one.lateReason) : ''),
  'Effecteur averti': (one) => (one.notified ? 'oui' : 'non'),
};

/** The orientations that a SAS follows: delay, distance, level, channel, outcome; page by page, or all of them as a file. */
export function createFollowUp(deps: SupervisionDependencies & { readonly accounts: Pick<Accounts, 'names'> }) {
  const db = deps.database.for('orientation');
  const select = createSelection(deps);

  async function view(rows: readonly Row[]): Promise<Followed[]> {
    const names = await deps.accounts.names([...new Set(rows.map(({ actor }) => actor))]);
    return rows.map(({ actor, createdAt, start, ...row }) => ({ ...row, by: names.get(actor) ?? actor, createdAt: createdAt.toString(), start: start?.toString() ?? null }));
  }

  return {
    /** @throws as the selection; invalid `cursor-invalid` */
    async page(actor: Actor, query: FollowUpListQuery) {
      const { rows, next } = await readPage(db, await select(actor, query), decode(query.cursor), query.limit);
      return { orientations: await view(rows), nextCursor: next && encode(next) };
    },

    /** All the rows, read by batches while they are sent; journaled. @throws as the selection, before anything is sent */
    async csv(actor: Actor, query: FollowUpListQuery): Promise<Readable> {
      const selection = await select(actor, query);
      await journalExport(deps, actor, 'follow-up-exported', selection);
      const local = (instant: string | null) =>
        instant ? Temporal.Instant.from(instant).toZonedDateTimeISO(selection.timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ') : '';
      async function* lines() {
        let after: Position | null = null;
        do {
          const page: Awaited<ReturnType<typeof readPage>> = await readPage(db, selection, after, BATCH);
          for (const one of await view(page.rows)) yield Object.values(columns).map((cell) => cell(one, local));
          after = page.next;
        } while (after);
      }
      return csvOf(Object.keys(columns), lines());
    },
  };
}
