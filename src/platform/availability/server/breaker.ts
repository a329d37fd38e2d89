import type { Clock } from '../../../foundation/clock.ts';
import { admit, type Breaker, type CallOutcome, closedBreaker, settle } from '../domain/breaker.ts';

/** The circuit breaker of one vendor in this process. */
export class Circuit {
  #breaker: Breaker = closedBreaker;
  readonly #clock: Clock;
  readonly #onChange: (now: Breaker, before: Breaker) => void;

  constructor(clock: Clock, onChange: (now: Breaker, before: Breaker) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get breaker(): Breaker {
    return this.#breaker;
  }

  /** The ticket of a call that may go through, or null. */
  enter(): number | null {
    const { breaker, ticket } = admit(this.#breaker, this.#clock.now());
    this.#become(breaker);
    return ticket;
  }

  leave(ticket: number, outcome: CallOutcome): void {
    this.#become(settle(this.#breaker, ticket, outcome, this.#clock.now()));
  }

  #become(breaker: Breaker): void {
    const before = this.#breaker;
    this.#breaker = breaker;
    if (before.state !== breaker.state) this.#onChange(breaker, before);
  }
}
