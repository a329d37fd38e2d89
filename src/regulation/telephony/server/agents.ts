import sql, { type Sql } from 'sql-template-tag';
import type { Queryable, Transaction } from '../../../foundation/db/database.ts';
import { conflict, forbidden, notFound } from '../../../foundation/errors.ts';
import type { Actor } from '../../../identity/contract.ts';
import { type Agent, type AgentState, type Level, levelLabels } from '../contract.ts';
import { mayHold, usualLevel } from '../domain/posts.ts';
import { postCommand } from './commands.ts';
import { journal, requireRoom, type Room, tell } from './room.ts';

interface AgentRow extends Omit<Agent, 'since'> {
  readonly since: Temporal.Instant;
  readonly afterCall: 'available' | 'pause' | null;
}

export interface Wish {
  readonly level?: Level;
  readonly state: 'available' | 'pause' | 'offline';
  readonly post?: string;
  readonly remote?: boolean;
  readonly reason?: string;
  readonly skills?: string[];
}

const columns = sql`account_id as "accountId", name, level, skills, post, remote, state, since, call_id as "callId",
  pause_reason as "pauseReason", after_call as "afterCall"`;

const viewAgent = ({ since, afterCall: _, ...agent }: AgentRow): Agent => ({ ...agent, since: since.toString() });

const select = (db: Queryable, territory: string, where: Sql) =>
  db.query<AgentRow>(sql`select ${columns} from telephony.agent where territory = ${territory} and ${where}`);

/** The agents of the room who are at a post, and those who were lost. */
export async function presentAgents(room: Room, db: Queryable): Promise<Agent[]> {
  const rows = await select(db, room.territory, sql`(state <> 'offline' or pause_reason is not null) order by name, account_id`);
  return rows.map(viewAgent);
}

/** An agent of the room, or null who never took a post. */
export async function agentOf(room: Room, accountId: string): Promise<Agent | null> {
  const [row] = await select(room.db, room.territory, sql`account_id = ${accountId}`);
  return row ? viewAgent(row) : null;
}

const inCall = (state: AgentState) => state === 'in-call' || state === 'ringing';

/**
 * Takes a post, makes available, pauses or leaves. During a call, a pause begins when it is over.
 * @throws forbidden `level-forbidden`, `room-out-of-reach`; conflict `agent-in-call`
 */
export async function setMyState(room: Room, actor: Actor, wish: Wish): Promise<Agent> {
  requireRoom(room, actor);
  const saved = await room.db.transaction(async (tx) => {
    const [before] = await select(tx, room.territory, sql`account_id = ${actor.accountId} for update`);
    const level = wish.level ?? (before && mayHold(actor.roles, before.level) ? before.level : usualLevel(actor.roles));
    if (level === null || !mayHold(actor.roles, level)) throw levelForbidden(level);
    if (before && inCall(before.state)) return duringCall(room, tx, before, wish, level);
    return settle(room, tx, actor, before ?? null, { ...wish, level });
  });
  return viewAgent(saved);
}

const levelForbidden = (level: Level | null) =>
  forbidden('level-forbidden', `Votre rôle ne permet pas de tenir un poste ${level ? `« ${levelLabels[level]} »` : 'de la salle'}. Rien n'a été modifié.`);

async function duringCall(room: Room, tx: Transaction, before: AgentRow, { state }: Wish, level: Level): Promise<AgentRow> {
  if (state === 'offline' || level !== before.level) {
    throw conflict('agent-in-call', "Vous êtes en ligne : terminez ou transférez l'appel, puis recommencez. L'appel continue.");
  }
  await tx.run(sql`update telephony.agent set after_call = ${state} where territory = ${room.territory} and account_id = ${before.accountId}`);
  await tell(room, tx, 'agent', { agentId: before.accountId });
  return { ...before, afterCall: state };
}

async function settle(room: Room, tx: Transaction, actor: Actor, before: AgentRow | null, wish: Wish & { level: Level }): Promise<AgentRow> {
  const now = room.clock.now();
  const reason = wish.state === 'pause' ? (wish.reason ?? 'Pause') : null;
  const [saved] = await tx.query<AgentRow>(sql`
    insert into telephony.agent (territory, account_id, name, level, skills, post, remote, state, since, idle_since, pause_reason)
    values (${room.territory}, ${actor.accountId}, ${actor.displayName}, ${wish.level}, ${wish.skills ?? []}, ${wish.post ?? null}, ${wish.remote ?? false},
      ${wish.state}, ${now}, ${now}, ${reason})
    on conflict (territory, account_id) do update set name = excluded.name, level = excluded.level, state = excluded.state, pause_reason = excluded.pause_reason,
      skills = ${wish.skills ?? before?.skills ?? []}, post = ${wish.post ?? before?.post ?? null}, remote = ${wish.remote ?? before?.remote ?? false},
      since = case when agent.state = excluded.state then agent.since else excluded.since end,
      -- Asking to be available when one is already does not lose the turn.
      idle_since = case when agent.state = 'available' and excluded.state = 'available' and agent.level = excluded.level then agent.idle_since else excluded.idle_since end,
      wrap_until = null, after_call = null
    returning ${columns}`);
  await journalChange(room, tx, actor, before, saved!, wish.reason);
  await postCommand(room, tx, { op: 'agent.set', agent: actor.accountId, state: wish.state }, { by: actor.accountId });
  await tell(room, tx, 'agent', { agentId: actor.accountId });
  await tell(room, tx, 'board');
  return saved!;
}

async function journalChange(room: Room, tx: Transaction, by: Actor, before: AgentRow | null, after: AgentRow, reason?: string): Promise<void> {
  const entry = { by, objectType: 'agent', objectId: after.accountId, payload: { post: after.post, remote: after.remote }, reason };
  const wasHere = before !== null && before.state !== 'offline';
  if (!wasHere && after.state !== 'offline') await journal(room, tx, { ...entry, event: 'post-taken', from: null, to: after.level });
  else if (wasHere && after.state === 'offline') await journal(room, tx, { ...entry, event: 'post-left', from: before.level, to: null });
  else if (wasHere && before.level !== after.level) await journal(room, tx, { ...entry, event: 'level-changed', from: before.level, to: after.level });
  else if (before?.state !== after.state) await journal(room, tx, { ...entry, event: 'agent-state', from: before?.state ?? null, to: after.state });
}

/**
 * Moves an agent to another level, by the superviseur. A call under way goes on where it is.
 * @throws not-found `agent-not-found`; forbidden `level-forbidden`, `room-out-of-reach`; conflict `agent-offline`
 */
export async function moveAgent(room: Room, actor: Actor, accountId: string, { level, reason }: { level: Level; reason?: string }): Promise<Agent> {
  requireRoom(room, actor);
  const roles = (await room.accounts.actor(accountId).catch(() => null))?.roles ?? [];
  const saved = await room.db.transaction(async (tx) => {
    const [before] = await select(tx, room.territory, sql`account_id = ${accountId} for update`);
    if (!before) throw notFound('agent-not-found', "Cette personne n'a pas pris de poste dans la salle.");
    if (before.state === 'offline') throw conflict('agent-offline', "Cette personne n'est pas à son poste. Rien n'a été modifié.");
    if (!mayHold(roles, level)) throw forbidden('level-forbidden', `Le rôle de ${before.name} ne permet pas de tenir un poste « ${levelLabels[level]} ». Rien n'a été modifié.`);
    const now = room.clock.now();
    await tx.run(sql`update telephony.agent set level = ${level}, idle_since = ${now} where territory = ${room.territory} and account_id = ${accountId}`);
    await journal(room, tx, { by: actor, objectType: 'agent', objectId: accountId, event: 'level-changed', from: before.level, to: level, reason });
    await tell(room, tx, 'agent', { agentId: accountId });
    await tell(room, tx, 'board');
    return { ...before, level };
  });
  return viewAgent(saved);
}
