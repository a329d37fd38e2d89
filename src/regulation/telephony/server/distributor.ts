import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { type Assignment, distribute, type ReadyAgent, type WaitingCall } from '../domain/distribution.ts';
import { endWrapUps } from './agents-states.ts';
import { postCommand } from './commands.ts';
import { readLink } from './link-state.ts';
import { type Room, tell } from './room.ts';

/** Calls looked at in one turn; those behind them wait for the next. */
const HEAD_OF_QUEUES = 200;

interface QueuedCall extends WaitingCall {
  readonly version: number;
}

/**
 * One turn of the automatic distribution: gives waiting calls to available agents, and writes the commands that ring them.
 * Calls and agents are claimed by row locks: several processes may run turns at once. Gives what was decided.
 */
export async function distributeOnce(room: Room): Promise<Assignment[]> {
  return room.db.transaction(async (tx) => {
    await endWrapUps(room, tx);
    const link = await readLink(room, tx);
    if (!link.pilot || link.status === 'down') return [];
    if (!(await worthLooking(room, tx))) return [];
    // Calls before agents, as everywhere: two transactions never wait for each other.
    const waiting = await tx.query<QueuedCall>(sql`
      select id as "callId", waiting_level as level, priority, presented_at as "presentedAt", waiting_skill as skill, version,
        (select account_id from telephony.agent a where a.territory = c.territory and a.account_id = c.waiting_agent and a.state <> 'offline') as agent
      from telephony.call c
      where territory = ${room.territory} and waiting_level is not null and offered_to is null and source = 'port'
        and waiting_level in (select level from telephony.agent a where a.territory = ${room.territory} and a.state = 'available')
      order by priority, presented_at limit ${HEAD_OF_QUEUES} for update of c`);
    const ready = await tx.query<ReadyAgent>(sql`
      select account_id as agent, level, skills, idle_since as "idleSince" from telephony.agent
      where territory = ${room.territory} and state = 'available' order by account_id for update`);
    const assignments = distribute(waiting, ready);
    const calls = new Map(waiting.map((call) => [call.callId, call]));
    for (const assignment of assignments) await offer(room, tx, assignment, calls.get(assignment.callId)!);
    return assignments;
  });
}

async function worthLooking(room: Room, tx: Transaction): Promise<boolean> {
  const { some } = await tx.one<{ some: boolean }>(sql`
    select exists (
      select from telephony.agent a where a.territory = ${room.territory} and a.state = 'available' and exists (
        select from telephony.call c where c.territory = a.territory and c.waiting_level = a.level and c.offered_to is null)
    ) as some`);
  return some;
}

/** The agent is marked as ringing before the phone system is told: two calls never get the same one. */
async function offer(room: Room, tx: Transaction, { callId, agent, level }: Assignment, { version, priority }: QueuedCall): Promise<void> {
  const now = room.clock.now();
  await tx.run(sql`
    update telephony.call set offered_to = ${agent}, offered_at = ${now} where territory = ${room.territory} and id = ${callId}`);
  await tx.run(sql`
    update telephony.agent set state = 'ringing', since = ${now}, call_id = ${callId} where territory = ${room.territory} and account_id = ${agent}`);
  await postCommand(room, tx, { op: 'call.route', callId, target: { kind: 'agent', agent, level }, priority }, { expectVersion: version });
  await tell(room, tx, 'agent', { agentId: agent });
}
