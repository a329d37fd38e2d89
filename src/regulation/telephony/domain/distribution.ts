import type { Level } from '../contract.ts';

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

const suits = (agent: ReadyAgent, call: WaitingCall): boolean =>
  agent.level === call.level && (call.skill === null || agent.skills.includes(call.skill)) && (call.agent === null || call.agent === agent.agent);

/**
 * Gives each waiting call, in its turn, the agent of its level who has been idle longest (TEL-07). `ready` holds available
 * agents only; an agent is given one call at most.
 */
export function distribute(waiting: readonly WaitingCall[], ready: readonly ReadyAgent[]): Assignment[] {
  const free = ready.toSorted((a, b) => compare(a.idleSince, b.idleSince) || (a.agent < b.agent ? -1 : 1));
  const assignments: Assignment[] = [];
  for (const call of waiting.toSorted(compareWaiting)) {
    if (free.length === 0) break;
    const index = free.findIndex((agent) => suits(agent, call));
    if (index === -1) continue;
    const [{ agent }] = free.splice(index, 1) as [ReadyAgent];
    assignments.push({ callId: call.callId, agent, level: call.level });
  }
  return assignments;
}
