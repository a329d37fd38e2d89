import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { type Assignment, distribute, type ReadyAgent, type WaitingCall } from '../domain/distribution.ts';
import { postCommand } from './commands.ts';
import { type Room, tell } from './room.ts';

/** Calls looked at in one turn; those behind them wait for the next. */
const HEAD_OF_QUEUES = 200;

interface QueuedCall extends WaitingCall {
  readonly version: number;
}

/**
 * One turn of the automatic distribution: gives waiting calls to available agents, and writes the commands that ring them.
 * Calls and agents are claimed by row locks: several processes may run turns at once. Gives what was decided: nothing while the
 * room does not route, or cannot.
 */
export async function distributeOnce(room: Room): Promise<Assignment[]> {
  return room.db.transaction(async (tx) => {
    // Calls before agents, as everywhere: two transactions never wait for each other.
    const waiting = await tx.query<QueuedCall>(sql`
      select id as "callId", waiting_level as level, priority, presented_at as "presentedAt", waiting_skill as skill, version,
        (select account_id from telephony.agent a where a.territory = c.territory and a.account_id = c.waiting_agent and a.state <> 'offline') as agent
      from telephony.call c
      where territory = ${room.territory} and waiting_level is not null and offered_to is null and source = 'port'
        and waiting_level in (
          select a.level from telephony.agent a join telephony.link l on l.territory = a.territory and l.pilot and l.status = 'up'
          where a.territory = ${room.territory} and a.state = 'available')
      order by priority, presented_at limit ${HEAD_OF_QUEUES} for update of c`);
    if (waiting.length === 0) return [];
    const ready = await tx.query<ReadyAgent>(sql`
      select account_id as agent, level, skills, idle_since as "idleSince" from telephony.agent
      where territory = ${room.territory} and state = 'available' order by account_id for update`);
    const assignments = distribute(waiting, ready);
    const calls = new Map(waiting.map((call) => [call.callId, call]));
    if (assignments.length > 0) await offer(room, tx, assignments);
    for (const { callId, agent, level } of assignments) {
      const { version, priority } = calls.get(callId)!;
      await postCommand(room, tx, { op: 'call.route', callId, target: { kind: 'agent', agent, level }, priority }, { expectVersion: version });
      await tell(room, tx, 'agent', { agentId: agent });
    }
    return assignments;
  });
}

/** The agents are marked as ringing before the phone system is told: two calls never get the same one. */
async function offer(room: Room, tx: Transaction, assignments: readonly Assignment[]): Promise<void> {
  const calls = assignments.map(({ callId }) => callId);
  const agents = assignments.map(({ agent }) => agent);
  const now = room.clock.now();
  await tx.run(sql`
    with given as (select * from unnest(${calls}::text[], ${agents}::text[]) as g (call_id, agent)),
    offered as (
      update telephony.call c set offered_to = g.agent, offered_at = ${now} from given g
      where c.territory = ${room.territory} and c.id = g.call_id)
    update telephony.agent a set state = 'ringing', since = ${now}, call_id = g.call_id from given g
    where a.territory = ${room.territory} and a.account_id = g.agent`);
}
