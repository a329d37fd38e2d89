import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { ContextDatabase, Database, Transaction } from '../../../foundation/db/database.ts';
import { conflict, forbidden, notFound } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Availability } from '../../availability/server/index.ts';
import { type Act, decide, type Move } from '../domain/states.ts';
import { partiesOf } from './orientations-parties.ts';
import { roleOf } from './booking.ts';
import { type LabelReader, type Member, namedFor } from './booking-labels.ts';
import type { ActionBody, ActionName } from './orientations-bodies.ts';
import { recordChange } from './orientations-record.ts';
import { type OrientationRow, selectOrientations, updateOrientation } from './orientations-store.ts';
import { possibleFor } from './orientations-view.ts';

export interface ActDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly availability: Pick<Availability, 'releaseSeat' | 'withdrawSeat'>;
}

export const orientationNotFound = () =>
  notFound('orientation-not-found', "Cette orientation n'existe pas, ou vos droits ne permettent pas de la voir.");

/** What an act makes of an orientation, in its transaction; `payload` says more of it in the history. */
export type Effect = (tx: Transaction, row: OrientationRow, move: Move) => Promise<{ readonly after: OrientationRow; readonly payload?: Readonly<Record<string, unknown>> }>;

/** Journals that an act was refused, and refuses it. @throws forbidden `transition-forbidden` */
export async function refuseAct(db: ContextDatabase, actor: Actor, row: OrientationRow, act: ActionName | Act, at: Temporal.Instant): Promise<never> {
  await db.transaction((tx) =>
    writeJournal(tx, {
      at, territory: row.territory, actor: actor.accountId, role: roleOf(actor), objectType: 'orientation', objectId: row.id,
      event: 'transition-refused', from: row.status, payload: { act },
    }));
  throw forbidden('transition-forbidden', "Vous ne pouvez pas faire cette action sur cette orientation. Rien n'a été modifié.");
}

/**
 * Moves orientations one step of their life, as the table of states allows.
 * @throws forbidden `transition-forbidden`, journaled; conflict `transition-impossible` with `possible`; not-found
 */
export function createSteps({ database, clock }: Pick<ActDependencies, 'database' | 'clock'>) {
  const db = database.for('orientation');

  const attempt = (actor: Actor, id: string, act: Act, effect: Effect) =>
    db.transaction(async (tx) => {
      const [row] = await selectOrientations(tx, sql`o.id = ${id}`, sql`for update`);
      if (!row) throw orientationNotFound();
      const verdict = decide(row.status, row.kind, partiesOf(actor, row), act);
      if ('refusal' in verdict) return { row, refusal: verdict.refusal };
      const { after, payload } = await effect(tx, row, verdict.move);
      const event = { at: after.updatedAt, actor: actor.accountId, event: act, from: row.status, to: after.status, payload };
      await updateOrientation(tx, after, event);
      await recordChange(tx, after, event, roleOf(actor));
      return { row: after, refusal: null };
    });

  return async (actor: Actor, id: string, act: Act, effect: Effect): Promise<OrientationRow> => {
    const { row, refusal } = await attempt(actor, id, act, effect);
    if (refusal === 'forbidden') return refuseAct(db, actor, row, act, clock.now());
    if (refusal === 'impossible') {
      throw conflict('transition-impossible', "Cette action n'est pas possible dans l'état présent de l'orientation. Rien n'a été modifié.", {
        state: row.status, possible: possibleFor(row, actor),
      });
    }
    return row;
  };
}

/** The acts that change a status alone: accept, refuse, name, cancel, say what became, correct it. */
export function createActs(deps: ActDependencies, labels: LabelReader) {
  const { clock, availability } = deps;
  const step = createSteps(deps);

  const effectOf = (body: ActionBody, member: Member | null): Effect => async (tx, row, move) => {
    if (row.seatId && move.seat === 'released') await availability.releaseSeat(tx, row.seatId);
    if (row.seatId && move.seat === 'withdrawn') await availability.withdrawSeat(tx, row.seatId);
    return { after: changed(row, move, member, clock.now()), ...(body.reason && { payload: { reason: body.reason } }) };
  };

  return async (actor: Actor, id: string, action: Exclude<ActionName, 'undo' | 'move'>, body: ActionBody): Promise<OrientationRow> => {
    const act = actOf(action, body, false);
    const member = body.nationalId ? await labels.member(body.nationalId) : null;
    return step(actor, id, act, effectOf(body, member));
  };
}

/** The act that a public action is. */
export function actOf(action: Exclude<ActionName, 'undo' | 'move'>, { by }: ActionBody, ofStructure: boolean): Act {
  if (action === 'cancel' && by === 'patient') return 'cancel-for-patient';
  if (action === 'ask') return ofStructure ? 'ask-structure' : 'ask-doctor';
  return action;
}

function changed(row: OrientationRow, { to, seat }: Move, member: Member | null, now: Temporal.Instant): OrientationRow {
  return {
    ...row,
    ...(member ? namedFor(member, row.structureId) : {}),
    status: to,
    seatId: seat === 'released' ? null : row.seatId,
    bookedAt: to === 'PRIS' ? (row.bookedAt ?? now) : row.bookedAt,
    updatedAt: now,
  };
}
