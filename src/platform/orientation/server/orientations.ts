import sql from 'sql-template-tag';
import type { Readable } from 'node:stream';
import type { Actor } from '../../../identity/contract.ts';
import type { Accounts } from '../../../identity/server/index.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Availability } from '../../availability/server/index.ts';
import type { Orientation, OrientationStatus } from '../contract.ts';
import { mayRead } from './orientations-parties.ts';
import { type BookingDependencies, createBooking, requireIdempotencyKey } from './booking.ts';
import { createLabels, type LabelDirectory } from './booking-labels.ts';
import { createPlanner } from './booking-plan.ts';
import { createActs, orientationNotFound } from './orientations-acts.ts';
import { type ActionBody, type ActionName, readAction, readCreation } from './orientations-bodies.ts';
import { listCsv, listPage, type ListQuery } from './orientations-list.ts';
import { createMove } from './orientations-move.ts';
import { type OrientationRow, selectOrientations } from './orientations-store.ts';
import { toView } from './orientations-view.ts';
import { createUndo } from './outcome-undo.ts';
import { createRequests, type RequestDependencies } from './requests.ts';

export interface OrientationDependencies extends BookingDependencies, RequestDependencies {
  readonly availability: Pick<Availability, 'takeSeat' | 'releaseSeat' | 'withdrawSeat' | 'openSealedSlot' | 'ownSlots'>;
  readonly directory: LabelDirectory & RequestDependencies['directory'];
  readonly accounts: Pick<Accounts, 'names'>;
  readonly territories: Pick<Territories, 'ofCommune' | 'get'>;
  readonly participations: RequestDependencies['participations'];
}

interface HistoryRow {
  readonly at: Temporal.Instant;
  readonly actor: string;
  readonly event: string;
  readonly from: OrientationStatus | null;
  readonly to: OrientationStatus;
  readonly reason: string | null;
}

const DEFAULT_ZONE = 'Europe/Paris';

/** Orientations: made, read, listed, moved through their life. */
export function createOrientations(deps: OrientationDependencies) {
  const { database, clock, directory, accounts, territories } = deps;
  const db = database.for('orientation');
  const labels = createLabels(directory);
  const booking = createBooking(deps, createPlanner(deps, labels), labels);
  const act = createActs(deps, labels);
  const undo = createUndo(deps);
  const moving = createMove(deps, labels);
  const requests = createRequests(deps, labels);

  async function perform(actor: Actor, id: string, action: ActionName, body: ActionBody): Promise<OrientationRow> {
    if (action === 'undo') return undo(actor, id);
    if (action === 'move') return moving.move(actor, id, body);
    return (await requests.answer(actor, id, action, body)) ?? act(actor, id, action, body);
  }

  const viewAll = async (rows: readonly OrientationRow[], reader: Actor): Promise<Orientation[]> => {
    const names = await accounts.names([...new Set(rows.map((row) => row.actor))]);
    return rows.map((row) => toView(row, reader, clock.now(), names));
  };

  const listContext = async (actor: Actor) => {
    const own = actor.territories.find((territory) => territory !== '*');
    return { db, actor, timeZone: own ? (await territories.get(own)).timeZone : DEFAULT_ZONE };
  };

  return {
    requests,

    /**
     * Makes an orientation from a raw body, checked first for patient data. Repeating the key gives the same orientation.
     * @throws rule `patient-data-refused`, invalid `idempotency-key-missing`, and all that `Booking.create` throws
     */
    async create(actor: Actor, body: unknown, idempotencyKey: unknown): Promise<Orientation> {
      const request = readCreation(body, clock.now());
      const row = await requests.follow(await booking.create(actor, request, requireIdempotencyKey(idempotencyKey)));
      return toView(row, actor, clock.now(), new Map([[actor.accountId, actor.displayName]]));
    },

    /**
     * Moves an orientation one step, or takes the last one back.
     * @throws forbidden `transition-forbidden`; conflict `transition-impossible` with `possible`; not-found `orientation-not-found`
     */
    async act(actor: Actor, id: string, action: ActionName, body: unknown): Promise<Orientation> {
      const row = await perform(actor, id, action, readAction(action, body, clock.now()));
      return (await viewAll([row], actor))[0]!;
    },

    /** One orientation and its history. @throws not-found `orientation-not-found`, also when the reader may not see it */
    async get(actor: Actor, id: string) {
      const [row] = await selectOrientations(db, sql`o.id = ${id}`);
      if (!row || !mayRead(actor, row)) throw orientationNotFound();
      const history = await db.query<HistoryRow>(sql`
        select at, actor, event, from_status as from, to_status as to, payload->>'reason' as reason from orientation.orientation_event
        where orientation_id = ${id} order by id`);
      const names = await accounts.names([...new Set([row.actor, ...history.map((line) => line.actor)])]);
      return {
        ...toView(row, actor, clock.now(), names),
        history: history.map(({ at, actor: by, ...line }) => ({ ...line, at: at.toString(), by: names.get(by) ?? by })),
      };
    },

    /** Where the reader may move this appointment. @throws not-found `orientation-not-found` */
    freeSlots: moving.freeSlots,

    /** A page of what the actor may see. */
    async list(actor: Actor, query: ListQuery) {
      const { rows, total, nextCursor } = await listPage(await listContext(actor), query);
      return { orientations: await viewAll(rows, actor), total, nextCursor };
    },

    /** The same rows, all of them, as a CSV stream. */
    async csv(actor: Actor, query: ListQuery): Promise<Readable> {
      return listCsv(await listContext(actor), query, (rows) => viewAll(rows, actor));
    },
  };
}

export type Orientations = ReturnType<typeof createOrientations>;

