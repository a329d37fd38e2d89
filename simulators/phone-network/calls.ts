import type { PlannedCall } from './callers.ts';
import type { Level, NetworkEvent } from './protocol.ts';

export interface LegState {
  readonly leg: number;
  readonly party: string;
  readonly agent: string | null;
  readonly level: Level | null;
  readonly number: string | null;
  state: 'ringing' | 'talking' | 'over';
  since: number;
}

export interface CallState {
  readonly callId: string;
  readonly direction: 'in' | 'out';
  readonly dnis: string;
  readonly caller: string;
  readonly presentedAt: number;
  /** Who calls, when this network made the caller. */
  readonly plan: PlannedCall | null;
  version: number;
  over: boolean;
  answered: boolean;
  /** Where the caller waits, since when; `warmFrom`: the agent who stays until somebody answers. */
  queue: { level: Level | null; since: number; warmFrom: string | null } | null;
  talkingSince: number | null;
  legs: LegState[];
}

export const isTalkingAgent = (leg: LegState): boolean => leg.party === 'agent' && leg.state === 'talking';
export const isRinging = (leg: LegState): boolean => leg.state === 'ringing';

/** Every live call, rebuilt from the events alone: what is written is all there is. */
export class CallBook {
  readonly #calls = new Map<string, CallState>();
  readonly #busy = new Map<string, string>();
  readonly #ended = new Set<string>();

  get(callId: string): CallState | undefined {
    return this.#calls.get(callId);
  }

  hasEnded(callId: string): boolean {
    return this.#ended.has(callId);
  }

  live(): IterableIterator<CallState> {
    return this.#calls.values();
  }

  /** The call that keeps this agent busy. */
  callOfAgent(agent: string): CallState | undefined {
    return this.#calls.get(this.#busy.get(agent) ?? '');
  }

  apply(event: NetworkEvent, plan: PlannedCall | null): void {
    if (event.callId === '') return;
    const at = Date.parse(event.at);
    if (event.type === 'presented') this.#calls.set(event.callId, begun(event, at, plan));
    const call = this.#calls.get(event.callId);
    if (!call) return;
    call.version = event.version;
    this.#step(call, event, at);
    if (!call.over) return;
    this.#calls.delete(call.callId);
    this.#ended.add(call.callId);
  }

  #step(call: CallState, event: NetworkEvent, at: number): void {
    const leg = call.legs.find((one) => one.leg === event.leg && one.state !== 'over');
    switch (event.type) {
      case 'ringing':
      case 'party-added':
        return this.#addLeg(call, event, at);
      case 'answered':
        leg!.state = 'talking';
        leg!.since = at;
        if (leg!.party !== 'agent') return;
        call.answered = true;
        call.queue = null;
        call.talkingSince ??= at;
        return;
      case 'agent-failed':
        return this.#leave(call, leg!, at);
      case 'transferred':
        call.queue = { level: event.level ?? null, since: at, warmFrom: event.mode === 'warm' ? (event.agent ?? null) : null };
        if (event.mode !== 'warm') this.#leave(call, leg!, at);
        return;
      case 'party-left': {
        this.#leave(call, leg!, at);
        const alone = leg!.party === 'agent' && call.direction === 'in' && !call.legs.some(isTalkingAgent);
        if (alone) call.queue = call.queue ? { ...call.queue, warmFrom: null } : { level: leg!.level, since: at, warmFrom: null };
        return;
      }
      case 'abandoned':
      case 'ended':
        for (const one of call.legs) this.#leave(call, one, at);
        call.over = true;
    }
  }

  #addLeg(call: CallState, event: NetworkEvent, at: number): void {
    call.legs.push({
      leg: event.leg!, party: event.party ?? 'agent', agent: event.agent ?? null, level: event.level ?? null, number: event.target ?? null,
      state: event.type === 'ringing' ? 'ringing' : 'talking', since: at,
    });
    if (event.agent) this.#busy.set(event.agent, call.callId);
  }

  #leave(call: CallState, leg: LegState, at: number): void {
    if (leg.state === 'over') return;
    leg.state = 'over';
    leg.since = at;
    if (leg.agent && this.#busy.get(leg.agent) === call.callId) this.#busy.delete(leg.agent);
    if (!call.legs.some(isTalkingAgent)) call.talkingSince = null;
  }
}

function begun(event: NetworkEvent, at: number, plan: PlannedCall | null): CallState {
  const direction = event.direction ?? 'in';
  return {
    callId: event.callId, direction, dnis: event.dnis ?? '', caller: event.caller ?? '', presentedAt: at, plan, version: 0, over: false, answered: false,
    queue: direction === 'in' ? { level: null, since: at, warmFrom: null } : null, talkingSince: null, legs: [],
  };
}
