/** The only reader of the machine's clock. Rules receive the instant as an argument; servers receive a clock. */
export interface Clock {
  /** The present instant. */
  now(): Temporal.Instant;
}

export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** A clock that tests move by hand, or that runs `speed` times faster than real time from `start`. */
export class ManualClock implements Clock {
  #instant: Temporal.Instant;

  constructor(start: string) {
    this.#instant = Temporal.Instant.from(start);
  }

  now(): Temporal.Instant {
    return this.#instant;
  }

  set(instant: string): void {
    this.#instant = Temporal.Instant.from(instant);
  }

  advance(duration: Temporal.DurationLike): void {
    this.#instant = this.#instant.add(duration);
  }
}

/** Milliseconds of a monotonic counter, to measure how long something takes. Never a date. */
export const stopwatch = (): (() => number) => {
  const start = performance.now();
  return () => performance.now() - start;
};
