import type { CallState, Level } from '../contract.ts';
import type { EventDetails, PortEventType, Position } from './port.ts';
import { abandonState, talkingState, waitingState } from './states.ts';

/** Something told of one call. `version` is 0 when the phone system gives no order. */
export interface CallEvent {
  readonly eventId: string;
  readonly at: Temporal.Instant;
  readonly version: number;
  readonly type: Exclude<PortEventType, 'agent-lost' | 'agent-back'>;
  readonly details: EventDetails;
}

/** One person in a call, besides the caller: somebody of the room (`party` is `agent`) or somebody added. */
export interface Leg {
  readonly leg: number;
  readonly party: string;
  readonly agent: string | null;
  readonly level: Level | null;
  readonly queuedAt: Temporal.Instant | null;
  readonly rangAt: Temporal.Instant | null;
  readonly answeredAt: Temporal.Instant | null;
  readonly endedAt: Temporal.Instant | null;
  readonly heldMs: number;
  readonly heldSince: Temporal.Instant | null;
  readonly endCause: string | null;
}

export interface Wait {
  readonly level: Level;
  readonly since: Temporal.Instant;
  /** Wanted by name; null: whoever of the level. */
  readonly agent: string | null;
  readonly skill: string | null;
  /** Accompanied transfer: the caller is in conversation meanwhile. */
  readonly warm: boolean;
}

/** A call as its events tell it: one identity, whatever the transfers (TEL-14). */
export interface CallFacts {
  readonly state: CallState;
  readonly direction: 'in' | 'out';
  readonly dnis: string;
  readonly caller: string | null;
  readonly position: Position | null;
  readonly presentedAt: Temporal.Instant;
  /** First answer by somebody of the room; a pickup by the system is no answer. */
  readonly answeredAt: Temporal.Instant | null;
  readonly endedAt: Temporal.Instant | null;
  readonly cause: string | null;
  readonly wait: Wait | null;
  readonly legs: readonly Leg[];
  readonly version: number;
  /** An agent was lost in conversation and the caller is still there: it goes before all others. */
  readonly urgent: boolean;
}

const RANK: readonly CallEvent['type'][] = [
  'presented', 'queued', 'ringing', 'agent-failed', 'answered', 'held', 'resumed', 'transferred', 'party-added', 'conference', 'party-left',
  'overflowed', 'abandoned', 'ended',
];

/** The order of events inside a call: their instants; at the same instant, the phone system's order, then what must come first. */
export const compareEvents = (a: CallEvent, b: CallEvent): number =>
  Temporal.Instant.compare(a.at, b.at) || a.version - b.version || RANK.indexOf(a.type) - RANK.indexOf(b.type) ||
  (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0);

export const isTalking = (leg: Leg): boolean => leg.answeredAt !== null && leg.endedAt === null;
export const isRinging = (leg: Leg): boolean => leg.answeredAt === null && leg.endedAt === null;
export const isAgentLeg = (leg: Leg): boolean => leg.party === 'agent';

/** A call from its events, in whatever order they are given; null when there is none. `entryLevel`: the queue of its number. */
export function foldCall(events: readonly CallEvent[], entryLevel: Level): CallFacts | null {
  const ordered = events.toSorted(compareEvents);
  const first = ordered[0];
  if (!first) return null;
  const presented = ordered.find(({ type }) => type === 'presented') ?? first;
  const call = new CallBuilder(presented, entryLevel);
  for (const event of ordered) call.apply(event);
  return call.facts(Math.max(...ordered.map(({ version }) => version)));
}

type Changeable<T> = { -readonly [Key in keyof T]: T[Key] };

class CallBuilder {
  readonly #presented: CallEvent;
  readonly #legs: Changeable<Leg>[] = [];
  #wait: Wait | null;
  #answeredAt: Temporal.Instant | null = null;
  #over: { state: CallState; at: Temporal.Instant; cause: string | null } | null = null;
  #conference = false;
  #urgent = false;

  constructor(presented: CallEvent, entryLevel: Level) {
    this.#presented = presented;
    this.#wait = presented.details.direction === 'out'
      ? null
      : { level: entryLevel, since: presented.at, agent: null, skill: null, warm: false };
  }

  apply(event: CallEvent): void {
    // A phone system may tell more of a call that is over (a leg released late): the first end stands.
    if (this.#over) return;
    const { at, details } = event;
    switch (event.type) {
      case 'presented': return;
      case 'queued': return this.#queue(details, at);
      case 'ringing': return void this.#open(details, { rangAt: at });
      case 'answered': return this.#answer(event);
      case 'agent-failed': return this.#close(this.#find(details, isRinging), at, details.cause ?? 'no-answer');
      case 'transferred': return this.#transfer(event);
      case 'held': return this.#hold(details, at);
      case 'resumed': return this.#resume(this.#find(details, isTalking), at);
      case 'party-added':
      case 'conference': return this.#join(event);
      case 'party-left': return this.#leave(details, at);
      case 'overflowed': return this.#end('DEBORDE', at, details.target ?? details.cause ?? null);
      case 'abandoned':
      case 'ended': return this.#finish(event);
    }
  }

  facts(version: number): CallFacts {
    const { at, details } = this.#presented;
    return {
      state: this.#state(), direction: details.direction ?? 'in', dnis: details.dnis ?? '', caller: details.caller ?? null,
      position: details.position ?? null, presentedAt: at, answeredAt: this.#answeredAt, endedAt: this.#over?.at ?? null,
      cause: this.#over?.cause ?? null, wait: this.#over ? null : this.#wait, legs: this.#legs, version, urgent: this.#urgent && !this.#over,
    };
  }

  #state(): CallState {
    if (this.#over) return this.#over.state;
    if (this.#presented.details.direction === 'out') return 'RAPPEL';
    const talking = this.#legs.filter(isTalking);
    const last = talking.findLast((leg) => isAgentLeg(leg) && leg.level);
    if (last && talking.length > 1 && (this.#conference || talking.some((leg) => !isAgentLeg(leg)))) return 'CONFERENCE';
    if (last) return talkingState(last.level!);
    return waitingState(this.#wait?.level ?? this.#lastLevel(), this.#answeredAt !== null);
  }

  #queue(details: EventDetails, at: Temporal.Instant): void {
    if (this.#presented.details.direction === 'out') return;
    const level = details.level ?? this.#wait?.level ?? this.#lastLevel();
    // Put back in its queue, a call keeps its place: the instant of its first entry.
    const since = this.#wait?.level === level ? this.#wait.since : at;
    this.#wait = { level, since, agent: details.target ?? null, skill: details.skill ?? this.#wait?.skill ?? null, warm: this.#wait?.warm ?? false };
  }

  #answer({ at, version, details }: CallEvent): void {
    const leg = this.#open(details, {});
    if (leg.answeredAt) return;
    if (version === 0 && leg.party === 'agent' && !this.#conference) {
      // A phone system without order tells the answer, not that the one before left.
      for (const other of this.#legs.filter((one) => one !== leg && isAgentLeg(one) && isTalking(one))) this.#close(other, at, 'transferred');
    }
    leg.answeredAt = at;
    if (leg.party !== 'agent') return;
    this.#answeredAt ??= at;
    this.#wait = null;
    this.#urgent = false;
  }

  #transfer({ at, details }: CallEvent): void {
    const warm = details.mode === 'warm' || details.cause === 'warm';
    const from = this.#find(details, isTalking) ?? this.#legs.findLast((leg) => isAgentLeg(leg) && isTalking(leg));
    if (!warm) this.#close(from, at, 'transferred');
    this.#wait = {
      level: details.level ?? from?.level ?? this.#lastLevel(), since: at, agent: details.target ?? null, skill: details.skill ?? null, warm,
    };
  }

  #hold(details: EventDetails, at: Temporal.Instant): void {
    const leg = this.#find(details, isTalking);
    if (leg && !leg.heldSince) leg.heldSince = at;
  }

  #resume(leg: Changeable<Leg> | undefined, at: Temporal.Instant): void {
    if (!leg?.heldSince) return;
    leg.heldMs += at.epochMilliseconds - leg.heldSince.epochMilliseconds;
    leg.heldSince = null;
  }

  #join({ type, at, details }: CallEvent): void {
    this.#conference ||= type === 'conference';
    const party = details.party ?? (details.level ? 'agent' : (details.target ?? null));
    if (party === null && details.agent === undefined) return;
    const leg = this.#open({ ...details, party: party ?? 'agent' }, {});
    leg.answeredAt ??= at;
  }

  #leave(details: EventDetails, at: Temporal.Instant): void {
    const leg = this.#find(details, (one) => one.endedAt === null);
    if (!leg) return;
    this.#close(leg, at, details.cause ?? 'left');
    const present = this.#legs.filter((one) => isAgentLeg(one) && isTalking(one));
    if (this.#legs.filter(isTalking).length < 2) this.#conference = false;
    if (present.length > 0 || this.#presented.details.direction === 'out' || !isAgentLeg(leg)) return;
    // Nobody of the room is left with the caller: back in a queue, before all others when the agent was lost.
    this.#urgent ||= details.cause === 'lost';
    this.#wait = this.#wait
      ? { ...this.#wait, warm: false }
      : { level: leg.level ?? this.#lastLevel(), since: at, agent: null, skill: null, warm: false };
  }

  #finish({ type, at, details }: CallEvent): void {
    const neverAnswered = this.#answeredAt === null && this.#presented.details.direction !== 'out';
    const state = neverAnswered ? abandonState(this.#presented.at, at) : 'TERMINE';
    this.#end(state, at, details.cause ?? (type === 'abandoned' ? 'caller' : null));
  }

  #end(state: CallState, at: Temporal.Instant, cause: string | null): void {
    for (const leg of this.#legs) this.#close(leg, at, cause ?? 'ended');
    this.#over = { state, at, cause };
  }

  #close(leg: Changeable<Leg> | undefined, at: Temporal.Instant, cause: string): void {
    if (!leg || leg.endedAt) return;
    this.#resume(leg, at);
    leg.endedAt = at;
    leg.endCause = cause;
  }

  /** The leg meant by an event: by number, by agent, else the last that fits. */
  #find({ leg, agent }: EventDetails, fits: (leg: Leg) => boolean): Changeable<Leg> | undefined {
    const candidates = this.#legs.filter(fits);
    if (leg !== undefined) return candidates.find((one) => one.leg === leg);
    if (agent !== undefined) return candidates.findLast((one) => one.agent === agent);
    return candidates.at(-1);
  }

  /** The open leg meant by an event, made when there is none. */
  #open(details: EventDetails, more: Partial<Leg>): Changeable<Leg> {
    const known = details.leg === undefined && details.agent === undefined ? undefined : this.#find(details, ({ endedAt }) => endedAt === null);
    if (known) return Object.assign(known, { rangAt: known.rangAt ?? more.rangAt ?? null });
    const party = details.party ?? 'agent';
    const number = details.leg !== undefined && this.#legs.every(({ leg }) => leg !== details.leg)
      ? details.leg
      : Math.max(0, ...this.#legs.map(({ leg }) => leg)) + 1;
    const made: Changeable<Leg> = {
      leg: number, party, agent: details.agent ?? null,
      level: details.level ?? (party === 'agent' ? (this.#wait?.level ?? this.#lastLevel()) : null),
      queuedAt: party === 'agent' ? (this.#wait?.since ?? null) : null, rangAt: null, answeredAt: null, endedAt: null, heldMs: 0, heldSince: null, endCause: null,
      ...more,
    };
    this.#legs.push(made);
    return made;
  }

  #lastLevel(): Level {
    return this.#legs.findLast(({ level }) => level !== null)?.level ?? 'N1';
  }
}
