import sql from 'sql-template-tag';
import type { Database, Queryable, Transaction } from '../../../foundation/db/database.ts';
import { type FieldProblem, ruleBroken } from '../../../foundation/errors.ts';
import type { Territories } from '../../../territory/server/index.ts';
import { noParticipation } from '../../participation/contract.ts';
import type { Participations } from '../../participation/server/index.ts';
import type { OrientationStatus } from '../contract.ts';
import { acceptedStatuses, type Caps } from '../domain/request-caps.ts';
import type { Refusal } from '../domain/request-lists.ts';
import { isOver, subjectOf } from '../domain/request.ts';
import type { Act, Party } from '../domain/states.ts';
import type { ActionBody } from './orientations-bodies.ts';
import type { OrientationRow } from './orientations-store.ts';
import { enforceCaps } from './request-caps.ts';
import { deadlineFor } from './request-delays.ts';
import { findAttempt, findRequest, markAnswered, markAsked, markDeclined, updateRequest } from './request-store.ts';

export interface AnswerDependencies {
  readonly database: Database;
  readonly participations: Pick<Participations, 'of'>;
  readonly territories: Pick<Territories, 'get'>;
}

/** What is read before the transaction, for no other context is asked inside it. */
export interface AnswerFacts {
  readonly timeZone: string;
  /** What those who would receive accept at most. */
  readonly caps: ReadonlyMap<string, Caps>;
  /** Given to a structure that the operator is about to phone. */
  readonly deadlineAt: Temporal.Instant | null;
}

const pending: readonly OrientationStatus[] = ['SOLLICITE', 'DEMANDE'];
const awaited: readonly OrientationStatus[] = ['PROPOSE', ...pending];
const HORIZON = Temporal.Duration.from({ hours: 24 * 30 });

/** True when the operator says, in somebody's name, what he heard on the telephone. */
export const isByTelephone = (status: OrientationStatus, parties: readonly Party[]): boolean =>
  pending.includes(status) && parties.includes('sas') && !parties.includes('structure') && !parties.includes('effecteur');

/** True when what was heard on the telephone is no longer awaited: somebody answered meanwhile. */
export const isOvertaken = (status: OrientationStatus, { answeredBy }: ActionBody): boolean => answeredBy !== undefined && !pending.includes(status);

/** What an answer lacks. @throws rule `answer-incomplete` naming every field */
export function requireWhole(row: OrientationRow, parties: readonly Party[], act: Act, body: ActionBody, now: Temporal.Instant): void {
  const problems: FieldProblem[] = [];
  if (isByTelephone(row.status, parties) && (act === 'accept' || act === 'refuse') && !body.answeredBy) {
    problems.push({ path: 'answeredBy', message: 'indiquez qui a répondu' });
  }
  if (isByTelephone(row.status, parties) && act === 'accept' && !body.at) problems.push({ path: 'at', message: "indiquez l'heure donnée" });
  if (act === 'accept' && body.nationalId && row.structureId === null) problems.push({ path: 'nationalId', message: 'ce médecin reçoit lui-même : personne à nommer' });
  const at = body.at ? Temporal.Instant.from(body.at) : null;
  if (at && (Temporal.Instant.compare(at, now) < 0 || Temporal.Instant.compare(at, now.add(HORIZON)) > 0)) {
    problems.push({ path: 'at', message: "l'heure donnée doit être à venir, dans les 30 jours" });
  }
  if (problems.length === 0) return;
  throw ruleBroken('answer-incomplete', `La réponse n'est pas enregistrée : ${problems.map(({ message }) => message).join(' ; ')}.`, problems);
}

/**
 * What follows by itself: a structure that accepts with a name has named; an appointment agreed on the telephone, with its
 * doctor and its time, is taken.
 */
export function nextAct(before: OrientationRow, after: OrientationRow, body: ActionBody, byTelephone: boolean): Act | null {
  if (before.status === 'DEMANDE' && after.status === 'ACCEPTE_SANS_NOM' && body.nationalId) return 'name';
  const agreed = after.status === 'ACCEPTE' || after.status === 'ACCEPTE_NOMME';
  return agreed && byTelephone ? 'accept' : null;
}

/** Answers of those asked en sus: what they check, and what they change in the request. */
export function createAnswers({ database, participations, territories }: AnswerDependencies) {
  const db = database.for('orientation');

  return {
    /** Reads what the answer will need. */
    async facts(row: OrientationRow, nationalId: string | undefined, kind: string | null, now: Temporal.Instant): Promise<AnswerFacts> {
      const subjects = [...new Set([subjectOf(row), row.structureId ?? subjectOf(row), ...(nationalId ? [nationalId] : [])])];
      const [{ timeZone }, taking] = await Promise.all([territories.get(row.territory), participations.of(subjects, now)]);
      const caps = new Map(subjects.map((subject) => [subject, (taking.get(subject) ?? noParticipation).caps]));
      return { timeZone, caps, deadlineAt: kind ? await deadlineFor(db, row.territory, kind, now) : null };
    },

    /** True when the delay was over before the answer came. */
    async isLate(tx: Transaction, row: OrientationRow, now: Temporal.Instant): Promise<boolean> {
      if (row.status !== 'DEMANDE') return false;
      const attempt = await findAttempt(tx, row.id);
      return attempt !== null && isOver(attempt.deadlineAt, now);
    },

    /** Refuses an acceptance beyond the caps. @throws conflict `cap-reached` */
    async check(tx: Transaction, row: OrientationRow, after: OrientationRow, facts: AnswerFacts): Promise<void> {
      if (!acceptedStatuses.includes(after.status) || after.start === null) return;
      if (acceptedStatuses.includes(row.status) && row.nationalId === after.nationalId && row.start?.equals(after.start)) return;
      await enforceCaps(tx, facts.caps, { at: after.start, timeZone: facts.timeZone, except: row.id });
    },

    /** Keeps the answer, and moves the request: over, given back to the next one, or still waiting. */
    async record(tx: Transaction, row: OrientationRow, after: OrientationRow, act: Act, said: Said): Promise<void> {
      await keepAnswer(tx, row, act, said);
      const request = await findRequest(tx, row.requestId!, true);
      if (!request) return;
      const updatedAt = after.updatedAt;
      if (act === 'ask-structure') return updateRequest(tx, request, { deadlineAt: said.deadlineAt, updatedAt });
      if (request.currentId !== row.id || after.status === 'PRIS' || !acceptedOrAwaited(row.status)) return updateRequest(tx, request, { updatedAt });
      if (after.status === 'ANNULE_SAS') return updateRequest(tx, request, { state: 'ANNULE', deadlineAt: null, updatedAt });
      if (acceptedStatuses.includes(after.status)) return updateRequest(tx, request, { state: 'ACCEPTE', deadlineAt: null, updatedAt });
      if (awaited.includes(after.status)) return updateRequest(tx, request, { updatedAt });
      return updateRequest(tx, request, { state: 'EN_COURS', currentId: null, deadlineAt: null, updatedAt });
    },
  };
}

/** What was said, by whom, by which way. */
export interface Said {
  readonly body: ActionBody;
  readonly channel: 'phone' | 'web' | 'planning';
  readonly deadlineAt: Temporal.Instant | null;
  readonly at: Temporal.Instant;
}

/** Not yet an appointment: the next one may still be asked. */
const acceptedOrAwaited = (status: OrientationStatus): boolean =>
  awaited.includes(status) || status === 'ACCEPTE' || status === 'ACCEPTE_SANS_NOM' || status === 'ACCEPTE_NOMME';

async function keepAnswer(tx: Transaction, row: OrientationRow, act: Act, { body, channel, deadlineAt, at }: Said): Promise<void> {
  if (act === 'ask-doctor' || act === 'ask-structure') return markAsked(tx, row.id, at, act === 'ask-structure' ? deadlineAt : null);
  if (act === 'decline') return markDeclined(tx, row.id);
  if (!pending.includes(row.status)) return;
  await markAnswered(tx, row.id, {
    answeredAt: at, answeredBy: body.answeredBy ?? null, answererId: body.answererId ?? null, answerChannel: act === 'expire' ? null : channel,
    refusal: (body.reason as Refusal | undefined) ?? null,
  });
}

/** The orientations whose delay is over, one at a time: those that another process treats are left to it. */
export const lockNextOver = (tx: Transaction, now: Temporal.Instant): Promise<{ id: string } | null> =>
  tx.maybeOne<{ id: string }>(sql`
    select o.id from orientation.request r join orientation.orientation o on o.id = r.current_id
    where r.state = 'EN_COURS' and r.deadline_at <= ${now} and o.status = 'DEMANDE'
    order by r.deadline_at limit 1 for update of o skip locked`);

/** Requests that wait for nobody although they go on: a process stopped between two candidates. */
export const betweenTwo = (db: Queryable, before: Temporal.Instant): Promise<{ id: string }[]> =>
  db.query(sql`select id from orientation.request where state = 'EN_COURS' and current_id is null and updated_at <= ${before} order by updated_at limit 50`);

export type Answers = ReturnType<typeof createAnswers>;
