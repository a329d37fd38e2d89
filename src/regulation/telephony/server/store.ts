import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Queryable, Transaction } from '../../../foundation/db/database.ts';
import type { Call, CallState, FlowKind, Level } from '../contract.ts';
import type { CallEvent, CallFacts, Leg } from '../domain/call.ts';
import type { Entry } from '../domain/configuration.ts';
import type { Position } from '../domain/port.ts';

export type Source = 'port' | 'api';

export interface CallRow {
  readonly id: string;
  readonly source: Source;
  readonly direction: 'in' | 'out';
  readonly state: CallState;
  readonly version: number;
  readonly flow: FlowKind;
  readonly entryLevel: Level;
  readonly origin: string;
  readonly dnis: string;
  readonly caller: string | null;
  readonly position: Position | null;
  readonly priority: number;
  readonly presentedAt: Temporal.Instant;
  readonly answeredAt: Temporal.Instant | null;
  readonly endedAt: Temporal.Instant | null;
  readonly cause: string | null;
  readonly dossierId: string | null;
  readonly waitingLevel: Level | null;
  readonly waitingSince: Temporal.Instant | null;
  readonly waitingAgent: string | null;
  readonly waitingSkill: string | null;
  readonly waitingWarm: boolean;
  readonly offeredTo: string | null;
}

const columns = sql`id, source, direction, state, version, flow, entry_level as "entryLevel", origin, dnis, caller, position, priority,
  presented_at as "presentedAt", answered_at as "answeredAt", ended_at as "endedAt", cause, dossier_id as "dossierId",
  waiting_level as "waitingLevel", waiting_since as "waitingSince", waiting_agent as "waitingAgent", waiting_skill as "waitingSkill",
  waiting_warm as "waitingWarm", offered_to as "offeredTo"`;

/** Calls that fit, `tail` ordering or locking them. */
export const selectCalls = (db: Queryable, territory: string, where: Sql, tail: Sql = empty): Promise<CallRow[]> =>
  db.query<CallRow>(sql`select ${columns} from telephony.call where territory = ${territory} and ${where} ${tail}`);

/** The row of a call, locked until the transaction ends; null when it is not known. */
export const lockCall = async (tx: Transaction, territory: string, id: string): Promise<CallRow | null> =>
  (await selectCalls(tx, territory, sql`id = ${id}`, sql`for update`))[0] ?? null;

/** Stores an event. False when it was known already. */
export async function insertEvent(
  tx: Transaction, territory: string, callId: string, event: CallEvent, more: { receivedAt: Temporal.Instant; inferred: boolean; offset: number | null },
): Promise<boolean> {
  const count = await tx.run(sql`
    insert into telephony.call_event (territory, event_id, call_id, at, version, port_offset, type, details, inferred, received_at)
    values (${territory}, ${event.eventId}, ${callId}, ${event.at}, ${event.version}, ${more.offset}, ${event.type}, ${JSON.stringify(event.details)},
      ${more.inferred}, ${more.receivedAt})
    on conflict do nothing`);
  return count === 1;
}

export const eventsOf = (db: Queryable, territory: string, callId: string): Promise<CallEvent[]> =>
  db.query<CallEvent>(sql`
    select event_id as "eventId", at, version, type, details from telephony.call_event
    where territory = ${territory} and call_id = ${callId}`);

/** Makes the row of a call never heard of before, so that it can be locked. */
export async function insertCall(tx: Transaction, territory: string, id: string, source: Source, at: Temporal.Instant, entry: Entry): Promise<void> {
  await tx.run(sql`
    insert into telephony.call (territory, id, source, state, flow, entry_level, origin, priority, presented_at)
    values (${territory}, ${id}, ${source}, 'PRESENTE', ${entry.flow}, ${entry.entryLevel}, ${entry.origin}, ${entry.priority}, ${at})
    on conflict do nothing`);
}

/** What the room knows of a call besides its events. */
export interface RoomFacts {
  readonly entry: Entry;
  readonly priority: number;
  readonly offeredTo: string | null;
  /** Legs written before: an event told late may show that there were fewer. */
  readonly formerLegs: number;
}

/** Writes a call as its events tell it, and its legs. */
export async function saveCall(tx: Transaction, territory: string, id: string, facts: CallFacts, room: RoomFacts): Promise<void> {
  const { wait } = facts;
  await tx.run(sql`
    update telephony.call set direction = ${facts.direction}, state = ${facts.state}, version = ${facts.version}, dnis = ${facts.dnis},
      caller = ${facts.caller}, position = ${facts.position && JSON.stringify(facts.position)}, flow = ${room.entry.flow},
      entry_level = ${room.entry.entryLevel}, origin = ${room.entry.origin}, priority = ${room.priority},
      presented_at = ${facts.presentedAt}, answered_at = ${facts.answeredAt}, ended_at = ${facts.endedAt}, cause = ${facts.cause},
      waiting_level = ${wait?.level ?? null}, waiting_since = ${wait?.since ?? null}, waiting_agent = ${wait?.agent ?? null},
      waiting_skill = ${wait?.skill ?? null}, waiting_warm = ${wait?.warm ?? false}, offered_to = ${room.offeredTo}
    where territory = ${territory} and id = ${id}`);
  if (facts.legs.length < room.formerLegs) {
    await tx.run(sql`
      delete from telephony.leg where territory = ${territory} and call_id = ${id} and leg <> all(${facts.legs.map(({ leg }) => leg)}::int[])`);
  }
  if (facts.legs.length > 0) await saveLegs(tx, territory, id, facts.legs);
}

async function saveLegs(tx: Transaction, territory: string, callId: string, legs: readonly Leg[]): Promise<void> {
  const rows = legs.map((leg) => sql`(${territory}, ${callId}, ${leg.leg}, ${leg.party}, ${leg.agent}, ${leg.level}, ${leg.queuedAt}::timestamptz,
    ${leg.rangAt}::timestamptz, ${leg.answeredAt}::timestamptz, ${leg.endedAt}::timestamptz, ${leg.heldMs}::bigint, ${leg.endCause})`);
  await tx.run(sql`
    insert into telephony.leg (territory, call_id, leg, party, agent, level, queued_at, rang_at, answered_at, ended_at, held_ms, end_cause)
    values ${join(rows)}
    on conflict (territory, call_id, leg) do update set party = excluded.party, agent = excluded.agent, level = excluded.level,
      queued_at = excluded.queued_at, rang_at = excluded.rang_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at,
      held_ms = excluded.held_ms, end_cause = excluded.end_cause`);
}

interface LegRow extends Leg {
  readonly callId: string;
  readonly agentName: string | null;
}

/** Calls as people read them. */
export async function viewCalls(db: Queryable, territory: string, rows: readonly CallRow[]): Promise<Call[]> {
  const legs = rows.length === 0 ? [] : await db.query<LegRow>(sql`
    select l.call_id as "callId", l.leg, l.party, l.agent, coalesce(a.name, l.agent) as "agentName", l.level, l.queued_at as "queuedAt",
      l.rang_at as "rangAt", l.answered_at as "answeredAt", l.ended_at as "endedAt", l.held_ms as "heldMs", l.end_cause as "endCause"
    from telephony.leg l left join telephony.agent a on a.territory = l.territory and a.account_id = l.agent
    where l.territory = ${territory} and l.call_id = any(${rows.map(({ id }) => id)}) order by l.leg`);
  const byCall = Map.groupBy(legs, ({ callId }) => callId);
  return rows.map((row) => viewCall(row, byCall.get(row.id) ?? []));
}

const text = (instant: Temporal.Instant | null): string | null => instant?.toString() ?? null;

function viewCall(row: CallRow, legs: readonly LegRow[]): Call {
  const present = legs.findLast((leg) => leg.party === 'agent' && leg.answeredAt && !leg.endedAt);
  return {
    id: row.id, state: row.state, flow: row.flow, dnis: row.dnis, origin: row.origin, caller: row.caller, position: row.position,
    level: row.waitingLevel && !row.waitingWarm ? row.waitingLevel : (present?.level ?? legs.findLast(({ level }) => level)?.level ?? row.entryLevel),
    priority: row.priority, presentedAt: row.presentedAt.toString(), answeredAt: text(row.answeredAt), endedAt: text(row.endedAt),
    cause: row.cause, dossierId: row.dossierId, agent: present?.agent ?? null, callback: row.direction === 'out',
    legs: legs.map((leg) => ({
      leg: leg.leg, agent: leg.agent, agentName: leg.agentName, level: leg.level, party: leg.party, queuedAt: text(leg.queuedAt),
      rangAt: text(leg.rangAt), answeredAt: text(leg.answeredAt), endedAt: text(leg.endedAt), heldSeconds: leg.heldMs / 1_000, endCause: leg.endCause,
    })),
    waiting: row.waitingLevel && row.waitingSince && {
      level: row.waitingLevel, since: row.waitingSince.toString(), agent: row.waitingAgent, skill: row.waitingSkill, accompanied: row.waitingWarm,
    },
  };
}
