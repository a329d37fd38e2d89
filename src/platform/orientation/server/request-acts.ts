import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { conflict } from '../../../foundation/errors.ts';
import type { Actor } from '../../../identity/contract.ts';
import { orientationStatusLabels } from '../contract.ts';
import { type Act, decide, type Move, type Party } from '../domain/states.ts';
import { partiesOf } from './orientations-parties.ts';
import { roleOf } from './booking.ts';
import { type LabelReader, type Member, namedFor } from './booking-labels.ts';
import { actOf, orientationNotFound, refuseAct } from './orientations-acts.ts';
import type { ActionBody, ActionName } from './orientations-bodies.ts';
import { recordChange } from './orientations-record.ts';
import { type OrientationRow, selectOrientations, updateOrientation } from './orientations-store.ts';
import { possibleFor } from './orientations-view.ts';
import { tellThoseClosed, type TellClosed } from './request-closed.ts';
import { type AnswerDependencies, type AnswerFacts, createAnswers, isByTelephone, isOvertaken, nextAct, requireWhole } from './request-answer.ts';

export interface RequestActDependencies extends AnswerDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly tellClosed: TellClosed;
}

/** The actions by which a request moves; what becomes of the appointment afterwards is everybody's. */
const answers = ['ask', 'accept', 'refuse', 'decline', 'no-answer', 'name', 'cancel'] as const;
export type AnswerName = (typeof answers)[number];
export const isAnswer = (action: ActionName): action is AnswerName => (answers as readonly string[]).includes(action);

/** Who moves an orientation: a person, or the software itself. */
interface Mover {
  readonly id: string;
  readonly role: ReturnType<typeof roleOf> | null;
  parties(row: OrientationRow): readonly Party[];
}

const moverOf = (actor: Actor): Mover => ({ id: actor.accountId, role: roleOf(actor), parties: (row) => partiesOf(actor, row) });
const system: Mover = { id: 'system', role: null, parties: () => ['system'] };

interface Attempt {
  readonly mover: Mover;
  readonly act: Act;
  readonly body: ActionBody;
  readonly member: Member | null;
  /** Null when time itself moves it. */
  readonly facts: AnswerFacts | null;
}

interface Outcome {
  readonly row: OrientationRow;
  readonly refusal: 'forbidden' | 'impossible' | null;
}

/** Moves the orientations of requests en sus, as the table of states allows: row locks let exactly one answer win. */
export function createRequestActs(deps: RequestActDependencies, labels: LabelReader) {
  const { database, clock, tellClosed } = deps;
  const answering = createAnswers(deps);
  const db = database.for('orientation');

  /** One change of status with all that goes with it, in the caller's transaction. */
  async function apply(tx: Transaction, row: OrientationRow, move: Move, { mover, body, member, facts }: Attempt, byTelephone: boolean): Promise<OrientationRow> {
    const now = clock.now();
    const after = changed(row, move, move.act === 'name' ? member : null, body, now);
    if (facts) await answering.check(tx, row, after, facts);
    const event = { at: now, actor: mover.id, event: move.act, from: row.status, to: after.status, payload: payloadOf(body) };
    await updateOrientation(tx, after, event);
    await recordChange(tx, after, event, mover.role);
    const channel = byTelephone ? 'phone' : mover === system ? 'planning' : 'web';
    await answering.record(tx, row, after, move.act, { body, channel, deadlineAt: facts?.deadlineAt ?? null, at: now });
    await tellThoseClosed(tx, tellClosed, row, after);
    return after;
  }

  const attempt = (id: string, attempted: Attempt): Promise<Outcome> =>
    db.transaction(async (tx) => {
      const [row] = await selectOrientations(tx, sql`o.id = ${id}`, sql`for update`);
      if (!row) throw orientationNotFound();
      const { mover, act, body } = attempted;
      const parties = mover.parties(row);
      if (act !== 'cancel' && act !== 'expire' && (await answering.isLate(tx, row, clock.now()))) {
        const verdict = decide(row.status, row.kind, parties, act);
        if ('refusal' in verdict) return { row, refusal: verdict.refusal };
        return { row: await expire(tx, row), refusal: 'impossible' };
      }
      const verdict = decide(row.status, row.kind, parties, act);
      if ('refusal' in verdict) return { row, refusal: verdict.refusal };
      if (isOvertaken(row.status, body)) return { row, refusal: 'impossible' };
      requireWhole(row, parties, act, body, clock.now());
      const byTelephone = isByTelephone(row.status, parties);
      let [before, after] = [row, await apply(tx, row, verdict.move, attempted, byTelephone)];
      for (let next = nextAct(before, after, body, byTelephone); next; next = nextAct(before, after, body, byTelephone)) {
        const following = decide(after.status, after.kind, parties, next);
        if ('refusal' in following) break;
        [before, after] = [after, await apply(tx, after, following.move, attempted, byTelephone)];
      }
      return { row: after, refusal: null };
    });

  function expire(tx: Transaction, row: OrientationRow): Promise<OrientationRow> {
    const verdict = decide(row.status, row.kind, ['system'], 'expire');
    if ('refusal' in verdict) throw new Error(`${row.status} cannot expire`);
    return apply(tx, row, verdict.move, { mover: system, act: 'expire', body: {}, member: null, facts: null }, false);
  }

  async function prepare(row: OrientationRow, action: AnswerName, body: ActionBody): Promise<Pick<Attempt, 'act' | 'member' | 'facts'>> {
    const act = actOf(action, body, row.structureId !== null);
    const member = body.nationalId ? await labels.member(body.nationalId) : null;
    const kind = act === 'ask-structure' ? row.category : null;
    return { act, member, facts: await answering.facts(row, body.nationalId, kind, clock.now()) };
  }

  return {
    /**
     * The action of a person; `impossible` when somebody, or time, was faster: the row says what happened.
     * @throws forbidden `transition-forbidden`, journaled; conflict `cap-reached`; rule `answer-incomplete`
     */
    async act(actor: Actor, asked: OrientationRow, action: AnswerName, body: ActionBody): Promise<Outcome> {
      const prepared = await prepare(asked, action, body);
      const outcome = await attempt(asked.id, { ...prepared, mover: moverOf(actor), body });
      if (outcome.refusal === 'forbidden') return refuseAct(db, actor, outcome.row, prepared.act, clock.now());
      return outcome;
    },

    /** Accepts for a structure whose planning says so. @throws conflict `cap-reached` */
    async acceptByPlanning(asked: OrientationRow, nationalId: string): Promise<OrientationRow> {
      const body = { nationalId };
      return (await attempt(asked.id, { ...(await prepare(asked, 'accept', body)), mover: system, body })).row;
    },

    expire,
  };
}

/** Said to whoever came too late: what happened meanwhile, and what may be done now. */
export const tooLate = (row: OrientationRow, reader: Actor) =>
  conflict('transition-impossible', `${lateSentence(row)} Rien n'a été modifié.`, { state: row.status, possible: possibleFor(row, reader) });

function lateSentence({ status }: OrientationRow): string {
  if (status === 'EXPIRE') return 'Le délai de réponse était passé : la demande a été proposée au suivant.';
  if (status.startsWith('ACCEPTE')) return 'Quelqu’un a déjà accepté cette demande.';
  return `Cette action n'est pas possible dans l'état présent de l'orientation (${orientationStatusLabels[status].toLowerCase()}).`;
}

/** What the history keeps of an answer. */
function payloadOf({ at, answeredBy, answererId, reason }: ActionBody): Record<string, string> {
  return Object.fromEntries(Object.entries({ at, answeredBy, answererId, reason }).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function changed(row: OrientationRow, { to }: Move, member: Member | null, { at }: ActionBody, now: Temporal.Instant): OrientationRow {
  return {
    ...row,
    ...(member ? namedFor(member, row.structureId) : {}),
    status: to,
    start: at ? Temporal.Instant.from(at) : row.start,
    bookedAt: to === 'PRIS' ? (row.bookedAt ?? now) : row.bookedAt,
    updatedAt: now,
  };
}
