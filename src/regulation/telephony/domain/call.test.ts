import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCall, event, second } from './call.fixture.ts';
import { type CallEvent, type CallFacts, foldCall, isAgentLeg, isTalking } from './call.ts';
import { agentEffects, brokeOff, callbackEffect } from './effects.ts';
import { abandonState, isOver, transitionCode } from './states.ts';

const presented = event(0, 'presented', 1, { dnis: '15', caller: '0639980001' });
const fold = (...events: CallEvent[]): CallFacts => foldCall(events, 'N1')!;

test('[TEL-10] an abandon at 9.999 s and one at 10.000 s fall on each side', () => {
  expect(abandonState(second(0), second(9.999))).toBe('ABANDONNE_LT10');
  expect(abandonState(second(0), second(10))).toBe('ABANDONNE_GE10');
  expect(fold(presented, event(9.999, 'abandoned', 2)).state).toBe('ABANDONNE_LT10');
  expect(fold(presented, event(10, 'abandoned', 2)).state).toBe('ABANDONNE_GE10');
});

test('[TEL-08] [TEL-14] one identity through every transfer, every instant kept', () => {
  const call = fold(
    presented,
    event(1, 'ringing', 2, { leg: 1, agent: 'arm', level: 'N1' }), event(3, 'answered', 3, { leg: 1, agent: 'arm' }),
    event(20, 'held', 4, { leg: 1 }), event(25, 'resumed', 5, { leg: 1 }),
    event(60, 'transferred', 6, { leg: 1, agent: 'arm', level: 'SNP', mode: 'blind' }),
    event(62, 'ringing', 7, { leg: 2, agent: 'osnp', level: 'SNP' }), event(64, 'answered', 8, { leg: 2, agent: 'osnp' }),
    event(300, 'ended', 9, { cause: 'agent' }),
  );
  expect(call).toMatchObject({ state: 'TERMINE', cause: 'agent', answeredAt: second(3), endedAt: second(300), wait: null });
  expect(call.legs).toMatchObject([
    { leg: 1, agent: 'arm', level: 'N1', queuedAt: second(0), rangAt: second(1), answeredAt: second(3), endedAt: second(60), heldMs: 5_000, endCause: 'transferred' },
    { leg: 2, agent: 'osnp', level: 'SNP', queuedAt: second(60), rangAt: second(62), answeredAt: second(64), endedAt: second(300), endCause: 'agent' },
  ]);
});

test('[REG-07] accompanied, a call is never parked: its state stays that of the conversation until the doctor answers', () => {
  const talking = [presented, event(1, 'ringing', 2, { leg: 1, agent: 'arm', level: 'N1' }), event(2, 'answered', 3, { leg: 1, agent: 'arm' })];
  const asked = [...talking, event(10, 'transferred', 4, { leg: 1, agent: 'arm', level: 'MRU', mode: 'warm' })];
  expect(fold(...asked)).toMatchObject({ state: 'DECROCHE_N1', wait: { level: 'MRU', since: second(10), warm: true } });
  const taken = [...asked, event(11, 'ringing', 5, { leg: 2, agent: 'mru', level: 'MRU' }), event(12, 'answered', 6, { leg: 2, agent: 'mru' })];
  expect(fold(...taken)).toMatchObject({ state: 'EN_LIGNE_MR', wait: null });
  expect(fold(...taken, event(12, 'party-left', 7, { leg: 1, agent: 'arm', cause: 'transferred' })).legs.filter(isTalking)).toMatchObject([{ agent: 'mru' }]);
  const parked = [...talking, event(10, 'transferred', 4, { leg: 1, agent: 'arm', level: 'MRU', mode: 'blind' })];
  expect(fold(...parked).state).toBe('ATTENTE_MR');
});

test('[TEL-23] a conference lasts while a third is there, and each is traced', () => {
  const two = [presented, event(2, 'answered', 2, { leg: 1, agent: 'arm', level: 'AMU' })];
  const three = [...two, event(30, 'ringing', 3, { leg: 2, party: 'sis', target: '0536490018' }), event(33, 'answered', 4, { leg: 2, party: 'sis' })];
  expect(fold(...three).state).toBe('CONFERENCE');
  const call = fold(...three, event(90, 'party-left', 5, { leg: 2, party: 'sis', cause: 'dropped' }));
  expect(call.state).toBe('EN_LIGNE_N2');
  expect(call.legs[1]).toMatchObject({ party: 'sis', answeredAt: second(33), endedAt: second(90), endCause: 'dropped' });
});

test('[TEL-12] a direct line waits for its own level and is answered there', () => {
  const call = [presented, event(2, 'answered', 2, { leg: 1, agent: 'mru', level: 'MRU' })];
  expect(foldCall([presented], 'MRU')).toMatchObject({ state: 'PRESENTE', wait: { level: 'MRU' } });
  expect(foldCall(call, 'MRU')!.state).toBe('EN_LIGNE_MR');
});

test('[TEL-08] a caller whose agent is lost waits again before all others, and keeps having been answered', () => {
  const call = fold(presented, event(2, 'answered', 2, { leg: 1, agent: 'arm', level: 'N1' }), event(40, 'party-left', 3, { leg: 1, agent: 'arm', cause: 'lost' }));
  expect(call).toMatchObject({ state: 'PRESENTE', urgent: true, answeredAt: second(2), wait: { level: 'N1', since: second(40) } });
});

test('[TEL-26] an event told late takes its place: the call is as if it had come in time', () => {
  const first = [presented, event(4, 'abandoned', 3)];
  expect(fold(...first)).toMatchObject({ state: 'ABANDONNE_LT10', answeredAt: null });
  const corrected = fold(...first, event(3, 'answered', 2, { leg: 1, agent: 'arm', level: 'N1' }));
  expect(corrected).toMatchObject({ state: 'TERMINE', answeredAt: second(3), cause: 'caller' });
  expect(callbackEffect(fold(...first), corrected)).toBe('withdrawn');
});

test('[TEL-26] a phone system without order: the next answer ends the leg before', () => {
  const bare = (seconds: number, type: CallEvent['type'], details = {}): CallEvent => ({ ...event(seconds, type, 0, details), eventId: `${type}${seconds}` });
  const call = fold(
    bare(0, 'presented', { dnis: '15' }), bare(5, 'answered', { agent: 'arm', level: 'N1' }), bare(50, 'transferred', { level: 'MRG' }),
    bare(58, 'answered', { agent: 'mrg', level: 'MRG' }), bare(200, 'ended'),
  );
  expect(call.legs).toMatchObject([{ agent: 'arm', endedAt: second(50) }, { agent: 'mrg', queuedAt: second(50), answeredAt: second(58), endedAt: second(200) }]);
});

test('[TEL-11] a broken call of a P0 or P1 dossier is to be rung back; a call hung up by its agent is not', () => {
  const talking = fold(presented, event(2, 'answered', 2, { leg: 1, agent: 'arm', level: 'N1' }));
  const after = (cause: string) => fold(presented, event(2, 'answered', 2, { leg: 1, agent: 'arm', level: 'N1' }), event(9, 'ended', 3, { cause }));
  expect(brokeOff(talking, after('network'), 1)).toBe(true);
  expect(brokeOff(talking, after('network'), 2)).toBe(false);
  expect(brokeOff(talking, after('agent'), 0)).toBe(false);
  expect(brokeOff(after('network'), after('network'), 0)).toBe(false);
});

describe('whatever happens in a call', () => {
  test('[TEL-26] its events give the same call in whatever order they come, and however often', () => {
    fc.assert(
      fc.property(anyCall, fc.infiniteStream(fc.nat()), (events, chance) => {
        const keys = [...chance.take(events.length)];
        const shuffled = events.map((one, index) => ({ one, key: keys[index]! })).toSorted((a, b) => a.key - b.key).map(({ one }) => one);
        expect(foldCall(shuffled, 'N1')).toEqual(foldCall(events, 'N1'));
      }),
    );
  });

  test('[TEL-08] instants of a leg follow one another, and its legs fit inside the call', () => {
    fc.assert(
      fc.property(anyCall, (events) => {
        const call = foldCall(events, 'N1')!;
        for (const { queuedAt, rangAt, answeredAt, endedAt, heldMs } of call.legs) {
          const instants = [call.presentedAt, queuedAt, rangAt, answeredAt, endedAt, call.endedAt].filter((instant) => instant !== null).map(String);
          expect(instants).toEqual(instants.toSorted());
          if (answeredAt && endedAt) expect(heldMs).toBeLessThanOrEqual(endedAt.epochMilliseconds - answeredAt.epochMilliseconds);
        }
        if (!isOver(call.state)) return;
        expect(call.legs.every(({ endedAt }) => endedAt !== null)).toBe(true);
        expect(call.wait).toBeNull();
      }),
    );
  });

  test('[TEL-08] while it lives, the caller speaks with somebody or waits somewhere: nobody is forgotten', () => {
    fc.assert(
      fc.property(anyCall, (events) => {
        for (let length = 1; length <= events.length; length++) {
          const call = foldCall(events.slice(0, length), 'N1')!;
          if (!isOver(call.state)) expect(call.wait !== null || call.legs.some((leg) => isAgentLeg(leg) && isTalking(leg))).toBe(true);
        }
      }),
    );
  });

  test('[TEL-08] every agent taken is released once, and no state is reached but by the table of the calls', () => {
    fc.assert(
      fc.property(anyCall, (events) => {
        const held = new Set<string>();
        let before: CallFacts | null = null;
        for (let length = 1; length <= events.length; length++) {
          const after: CallFacts = foldCall(events.slice(0, length), 'N1')!;
          for (const { kind, agent } of agentEffects(before, after)) {
            if (kind === 'rings' || kind === 'talks') held.add(agent);
            else expect(held.delete(agent)).toBe(true);
          }
          if (before?.state !== after.state) expect(transitionCode(before?.state ?? null, after.state)).not.toBe('C*');
          before = after;
        }
        if (before && isOver(before.state)) expect([...held]).toEqual([]);
      }),
    );
  });
});
