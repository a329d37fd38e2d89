/**
 * A circuit breaker as a pure state machine. A vendor that keeps failing is left alone for a while, then tried with one
 * single call; it is asked normally again when that call succeeds.
 */
export type Breaker =
  | { readonly state: 'closed'; readonly generation: number; readonly failures: number; readonly recent: readonly boolean[] }
  | {
      readonly state: 'open';
      readonly generation: number;
      /** When the vendor began to be left alone; probes that fail do not change it. */
      readonly since: Temporal.Instant;
      readonly retryAt: Temporal.Instant;
      readonly openings: number;
    }
  | { readonly state: 'half-open'; readonly generation: number; readonly since: Temporal.Instant; readonly openings: number };

/** `abandoned`: the caller went away, nothing is learnt about the vendor. */
export type CallOutcome = 'success' | 'failure' | 'abandoned';

export interface BreakerRules {
  /** Failures in a row that open the circuit. */
  readonly consecutive: number;
  /** Or this share of failures among the last `window` calls. */
  readonly window: number;
  readonly ratio: number;
  /** Wait before the first probe; each probe that fails multiplies it by `growth`, up to `maxDelayMs`. */
  readonly firstDelayMs: number;
  readonly growth: number;
  readonly maxDelayMs: number;
}

export const breakerRules: BreakerRules = {
  consecutive: 5, window: 20, ratio: 0.5, firstDelayMs: 5_000, growth: 2, maxDelayMs: 120_000,
};

export const closedBreaker: Breaker = { state: 'closed', generation: 0, failures: 0, recent: [] };

/**
 * May a call go through now? Gives the ticket to hand back with its outcome, or null when it may not.
 * While open, the first call after the delay goes through as the only probe.
 */
export function admit(breaker: Breaker, now: Temporal.Instant): { breaker: Breaker; ticket: number | null } {
  if (breaker.state === 'closed') return { breaker, ticket: breaker.generation };
  if (breaker.state === 'half-open' || Temporal.Instant.compare(now, breaker.retryAt) < 0) return { breaker, ticket: null };
  const generation = breaker.generation + 1;
  return { breaker: { state: 'half-open', generation, since: breaker.since, openings: breaker.openings }, ticket: generation };
}

/** The breaker once the outcome of an admitted call is known. Calls admitted before the last change of state are ignored. */
export function settle(
  breaker: Breaker,
  ticket: number,
  outcome: CallOutcome,
  now: Temporal.Instant,
  rules: BreakerRules = breakerRules,
): Breaker {
  if (ticket !== breaker.generation || breaker.state === 'open') return breaker;
  const generation = breaker.generation + 1;
  if (breaker.state === 'half-open') {
    if (outcome === 'success') return { ...closedBreaker, generation };
    const { since, openings } = breaker;
    if (outcome === 'abandoned') return { state: 'open', generation, since, retryAt: now, openings };
    return open(generation, since, openings + 1, now, rules);
  }
  if (outcome === 'abandoned') return breaker;
  const failed = outcome === 'failure';
  const failures = failed ? breaker.failures + 1 : 0;
  const recent = [...breaker.recent.slice(1 - rules.window), failed];
  const share = recent.filter(Boolean).length / rules.window;
  const tooMany = failed && (failures >= rules.consecutive || (recent.length === rules.window && share >= rules.ratio));
  return tooMany ? open(generation, now, 1, now, rules) : { ...breaker, failures, recent };
}

function open(generation: number, since: Temporal.Instant, openings: number, now: Temporal.Instant, rules: BreakerRules): Breaker {
  const delay = Math.min(rules.firstDelayMs * rules.growth ** (openings - 1), rules.maxDelayMs);
  return { state: 'open', generation, since, retryAt: now.add({ milliseconds: Math.round(delay) }), openings };
}
