import { type CallFacts, isAgentLeg, isRinging, isTalking, type Leg } from './call.ts';
import { isAbandoned, isOver } from './states.ts';

/** What a change of a call does to the people of the room. */
export type AgentEffect =
  | { readonly kind: 'rings' | 'talks'; readonly agent: string; readonly at: Temporal.Instant }
  /** The conversation is over: time to write. */
  | { readonly kind: 'wraps-up'; readonly agent: string; readonly at: Temporal.Instant }
  /** Did not pick up, or could not be reached: not given another call before saying so. */
  | { readonly kind: 'missed'; readonly agent: string; readonly at: Temporal.Instant; readonly cause: string }
  | { readonly kind: 'lost'; readonly agent: string; readonly at: Temporal.Instant }
  /** Rang for a call that ended or was answered elsewhere: keeps its turn. */
  | { readonly kind: 'freed'; readonly agent: string; readonly at: Temporal.Instant };

const CALL_OVER_CAUSES = new Set(['caller', 'ended', 'transferred', 'agent', 'failure']);

const lastLegOf = (agent: string, facts: CallFacts): Leg | undefined => facts.legs.findLast((leg) => isAgentLeg(leg) && leg.agent === agent);

const activeAgents = (facts: CallFacts | null): Map<string, 'rings' | 'talks'> =>
  new Map(
    (facts?.legs ?? []).flatMap((leg) =>
      isAgentLeg(leg) && leg.agent && (isRinging(leg) || isTalking(leg)) ? [[leg.agent, isTalking(leg) ? 'talks' : 'rings'] as const] : [],
    ),
  );

/** Compares a call before and after an event, and tells what becomes of each agent it holds or held. */
export function agentEffects(before: CallFacts | null, after: CallFacts): AgentEffect[] {
  const was = activeAgents(before);
  const is = activeAgents(after);
  const taken = [...is].flatMap(([agent, kind]): AgentEffect[] => {
    if (was.get(agent) === kind) return [];
    const leg = lastLegOf(agent, after)!;
    return [{ kind, agent, at: (kind === 'talks' ? leg.answeredAt : leg.rangAt) ?? after.presentedAt }];
  });
  const released = [...was.keys()].flatMap((agent): AgentEffect[] => {
    if (is.has(agent)) return [];
    const leg = lastLegOf(agent, after);
    return leg?.endedAt ? [release(agent, leg, leg.endedAt)] : [];
  });
  return [...taken, ...released];
}

function release(agent: string, leg: Leg, at: Temporal.Instant): AgentEffect {
  const cause = leg.endCause ?? 'ended';
  if (cause === 'lost') return { kind: 'lost', agent, at };
  if (leg.answeredAt) return { kind: 'wraps-up', agent, at };
  return CALL_OVER_CAUSES.has(cause) ? { kind: 'freed', agent, at } : { kind: 'missed', agent, at, cause };
}

/** Causes of an end that nobody of the room wanted. */
const UNPLANNED = new Set(['caller', 'lost', 'failure', 'network', 'coupure']);
const MOST_SERIOUS = 1;

/** True when a call of a P0 or P1 dossier has just broken off (transition C8): somebody must ring back. */
export const brokeOff = (before: CallFacts | null, after: CallFacts, priority: number): boolean =>
  priority <= MOST_SERIOUS && after.state === 'TERMINE' && before !== null && !isOver(before.state) && UNPLANNED.has(after.cause ?? '');

/** What a change of a call does to the list of numbers to ring back (TEL-11). */
export function callbackEffect(before: CallFacts | null, after: CallFacts): 'abandoned' | 'withdrawn' | 'answered' | null {
  if (after.direction === 'out') return null;
  const was = isAbandoned(before?.state ?? null);
  const is = isAbandoned(after.state);
  if (is) return was ? null : 'abandoned';
  if (was) return 'withdrawn';
  return after.answeredAt && !before?.answeredAt ? 'answered' : null;
}
