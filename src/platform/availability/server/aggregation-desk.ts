import { LRUCache } from 'lru-cache';
import { type Clock, stopwatch } from '../../../foundation/clock.ts';
import type { Logger } from '../../../foundation/log.ts';
import type { Metrics } from '../../../foundation/metrics.ts';
import type { ConformityProblem, Editor } from '../contract.ts';
import { acceptSlots, ownerOf } from '../domain/acceptance.ts';
import type { Breaker } from '../domain/breaker.ts';
import { summarise } from '../domain/conformity.ts';
import { type AskEditor, type EditorAnswer, EditorFailure, type EditorQuestion, type EditorSlot } from '../domain/editor.ts';
import { questionsFor, type Window } from '../domain/questions.ts';
import { callersGone, type CallResult, SharedCall, type TimedSlot } from './aggregation-call.ts';
import { Limiter } from './aggregation-limiter.ts';
import { Circuit } from './breaker.ts';
import type { CallBook } from './calls.ts';
import type { SlotDays } from './calls-slot-days.ts';
import type { EditorWeeks } from './editor-weeks.ts';
import type { KnowledgeBook } from './knowledge.ts';
import { sealHash, sealSlot } from './sealed-slot.ts';

export interface DeskTools {
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly ask: AskEditor;
  readonly bookingUrl: (url: string, origin: string) => string | null;
  readonly sealKey: Buffer;
  readonly deadlineMs: number;
  /** Ceiling of the calls at once to one vendor, whatever its own setting. */
  readonly maxConcurrency?: number;
  readonly calls: CallBook;
  readonly slotDays: SlotDays;
  readonly editorWeeks: EditorWeeks;
  readonly knowledge: KnowledgeBook;
}

/** Bounds the memory of one vendor's recent answers. */
const REMEMBERED_IDS = 4_000;
/** A full agenda of 25 professionals over 48 h in quarters of an hour; more would only keep the others waiting. */
const MAX_SLOTS = 5_000;
/** With less time left a call is not worth making: it would only count against the vendor. */
const SHORTEST_CALL_MS = 20;

/** One vendor at run time: its calls under way and recent answers, how many calls at once, its circuit breaker. */
export class EditorDesk {
  readonly editor: Editor;
  readonly #tools: DeskTools;
  readonly #limiter: Limiter;
  readonly #circuit: Circuit;
  readonly #recent = new LRUCache<string, SharedCall>({ max: REMEMBERED_IDS });

  constructor(editor: Editor, tools: DeskTools) {
    this.editor = editor;
    this.#tools = tools;
    this.#limiter = new Limiter(Math.min(editor.concurrency, tools.maxConcurrency ?? editor.concurrency));
    this.#circuit = new Circuit(tools.clock, (now, before) => this.#circuitChanged(now, before));
  }

  get breaker(): Breaker {
    return this.#circuit.breaker;
  }

  /**
   * The calls that answer for these ids, by id: those under way or just answered when they cover the window, new ones for
   * the rest, which end within `withinMs`.
   */
  callsFor(ids: readonly string[], window: Window, withinMs: number): Map<string, SharedCall> {
    const nowMs = this.#tools.clock.now().epochMilliseconds;
    const calls = new Map<string, SharedCall>();
    const missing: string[] = [];
    for (const id of ids) {
      const recent = this.#recent.get(id);
      if (recent?.serves(window, nowMs)) calls.set(id, recent);
      else missing.push(id);
    }
    const deadline = { inMs: withinMs, message: `Pas de réponse en ${(this.#tools.deadlineMs / 1_000).toLocaleString('fr-FR')} s.` };
    for (const question of questionsFor(this.editor.flows, missing, window)) {
      const call = new SharedCall(question, deadline, (asked, signal) => this.#perform(asked, withinMs, signal));
      for (const id of question.ids) {
        calls.set(id, call);
        this.#recent.set(id, call);
      }
    }
    return calls;
  }

  /** Forgets what was answered about this id: the next search asks again. */
  forget(id: string): void {
    this.#recent.delete(id);
  }

  async #perform(question: EditorQuestion, withinMs: number, signal: AbortSignal): Promise<CallResult> {
    const waited = stopwatch();
    const crowded = () => this.#without('late', "Trop d'appels en attente vers cet éditeur : il n'a pas pu être interrogé à temps.");
    try {
      await this.#limiter.acquire(signal);
    } catch {
      return crowded();
    }
    try {
      if (withinMs - waited() < SHORTEST_CALL_MS) return crowded();
      const ticket = this.#circuit.enter();
      if (ticket === null) return this.#without('circuit-open', this.#suspended());
      return await this.#call(question, ticket, signal);
    } finally {
      this.#limiter.release();
    }
  }

  async #call(question: EditorQuestion, ticket: number, signal: AbortSignal): Promise<CallResult> {
    const { clock, calls, knowledge, metrics } = this.#tools;
    const at = clock.now();
    const elapsed = stopwatch();
    let result: CallResult;
    let received = 0;
    try {
      const answer = await orAborted((asked) => this.#tools.ask(this.editor, question, asked), signal);
      result = this.#accept(question, answer);
      received = answer.slots.length;
      knowledge.learn(this.editor.name, question.ids, new Set(answer.knownIds), clock.now());
    } catch (error) {
      if (signal.reason === callersGone) {
        this.#circuit.leave(ticket, 'abandoned');
        return this.#without('late', null);
      }
      result = this.#failed(signal.aborted ? signal.reason : error);
    }
    const latencyMs = elapsed();
    this.#circuit.leave(ticket, result.status === 'ok' ? 'success' : 'failure');
    metrics.editorDuration.observe({ editor: this.editor.name, outcome: result.status }, latencyMs / 1_000);
    const { status, detail, problems } = result;
    calls.record(this.editor.name, question, { at, status, latencyMs, slots: received, detail, problems });
    return result;
  }

  #accept(question: EditorQuestion, answer: EditorAnswer): CallResult {
    const now = this.#tools.clock.now();
    const slotsOf = new Map<string, TimedSlot[]>();
    const problems: ConformityProblem[] = [...answer.problems];
    if (answer.slots.length > MAX_SLOTS) problems.push(tooMany(answer.slots.length));
    for (const slot of acceptSlots(answer.slots.slice(0, MAX_SLOTS), { ...question, ids: new Set(question.ids) }, now)) {
      const timed = this.#show(slot);
      const owner = ownerOf(slot)!;
      if (!timed) {
        problems.push(unusable(slot));
        continue;
      }
      this.#tools.editorWeeks.note(this.editor.name, owner, timed.startMs);
      const slots = slotsOf.get(owner);
      if (slots) slots.push(timed);
      else slotsOf.set(owner, [timed]);
    }
    return { status: 'ok', detail: null, problems: summarise(problems), slotsOf, answeredAtMs: now.epochMilliseconds };
  }

  /** The slot as the regulation sees it; null when its booking address is unusable or it is too big to be carried in an id. */
  #show(slot: EditorSlot): TimedSlot | null {
    const { sealKey, bookingUrl, slotDays } = this.#tools;
    const { name, origin } = this.editor;
    const id = sealSlot(sealKey, { name, origin }, slot);
    if (id === null) return null;
    let url: string | null;
    try {
      url = slot.bookingUrl === null ? null : bookingUrl(slot.bookingUrl, origin);
    } catch {
      return null;
    }
    const startMs = slot.start.epochMilliseconds;
    slotDays.note(name, startMs, sealHash(id));
    const { nationalId, structureId, place, specialties, cptsIds, withAppointment } = slot;
    return {
      startMs,
      found: {
        nationalId, structureId, placeId: null, place, specialties, cptsIds,
        slot: {
          id, withAppointment, source: name, remaining: null, bookingUrl: url, start: slot.start.toString(), end: slot.end.toString(),
          modalities: [...slot.modalities], types: [...slot.types],
        },
      },
    };
  }

  #failed(error: unknown): CallResult {
    if (error instanceof EditorFailure) {
      return this.#without(error.kind === 'late' ? 'late' : 'error', error.message, summarise(error.problems));
    }
    this.#tools.log.error({ err: error, editor: this.editor.name }, 'asking a vendor failed in an unexpected way');
    return this.#without('error', "L'appel à cet éditeur a échoué de façon imprévue.");
  }

  #without(status: CallResult['status'], detail: string | null, problems: CallResult['problems'] = []): CallResult {
    return { status, detail, problems, slotsOf: new Map(), answeredAtMs: this.#tools.clock.now().epochMilliseconds };
  }

  #suspended(): string {
    const breaker = this.#circuit.breaker;
    if (breaker.state === 'closed') return 'Nouvel essai.';
    const since = inWords(this.#tools.clock.now().epochMilliseconds - breaker.since.epochMilliseconds);
    return `Suspendu depuis ${since} après des échecs répétés ; il est essayé à nouveau de temps en temps.`;
  }

  #circuitChanged(now: Breaker, before: Breaker): void {
    const { calls, clock, log } = this.#tools;
    log.warn({ editor: this.editor.name, from: before.state, to: now.state }, 'circuit breaker of a vendor changed');
    if (before.state === 'closed') calls.recordSuspension(this.editor.name, this.editor.flows[0]!, clock.now());
  }
}

const unusable = (slot: EditorSlot): ConformityProblem => ({
  rule: 'slot-booking-url', element: 'Slot.comment', severity: 'error', sample: slot.bookingUrl?.slice(0, 200) ?? null,
  message: "L'adresse de réservation n'est pas utilisable ou le créneau est trop volumineux : il n'est pas montré.",
});

const tooMany = (count: number): ConformityProblem => ({
  rule: 'too-many-slots', element: 'Bundle.entry', severity: 'error', sample: String(count),
  message: `Plus de ${MAX_SLOTS} créneaux dans une réponse : les suivants ne sont pas montrés.`,
});

/** The work's result, unless the signal aborts first: then its reason is thrown and whatever the work gives is ignored. */
async function orAborted<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return await Promise.race([work(signal), aborted]);
}

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
