import type { CallEvent, CallFacts } from './call.ts';
import type { Snapshot, SnapshotCall } from './port.ts';
import { isOver } from './states.ts';

export interface KnownCall {
  readonly callId: string;
  readonly facts: CallFacts;
}

export interface InferredEvent {
  readonly callId: string;
  readonly event: CallEvent;
}

/**
 * What must have happened for our calls to be as the phone system says they are, when it cannot tell its past again.
 * Every event given is marked as deduced by its id, the same each time it is deduced from the same snapshot.
 */
export function resyncEvents(known: readonly KnownCall[], snapshot: Snapshot): InferredEvent[] {
  const at = Temporal.Instant.from(snapshot.at);
  const there = new Map(snapshot.calls.map((call) => [call.callId, call]));
  const ours = new Map(known.map((call) => [call.callId, call.facts]));
  const infer = (callId: string, version: number, type: CallEvent['type'], when: Temporal.Instant, details: CallEvent['details']): InferredEvent => ({
    callId, event: { eventId: `resync:${callId}:${version}:${type}`, at: when, version, type, details },
  });

  const ended = known
    .filter(({ callId, facts }) => !isOver(facts.state) && (there.get(callId)?.state ?? 'ended') === 'ended')
    .map(({ callId, facts }) => infer(callId, facts.version + 1, 'ended', at, { cause: 'resync' }));

  const live = snapshot.calls.filter(({ state }) => state !== 'ended').flatMap((call) => {
    const facts = ours.get(call.callId) ?? null;
    return [
      ...(facts ? [] : [infer(call.callId, 1, 'presented', Temporal.Instant.from(call.presentedAt), presentedDetails(call))]),
      ...(isAnsweredThere(call) && !isAnsweredHere(facts, call)
        ? [infer(call.callId, call.version, 'answered', at, { agent: call.agent!, ...(call.level && { level: call.level }) })]
        : []),
    ];
  });
  return [...ended, ...live];
}

const presentedDetails = ({ direction, dnis, caller }: SnapshotCall): CallEvent['details'] => ({ direction, dnis, ...(caller && { caller }) });

const isAnsweredThere = ({ state, agent }: SnapshotCall): boolean => state === 'talking' && agent !== null;
const isAnsweredHere = (facts: CallFacts | null, { agent }: SnapshotCall): boolean =>
  facts?.legs.some((leg) => leg.agent === agent && leg.answeredAt !== null && leg.endedAt === null) ?? false;
