import type { CountedProblem } from '../domain/conformity.ts';
import type { CallVerdict } from '../domain/source-state.ts';
import { EditorFailure, type EditorQuestion } from '../domain/editor.ts';
import type { Window } from '../domain/questions.ts';
import type { FoundSlot } from './index.ts';

/** A slot ready to be shown, with its start as a number: each search filters thousands of them. */
export interface TimedSlot {
  readonly startMs: number;
  readonly found: FoundSlot;
}

export interface CallResult extends Omit<CallVerdict, 'ageMs' | 'problems'> {
  readonly problems: readonly CountedProblem[];
  readonly answeredAtMs: number;
  /** Slots by professional or association. */
  readonly slotsOf: ReadonlyMap<string, readonly TimedSlot[]>;
}

/** Why a call was given up when nobody waits for it any more. */
export const callersGone = new Error('callers gone');

/** How long an answer may be shown again; windows that follow the present are the same question meanwhile. */
const FRESH_MS = 10_000;

/**
 * One call to a vendor, shared by the searches that ask the same thing meanwhile. It ends by itself at its deadline, or as
 * soon as every search that waited for it has left.
 */
export class SharedCall {
  /** Never rejects. */
  readonly done: Promise<CallResult>;
  readonly #window: Window;
  readonly #controller = new AbortController();
  #result: CallResult | null = null;
  #waiting = 0;

  constructor(
    question: EditorQuestion,
    deadline: { inMs: number; message: string },
    work: (question: EditorQuestion, signal: AbortSignal) => Promise<CallResult>,
  ) {
    this.#window = question;
    const timer = setTimeout(() => this.#controller.abort(new EditorFailure('late', deadline.message)), deadline.inMs);
    this.done = work(question, this.#controller.signal).then((result) => {
      clearTimeout(timer);
      this.#result = result;
      return result;
    });
  }

  /** True when its answer, here or coming, covers the window to within a few seconds and is not old. */
  serves(window: Window, nowMs: number): boolean {
    if (this.#window.from.epochMilliseconds - window.from.epochMilliseconds >= FRESH_MS) return false;
    if (window.to.epochMilliseconds - this.#window.to.epochMilliseconds >= FRESH_MS) return false;
    if (!this.#result) return !this.#controller.signal.aborted;
    return this.#result.status === 'ok' && nowMs - this.#result.answeredAtMs < FRESH_MS;
  }

  /** Milliseconds since the answer came; 0 while it is awaited. */
  ageMs(nowMs: number): number {
    return this.#result ? nowMs - this.#result.answeredAtMs : 0;
  }

  join(): void {
    this.#waiting++;
  }

  leave(): void {
    this.#waiting--;
    if (this.#waiting === 0 && !this.#result) this.#controller.abort(callersGone);
  }
}
