import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { prepared, type Transaction } from '../../../foundation/db/database.ts';
import type { Command, CommandAck, CommandBody, TelephonyPort } from '../domain/port.ts';
import { journal, type Room, SYSTEM, tell } from './room.ts';

/** A route that the phone system did not get in time is not made any more: the call is offered again. */
const ROUTE_LIFE_SECONDS = 20;
const LANES_AT_ONCE = 16;

interface CommandRow {
  readonly id: string;
  readonly seq: number;
  readonly body: Command;
}

interface Wish {
  readonly by?: string;
  readonly expectVersion?: number;
}

const insertCommand = sql`insert into telephony.command (territory, id, lane, body, created_at, created_by)`;

/** Writes a command with the commit of the change that causes it. Gives its id. */
export async function postCommand(room: Room, tx: Transaction, body: CommandBody, { by = SYSTEM, expectVersion }: Wish = {}): Promise<string> {
  const now = room.clock.now();
  const commandId = randomUUID();
  const command: Command = {
    ...body, commandId, issuedAt: now.toString(),
    ...(expectVersion !== undefined && { expect: { version: expectVersion } }),
    ...(body.op === 'call.route' && { expires: now.add({ seconds: ROUTE_LIFE_SECONDS }).toString() }),
  };
  const lane = body.op === 'agent.set' ? `agent:${body.agent}` : `call:${body.callId}`;
  tx.beforeCommit(insertCommand, sql`(${room.territory}, ${commandId}, ${lane}, ${JSON.stringify(command)}, ${now}, ${by})`);
  return commandId;
}

/**
 * Sends the pending commands, lanes side by side, in order inside a lane, while the link is up. A command taken by a process
 * that dies is sent again by another: the phone system gives the first outcome. Stops when it cannot be told.
 */
export async function sendCommands(room: Room, port: TelephonyPort): Promise<void> {
  while (await sendSome(room, port)) { /* until nothing is left */ }
}

/** True when more may be waiting. */
async function sendSome(room: Room, port: TelephonyPort): Promise<boolean> {
  return room.db.transaction(async (tx) => {
    const rows = await tx.query<CommandRow & { more: boolean }>(prepared(sql`
      select id, seq, body, exists (
        select from telephony.command n where n.territory = c.territory and n.lane = c.lane and n.seq > c.seq and n.state = 'pending') as more
      from telephony.command c
      where territory = ${room.territory} and state = 'pending' and not exists (
        select from telephony.command p where p.territory = c.territory and p.lane = c.lane and p.seq < c.seq and p.state = 'pending')
        and exists (select from telephony.link l where l.territory = c.territory and l.status = 'up')
      order by seq limit ${LANES_AT_ONCE} for update of c skip locked`));
    const answers = await Promise.all(rows.map(async (row) => ({ row, ack: await execute(room, port, row) })));
    const taken = answers.flatMap(({ row, ack }) => (ack ? [{ row, ...outcomeIn(ack) }] : []));
    await settle(room, tx, taken);
    return taken.length > 0 && taken.length === rows.length && (rows.length === LANES_AT_ONCE || rows.some(({ more }) => more));
  });
}

async function execute(room: Room, port: TelephonyPort, { id, body }: CommandRow): Promise<CommandAck | null> {
  return port.execute(body).catch((error: unknown) => {
    room.log.warn({ err: error, command: id }, 'the phone system did not take a command, will try again');
    return null;
  });
}

const outcomeIn = (ack: CommandAck) => ({ outcome: ack.outcome === 'duplicate' ? ack.first : ack.outcome, reason: 'reason' in ack ? (ack.reason ?? null) : null });

interface Settled {
  readonly row: CommandRow;
  readonly outcome: 'accepted' | 'rejected';
  readonly reason: string | null;
}

async function settle(room: Room, tx: Transaction, taken: readonly Settled[]): Promise<void> {
  if (taken.length === 0) return;
  await tx.run(prepared(sql`
    update telephony.command c set state = o.state, reason = o.reason, done_at = ${room.clock.now()}
    from unnest(${taken.map(({ row }) => row.seq)}::bigint[], ${taken.map(({ outcome }) => outcome)}::text[], ${taken.map(({ reason }) => reason)}::text[]) as o (seq, state, reason)
    where c.territory = ${room.territory} and c.seq = o.seq`));
  for (const { row, outcome, reason } of taken) if (outcome === 'rejected') await refused(room, tx, row.body, reason);
}

async function refused(room: Room, tx: Transaction, body: Command, reason: string | null): Promise<void> {
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
