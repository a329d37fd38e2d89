import sql from 'sql-template-tag';
import { prepared, type Transaction } from '../../../foundation/db/database.ts';
import { defaultConfiguration } from '../domain/configuration.ts';
import type { AgentEffect } from '../domain/effects.ts';
import { journal, type Room, tell } from './room.ts';

const missedReasons: Record<string, string> = {
  'no-answer': 'Appel non décroché', busy: 'Poste déjà en ligne', offline: 'Poste injoignable', refused: 'Appel refusé',
};

/** Carries the consequences of one event of a call to the agents it holds or held. Agents unknown here (a followed system) are left alone. */
export async function applyEffects(room: Room, tx: Transaction, callId: string, effects: readonly AgentEffect[]): Promise<void> {
  const lost = effects.filter(({ kind }) => kind === 'lost');
  for (const { agent, at } of lost) await loseAgent(room, tx, agent, at);
  const changes = effects.filter(({ kind }) => kind !== 'lost').map((effect) => ({ ...effect, reason: effect.kind === 'missed' ? missedReason(effect.cause) : null }));
  if (changes.length === 0) return;
  for (const effect of effects) {
    if (effect.kind === 'missed') await journal(room, tx, { at: effect.at, objectType: 'agent', objectId: effect.agent, event: 'call-missed', payload: { callId, cause: effect.cause } });
  }
  const touched = await tx.query<{ agent: string }>(prepared(sql`
    update telephony.agent a set since = e.at,
      state = case e.kind when 'rings' then 'ringing' when 'talks' then 'in-call' when 'wraps-up' then 'wrap-up' when 'missed' then 'pause'
        else coalesce(a.after_call, 'available') end,
      call_id = case when e.kind in ('rings', 'talks') then ${callId} end,
      wrap_until = case when e.kind = 'wraps-up' then e.at + make_interval(secs => coalesce(
        (select content->'thresholds'->>'wrapUpSeconds' from telephony.configuration where territory = ${room.territory})::numeric,
        ${defaultConfiguration.thresholds.wrapUpSeconds}::numeric)) end,
      pause_reason = e.reason,
      after_call = case when e.kind not in ('freed', 'missed') then a.after_call end
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as e (agent text, kind text, at timestamptz, reason text)
    where a.territory = ${room.territory} and a.account_id = e.agent
      and (e.kind in ('rings', 'talks') or a.call_id = ${callId}) and (e.kind <> 'freed' or a.state = 'ringing')
    returning a.account_id as agent`));
  for (const { agent } of touched) await tell(room, tx, 'agent', { agentId: agent });
}

const missedReason = (cause: string): string => missedReasons[cause] ?? 'Appel non décroché';

const touched = async (count: Promise<number>): Promise<boolean> => (await count) > 0;

/** The call that rang is no longer for this agent, who did nothing wrong: available again, at the same turn. */
export const freeOffered = (room: Room, tx: Transaction, callId: string, agent: string, at: Temporal.Instant): Promise<boolean> =>
  touched(tx.run(sql`
    update telephony.agent set state = coalesce(after_call, 'available'), after_call = null, since = ${at}, call_id = null
    where territory = ${room.territory} and account_id = ${agent} and call_id = ${callId} and state = 'ringing'`));

const LOST = 'Connexion perdue';

/** The agent's phone or network is gone: nothing more is given there. */
export async function loseAgent(room: Room, tx: Transaction, agent: string, at: Temporal.Instant): Promise<void> {
  const count = await tx.run(sql`
    update telephony.agent set state = 'offline', since = ${at}, call_id = null, after_call = null, wrap_until = null, pause_reason = ${LOST}
    where territory = ${room.territory} and account_id = ${agent} and state <> 'offline'`);
  if (count === 0) return;
  await tx.run(sql`
    update telephony.call set offered_to = null where territory = ${room.territory} and offered_to = ${agent}`);
  await journal(room, tx, { at, objectType: 'agent', objectId: agent, event: 'lost', to: 'offline' });
  await tell(room, tx, 'agent', { agentId: agent });
  await tell(room, tx, 'board');
}

/** The phone is back: the agent says when calls may come again. */
export async function recoverAgent(room: Room, tx: Transaction, agent: string, at: Temporal.Instant): Promise<void> {
  const count = await tx.run(sql`
    update telephony.agent set state = 'pause', since = ${at}, pause_reason = 'Connexion retrouvée'
    where territory = ${room.territory} and account_id = ${agent} and state = 'offline' and pause_reason = ${LOST}`);
  if (count === 0) return;
  await journal(room, tx, { at, objectType: 'agent', objectId: agent, event: 'back', to: 'pause' });
  await tell(room, tx, 'agent', { agentId: agent });
}

/** Ends the wrap-ups that are due. */
export async function endWrapUps(room: Room): Promise<void> {
  await room.db.transaction(async (tx) => {
    const ready = await tx.query<{ agent: string }>(prepared(sql`
      update telephony.agent set state = coalesce(after_call, 'available'), after_call = null, since = wrap_until, idle_since = wrap_until, wrap_until = null
      where territory = ${room.territory} and state = 'wrap-up' and wrap_until <= ${room.clock.now()} returning account_id as agent`));
    for (const { agent } of ready) await tell(room, tx, 'agent', { agentId: agent });
    if (ready.length > 0) await tell(room, tx, 'board');
  });
}
