import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import type { Configuration } from '../domain/configuration.ts';
import type { AgentEffect } from '../domain/effects.ts';
import { journal, type Room, tell } from './room.ts';

const missedReasons: Record<string, string> = {
  'no-answer': 'Appel non décroché', busy: 'Poste déjà en ligne', offline: 'Poste injoignable', refused: 'Appel refusé',
};

/** Carries the consequences of a call to the agents it holds or held. Agents unknown here (a followed system) are left alone. */
export async function applyEffects(room: Room, tx: Transaction, callId: string, effects: readonly AgentEffect[], configuration: () => Promise<Configuration>): Promise<void> {
  for (const effect of effects) {
    if (await applyEffect(room, tx, callId, effect, configuration)) await tell(room, tx, 'agent', { agentId: effect.agent });
  }
}

async function applyEffect(room: Room, tx: Transaction, callId: string, effect: AgentEffect, configuration: () => Promise<Configuration>): Promise<boolean> {
  const { agent, at } = effect;
  const here = sql`where territory = ${room.territory} and account_id = ${agent}`;
  const onThisCall = sql`${here} and call_id = ${callId}`;
  switch (effect.kind) {
    case 'rings':
    case 'talks': {
      const state = effect.kind === 'talks' ? 'in-call' : 'ringing';
      return touched(tx.run(sql`
        update telephony.agent set state = ${state}, since = ${at}, call_id = ${callId}, wrap_until = null, pause_reason = null ${here}`));
    }
    case 'wraps-up': {
      const { wrapUpSeconds } = (await configuration()).thresholds;
      return touched(tx.run(sql`
        update telephony.agent set state = 'wrap-up', since = ${at}, call_id = null, wrap_until = ${at.add({ seconds: wrapUpSeconds })} ${onThisCall}`));
    }
    case 'freed':
      return freeOffered(room, tx, callId, agent, at);
    case 'missed':
      await journal(room, tx, { at, objectType: 'agent', objectId: agent, event: 'call-missed', payload: { callId, cause: effect.cause } });
      return touched(tx.run(sql`
        update telephony.agent set state = 'pause', since = ${at}, call_id = null, after_call = null,
          pause_reason = ${missedReasons[effect.cause] ?? 'Appel non décroché'} ${onThisCall}`));
    case 'lost':
      await loseAgent(room, tx, agent, at);
      return true;
  }
}

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
  const due = sql`territory = ${room.territory} and state = 'wrap-up' and wrap_until <= ${room.clock.now()}`;
  const { some } = await room.db.one<{ some: boolean }>(sql`select exists (select from telephony.agent where ${due}) as some`);
  if (!some) return;
  await room.db.transaction(async (tx) => {
    const ready = await tx.query<{ agent: string }>(sql`
      update telephony.agent set state = coalesce(after_call, 'available'), after_call = null, since = wrap_until, idle_since = wrap_until, wrap_until = null
      where ${due} returning account_id as agent`);
    for (const { agent } of ready) await tell(room, tx, 'agent', { agentId: agent });
    if (ready.length > 0) await tell(room, tx, 'board');
  });
}
