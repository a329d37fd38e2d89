import sql from 'sql-template-tag';
import { type ContextDatabase, prepared, type Queryable, type Transaction } from '../../../foundation/db/database.ts';
import { forbidden, notFound, ruleBroken } from '../../../foundation/errors.ts';
import { type Actor, coversTerritory, searchRoles } from '../../../identity/contract.ts';
import type { Modality } from '../../availability/contract.ts';
import type { CapReached } from '../domain/request.ts';
import { levelsPassedOver, pack, type PackedCandidate, type Placed, unpack } from '../domain/session.ts';

/** What was asked, as it is kept: the commune and a point rounded to a kilometre, never a street nor a patient. */
export interface Criteria {
  readonly city: string;
  readonly lat: number;
  readonly lon: number;
  readonly radiusKm: number;
  readonly specialty: string;
  readonly modalities: readonly Modality[] | null;
  readonly from: string;
  readonly to: string;
  readonly enSus: boolean;
  readonly participating: boolean;
  readonly usualDoctor: 'found' | 'not-found' | 'not-given';
}

/** A search as it was made. `placed` is everybody eligible, in the order shown. */
export interface Session {
  readonly id: string;
  readonly at: Temporal.Instant;
  /** The author's territory: its people may read the session. */
  readonly territory: string;
  /** The territory of the place, whose charter applied; null outside every territory. */
  readonly placeTerritory: string | null;
  readonly criteria: Criteria;
  readonly insee: string | null;
  readonly seed: string;
  readonly ranking: 'distance' | 'neutral';
  readonly charterVersion: number | null;
  readonly placed: readonly Placed[];
}

/** A place that only a vendor knew, shown after the page it belongs to. */
export interface ProposedExtra {
  readonly rank: number;
  readonly key: string;
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeId: string;
  readonly level: number | null;
  readonly distanceM: number | null;
}

/** What happened in a session, with the shape of what is kept of it. */
export type SearchEvent =
  | { kind: 'source'; payload: { source: string; status: string; latencyMs: number; slots: number } }
  /** Ranks `first` to `last` were shown; `slots` counts those seen at a rank. */
  | { kind: 'proposed'; payload: { first: number; last: number; slots: [rank: number, count: number][]; extras: ProposedExtra[] } }
  | { kind: 'refused'; payload: { rank: number; key: string; reason: string; by: string } }
  | { kind: 'chosen'; payload: { rank: number | null; key: string; level: number | null; distanceM: number | null } }
  | { kind: 'level-skipped'; payload: { chosen: number; levels: number[] } }
  /** Somebody who accepts patients en sus, and has reached as many as he accepts. */
  | { kind: 'not-proposed'; payload: { nationalId: string | null; structureId: string | null; why: CapReached } };

/**
 * A search is logged without waiting for the disk: its row reaches it at the latest with the booking that names it, since
 * a synchronous commit flushes all that came before.
 */
const unhurried = sql`unhurried as (select set_config('synchronous_commit', 'off', true))`;

/** Where the author reads his sessions from: the territory of the place when it is his, else his own. */
export const authorTerritory = (actor: Actor, placeTerritory: string | null): string =>
  placeTerritory !== null && coversTerritory(actor, placeTerritory) ? placeTerritory : (actor.territories[0] ?? '-');

/** Keeps a search before anything of it is shown. */
export async function recordSearch(db: Queryable, session: Session, actor: Actor, origin: string | null): Promise<void> {
  const role = actor.roles.find((one) => (searchRoles as readonly string[]).includes(one)) ?? actor.roles[0] ?? '';
  await db.run(prepared(sql`
    with ${unhurried}
    insert into orientation.search (id, at, territory, place_territory, actor, role, criteria, seed, ranking, charter_version,
      insee, specialty, candidate_count, candidates, lrm_origin)
    select ${session.id}::uuid, ${session.at}::timestamptz, ${session.territory}, ${session.placeTerritory}, ${actor.accountId}, ${role},
      ${JSON.stringify(session.criteria)}::jsonb, ${session.seed}, ${session.ranking}, ${session.charterVersion}::int,
      ${session.insee}, ${session.criteria.specialty}, ${session.placed.length}::int, ${JSON.stringify(pack(session.placed))}::json, ${origin}
    from unhurried`));
}

/**
 * Adds what happened to a search while it runs. `counted` adds the results and slots of a page once all sources have answered: a search
 * that was interrupted keeps none, so that it never passes for an unmet need.
 */
export async function recordEvents(
  db: Queryable,
  searchId: string,
  at: Temporal.Instant,
  events: readonly SearchEvent[],
  counted: { results: number; slots: number } | null,
): Promise<void> {
  await db.run(prepared(sql`
    with ${unhurried}, counted as (
      update orientation.search set result_count = coalesce(result_count, 0) + ${counted?.results ?? 0}::int,
        slot_count = coalesce(slot_count, 0) + ${counted?.slots ?? 0}::int
      where id = ${searchId} and ${counted !== null}::bool)
    insert into orientation.search_event (search_id, at, kind, payload)
    select ${searchId}::uuid, ${at}::timestamptz, event.kind, event.payload
    from unhurried, jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as event (kind text, payload jsonb)`));
}

/** Adds events inside the caller's transaction, which keeps its own durability. */
async function addEvents(db: Queryable, searchId: string, at: Temporal.Instant, events: readonly SearchEvent[]): Promise<void> {
  await db.run(sql`
    insert into orientation.search_event (search_id, at, kind, payload)
    select ${searchId}::uuid, ${at}::timestamptz, event.kind, event.payload
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as event (kind text, payload jsonb)`);
}

interface SessionRow extends Omit<Session, 'placed'> {
  candidates: PackedCandidate[];
}

/** The search of that id. @throws not-found `search-not-found` */
export async function readSession(db: Queryable, id: string): Promise<Session> {
  const row = await db.maybeOne<SessionRow>(sql`
    select id, at, territory, place_territory as "placeTerritory", criteria, insee, seed, ranking,
      charter_version as "charterVersion", candidates
    from orientation.search where id = ${id}`);
  if (!row) throw notFound('search-not-found', "Cette recherche n'existe pas ou n'est plus conservée. Relancez-la.");
  const { candidates, ...session } = row;
  return { ...session, placed: unpack(candidates) };
}

/** The search of that id, for this reader. @throws not-found `search-not-found`, forbidden `territory-not-covered` */
export async function openSession(db: Queryable, id: string, actor: Actor): Promise<Session> {
  const session = await readSession(db, id);
  if (coversTerritory(actor, session.territory)) return session;
  throw forbidden('territory-not-covered', `Cette recherche appartient au territoire ${session.territory}, que vos droits ne couvrent pas.`);
}

/** What happened in a search, oldest first. */
export const readEvents = (db: Queryable, searchId: string): Promise<(SearchEvent & { at: Temporal.Instant })[]> =>
  db.query(sql`select at, kind, payload from orientation.search_event where search_id = ${searchId} order by id`);

/** Everybody shown in a search beyond its ranked candidates. */
export const extrasOf = (events: readonly SearchEvent[]): ProposedExtra[] =>
  events.flatMap((event) => (event.kind === 'proposed' ? event.payload.extras : []));

/**
 * Notes that the patient or the effecteur refused the proposal at that rank.
 * @throws not-found `search-not-found`, forbidden `territory-not-covered`, rule `rank-not-proposed`
 */
export async function refused(
  db: ContextDatabase,
  request: { searchId: string; rank: number; reason: string; at: Temporal.Instant },
  actor: Actor,
): Promise<void> {
  const session = await openSession(db, request.searchId, actor);
  const extras = extrasOf(await readEvents(db, request.searchId));
  const key = session.placed[request.rank - 1]?.input.key ?? extras.find(({ rank }) => rank === request.rank)?.key;
  if (!key) throw ruleBroken('rank-not-proposed', `Aucun résultat de rang ${request.rank} dans cette recherche. Rien n'a été noté.`);
  const payload = { rank: request.rank, key, reason: request.reason, by: actor.accountId };
  await addEvents(db, request.searchId, request.at, [{ kind: 'refused', payload }]);
}

/** Who was taken, in the transaction of the booking. */
export interface Choice {
  readonly searchId: string;
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeId: string | null;
  readonly at: Temporal.Instant;
}

/**
 * Records the choice made in a search. `skipped`: a lower level of the charter still had a bookable slot, seen in this
 * search and not refused, so that a reason is due. Level and distance are null for somebody the search did not propose.
 * @throws not-found `search-not-found`
 */
export async function chosen(
  tx: Transaction,
  choice: Choice,
): Promise<{ level: number | null; distanceM: number | null; skipped: boolean }> {
  const db = tx.for('orientation');
  const session = await readSession(db, choice.searchId);
  const events = await readEvents(db, choice.searchId);
  const everybody = [
    ...session.placed.map(({ input, level }, index) => ({ ...input, level, rank: index + 1 })),
    ...extrasOf(events),
  ];
  const his = everybody.filter(({ nationalId, structureId }) =>
    choice.nationalId === null ? structureId === choice.structureId : nationalId === choice.nationalId,
  );
  const taken = his.find(({ placeId }) => placeId === choice.placeId) ?? his[0];
  const passedOver = levelsPassedOver(taken?.level ?? null, seenSlots(everybody, events), refusedKeys(events));
  const payload = {
    rank: taken?.rank ?? null,
    key: taken?.key ?? `${choice.nationalId ?? choice.structureId}@${choice.placeId ?? '?'}`,
    level: taken?.level ?? null,
    distanceM: taken?.distanceM ?? null,
  };
  const skip: SearchEvent[] =
    passedOver.length > 0 ? [{ kind: 'level-skipped', payload: { chosen: payload.level!, levels: passedOver } }] : [];
  await addEvents(db, choice.searchId, choice.at, [{ kind: 'chosen', payload }, ...skip]);
  return { level: payload.level, distanceM: payload.distanceM, skipped: passedOver.length > 0 };
}

function seenSlots(everybody: readonly { key: string; rank: number; level: number | null }[], events: readonly SearchEvent[]) {
  const byRank = new Map<number, number>();
  for (const event of events) {
    if (event.kind !== 'proposed') continue;
    for (const [rank, count] of event.payload.slots) byRank.set(rank, (byRank.get(rank) ?? 0) + count);
  }
  return everybody.map(({ key, rank, level }) => ({ key, level, slots: byRank.get(rank) ?? 0 }));
}

/** Those set aside in the search: refused by the patient, or by themselves. */
export const refusedKeys = (events: readonly SearchEvent[]): Set<string> =>
  new Set(events.flatMap((event) => (event.kind === 'refused' ? [event.payload.key] : [])));
