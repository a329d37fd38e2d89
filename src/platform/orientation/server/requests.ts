import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { AppError, forbidden } from '../../../foundation/errors.ts';
import type { Logger } from '../../../foundation/log.ts';
import { type Actor, actsFor, coversTerritory, hasRole, searchRoles } from '../../../identity/contract.ts';
import type { Directory } from '../../directory/server/index.ts';
import type { LabelReader } from './booking-labels.ts';
import type { ActionBody, ActionName } from './orientations-bodies.ts';
import { type OrientationRow, selectOrientations } from './orientations-store.ts';
import { betweenTwo, lockNextOver } from './request-answer.ts';
import { createRequestActs, isAnswer, type RequestActDependencies, tooLate } from './request-acts.ts';
import { type AskDependencies, createAsking } from './request-ask.ts';
import { createDelays } from './request-delays.ts';
import { createDuties, dutyAt } from './request-duty.ts';
import { createRequestFigures } from './request-figures.ts';
import { findAttempt } from './request-store.ts';
import { createRequestViews, type RequestViewDependencies } from './request-view.ts';

export interface RequestDependencies extends AskDependencies, RequestViewDependencies, Pick<RequestActDependencies, 'tellClosed'> {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly directory: Pick<Directory, 'placesOf' | 'structure' | 'names' | 'membersOf' | 'specialtyLabels'>;
}

/** Time for the process that ended an attempt to ask the next one by itself. */
const GRACE = Temporal.Duration.from({ seconds: 5 });

/** Requests en sus: those asked one after the other until somebody accepts, with a delay for structures. */
export function createRequests(deps: RequestDependencies, labels: LabelReader) {
  const { database, clock, log, territories, directory } = deps;
  const db = database.for('orientation');
  const asking = createAsking(deps, labels);
  const acts = createRequestActs(deps, labels);
  const duties = createDuties({ database, clock, directory });

  /** "Médecin du jour": a structure may accept by its planning, within what the doctor accepts; else it answers itself. */
  async function acceptByPlanning(row: OrientationRow): Promise<OrientationRow> {
    if (row.status !== 'DEMANDE' || row.structureId === null || row.start === null) return row;
    const { timeZone } = await territories.get(row.territory);
    const { mode, automatic, doctors } = await dutyAt(db, row.structureId, row.start, timeZone);
    const attempt = await findAttempt(db, row.id);
    if (mode !== 'day-doctor' || !automatic || !doctors[0] || attempt?.channel !== 'web') return row;
    try {
      return await acts.acceptByPlanning(row, doctors[0].nationalId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.info({ orientation: row.id, code: error.code }, 'not accepted by the planning: left to the structure');
      return row;
    }
  }

  async function advance(requestId: string): Promise<void> {
    const next = await asking.advance(requestId);
    if (next) await acceptByPlanning(next);
  }

  /** What an answer, or a first asking, leads to. Gives the orientation as it is then. */
  async function follow(row: OrientationRow): Promise<OrientationRow> {
    if (row.requestId === null) return row;
    if (row.status === 'DEMANDE') return acceptByPlanning(row);
    await advance(row.requestId);
    return row;
  }

  const expireOne = () =>
    db.transaction(async (tx) => {
      const over = await lockNextOver(tx, clock.now());
      if (!over) return null;
      const [row] = await selectOrientations(tx, sql`o.id = ${over.id}`);
      return acts.expire(tx, row!);
    });

  return {
    follow,

    /**
     * The answer of somebody asked, or the operator's; the next one is asked at once. Null: the orientation is no request.
     * @throws forbidden `transition-forbidden`, journaled; conflict `transition-impossible` with `state` and `possible`, `cap-reached`; rule `answer-incomplete`
     */
    async answer(actor: Actor, id: string, action: ActionName, body: ActionBody): Promise<OrientationRow | null> {
      if (!isAnswer(action)) return null;
      const [asked] = await selectOrientations(db, sql`o.id = ${id} and o.request_id is not null`);
      if (!asked) return null;
      const { row, refusal } = await acts.act(actor, asked, action, body);
      const after = await follow(row);
      if (refusal) throw tooLate(row, actor);
      return after;
    },

    duties,
    delays: createDelays({ database, clock }),
    views: createRequestViews(deps, labels),
    figures: createRequestFigures(deps),

    /** Members of a structure, for whoever answers for it or records its answer. @throws forbidden `structure-not-yours` */
    async members(actor: Actor, structureId: string) {
      const { territory } = await directory.structure(structureId);
      const operator = hasRole(actor, ...searchRoles) && coversTerritory(actor, territory);
      if (!operator && !actsFor(actor, 'requests', { nationalId: null, structureId })) {
        throw forbidden('structure-not-yours', 'Les membres de cette structure se lisent par ceux qui répondent pour elle.');
      }
      return duties.members(structureId);
    },

    /**
     * Background work: ends the attempts whose delay is over, asks those who come next, and goes on with the requests that a
     * stopped process left between two. Gives the number of attempts ended.
     */
    async expireDue(): Promise<number> {
      let ended = 0;
      for (let row = await expireOne(); row; row = await expireOne()) {
        ended++;
        await goOn(row.requestId!);
      }
      for (const { id } of await betweenTwo(db, clock.now().subtract(GRACE))) await goOn(id);
      return ended;
    },
  };

  /** One request that cannot go on keeps no other from going on. */
  async function goOn(requestId: string): Promise<void> {
    try {
      await advance(requestId);
    } catch (error) {
      log.warn({ err: error, request: requestId }, 'request not carried on, will try again');
    }
  }
}

export type Requests = ReturnType<typeof createRequests>;
