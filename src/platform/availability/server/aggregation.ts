import { type Clock, stopwatch } from '../../../foundation/clock.ts';
import type { BackgroundTask } from '../../../foundation/background.ts';
import type { Database } from '../../../foundation/db/database.ts';
import type { Logger } from '../../../foundation/log.ts';
import type { Metrics } from '../../../foundation/metrics.ts';
import type { Breaker } from '../domain/breaker.ts';
import type { Editor } from '../contract.ts';
import type { AskEditor } from '../domain/editor.ts';
import { shouldAsk } from '../domain/knowledge.ts';
import { askableIds, type Window } from '../domain/questions.ts';
import { sourceState } from '../domain/source-state.ts';
import type { CallResult, SharedCall } from './aggregation-call.ts';
import { type DeskTools, EditorDesk } from './aggregation-desk.ts';
import { createCalls } from './calls.ts';
import { createSlotDays, type SlotDays } from './calls-slot-days.ts';
import { createEditorWeeks } from './editor-weeks.ts';
import { type CheckEditor, createEditors, type Editors } from './editors.ts';
import type { Availability, FoundSlot, SourceAnswer } from './index.ts';
import { createKnowledge, type KnowledgeBook, knownSomewhere } from './knowledge.ts';
import { openSlot } from './sealed-slot.ts';

export interface AggregationDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Asks one vendor in its own language. */
  readonly ask: AskEditor;
  /** The booking address with the `origin` parameter added. */
  readonly bookingUrl: (url: string, origin: string) => string | null;
  readonly checkEditor: CheckEditor;
  /** How long a search waits for the vendors; 7,000 by the specification. */
  readonly deadlineMs: number;
  /** Ceiling of the calls at once to one vendor; each vendor's own setting when absent. */
  readonly maxConcurrency?: number;
  /** Seals the ids of vendors' slots; the same for all processes. */
  readonly sealKey: Buffer;
}

/** The vendors' side of the availabilities. */
export interface Aggregation extends Pick<Availability, 'askVendors' | 'vendorNames' | 'openSealedSlot'> {
  readonly editors: Editors;
  /** Something was booked with this professional or association: what vendors answered about him is asked again. */
  forget(id: string): void;
  /** The circuit breaker of each vendor asked by this process. */
  breakers(): ReadonlyMap<string, Breaker>;
  /** How many of these professionals have their agenda at an active vendor. */
  readonly countKnown: KnowledgeBook['countKnown'];
  readonly slotsPerDay: SlotDays['read'];
  /** Writes what was learnt and noted since the last time; to call on shutdown. */
  flush(): Promise<void>;
  /** Flushing and purging, for the background of the process. */
  readonly tasks: readonly BackgroundTask[];
}

/** Assembles the aggregation of the vendors' slots. */
export function createAggregation(dependencies: AggregationDependencies): Aggregation {
  const { database, clock, log, deadlineMs, sealKey } = dependencies;
  const db = database.for('availability');
  const knowledge = createKnowledge({ db, clock, log });
  const calls = createCalls({ db, log });
  const slotDays = createSlotDays({ db, clock });
  const editorWeeks = createEditorWeeks({ db, clock });
  const editors = createEditors({ database, clock, knowledge, checkEditor: dependencies.checkEditor });
  const tools: DeskTools = { ...dependencies, knowledge, calls, slotDays, editorWeeks };
  const desks = new Map<string, EditorDesk>();

  /** The desk of a vendor; a new one when its settings changed. */
  function deskOf(editor: Editor): EditorDesk {
    const present = desks.get(editor.name);
    if (present && JSON.stringify(present.editor) === JSON.stringify(editor)) return present;
    const desk = new EditorDesk(editor, tools);
    desks.set(editor.name, desk);
    return desk;
  }

  /** Who each vendor should be asked about. */
  async function planFor(asked: readonly Editor[], ids: readonly string[]): Promise<{ desk: EditorDesk; ids: string[] }[]> {
    const book = await knowledge.of(ids);
    const now = clock.now();
    const known = knownSomewhere(book, now);
    return asked.map((editor) => ({
      desk: deskOf(editor),
      ids: askableIds(editor.flows, ids).filter((id) =>
        shouldAsk(editor.name, id, book.get(id)?.get(editor.name), { knownElsewhere: known.has(id), now }),
      ),
    }));
  }

  async function flush(): Promise<void> {
    const results = await Promise.allSettled([knowledge.flush(), calls.flush(), slotDays.flush(), editorWeeks.flush()]);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  return {
    editors,
    countKnown: knowledge.countKnown,
    slotsPerDay: slotDays.read,
    flush,
    tasks: [
      { name: 'editor-notes', everyMs: 1_000, work: flush },
    ],

    vendorNames: async () => (await editors.active()).map((editor) => editor.name),
    openSealedSlot: async (id) => openSlot(sealKey, id, clock.now()),
    breakers: () => new Map([...desks].map(([name, desk]) => [name, desk.breaker])),
    forget(id) {
      for (const desk of desks.values()) desk.forget(id);
    },

    async askVendors(question, onAnswer, signal) {
      const elapsed = stopwatch();
      const plans = await planFor(await editors.active(), [...question.professionals, ...question.structures]);
      if (signal?.aborted) return;
      const gone = whenAborted(signal);
      const rounds = plans.map(async ({ desk, ids }) => {
        const answer = await askOne(desk, ids, question, { clock, gone, elapsed, withinMs: deadlineMs - elapsed() });
        if (answer) onAnswer(answer);
      });
      await Promise.all(rounds);
    },
  };
}

interface Search {
  readonly clock: Clock;
  /** Resolves with null if the caller goes away. */
  readonly gone: Promise<null>;
  readonly elapsed: () => number;
  readonly withinMs: number;
}

/** What one vendor has for one search; null when the caller went away first. */
async function askOne(desk: EditorDesk, ids: readonly string[], wanted: Window, search: Search): Promise<SourceAnswer | null> {
  const { clock, gone, elapsed, withinMs } = search;
  const callOf = desk.callsFor(ids, wanted, withinMs);
  const calls = [...new Set(callOf.values())];
  const ages = calls.map((call) => call.ageMs(clock.now().epochMilliseconds));
  for (const call of calls) call.join();
  const results = await Promise.race([Promise.all(calls.map((call) => call.done)), gone]);
  for (const call of calls) call.leave();
  if (!results) return null;
  const slots = slotsWithin(callOf, new Map(calls.map((call, index) => [call, results[index]!])), wanted, clock.now());
  const verdicts = results.map((result, index) => ({ ...result, ageMs: ages[index]! }));
  return { state: sourceState(desk.editor.name, verdicts, { latencyMs: elapsed(), slotCount: slots.length }), slots };
}

/** The slots of the ids wanted, on the exact window, those that began since the answer left out. */
function slotsWithin(
  callOf: ReadonlyMap<string, SharedCall>,
  resultOf: ReadonlyMap<SharedCall, CallResult>,
  wanted: Window,
  now: Temporal.Instant,
): FoundSlot[] {
  const from = Math.max(wanted.from.epochMilliseconds, now.epochMilliseconds);
  const to = wanted.to.epochMilliseconds;
  const slots: FoundSlot[] = [];
  for (const [id, call] of callOf) {
    for (const { startMs, found } of resultOf.get(call)?.slotsOf.get(id) ?? []) {
      if (startMs >= from && startMs <= to) slots.push(found);
    }
  }
  return slots;
}

function whenAborted(signal: AbortSignal | undefined): Promise<null> {
  if (!signal) return new Promise(() => undefined);
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
}
