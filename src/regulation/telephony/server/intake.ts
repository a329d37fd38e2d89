import type { Transaction } from '../../../foundation/db/database.ts';
import type { PhoneEvent } from '../contract.ts';
import { type CallEvent, type CallFacts, foldCall } from '../domain/call.ts';
import { type Configuration, type Entry, entryOf } from '../domain/configuration.ts';
import { agentEffects, brokeOff, callbackEffect } from '../domain/effects.ts';
import type { PortEvent } from '../domain/port.ts';
import { isOver, transitionCode } from '../domain/states.ts';
import { applyEffects, freeOffered, loseAgent, recoverAgent } from './agents-states.ts';
import { applyCallbackEffect, openBrokenCall } from './callbacks.ts';
import { readConfiguration } from './configuration.ts';
import { journal, type Room, tell } from './room.ts';
import { type CallRow, eventsOf, insertCall, insertEvent, lockCall, saveCall, type Source } from './store.ts';

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

/** Puts events at their place in their call, and draws every consequence in the same transaction. */
export function createIntake(room: Room, hooks: IntakeHooks) {
  /** False when the event was known. */
  async function record(tx: Transaction, callId: string, event: CallEvent, source: Source, { inferred = false, offset = null as number | null } = {}): Promise<boolean> {
    const receivedAt = room.clock.now();
    if (!(await insertEvent(tx, room.territory, callId, event, { receivedAt, inferred, offset }))) return false;
    const configuration = onceRead(() => readConfiguration(room, tx));
    const row = await openCall(tx, callId, event, source, configuration);
    const events = await eventsOf(tx, room.territory, callId);
    const entry = await entryFor(row, event, configuration);
    const before = foldCall(events.filter(({ eventId }) => eventId !== event.eventId), entry.entryLevel);
    const after = foldCall(events, entry.entryLevel)!;
    await save(tx, row, entry, { before, after, event, configuration });
    return true;
  }

  async function openCall(tx: Transaction, callId: string, event: CallEvent, source: Source, configuration: ReadConfiguration): Promise<CallRow> {
    const known = await lockCall(tx, room.territory, callId);
    if (known) return known;
    await insertCall(tx, room.territory, callId, source, event.at, entryOf(await configuration(), event.details.dnis ?? ''));
    return (await lockCall(tx, room.territory, callId))!;
  }

  interface Change {
    readonly before: CallFacts | null;
    readonly after: CallFacts;
    readonly event: CallEvent;
    readonly configuration: ReadConfiguration;
  }

  async function save(tx: Transaction, row: CallRow, entry: Entry, { before, after, event, configuration }: Change): Promise<void> {
    const effects = agentEffects(before, after);
    const offerOver = row.offeredTo !== null && (
      after.wait === null || (event.type === 'agent-failed' && event.details.agent === row.offeredTo) || effects.some(({ agent, kind }) => agent === row.offeredTo && kind === 'lost')
    );
    // An outgoing call has its row, and its journal entry, before its first event.
    const former = before?.state ?? (row.direction === 'out' ? row.state : null);
    const changed = former !== after.state;
    const priority = event.type === 'presented' && after.direction === 'in' && row.dossierId === null ? entry.priority : row.priority;
    await saveCall(tx, room.territory, row.id, after, {
      entry, priority: after.urgent ? 0 : priority, offeredTo: offerOver ? null : row.offeredTo, formerLegs: before?.legs.length ?? 0,
    });
    await applyEffects(room, tx, row.id, effects, configuration);
    if (offerOver) await freeOffered(room, tx, row.id, row.offeredTo!, event.at);
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
    /** Records an event of one call. False when it was known: nothing changed. */
    record,

    /** Records an event pushed to the API. */
    receive: async (event: PhoneEvent): Promise<{ duplicate: boolean }> => {
      const known = await room.db.transaction(async (tx) => !(await record(tx, event.callId, fromApi(event), 'api')));
      return { duplicate: known };
    },

    /** Records an event of the port. */
    async recordPort(tx: Transaction, event: PortEvent): Promise<void> {
      const at = Temporal.Instant.from(event.at);
      if (event.type === 'agent-lost') return loseAgent(room, tx, event.agent!, at);
      if (event.type === 'agent-back') return recoverAgent(room, tx, event.agent!, at);
      await record(tx, event.callId, fromPort(event), 'port', { offset: event.offset });
    },
  };
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
  if (event.type === 'presented' && event.details.direction !== 'out') return entryOf(await configuration(), event.details.dnis ?? '');
  return { flow: row.flow, entryLevel: row.entryLevel, origin: row.origin, priority: row.priority };
}

