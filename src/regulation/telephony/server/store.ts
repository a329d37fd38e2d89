import sql, { empty, type Sql } from 'sql-template-tag';
import { prepared, type Queryable, type Transaction } from '../../../foundation/db/database.ts';
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

/** A call with all its events. */
export interface ToldCall {
  readonly row: CallRow;
  readonly events: readonly CallEvent[];
}

type StoredEvent = Omit<CallEvent, 'at'> & { readonly at: string };
type ToldRow = CallRow & { readonly events: readonly StoredEvent[]; readonly settled: boolean };

/**
 * Calls with their events, locked until the transaction ends, in one statement. Where a lock had to be waited for, the events
 * beside it are those of before: the row's version tells, and all is read again.
 */
export async function lockToldCalls(tx: Transaction, territory: string, ids: readonly string[]): Promise<ToldCall[]> {
  const rows = await tx.query<ToldRow>(prepared(sql`
    select ${columns}, c.xmin = (select s.xmin from telephony.call s where s.territory = c.territory and s.id = c.id) as settled,
      coalesce((select jsonb_agg(jsonb_build_object('eventId', e.event_id, 'at', e.at, 'version', e.version, 'type', e.type, 'details', e.details))
        from telephony.call_event e where e.territory = c.territory and e.call_id = c.id), '[]') as events
    from telephony.call c where territory = ${territory} and id = any(${[...ids]}) order by id for update of c`));
  if (rows.some(({ settled }) => !settled)) return lockToldCalls(tx, territory, ids);
  return rows.map(({ events, settled: _, ...row }) => ({ row, events: events.map((event) => ({ ...event, at: Temporal.Instant.from(event.at) })) }));
}

export const eventsOf = (db: Queryable, territory: string, callId: string): Promise<CallEvent[]> =>
  db.query<CallEvent>(sql`
    select event_id as "eventId", at, version, type, details from telephony.call_event
    where territory = ${territory} and call_id = ${callId}`);

/** Makes the row of a call never heard of before, locked; null when another transaction has just made it. */
export async function insertCall(tx: Transaction, territory: string, id: string, source: Source, at: Temporal.Instant, entry: Entry): Promise<CallRow | null> {
  return tx.maybeOne<CallRow>(sql`
    insert into telephony.call (territory, id, source, state, flow, entry_level, origin, priority, presented_at)
    values (${territory}, ${id}, ${source}, 'PRESENTE', ${entry.flow}, ${entry.entryLevel}, ${entry.origin}, ${entry.priority}, ${at})
    on conflict do nothing returning ${columns}`);
}

/** An event told of a call, as it is stored. */
export interface NewEvent {
  readonly callId: string;
  readonly event: CallEvent;
  /** Where it was in the phone system's stream. */
  readonly offset: number | null;
  /** Deduced, not told. */
  readonly inferred: boolean;
}

/** A call as its events tell it, with what the room alone knows of it. */
export interface SavedCall {
  readonly id: string;
  readonly facts: CallFacts;
  readonly entry: Entry;
  readonly priority: number;
  /** The agent whom it was offered to is no longer expected. */
  readonly offerOver: boolean;
}

/** Stores what calls have become: the events that say so, the calls, their legs, how far the stream was read; one statement. */
export async function saveTold(tx: Transaction, territory: string, told: readonly NewEvent[], calls: readonly SavedCall[], receivedAt: Temporal.Instant): Promise<void> {
  const events = told.map(({ callId, event: { eventId, at, version, type, details }, offset, inferred }) => ({
    event_id: eventId, call_id: callId, at, version, port_offset: offset, type, details, inferred,
  }));
  const legs = calls.flatMap(({ id, facts }) => facts.legs.map((leg) => ({
    call_id: id, leg: leg.leg, party: leg.party, agent: leg.agent, level: leg.level, queued_at: leg.queuedAt, rang_at: leg.rangAt,
    answered_at: leg.answeredAt, ended_at: leg.endedAt, held_ms: leg.heldMs, end_cause: leg.endCause,
  })));
  await tx.run(prepared(sql`
    with told as (
      insert into telephony.call_event (territory, event_id, call_id, at, version, port_offset, type, details, inferred, received_at)
      select ${territory}, event_id, call_id, at, version, port_offset, type, details, inferred, ${receivedAt}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e (event_id text, call_id text, at timestamptz, version int, port_offset bigint, type text, details jsonb, inferred boolean)
      returning port_offset
    ), reached as (
      update telephony.link set event_offset = greatest(event_offset, o.last) from (select max(port_offset) as last from told) o
      where territory = ${territory} and o.last is not null
    ), saved as (
      update telephony.call c set direction = n.direction, state = n.state, version = n.version, dnis = n.dnis, caller = n.caller,
        position = n.position, flow = n.flow, entry_level = n.entry_level, origin = n.origin, priority = n.priority,
        presented_at = n.presented_at, answered_at = n.answered_at, ended_at = n.ended_at, cause = n.cause,
        waiting_level = n.waiting_level, waiting_since = n.waiting_since, waiting_agent = n.waiting_agent, waiting_skill = n.waiting_skill,
        waiting_warm = n.waiting_warm, offered_to = case when n.offer_over then null else c.offered_to end
      from jsonb_to_recordset(${JSON.stringify(calls.map(callColumns))}::jsonb) as n (id text, direction text, state text, version int, dnis text, caller text,
        position jsonb, flow text, entry_level text, origin text, priority int, presented_at timestamptz, answered_at timestamptz,
        ended_at timestamptz, cause text, waiting_level text, waiting_since timestamptz, waiting_agent text, waiting_skill text,
        waiting_warm boolean, offer_over boolean)
      where c.territory = ${territory} and c.id = n.id
    ), legs as (
      select * from jsonb_to_recordset(${JSON.stringify(legs)}::jsonb) as l (call_id text, leg int, party text, agent text, level text, queued_at timestamptz,
        rang_at timestamptz, answered_at timestamptz, ended_at timestamptz, held_ms bigint, end_cause text)
    ), gone as (
      -- An event told late may show that there were fewer.
      delete from telephony.leg g where territory = ${territory} and call_id = any(${calls.map(({ id }) => id)})
        and not exists (select from legs l where l.call_id = g.call_id and l.leg = g.leg)
    )
    insert into telephony.leg (territory, call_id, leg, party, agent, level, queued_at, rang_at, answered_at, ended_at, held_ms, end_cause)
    select ${territory}, * from legs
    on conflict (territory, call_id, leg) do update set party = excluded.party, agent = excluded.agent, level = excluded.level,
      queued_at = excluded.queued_at, rang_at = excluded.rang_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at,
      held_ms = excluded.held_ms, end_cause = excluded.end_cause`));
}

const callColumns = ({ id, facts, entry, priority, offerOver }: SavedCall) => ({
  id, direction: facts.direction, state: facts.state, version: facts.version, dnis: facts.dnis, caller: facts.caller, position: facts.position,
  flow: entry.flow, entry_level: entry.entryLevel, origin: entry.origin, priority, presented_at: facts.presentedAt, answered_at: facts.answeredAt,
  ended_at: facts.endedAt, cause: facts.cause, waiting_level: facts.wait?.level, waiting_since: facts.wait?.since, waiting_agent: facts.wait?.agent,
  waiting_skill: facts.wait?.skill, waiting_warm: facts.wait?.warm ?? false, offer_over: offerOver,
});

interface LegRow extends Leg {
  readonly callId: string;
  readonly held: boolean;
  readonly agentName: string | null;
}

/** Calls as people read them. */
export async function viewCalls(db: Queryable, territory: string, rows: readonly CallRow[]): Promise<Call[]> {
  const legs = rows.length === 0 ? [] : await db.query<LegRow>(sql`
    select l.call_id as "callId", l.leg, l.party, l.agent, coalesce(a.name, l.agent) as "agentName", l.level, l.queued_at as "queuedAt",
      l.rang_at as "rangAt", l.answered_at as "answeredAt", l.ended_at as "endedAt", l.held_ms as "heldMs", l.end_cause as "endCause",
      l.ended_at is null and coalesce((
        select e.type = 'held' from telephony.call_event e
        where e.territory = l.territory and e.call_id = l.call_id and e.type in ('held', 'resumed')
          and coalesce(e.details->>'leg' = l.leg::text, e.details->>'agent' = l.agent)
        order by e.at desc, e.version desc limit 1), false) as held
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
      rangAt: text(leg.rangAt), answeredAt: text(leg.answeredAt), endedAt: text(leg.endedAt), heldSeconds: leg.heldMs / 1_000, endCause: leg.endCause, held: leg.held,
    })),
    waiting: row.waitingLevel && row.waitingSince && {
      level: row.waitingLevel, since: row.waitingSince.toString(), agent: row.waitingAgent, skill: row.waitingSkill, accompanied: row.waitingWarm,
    },
  };
}
