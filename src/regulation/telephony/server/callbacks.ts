import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { conflict, notFound } from '../../../foundation/errors.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { CallFacts } from '../domain/call.ts';
import type { callbackEffect } from '../domain/effects.ts';
import { journal, requireRoom, type Room, tell } from './room.ts';

export type Outcome = 'reached' | 'unreachable' | 'called-again';
type Effect = ReturnType<typeof callbackEffect>;

interface CallbackRow {
  readonly id: string;
  readonly number: string;
  readonly reason: 'abandon' | 'coupure';
  readonly dossierId: string | null;
  readonly firstAt: Temporal.Instant;
  readonly lastAt: Temporal.Instant;
  readonly attempts: number;
  readonly callCount: number;
  readonly outcome: Outcome | null;
  readonly by: string | null;
}

const KEPT_HOURS = 24;

/** Keeps the list of numbers to ring back in step with a call (TEL-11). */
export async function applyCallbackEffect(room: Room, tx: Transaction, callId: string, facts: CallFacts, effect: Effect): Promise<void> {
  if (effect === null || facts.caller === null) return;
  if (effect === 'abandoned') await addCall(room, tx, callId, facts, { reason: 'abandon', dossierId: null, at: facts.presentedAt });
  if (effect === 'withdrawn') await withdraw(room, tx, callId);
  if (effect === 'answered') await close(room, tx, sql`number = ${facts.caller}`, 'called-again', null);
}

/** Puts a broken call of a dossier on the list. Null when its number is hidden. */
export async function openBrokenCall(room: Room, tx: Transaction, callId: string, facts: CallFacts, dossierId: string): Promise<string | null> {
  if (facts.caller === null) return null;
  return addCall(room, tx, callId, facts, { reason: 'coupure', dossierId, at: facts.endedAt! });
}

async function addCall(
  room: Room, tx: Transaction, callId: string, { caller }: CallFacts, { reason, dossierId, at }: { reason: 'abandon' | 'coupure'; dossierId: string | null; at: Temporal.Instant },
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(sql`
    insert into telephony.callback (territory, id, number, reason, dossier_id, first_at, last_at)
    values (${room.territory}, ${randomUUID()}, ${caller}, ${reason}, ${dossierId}, ${at}, ${at})
    on conflict (territory, number) where outcome is null do update set
      first_at = least(callback.first_at, excluded.first_at), last_at = greatest(callback.last_at, excluded.last_at),
      reason = case when excluded.reason = 'coupure' then 'coupure' else callback.reason end,
      dossier_id = coalesce(excluded.dossier_id, callback.dossier_id)
    returning id`);
  await tx.run(sql`
    insert into telephony.callback_call (territory, callback_id, call_id) values (${room.territory}, ${id}, ${callId})
    on conflict (territory, call_id) do update set callback_id = excluded.callback_id, withdrawn = false`);
  await tell(room, tx, 'callback', { callbackId: id });
  return id;
}

/** The call had been answered after all: its line goes when no other call is behind it. */
async function withdraw(room: Room, tx: Transaction, callId: string): Promise<void> {
  const line = await tx.maybeOne<{ id: string }>(sql`
    update telephony.callback_call set withdrawn = true where territory = ${room.territory} and call_id = ${callId} returning callback_id as id`);
  if (!line) return;
  const { left } = await tx.one<{ left: number }>(sql`
    select count(*) as left from telephony.callback_call where territory = ${room.territory} and callback_id = ${line.id} and not withdrawn`);
  if (left === 0) await close(room, tx, sql`id = ${line.id}`, 'reached', null);
}

async function close(room: Room, tx: Transaction, which: ReturnType<typeof sql>, outcome: Outcome, by: Actor | null): Promise<boolean> {
  const closed = await tx.query<{ id: string }>(sql`
    update telephony.callback set outcome = ${outcome}, closed_by = ${by?.accountId ?? null}, closed_at = ${room.clock.now()}
    where territory = ${room.territory} and outcome is null and ${which} returning id`);
  for (const { id } of closed) {
    await journal(room, tx, { by, objectType: 'callback', objectId: id, event: 'closed', to: outcome });
    await tell(room, tx, 'callback', { callbackId: id });
  }
  return closed.length > 0;
}

const columns = sql`c.id, c.number, c.reason, c.dossier_id as "dossierId", c.first_at as "firstAt", c.last_at as "lastAt", c.attempts, c.outcome,
  coalesce((select name from telephony.agent a where a.territory = c.territory and a.account_id = c.closed_by), c.closed_by) as by,
  (select count(*) from telephony.callback_call l where l.territory = c.territory and l.callback_id = c.id and not l.withdrawn) as "callCount"`;

/** The numbers to ring back, broken calls first, then those treated today; one line a number. */
export async function listCallbacks(room: Room, actor: Actor) {
  requireRoom(room, actor);
  const rows = await room.db.query<CallbackRow>(sql`
    select * from (
      select distinct on (c.number) ${columns} from telephony.callback c
      where c.territory = ${room.territory} and (c.outcome is null or c.closed_at >= ${room.clock.now().subtract({ hours: KEPT_HOURS })})
      order by c.number, c.outcome is not null, c.last_at desc
    ) line order by outcome is not null, reason = 'abandon', "firstAt"`);
  return rows.map((row) => ({ ...row, firstAt: row.firstAt.toString(), lastAt: row.lastAt.toString() }));
}

/** Notes what came of a line. @throws not-found `callback-not-found`, conflict `callback-closed` */
export async function closeCallback(room: Room, actor: Actor, id: string, outcome: Outcome): Promise<void> {
  requireRoom(room, actor);
  await room.db.transaction(async (tx) => {
    if (await close(room, tx, sql`id::text = ${id}`, outcome, actor)) return;
    await openCallback(room, tx, id);
  });
}

/** The number of an open line. @throws not-found `callback-not-found`, conflict `callback-closed` */
export async function openCallback(room: Room, tx: Transaction, id: string): Promise<{ id: string; number: string; dossierId: string | null }> {
  const row = await tx.maybeOne<{ id: string; number: string; dossierId: string | null; outcome: Outcome | null }>(sql`
    select id, number, dossier_id as "dossierId", outcome from telephony.callback where territory = ${room.territory} and id::text = ${id} for update`);
  if (!row) throw notFound('callback-not-found', "Ce numéro n'est pas dans la liste des rappels.");
  if (row.outcome) throw conflict('callback-closed', 'Ce rappel est déjà traité. Rien n’a été modifié.', { outcome: row.outcome });
  return row;
}

/** Counts one more attempt on an open line. */
export async function countAttempt(room: Room, tx: Transaction, id: string): Promise<void> {
  await tx.run(sql`update telephony.callback set attempts = attempts + 1 where territory = ${room.territory} and id = ${id}`);
  await tell(room, tx, 'callback', { callbackId: id });
}
