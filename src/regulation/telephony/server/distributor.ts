import sql from 'sql-template-tag';
import { prepared, type Transaction } from '../../../foundation/db/database.ts';
import { type Assignment, distribute, type ReadyAgent, type WaitingCall } from '../domain/distribution.ts';
import { postCommand } from './commands.ts';
import { type Room, tell } from './room.ts';

/** Calls looked at in one turn; those behind them wait for the next. */
const HEAD_OF_QUEUES = 200;

interface QueuedCall extends WaitingCall {
  readonly version: number;
}

/** What the distribution has to do now. */
export interface Agenda {
  readonly wrapUpsDue: boolean;
  readonly commandsPending: boolean;
  readonly waiting: readonly QueuedCall[];
  readonly ready: readonly ReadyAgent[];
}

type Stored<T, Key extends keyof T> = Omit<T, Key> & { readonly [K in Key]: string };

/** Looks at the room in one statement. Calls and agents come when the room routes and at least one of each fits, by level. */
export async function readAgenda(room: Room): Promise<Agenda> {
  const { waiting, ready, ...rest } = await room.db.one<{
    wrapUpsDue: boolean; commandsPending: boolean; waiting: Stored<QueuedCall, 'presentedAt'>[]; ready: Stored<ReadyAgent, 'idleSince'>[];
  }>(prepared(sql`
    with ready as (
      select a.account_id as agent, a.level, a.skills, a.idle_since as "idleSince" from telephony.agent a
      join telephony.link l on l.territory = a.territory and l.pilot and l.status = 'up'
      where a.territory = ${room.territory} and a.state = 'available'
    ), waiting as (
      select id as "callId", waiting_level as level, priority, presented_at as "presentedAt", waiting_skill as skill, version,
        (select account_id from telephony.agent a where a.territory = c.territory and a.account_id = c.waiting_agent and a.state <> 'offline') as agent
      from telephony.call c
      where territory = ${room.territory} and waiting_level is not null and waiting_level in (select level from ready) and offered_to is null and source = 'port'
      order by priority, presented_at limit ${HEAD_OF_QUEUES}
    )
    select exists (select from telephony.agent where territory = ${room.territory} and state = 'wrap-up' and wrap_until <= ${room.clock.now()}) as "wrapUpsDue",
      exists (select from telephony.command where territory = ${room.territory} and state = 'pending') as "commandsPending",
      coalesce((select jsonb_agg(to_jsonb(w)) from waiting w), '[]') as waiting,
      coalesce((select jsonb_agg(to_jsonb(r)) from ready r where exists (select from waiting)), '[]') as ready`));
  return {
    ...rest,
    waiting: waiting.map((call) => ({ ...call, presentedAt: Temporal.Instant.from(call.presentedAt) })),
    ready: ready.map((agent) => ({ ...agent, idleSince: Temporal.Instant.from(agent.idleSince) })),
  };
}

/**
 * One turn of the automatic distribution: gives waiting calls to available agents, and writes the commands that ring them.
 * Gives what was decided. A call or an agent that changed since the agenda was read is left to the next turn: several
 * processes may run turns at once.
 */
export async function distributeOnce(room: Room, { waiting, ready }: Pick<Agenda, 'waiting' | 'ready'>): Promise<Assignment[]> {
  const wanted = distribute(waiting, ready);
  if (wanted.length === 0) return [];
  const calls = new Map(waiting.map((call) => [call.callId, call]));
  return room.db.transaction(async (tx) => {
    const claimed = await claim(room, tx, wanted.map((one) => ({ ...one, version: calls.get(one.callId)!.version })));
    const given = wanted.filter(({ callId }) => claimed.has(callId));
    for (const { callId, agent, level } of given) {
      const { version, priority } = calls.get(callId)!;
      await postCommand(room, tx, { op: 'call.route', callId, target: { kind: 'agent', agent, level }, priority }, { expectVersion: version });
      await tell(room, tx, 'agent', { agentId: agent });
    }
    return given;
  });
}

/**
 * Offers calls to agents as far as both are still as they were seen. Calls are locked before agents, each in the order of
 * their ids: two transactions never wait for each other. Agents are marked as ringing before the phone system is told, so
 * that two calls never get the same one.
 */
async function claim(room: Room, tx: Transaction, wanted: readonly (Assignment & { readonly version: number })[]): Promise<Set<string>> {
  const now = room.clock.now();
  const rows = await tx.query<{ callId: string }>(prepared(sql`
    with wanted as (
      select * from unnest(${wanted.map(({ callId }) => callId)}::text[], ${wanted.map(({ version }) => version)}::int[], ${wanted.map(({ agent }) => agent)}::text[],
        ${wanted.map(({ level }) => level)}::text[]) as w (call_id, version, agent, level)
    ), held as materialized (
      select c.id from telephony.call c join wanted w on w.call_id = c.id
      where c.territory = ${room.territory} and c.offered_to is null and c.waiting_level = w.level and c.version = w.version
      order by c.id for update of c
    ), free as materialized (
      select a.account_id from telephony.agent a join wanted w on w.agent = a.account_id
      where a.territory = ${room.territory} and a.state = 'available' and a.level = w.level and w.call_id = any(array(select id from held))
      order by a.account_id for update of a
    ), pair as (
      select w.call_id, w.agent from wanted w join held h on h.id = w.call_id join free f on f.account_id = w.agent
    ), offered as (
      update telephony.call c set offered_to = p.agent, offered_at = ${now} from pair p
      where c.territory = ${room.territory} and c.id = p.call_id
    )
    update telephony.agent a set state = 'ringing', since = ${now}, call_id = p.call_id from pair p
    where a.territory = ${room.territory} and a.account_id = p.agent
    returning p.call_id as "callId"`));
  return new Set(rows.map(({ callId }) => callId));
}
