import fc from 'fast-check';
import type { CallEvent } from './call.ts';
import type { EventDetails } from './port.ts';

const START = Temporal.Instant.from('2026-01-13T08:00:00Z');

/** The instant `seconds` after the call's arrival. */
export const second = (seconds: number): Temporal.Instant => START.add({ milliseconds: Math.round(seconds * 1_000) });

/** An event of a phone system that orders its events. */
export const event = (seconds: number, type: CallEvent['type'], version: number, details: EventDetails = {}): CallEvent => ({
  eventId: `e${version}-${type}`, at: second(seconds), version, type, details,
});

type Step = 'answer' | 'fail' | 'blind' | 'warm' | 'hold' | 'party' | 'lose' | 'hang-up' | 'give-up';
const steps: readonly Step[] = ['answer', 'fail', 'blind', 'warm', 'hold', 'party', 'lose', 'hang-up', 'give-up'];

/** Lives of a call that a phone system could tell: rings, answers, transfers, additions, losses, an end. */
export const anyCall: fc.Arbitrary<CallEvent[]> = fc
  .array(fc.record({ step: fc.constantFrom(...steps), gap: fc.integer({ min: 0, max: 90 }) }), { maxLength: 14 })
  .map((life) => {
    const events: CallEvent[] = [event(0, 'presented', 1, { dnis: '15', caller: '0639980001' })];
    let at = 0;
    let leg = 0;
    let talking = false;
    const tell = (type: CallEvent['type'], details: EventDetails = {}) => events.push(event(at, type, events.length + 1, details));
    for (const { step, gap } of life) {
      at += gap;
      const agent = `agent-${leg}`;
      if (step === 'answer' || step === 'fail') {
        tell('ringing', { leg: ++leg, agent: `agent-${leg}`, level: (['N1', 'AMU', 'MRU'] as const)[leg % 3]! });
        tell(step === 'fail' ? 'agent-failed' : 'answered', { leg, agent: `agent-${leg}`, cause: 'no-answer' });
        talking ||= step === 'answer';
      }
      if (talking && (step === 'blind' || step === 'warm')) tell('transferred', { leg, agent, level: leg % 2 ? 'MRU' : 'SNP', mode: step });
      if (step === 'hold') {
        tell('held', { leg });
        at += gap;
        tell('resumed', { leg });
      }
      if (step === 'party') tell('party-added', { leg: ++leg, party: 'sis' });
      if (step === 'lose' || step === 'blind') talking = false;
      if (step === 'lose') tell('party-left', { leg, agent, cause: 'lost' });
      if (step === 'hang-up') tell('ended', { cause: 'agent' });
      if (step === 'give-up') tell('abandoned');
    }
    return events;
  });
