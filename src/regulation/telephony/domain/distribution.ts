import type { Level } from '../contract.ts';
import { N4 } from './posts.ts';

export interface WaitingCall {
  readonly callId: string;
  readonly level: Level;
  readonly priority: number;
  /** First arrival at the SAS: a call put back, or passed on, keeps its age. */
  readonly presentedAt: Temporal.Instant;
  readonly skill: string | null;
  /** Wanted by name. */
  readonly agent: string | null;
}

export interface ReadyAgent {
  readonly agent: string;
  readonly level: Level;
  readonly skills: readonly string[];
  readonly idleSince: Temporal.Instant;
}

export interface Assignment {
  readonly callId: string;
  readonly agent: string;
  readonly level: Level;
}

const compare = Temporal.Instant.compare;

/** Priority first, then first arrival. */
export const compareWaiting = (a: WaitingCall, b: WaitingCall): number =>
  a.priority - b.priority || compare(a.presentedAt, b.presentedAt) || (a.callId < b.callId ? -1 : 1);

const skilled = (agent: ReadyAgent, { skill }: WaitingCall): boolean => (skill === null ? !agent.skills.includes(N4) : agent.skills.includes(skill));
const suits = (agent: ReadyAgent, call: WaitingCall): boolean =>
  agent.level === call.level && skilled(agent, call) && (call.agent === null || call.agent === agent.agent);

/** A doctor's call goes to an OSNP in N4; when none is ready, to any OSNP. */
function bestIndex(free: readonly ReadyAgent[], call: WaitingCall): number {
  const index = free.findIndex((agent) => suits(agent, call));
  return index === -1 && call.skill === N4 ? free.findIndex((agent) => suits(agent, { ...call, skill: null })) : index;
}

/**
 * Gives each waiting call, in its turn, the agent of its level who has been idle longest (TEL-07). `ready` holds available
 * agents only; an agent is given one call at most.
 */
export function distribute(waiting: readonly WaitingCall[], ready: readonly ReadyAgent[]): Assignment[] {
  const free = ready.toSorted((a, b) => compare(a.idleSince, b.idleSince) || (a.agent < b.agent ? -1 : 1));
  const assignments: Assignment[] = [];
  for (const call of waiting.toSorted(compareWaiting)) {
    if (free.length === 0) break;
    const index = bestIndex(free, call);
    if (index === -1) continue;
    const [{ agent }] = free.splice(index, 1) as [ReadyAgent];
    assignments.push({ callId: call.callId, agent, level: call.level });
  }
  return assignments;
}
