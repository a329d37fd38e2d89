import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import type { Command, CommandAck, CommandBody, TelephonyPort } from '../domain/port.ts';
import { readLink } from './link-state.ts';
import { journal, type Room, SYSTEM, tell } from './room.ts';

/** A route that the phone system did not get in time is not made any more: the call is offered again. */
const ROUTE_LIFE_SECONDS = 20;

interface CommandRow {
  readonly id: string;
  readonly seq: number;
  readonly body: Command;
}

interface Wish {
  readonly by?: string;
  readonly expectVersion?: number;
}

/** Writes a command in the transaction of the change that causes it. Gives its id. */
export async function postCommand(room: Room, tx: Transaction, body: CommandBody, { by = SYSTEM, expectVersion }: Wish = {}): Promise<string> {
  const now = room.clock.now();
  const commandId = randomUUID();
  const command: Command = {
    ...body, commandId, issuedAt: now.toString(),
    ...(expectVersion !== undefined && { expect: { version: expectVersion } }),
    ...(body.op === 'call.route' && { expires: now.add({ seconds: ROUTE_LIFE_SECONDS }).toString() }),
  };
  const lane = body.op === 'agent.set' ? `agent:${body.agent}` : `call:${body.callId}`;
  await tx.run(sql`
    insert into telephony.command (territory, id, lane, body, created_at, created_by)
    values (${room.territory}, ${commandId}, ${lane}, ${JSON.stringify(command)}, ${now}, ${by})`);
  return commandId;
}

/**
 * Sends the pending commands, in order inside a lane. A command taken by a process that dies is sent again by another: the
 * phone system gives the first outcome. Stops at the first one that the phone system cannot be told.
 */
export async function sendCommands(room: Room, port: TelephonyPort): Promise<number> {
  if ((await readLink(room, room.db)).status === 'down') return 0;
  let sent = 0;
  while (await sendOne(room, port)) sent++;
  return sent;
}

async function sendOne(room: Room, port: TelephonyPort): Promise<boolean> {
  return room.db.transaction(async (tx) => {
    const row = await tx.maybeOne<CommandRow>(sql`
      select id, seq, body from telephony.command c
      where territory = ${room.territory} and state = 'pending' and not exists (
        select from telephony.command p where p.territory = c.territory and p.lane = c.lane and p.seq < c.seq and p.state = 'pending')
      order by seq limit 1 for update skip locked`);
    if (!row) return false;
    const ack = await port.execute(row.body).catch((error: unknown) => {
      room.log.warn({ err: error, command: row.id }, 'the phone system did not take a command, will try again');
      return null;
    });
    if (ack === null) return false;
    await settle(room, tx, row, ack);
    return true;
  });
}

async function settle(room: Room, tx: Transaction, { seq, body }: CommandRow, ack: CommandAck): Promise<void> {
  const outcome = ack.outcome === 'duplicate' ? ack.first : ack.outcome;
  const reason = 'reason' in ack ? (ack.reason ?? null) : null;
  await tx.run(sql`
    update telephony.command set state = ${outcome}, reason = ${reason}, done_at = ${room.clock.now()} where territory = ${room.territory} and seq = ${seq}`);
  if (outcome === 'accepted') return;
  const callId = 'callId' in body ? body.callId : null;
  await journal(room, tx, {
    objectType: callId ? 'call' : 'agent', objectId: callId ?? (body.op === 'agent.set' ? body.agent : ''), event: 'command-rejected', payload: { op: body.op, reason },
  });
  if (body.op === 'call.route' && body.target.kind === 'agent') await takeBackOffer(room, tx, body.callId, body.target.agent, reason ?? '');
  if (body.op === 'call.originate') {
    await tx.run(sql`
      update telephony.call set state = 'TERMINE', ended_at = ${room.clock.now()}, cause = ${reason} where territory = ${room.territory} and id = ${body.callId}`);
    await takeBackOffer(room, tx, body.callId, body.agent, reason ?? '');
  }
}

/** The call keeps its place in the queue; an agent whose phone refuses is not given others before saying so. */
async function takeBackOffer(room: Room, tx: Transaction, callId: string, agent: string, reason: string): Promise<void> {
  await tx.run(sql`
    update telephony.call set offered_to = null where territory = ${room.territory} and id = ${callId} and offered_to = ${agent}`);
  const atFault = reason.startsWith('agent-');
  await tx.run(sql`
    update telephony.agent set state = case when ${atFault}::boolean then 'pause' else coalesce(after_call, 'available') end, after_call = null, call_id = null,
      since = ${room.clock.now()}, pause_reason = case when ${atFault}::boolean then 'Poste refusé par la téléphonie' end
    where territory = ${room.territory} and account_id = ${agent} and call_id = ${callId} and state = 'ringing'`);
  await tell(room, tx, 'agent', { agentId: agent });
}

/** What the phone system answered to a command; null while it is not sent. */
export const outcomeOf = async (room: Room, commandId: string): Promise<{ state: 'accepted' | 'rejected'; reason: string | null } | null> => {
  const row = await room.db.one<{ state: 'pending' | 'accepted' | 'rejected'; reason: string | null }>(sql`
    select state, reason from telephony.command where territory = ${room.territory} and id = ${commandId}`);
  return row.state === 'pending' ? null : { state: row.state, reason: row.reason };
};
