import { randomOf } from '../shared/random.ts';
import { CallBook, type CallState, isRinging, isTalkingAgent, type LegState } from './calls.ts';
import { callerOf, type PlannedCall } from './callers.ts';
import { execute, Refused } from './commands.ts';
import type { Entry, Journal, Phone } from './journal.ts';
import type { Ack, Command, NetworkEvent, Told } from './protocol.ts';

const BEEP_MS = 150;
const NO_ANSWER_MS = 8_000;
const SERVICE_ANSWERS_MS = 2_000;
const CORRESPONDENT_RINGS_MS = 25_000;
const CORRESPONDENT_ANSWERS = 0.8;

interface Due {
  readonly at: number;
  readonly happen: () => void;
}

/**
 * The public network and the room's switch: callers come, wait, speak, give up; agents' phones ring. Nothing is decided
 * here about who answers. All times are milliseconds since the epoch, and nothing reads a clock: `advance` is told.
 */
export class PhoneNetwork {
  readonly events: NetworkEvent[] = [];
  readonly book = new CallBook();
  readonly agents = new Map<string, { state: 'available' | 'pause' | 'offline'; phone: Phone }>();
  readonly #journal: Journal;
  readonly #seed: number;
  readonly #acks = new Map<string, Ack>();
  readonly #plans = new Map<string, PlannedCall>();
  /** Ids of the day's calls already made. */
  readonly #arrived = new Set<string>();
  #batch: NetworkEvent[] = [];
  #injected = 0;
  #now = 0;

  constructor(journal: Journal, seed: number) {
    this.#journal = journal;
    this.#seed = seed;
    for (const entry of journal.entries) this.#restore(entry);
  }

  /** The last instant this network lived through. */
  get now(): number {
    return this.#now;
  }

  hasArrived(callId: string): boolean {
    return this.#arrived.has(callId);
  }

  /** Lives until that instant: each thing happens at its own. */
  advance(to: number): void {
    for (;;) {
      const next = this.#next();
      if (!next || next.at > to) break;
      this.#now = Math.max(this.#now, next.at);
      next.happen();
      this.#commit({});
    }
    this.#now = Math.max(this.#now, to);
  }

  /** When something will happen by itself; null when nothing will. */
  nextAt(): number | null {
    return this.#next()?.at ?? null;
  }

  /** A caller of the day's plan calls. */
  arrive(plan: PlannedCall): void {
    this.advance(plan.at);
    this.#present(plan, true);
  }

  /** Somebody calls now, besides the plan. Gives the call's id. */
  inject(given: Partial<Pick<PlannedCall, 'dnis' | 'caller' | 'position' | 'patienceMs' | 'breaksAfterMs'>>): string {
    const callId = `hand-${this.#seed}-${++this.#injected}`;
    this.#present({ callId, at: this.#now, ...callerOf(this.#seed, callId), breaksAfterMs: null, ...given }, false);
    return callId;
  }

  /** The caller hangs up. False when there is no such live call. */
  callerHangsUp(callId: string, cause = 'caller'): boolean {
    const call = this.book.get(callId);
    if (!call) return false;
    this.#gone(call, cause);
    this.#commit({});
    return true;
  }

  /** Changes what an agent's phone does: answers by itself, rings in vain, is busy, is unplugged. */
  setPhone(agent: string, phone: Phone): void {
    const known = this.agents.get(agent) ?? { state: 'offline' as const, phone: 'auto' as const };
    if (phone === 'lost' && known.phone !== 'lost') this.#unplug(agent);
    if (phone !== 'lost' && known.phone === 'lost') this.tell('', { type: 'agent-back', agent });
    this.#commit({ agent: { agent, phone } });
  }

  /** Idempotent on the command's id: the first outcome is given again. */
  execute(command: Command): Ack {
    const first = this.#acks.get(command.commandId);
    if (first) return { outcome: 'duplicate', first: first.outcome === 'accepted' ? 'accepted' : 'rejected', ...('reason' in first && { reason: first.reason }) };
    const ack = this.#try(command);
    this.#commit({
      command: { id: command.commandId, ack },
      ...(command.op === 'agent.set' && ack.outcome === 'accepted' && { agent: { agent: command.agent, state: command.state } }),
    });
    return ack;
  }

  /** Says something of a call; it is written and shown with the rest of what happens at once. */
  tell(callId: string, told: Told): void {
    const offset = this.events.length + this.#batch.length + 1;
    const version = callId === '' ? 0 : (this.book.get(callId)?.version ?? 0) + 1;
    const event: NetworkEvent = { offset, eventId: `net-${offset}`, callId, version, at: new Date(this.#now).toISOString(), ...told };
    this.#batch.push(event);
    this.book.apply(event, this.#plans.get(callId) ?? null);
  }

  #try(command: Command): Ack {
    try {
      execute(this, command);
      return { outcome: 'accepted' };
    } catch (error) {
      if (error instanceof Refused) return { outcome: 'rejected', reason: error.reason };
      throw error;
    }
  }

  #present(plan: PlannedCall, arrival: boolean): void {
    this.#plans.set(plan.callId, plan);
    if (arrival) this.#arrived.add(plan.callId);
    const { callId, dnis, caller, position } = plan;
    this.tell(callId, { type: 'presented', direction: 'in', dnis, caller, ...(position && { position }) });
    this.#commit({ plan, ...(arrival && { arrival }) });
  }

  #commit(entry: Entry): void {
    const events = this.#batch;
    this.#batch = [];
    const whole = { ...entry, ...(events.length > 0 && { events }) };
    if (Object.keys(whole).length === 0) return;
    this.#journal.append(whole);
    this.#remember(whole);
    this.events.push(...events);
  }

  #remember({ agent, command }: Entry): void {
    if (command) this.#acks.set(command.id, command.ack);
    if (agent) this.agents.set(agent.agent, { ...(this.agents.get(agent.agent) ?? { state: 'offline', phone: 'auto' }), ...withoutUndefined(agent) });
  }

  #restore(entry: Entry): void {
    if (entry.plan) {
      this.#plans.set(entry.plan.callId, entry.plan);
      if (entry.arrival) this.#arrived.add(entry.plan.callId);
      else this.#injected++;
    }
    for (const event of entry.events ?? []) {
      this.book.apply(event, this.#plans.get(event.callId) ?? null);
      this.events.push(event);
      this.#now = Math.max(this.#now, Date.parse(event.at));
    }
    this.#remember(entry);
  }

  #next(): Due | null {
    let next: Due | null = null;
    for (const call of this.book.live()) {
      for (const due of this.#dues(call)) if (!next || due.at < next.at) next = due;
    }
    return next;
  }

  /** What will happen in a call if nobody does anything. */
  #dues(call: CallState): Due[] {
    const dues = call.legs.filter(isRinging).map((leg) => (leg.party === 'agent' ? this.#agentRings(call, leg) : this.#correspondentRings(call, leg)));
    if (call.queue && !call.legs.some(isTalkingAgent)) {
      const patience = call.plan?.patienceMs ?? Number.POSITIVE_INFINITY;
      dues.push({ at: call.queue.since + patience, happen: () => this.#gone(call, 'caller') });
    }
    if (call.talkingSince !== null && call.plan?.breaksAfterMs) {
      dues.push({ at: call.talkingSince + call.plan.breaksAfterMs, happen: () => this.#gone(call, 'network') });
    }
    return dues;
  }

  #agentRings(call: CallState, leg: LegState): Due {
    const { state, phone } = this.agents.get(leg.agent!) ?? { state: 'offline', phone: 'auto' };
    const fails = (at: number, cause: string): Due => ({
      at, happen: () => this.tell(call.callId, { type: 'agent-failed', leg: leg.leg, agent: leg.agent!, cause }),
    });
    if (state === 'offline' || phone === 'lost') return fails(leg.since, 'offline');
    if (phone === 'busy') return fails(leg.since, 'busy');
    if (phone === 'silent') return fails(leg.since + NO_ANSWER_MS, 'no-answer');
    return { at: leg.since + BEEP_MS, happen: () => this.#agentAnswers(call, leg) };
  }

  #agentAnswers(call: CallState, leg: LegState): void {
    const leaving = call.queue?.warmFrom ?? null;
    this.tell(call.callId, { type: 'answered', leg: leg.leg, agent: leg.agent!, ...(leg.level && { level: leg.level }) });
    const former = call.legs.find((one) => isTalkingAgent(one) && one.agent === leaving);
    if (former) this.tell(call.callId, { type: 'party-left', leg: former.leg, agent: former.agent!, cause: 'transferred' });
    if (call.direction === 'out' && call.legs.every(({ party }) => party === 'agent')) {
      this.tell(call.callId, { type: 'ringing', leg: call.legs.length + 1, party: 'correspondant', target: call.caller });
    }
  }

  #correspondentRings(call: CallState, leg: LegState): Due {
    const random = randomOf(this.#seed, 'correspondent', call.callId, leg.leg);
    const service = leg.party !== 'correspondant';
    const willAnswer = service || random() < CORRESPONDENT_ANSWERS;
    if (willAnswer) {
      const after = service ? SERVICE_ANSWERS_MS : Math.round(3_000 + random() * 9_000);
      return { at: leg.since + after, happen: () => this.tell(call.callId, { type: 'answered', leg: leg.leg, party: leg.party }) };
    }
    return { at: leg.since + CORRESPONDENT_RINGS_MS, happen: () => this.tell(call.callId, { type: 'ended', cause: 'no-answer' }) };
  }

  #gone(call: CallState, cause: string): void {
    const abandons = !call.answered && call.direction === 'in';
    this.tell(call.callId, { type: abandons ? 'abandoned' : 'ended', cause });
  }

  #unplug(agent: string): void {
    const call = this.book.callOfAgent(agent);
    this.tell('', { type: 'agent-lost', agent });
    const leg = call?.legs.find((one) => one.agent === agent && one.state !== 'over');
    if (!call || !leg) return;
    if (leg.state === 'talking') this.tell(call.callId, { type: 'party-left', leg: leg.leg, agent, cause: 'lost' });
    else this.tell(call.callId, { type: 'agent-failed', leg: leg.leg, agent, cause: 'offline' });
  }
}

const withoutUndefined = ({ state, phone }: NonNullable<Entry['agent']>) => ({ ...(state && { state }), ...(phone && { phone }) });
