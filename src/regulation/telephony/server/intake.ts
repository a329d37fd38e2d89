import { type Transaction, violates } from '../../../foundation/db/database.ts';
import type { PhoneEvent } from '../contract.ts';
import { type CallEvent, type CallFacts, foldCall } from '../domain/call.ts';
import { type Configuration, type Entry, entryOf } from '../domain/configuration.ts';
import { type AgentEffect, agentEffects, brokeOff, callbackEffect } from '../domain/effects.ts';
import type { PortEvent } from '../domain/port.ts';
import { isOver, transitionCode } from '../domain/states.ts';
import { applyEffects, freeOffered, loseAgent, recoverAgent } from './agents-states.ts';
import { applyCallbackEffect, openBrokenCall } from './callbacks.ts';
import { readConfiguration } from './configuration.ts';
import { journal, type Room, tell } from './room.ts';
import { type CallRow, insertCall, lockToldCalls, type NewEvent, type SavedCall, saveTold, type Source, type ToldCall } from './store.ts';

/** A call of a dossier that is over: told in the transaction that records it. */
export interface EndedCall {
  readonly callId: string;
  readonly dossierId: string;
  readonly number: string | null;
  /** It broke off on a P0 or a P1: somebody must ring back, and the line of the list that asks for it. */
  readonly broken: boolean;
  readonly callbackId: string | null;
  readonly at: Temporal.Instant;
}

export interface IntakeHooks {
  readonly onCallEnded: (tx: Transaction, ended: EndedCall) => Promise<void>;
}

/** An event of the phone system as a call's event. */
export function fromPort({ eventId, at, version, type, offset: _, callId: __, ...details }: PortEvent): CallEvent {
  return { eventId, at: Temporal.Instant.from(at), version, type: type as CallEvent['type'], details };
}

/** An event pushed to the API: it bears no order of its own. */
export function fromApi({ eventId, at, type, callId: _, ...details }: PhoneEvent): CallEvent {
  return { eventId, at: Temporal.Instant.from(at), version: 0, type, details };
}

/** An event told of a call, and where it was in the phone system's stream. */
export interface Told {
  readonly callId: string;
  readonly event: CallEvent;
  readonly offset?: number;
}

/** What one event changes. */
interface Change {
  readonly row: CallRow;
  readonly event: CallEvent;
  readonly before: CallFacts | null;
  readonly after: CallFacts;
  readonly effects: readonly AgentEffect[];
  readonly offerOver: boolean;
}

/** A call while its new events are put at their place. */
interface Course {
  row: CallRow;
  readonly events: CallEvent[];
  offerOver: boolean;
}

/** Puts events at their place in their calls, and draws every consequence in the same transaction. */
export function createIntake(room: Room, hooks: IntakeHooks) {
  const { territory } = room;

  /** Records events in the order given; those that are known change nothing. Gives how many were not. */
  async function record(tx: Transaction, told: readonly Told[], source: Source, inferred = false): Promise<number> {
    const configuration = onceRead(() => readConfiguration(room, tx));
    const courses = await openCourses(tx, told, source, configuration);
    const fresh: NewEvent[] = [];
    const changes: Change[] = [];
    for (const { callId, event, offset = null } of told) {
      const course = courses.get(callId)!;
      if (course.events.some(({ eventId }) => eventId === event.eventId)) continue;
      fresh.push({ callId, event, offset, inferred });
      changes.push(follow(course, event, await entryFor(course.row, event, configuration)));
    }
    if (fresh.length === 0) return 0;
    await saveTold(tx, territory, fresh, savedCalls(changes, courses), room.clock.now());
    for (const change of changes) await drawConsequences(tx, change);
    return fresh.length;
  }

  /** The calls told of, locked, with their events; those never heard of are opened. */
  async function openCourses(tx: Transaction, told: readonly Told[], source: Source, configuration: ReadConfiguration): Promise<Map<string, Course>> {
    const courses = new Map<string, Course>();
    const take = ({ row, events }: ToldCall) => courses.set(row.id, { row, events: [...events], offerOver: false });
    const firsts = new Map(told.toReversed().map((one) => [one.callId, one]));
    for (const call of await lockToldCalls(tx, territory, [...firsts.keys()])) take(call);
    for (const callId of [...firsts.keys()].toSorted()) {
      if (courses.has(callId)) continue;
      const { event } = firsts.get(callId)!;
      const row = await insertCall(tx, territory, callId, source, event.at, entryOf(await configuration(), event.details.dnis ?? ''));
      take(row ? { row, events: [] } : (await lockToldCalls(tx, territory, [callId]))[0]!);
    }
    return courses;
  }

  /** Carries out in the room what an event changed in its call. */
  async function drawConsequences(tx: Transaction, { row, event, before, after, effects, offerOver }: Change): Promise<void> {
    await applyEffects(room, tx, row.id, effects);
    const settled = effects.some(({ agent, kind }) => agent === row.offeredTo && kind !== 'rings');
    if (offerOver && !settled) await freeOffered(room, tx, row.id, row.offeredTo!, event.at);
    // An outgoing call has its row, and its journal entry, before its first event.
    const former = before?.state ?? (row.direction === 'out' ? row.state : null);
    const changed = former !== after.state;
    if (changed) {
      await journal(room, tx, {
        at: event.at, objectType: 'call', objectId: row.id, event: transitionCode(former, after.state), from: former, to: after.state,
        payload: { agent: event.details.agent, level: event.details.level, cause: after.cause, dossierId: row.dossierId ?? undefined },
      });
    }
    await applyCallbackEffect(room, tx, row.id, after, callbackEffect(before, after));
    if (row.dossierId && changed && isOver(after.state)) {
      const broken = brokeOff(before, after, row.priority);
      const callbackId = broken ? await openBrokenCall(room, tx, row.id, after, row.dossierId) : null;
      await hooks.onCallEnded(tx, { callId: row.id, dossierId: row.dossierId, number: after.caller, broken, callbackId, at: after.endedAt! });
    }
    await tell(room, tx, 'call', { callId: row.id, ...(row.dossierId && { dossierId: row.dossierId }) });
    if (changed || effects.length > 0) await tell(room, tx, 'board');
  }

  return {
    /** Records events of calls in the caller's transaction. */
    record,

    /** Records an event pushed to the API. */
    async receive(event: PhoneEvent): Promise<{ duplicate: boolean }> {
      try {
        const fresh = await room.db.transaction((tx) => record(tx, [{ callId: event.callId, event: fromApi(event) }], 'api'));
        return { duplicate: fresh === 0 };
      } catch (error) {
        // Known already, of another call.
        if (violates(error, 'call_event_pkey')) return { duplicate: true };
        throw error;
      }
    },

    /** Records events of the port, in their order. Gives how many were recorded with their place in its stream. */
    async recordPort(tx: Transaction, events: readonly PortEvent[]): Promise<number> {
      let calls: Told[] = [];
      let recorded = 0;
      const recordCalls = async () => {
        if (calls.length > 0) recorded += await record(tx, calls, 'port');
        calls = [];
      };
      for (const event of events) {
        if (event.type !== 'agent-lost' && event.type !== 'agent-back') {
          calls.push({ callId: event.callId, event: fromPort(event), offset: event.offset });
          continue;
        }
        await recordCalls();
        await (event.type === 'agent-lost' ? loseAgent : recoverAgent)(room, tx, event.agent!, Temporal.Instant.from(event.at));
      }
      await recordCalls();
      return recorded;
    },
  };
}

/** Puts one more event in a call, and tells what it changes there. */
function follow(course: Course, event: CallEvent, entry: Entry): Change {
  const { row, events } = course;
  const before = foldCall(events, entry.entryLevel);
  events.push(event);
  const after = foldCall(events, entry.entryLevel)!;
  const effects = agentEffects(before, after);
  const offerOver = row.offeredTo !== null && (
    after.wait === null || (event.type === 'agent-failed' && event.details.agent === row.offeredTo) || effects.some(({ agent, kind }) => agent === row.offeredTo && kind === 'lost')
  );
  const priority = event.type === 'presented' && after.direction === 'in' && row.dossierId === null ? entry.priority : row.priority;
  course.offerOver ||= offerOver;
  course.row = {
    ...row, flow: entry.flow, entryLevel: entry.entryLevel, origin: entry.origin, priority: after.urgent ? 0 : priority, state: after.state,
    direction: after.direction, offeredTo: offerOver ? null : row.offeredTo,
  };
  return { row, event, before, after, effects, offerOver };
}

/** The calls that changed, as their last event leaves them. */
function savedCalls(changes: readonly Change[], courses: ReadonlyMap<string, Course>): SavedCall[] {
  const last = new Map(changes.map(({ row, after }) => [row.id, after]));
  return [...last].map(([id, facts]) => {
    const { row, offerOver } = courses.get(id)!;
    return { id, facts, entry: row, priority: row.priority, offerOver };
  });
}

type ReadConfiguration = () => Promise<Configuration>;

/** Most events need no configuration: it is read when first asked. */
function onceRead(read: ReadConfiguration): ReadConfiguration {
  let known: Promise<Configuration> | null = null;
  return () => (known ??= read());
}

export type Intake = ReturnType<typeof createIntake>;

/** The number called is known once `presented` came; until then the call is taken for one to N1. Later changes of the configuration do not move it. */
async function entryFor(row: CallRow, event: CallEvent, configuration: ReadConfiguration): Promise<Entry> {
  return event.type === 'presented' && event.details.direction !== 'out' ? entryOf(await configuration(), event.details.dnis ?? '') : row;
}
