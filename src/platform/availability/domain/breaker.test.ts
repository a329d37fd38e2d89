import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../../../foundation/clock.ts';
import { admit, type Breaker, breakerRules, type CallOutcome, closedBreaker, settle } from './breaker.ts';

const clock = () => new ManualClock('2026-01-13T08:00:00Z');

function call(breaker: Breaker, outcome: CallOutcome, now: Temporal.Instant): Breaker {
  const admitted = admit(breaker, now);
  expect(admitted.ticket).not.toBeNull();
  return settle(admitted.breaker, admitted.ticket!, outcome, now);
}

function opened(now: Temporal.Instant): Breaker {
  let breaker: Breaker = closedBreaker;
  for (let i = 0; i < breakerRules.consecutive; i++) breaker = call(breaker, 'failure', now);
  return breaker;
}

test('[AGR-14] failures in a row open the circuit, a success in between starts the count again', () => {
  const now = clock().now();
  let breaker: Breaker = closedBreaker;
  for (const outcome of ['failure', 'failure', 'failure', 'failure', 'success', 'failure'] as const) breaker = call(breaker, outcome, now);
  expect(breaker.state).toBe('closed');
  expect(opened(now)).toMatchObject({ state: 'open', since: now });
});

test('[AGR-14] one failure in two over the last calls opens the circuit even without failures in a row', () => {
  const now = clock().now();
  let breaker: Breaker = closedBreaker;
  for (let i = 0; i < breakerRules.window - 1; i++) breaker = call(breaker, i % 2 === 0 ? 'success' : 'failure', now);
  expect(breaker.state).toBe('closed');
  expect(call(breaker, 'failure', now).state).toBe('open');
});

test('[AGR-14] while open nothing goes through; after the delay one probe does; its success closes, its failure waits longer', () => {
  const time = clock();
  const open = opened(time.now());
  time.advance({ milliseconds: breakerRules.firstDelayMs - 1 });
  expect(admit(open, time.now()).ticket).toBeNull();
  time.advance({ milliseconds: 1 });
  const probe = admit(open, time.now());
  expect(probe.ticket).not.toBeNull();
  expect(admit(probe.breaker, time.now()).ticket).toBeNull();
  expect(settle(probe.breaker, probe.ticket!, 'success', time.now())).toMatchObject({ state: 'closed', failures: 0 });

  const again = settle(probe.breaker, probe.ticket!, 'failure', time.now());
  expect(again).toMatchObject({ state: 'open', openings: 2 });
  expect((again as { since: Temporal.Instant }).since.toString()).toBe('2026-01-13T08:00:00Z');
  time.advance({ milliseconds: breakerRules.firstDelayMs });
  expect(admit(again, time.now()).ticket).toBeNull();
  time.advance({ milliseconds: breakerRules.firstDelayMs });
  expect(admit(again, time.now()).ticket).not.toBeNull();
});

test('[AGR-14] a probe whose caller went away is no failure: the next call probes at once', () => {
  const time = clock();
  const open = opened(time.now());
  time.advance({ milliseconds: breakerRules.firstDelayMs });
  const probe = admit(open, time.now());
  const back = settle(probe.breaker, probe.ticket!, 'abandoned', time.now());
  expect(admit(back, time.now()).ticket).not.toBeNull();
});

test('[AGR-14] whatever happens, at most one call is under way when half-open, and the wait between probes never exceeds its limit', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('enter' as const) }),
    fc.record({ kind: fc.constant('end' as const), pick: fc.nat(), outcome: fc.constantFrom<CallOutcome>('success', 'failure', 'abandoned') }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 60_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const time = clock();
      let breaker: Breaker = closedBreaker;
      let underWay: { ticket: number; probe: boolean }[] = [];
      for (const action of steps) {
        if (action.kind === 'wait') time.advance({ milliseconds: action.ms });
        if (action.kind === 'enter') {
          const admitted = admit(breaker, time.now());
          breaker = admitted.breaker;
          if (admitted.ticket !== null) underWay.push({ ticket: admitted.ticket, probe: breaker.state === 'half-open' });
        }
        if (action.kind === 'end' && underWay.length > 0) {
          const ended = underWay[action.pick % underWay.length]!;
          underWay = underWay.filter((other) => other !== ended);
          breaker = settle(breaker, ended.ticket, action.outcome, time.now());
        }
        const probes = underWay.filter((other) => other.probe && other.ticket === breaker.generation);
        expect(probes.length).toBe(breaker.state === 'half-open' ? 1 : 0);
        if (breaker.state === 'open') {
          expect(breaker.retryAt.epochMilliseconds - time.now().epochMilliseconds).toBeLessThanOrEqual(breakerRules.maxDelayMs);
        }
      }
    }),
  );
});
