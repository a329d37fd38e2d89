import sql from 'sql-template-tag';
import type { Queryable, Transaction } from '../../../foundation/db/database.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Call } from '../contract.ts';
import { callNotFound } from './actions.ts';
import { journal, requireRoom, type Room, tell } from './room.ts';
import { type CallRow, lockCall, selectCalls, viewCalls } from './store.ts';

/** Reads calls, and ties them to dossiers. */
export function createCalls(room: Room) {
  const view = (rows: readonly CallRow[], db: Queryable = room.db) => viewCalls(db, room.territory, rows);

  async function locked(tx: Transaction, id: string): Promise<{ own: Transaction; call: CallRow }> {
    const own = tx.for('telephony');
    const call = await lockCall(own, room.territory, id);
    if (!call) throw callNotFound();
    return { own, call };
  }

  return {
    /** A call and its legs, or null; seen from the caller's transaction when it has one. */
    async callOf(id: string, tx?: Transaction): Promise<Call | null> {
      const db = tx?.for('telephony') ?? room.db;
      return (await view(await selectCalls(db, room.territory, sql`id = ${id}`), db))[0] ?? null;
    },

    /** @throws not-found `call-not-found`, forbidden `room-out-of-reach` */
    async readCall(actor: Actor, id: string): Promise<Call> {
      requireRoom(room, actor);
      const [call] = await view(await selectCalls(room.db, room.territory, sql`id = ${id}`));
      if (!call) throw callNotFound();
      return call;
    },

    /** Calls under way in the order of the queues, or all of them newest first. */
    async listCalls(actor: Actor, { live, limit }: { live: boolean; limit: number }): Promise<Call[]> {
      requireRoom(room, actor);
      return view(
        live
          ? await selectCalls(room.db, room.territory, sql`ended_at is null`, sql`order by priority, presented_at limit ${limit}`)
          : await selectCalls(room.db, room.territory, sql`true`, sql`order by presented_at desc limit ${limit}`),
      );
    },

    /** The calls of a dossier, oldest first. */
    callsOfDossier: async (dossierId: string): Promise<Call[]> =>
      view(await selectCalls(room.db, room.territory, sql`dossier_id = ${dossierId}`, sql`order by presented_at`)),

    /** True while somebody is on the line, or waits, for that dossier. */
    async onLine(dossierId: string): Promise<boolean> {
      const rows = await selectCalls(room.db, room.territory, sql`dossier_id = ${dossierId} and ended_at is null`, sql`limit 1`);
      return rows.length > 0;
    },

    /** Ties a call, even over, to a dossier, in the caller's transaction; tied elsewhere before, it moves. @throws not-found `call-not-found` */
    async linkDossier(tx: Transaction, callId: string, dossierId: string, actor: Actor): Promise<void> {
      const { own, call } = await locked(tx, callId);
      if (call.dossierId === dossierId) return;
      await own.run(sql`update telephony.call set dossier_id = ${dossierId} where territory = ${room.territory} and id = ${callId}`);
      await journal(room, own, { by: actor, objectType: 'call', objectId: callId, event: 'linked', from: call.dossierId, to: dossierId });
      await tell(room, own, 'call', { callId, dossierId });
    },

    /** Changes the place of a call in the queues, 0 (P0) first, in the caller's transaction. @throws not-found `call-not-found` */
    async setPriority(tx: Transaction, callId: string, priority: number, actor: Actor): Promise<void> {
      const { own, call } = await locked(tx, callId);
      if (call.priority === priority) return;
      await own.run(sql`update telephony.call set priority = ${priority} where territory = ${room.territory} and id = ${callId}`);
      await journal(room, own, { by: actor, objectType: 'call', objectId: callId, event: 'reordered', from: String(call.priority), to: String(priority) });
      await tell(room, own, 'call', { callId });
      await tell(room, own, 'board');
    },
  };
}
