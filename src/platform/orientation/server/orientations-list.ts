import type { Readable } from 'node:stream';
import sql, { join, type Sql } from 'sql-template-tag';
import type { ContextDatabase } from '../../../foundation/db/database.ts';
import { forbidden, invalid } from '../../../foundation/errors.ts';
import { csvOf } from '../../../foundation/http/csv.ts';
import type { QueryOf } from '../../../foundation/http/route.ts';
import type { Actor } from '../../../identity/contract.ts';
import { modalityLabels } from '../../availability/contract.ts';
import { lateReasons, type Orientation, orientationStatusLabels, type routes, skipReasons } from '../contract.ts';
import { isEmptyScope, type Scope, scopeOf } from './orientations-parties.ts';
import { type OrientationRow, orientationColumns } from './orientations-store.ts';

export type ListQuery = QueryOf<typeof routes.orientations>;

/** A day of the query is a day of this zone. */
export interface ListContext {
  readonly db: ContextDatabase;
  readonly actor: Actor;
  readonly timeZone: string;
}

const sortKeys = {
  created: sql`o.created_at`,
  start: sql`coalesce(o.start_at, o.created_at)`,
  status: sql`o.status`,
  label: sql`o.label`,
} as const;

const keyTypes = { created: sql`timestamptz`, start: sql`timestamptz`, status: sql`text`, label: sql`text` } as const;

/** What the actor may see; refused when that is nothing at all. */
function scopeFor(actor: Actor): Scope {
  const scope = scopeOf(actor);
  if (isEmptyScope(scope)) throw forbidden('permission-denied', 'Votre rôle ne donne accès à aucune orientation.');
  return scope;
}

function filterOf({ actor, timeZone }: ListContext, query: ListQuery): Sql {
  const scope = scopeFor(actor);
  const midnight = (day: string, plus: number) => Temporal.PlainDate.from(day).add({ days: plus }).toZonedDateTime(timeZone).toInstant();
  const pattern = query.q ? `%${query.q.replace(/[\\%_]/g, '\\$&')}%` : null;
  const conditions = [
    sql`(${scope.territories.includes('*')} or o.territory = any(${scope.territories}) or o.national_id = any(${scope.professionals})
      or o.structure_id = any(${scope.structures}))`,
    ...(query.status ? [sql`o.status = any(${query.status})`] : []),
    ...(query.mine ? [sql`o.actor = ${actor.accountId}`] : []),
    ...(query.editor ? [sql`o.editor = ${query.editor}`] : []),
    ...(pattern ? [sql`(o.label ilike ${pattern} or o.place_label ilike ${pattern} or o.lrm_reference ilike ${pattern})`] : []),
    ...(query.from ? [sql`coalesce(o.start_at, o.created_at) >= ${midnight(query.from, 0)}`] : []),
    ...(query.to ? [sql`coalesce(o.start_at, o.created_at) < ${midnight(query.to, 1)}`] : []),
  ];
  return join(conditions, ' and ');
}

interface Position {
  readonly key: string;
  readonly id: string;
}

const UUID = /^[0-9a-f-]{36}$/;

/** A cursor holds for one order only: it carries its name. */
const encode = (query: ListQuery, { key, id }: Position): string =>
  Buffer.from(JSON.stringify([query.sort, query.descending, key, id])).toString('base64url');

function decode(query: ListQuery): Position | null {
  if (!query.cursor) return null;
  try {
    const [sort, descending, key, id] = JSON.parse(Buffer.from(query.cursor, 'base64url').toString()) as unknown[];
    if (sort === query.sort && descending === query.descending && typeof key === 'string' && typeof id === 'string' && UUID.test(id)) {
      if (sort === 'created' || sort === 'start') Temporal.Instant.from(key);
      return { key, id };
    }
  } catch {
    // Not one of our cursors: refused below.
  }
  throw invalid('cursor-invalid', "La suite de la liste n'est plus valable pour ce tri : repartez du début.", [{ path: 'cursor', message: 'curseur illisible' }]);
}

async function readPage(db: ContextDatabase, query: ListQuery, filter: Sql, after: Position | null, limit: number) {
  const key = sortKeys[query.sort];
  const type = keyTypes[query.sort];
  const beyond = after
    ? query.descending
      ? sql`and (${key}, o.id) < (${after.key}::${type}, ${after.id}::uuid)`
      : sql`and (${key}, o.id) > (${after.key}::${type}, ${after.id}::uuid)`
    : sql``;
  const order = query.descending ? sql`desc` : sql`asc`;
  const rows = await db.query<OrientationRow & { key: Temporal.Instant | string }>(sql`
    select ${orientationColumns}, ${key} as key from orientation.orientation o
    where ${filter} ${beyond} order by ${key} ${order}, o.id ${order} limit ${limit + 1}`);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? { key: String(last.key), id: last.id } : null };
}

/** One page of the orientations that the actor may see. @throws forbidden `permission-denied`; invalid `cursor-invalid` */
export async function listPage(context: ListContext, query: ListQuery) {
  const filter = filterOf(context, query);
  const [{ rows, next }, { total }] = await Promise.all([
    readPage(context.db, query, filter, decode(query), query.limit),
    context.db.one<{ total: number }>(sql`select count(*) as total from orientation.orientation o where ${filter}`),
  ]);
  return { rows, total, nextCursor: next && encode(query, next) };
}

const CSV_BATCH = 500;

const columns: Readonly<Record<string, (one: Orientation, local: (instant: string | null) => string) => string>> = {
  Identifiant: (one) => one.id,
  Territoire: (one) => one.territory,
  Statut: (one) => orientationStatusLabels[one.status],
  Orientation: (one) => one.label,
  Lieu: (one) => one.placeLabel,
  'Spécialité': (one) => one.specialty ?? '',
  'Modalité': (one) => (one.modality ? modalityLabels[one.modality] : ''),
  'Catégorie': (one) => one.category,
  'Éditeur': (one) => one.editor ?? '',
  'Début': (one, local) => local(one.start),
  Fin: (one, local) => local(one.end),
  'Faite le': (one, local) => local(one.createdAt),
  Par: (one) => one.by.name,
  'Hors 48 h': (one) => (one.beyond48h ? 'oui' : 'non'),
  'Motif hors 48 h': (one) => (one.lateReason ? lateReasons[one.lateReason as keyof typeof lateReasons] : ''),
  'Motif de saut de niveau': (one) => (one.skipReason ? skipReasons[one.skipReason as keyof typeof skipReasons] : ''),
  'Niveau de charte': (one) => String(one.charterLevel ?? ''),
  'Distance (m)': (one) => String(one.distanceM ?? ''),
  'Dossier LRM': (one) => one.lrmReference ?? '',
  Signalements: (one) => one.flags.join(', '),
};

/**
 * All the rows of the query as a file, in local times. Read by batches while it is sent. @throws forbidden before anything is sent
 */
export function listCsv(context: ListContext, query: ListQuery, view: (rows: OrientationRow[]) => Promise<Orientation[]>): Readable {
  const filter = filterOf(context, query);
  const local = (instant: string | null) =>
    instant ? Temporal.Instant.from(instant).toZonedDateTimeISO(context.timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ') : '';
  async function* lines() {
    let after: Position | null = null;
    do {
      const page: Awaited<ReturnType<typeof readPage>> = await readPage(context.db, query, filter, after, CSV_BATCH);
      for (const one of await view(page.rows)) yield Object.values(columns).map((cell) => cell(one, local));
      after = page.next;
    } while (after);
  }
  return csvOf(Object.keys(columns), lines());
}
