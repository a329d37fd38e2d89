import { isRinging, isTalkingAgent } from './calls.ts';
import type { PhoneNetwork } from './network.ts';

/** What is true now: live calls and agents, at the offset of the last event. */
export function snapshotOf(network: PhoneNetwork) {
  return {
    offset: network.events.length,
    at: new Date(network.now).toISOString(),
    calls: [...network.book.live()].map((call) => {
      const talking = call.legs.findLast(isTalkingAgent);
      const ringing = call.legs.findLast((leg) => isRinging(leg) && leg.party === 'agent');
      return {
        callId: call.callId, version: call.version, state: talking ? 'talking' : ringing ? 'ringing' : 'queued', direction: call.direction,
        dnis: call.dnis, caller: call.caller || null, presentedAt: new Date(call.presentedAt).toISOString(),
        level: talking?.level ?? call.queue?.level ?? null, agent: talking?.agent ?? ringing?.agent ?? null,
      };
    }),
    agents: [...network.agents].map(([agent, { state, phone }]) => ({
      agent, state: phone === 'lost' ? 'lost' : state, callId: network.book.callOfAgent(agent)?.callId ?? null,
    })),
  };
}
