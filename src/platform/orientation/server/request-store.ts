import sql, { type Sql } from 'sql-template-tag';
import type { Queryable, Transaction } from '../../../foundation/db/database.ts';
import { announce } from '../../../foundation/events.ts';
import type { Role } from '../../../identity/contract.ts';
import type { Modality } from '../../availability/contract.ts';
import type { Answerer, OpeningReason, Refusal } from '../domain/request-lists.ts';
import type { PassReason, RequestCandidate, RequestState } from '../domain/request.ts';

/** A need, and those asked for it one after the other. */
export interface RequestRow {
  readonly id: string;
  readonly territory: string;
  readonly actor: string;
  readonly actorRole: Role;
  readonly searchId: string | null;
  readonly emptySearchId: string | null;
  readonly missingSources: readonly string[];
  readonly openingReason: OpeningReason | null;
  readonly city: string | null;
  readonly specialty: string | null;
  readonly modality: Modality | null;
  readonly wantedAt: Temporal.Instant;
  readonly lrmReference: string | null;
  readonly candidates: readonly RequestCandidate[];
  readonly passed: readonly { readonly subject: string; readonly why: PassReason }[];
  readonly position: number;
  readonly state: RequestState;
  readonly currentId: string | null;
  readonly deadlineAt: Temporal.Instant | null;
  readonly createdAt: Temporal.Instant;
  readonly updatedAt: Temporal.Instant;
}

export type Channel = 'phone' | 'web';

/** Somebody asked, and what he answered. */
export interface AttemptRow {
  readonly orientationId: string;
  readonly requestId: string;
  readonly subject: string;
  /** Index among the candidates of the request. */
  readonly position: number;
  readonly channel: Channel;
  readonly askedAt: Temporal.Instant | null;
  readonly deadlineAt: Temporal.Instant | null;
  readonly answeredAt: Temporal.Instant | null;
  readonly answeredBy: Answerer | null;
  readonly answererId: string | null;
  readonly answerChannel: 'phone' | 'web' | 'planning' | null;
  readonly refusal: Refusal | null;
}

const columns = sql`r.id, r.territory, r.actor, r.actor_role as "actorRole", r.search_id as "searchId", r.empty_search_id as "emptySearchId",
  r.missing_sources as "missingSources", r.opening_reason as "openingReason", r.city, r.specialty, r.modality, r.wanted_at as "wantedAt",
  r.lrm_reference as "lrmReference", r.candidates, r.passed, r.position, r.state, r.current_id as "currentId", r.deadline_at as "deadlineAt",
  r.created_at as "createdAt", r.updated_at as "updatedAt"`;

export const attemptColumns = sql`a.orientation_id as "orientationId", a.request_id as "requestId", a.subject, a.position, a.channel, a.asked_at as "askedAt",
  a.deadline_at as "deadlineAt", a.answered_at as "answeredAt", a.answered_by as "answeredBy", a.answerer_id as "answererId",
  a.answer_channel as "answerChannel", a.refusal`;

/** The requests that match, locked when asked. */
export const selectRequests = (db: Queryable, where: Sql, end: Sql = sql``): Promise<RequestRow[]> =>
  db.query<RequestRow>(sql`select ${columns} from orientation.request r where ${where} ${end}`);

/** The request of that id; null when there is none. */
export const findRequest = async (db: Queryable, id: string, lock = false): Promise<RequestRow | null> =>
  (await selectRequests(db, sql`r.id = ${id}`, lock ? sql`for update` : sql``))[0] ?? null;

/** Those asked for a request, in the order in which they were. */
export const attemptsOf = (db: Queryable, requestIds: readonly string[]): Promise<AttemptRow[]> =>
  db.query<AttemptRow>(sql`
    select ${attemptColumns} from orientation.attempt a where a.request_id = any(${requestIds}) order by a.position`);

export async function insertRequest(tx: Transaction, row: RequestRow): Promise<void> {
  await tx.for('orientation').run(sql`
    insert into orientation.request (id, territory, actor, actor_role, search_id, empty_search_id, missing_sources, opening_reason, city, specialty,
      modality, wanted_at, lrm_reference, candidates, passed, position, state, current_id, deadline_at, created_at, updated_at)
    values (${row.id}, ${row.territory}, ${row.actor}, ${row.actorRole}, ${row.searchId}, ${row.emptySearchId}, ${row.missingSources}, ${row.openingReason},
      ${row.city}, ${row.specialty}, ${row.modality}, ${row.wantedAt}, ${row.lrmReference}, ${JSON.stringify(row.candidates)}, ${JSON.stringify(row.passed)},
      ${row.position}, ${row.state}, ${row.currentId}, ${row.deadlineAt}, ${row.createdAt}, ${row.updatedAt})`);
  await announceRequest(tx, row);
}

/** What moves in a request. */
export type RequestChange = Pick<RequestRow, 'passed' | 'position' | 'state' | 'currentId' | 'deadlineAt' | 'updatedAt'>;

/** Stores what moved, and says so to open screens. */
export async function updateRequest(tx: Transaction, row: RequestRow, change: Partial<RequestChange> & { updatedAt: Temporal.Instant }): Promise<void> {
  const { passed, position, state, currentId, deadlineAt, updatedAt } = { ...row, ...change };
  await tx.for('orientation').run(sql`
    update orientation.request set passed = ${JSON.stringify(passed)}, position = ${position}, state = ${state}, current_id = ${currentId},
      deadline_at = ${deadlineAt}, updated_at = ${updatedAt} where id = ${row.id}`);
  await announceRequest(tx, row);
}

const audience = [
  'osnp', 'mrg', 'mru', 'ioa', 'superviseur', 'responsable-sas', 'administrateur', 'administrateur-national', 'effecteur', 'gestionnaire-structure', 'delegataire',
];

const announceRequest = (tx: Transaction, { id, territory }: Pick<RequestRow, 'id' | 'territory'>): Promise<void> =>
  announce(tx, { topic: 'request', ids: { requestId: id }, audience: { roles: audience, territories: [territory] } });

const insertInto = sql`insert into orientation.attempt (orientation_id, request_id, subject, position, channel, asked_at, deadline_at)`;

/** Writes, with the orientation, that this candidate is asked: the transaction fails when he already was. */
export const insertAttempt = (tx: Transaction, row: Pick<AttemptRow, 'orientationId' | 'requestId' | 'subject' | 'position' | 'channel' | 'askedAt' | 'deadlineAt'>): void =>
  tx.for('orientation').beforeCommit(
    insertInto, sql`(${row.orientationId}, ${row.requestId}, ${row.subject}, ${row.position}, ${row.channel}, ${row.askedAt}, ${row.deadlineAt})`,
  );

/** The attempt of this orientation; locked with the orientation, never alone. */
export const findAttempt = (db: Queryable, orientationId: string): Promise<AttemptRow | null> =>
  db.maybeOne<AttemptRow>(sql`select ${attemptColumns} from orientation.attempt a where a.orientation_id = ${orientationId}`);

export async function markAsked(tx: Transaction, orientationId: string, askedAt: Temporal.Instant, deadlineAt: Temporal.Instant | null): Promise<void> {
  await tx.for('orientation').run(sql`
    update orientation.attempt set asked_at = ${askedAt}, deadline_at = ${deadlineAt} where orientation_id = ${orientationId}`);
}

export type Answer = Pick<AttemptRow, 'answeredAt' | 'answeredBy' | 'answererId' | 'answerChannel' | 'refusal'>;

/** Keeps who answered, when, how; the first acceptance stays when a name or a confirmation follows. */
export async function markAnswered(tx: Transaction, orientationId: string, answer: Answer): Promise<void> {
  await tx.for('orientation').run(sql`
    update orientation.attempt set answered_at = ${answer.answeredAt}, answered_by = ${answer.answeredBy}, answerer_id = ${answer.answererId},
      answer_channel = ${answer.answerChannel}, refusal = ${answer.refusal}
    where orientation_id = ${orientationId}`);
}

/** The time given did not suit; who had given it stays known. */
export async function markDeclined(tx: Transaction, orientationId: string): Promise<void> {
  await tx.for('orientation').run(sql`update orientation.attempt set refusal = 'time' where orientation_id = ${orientationId}`);
}
