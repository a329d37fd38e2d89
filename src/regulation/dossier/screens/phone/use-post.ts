import { useSyncExternalStore } from 'react';
import { ApiProblem, call as callRoute, type InputOf } from '../../../../ui/api.ts';
import { useLiveEvent } from '../../../../ui/live.tsx';
import { useApi, useRefresh } from '../../../../ui/query.ts';
import { useAccount } from '../../../../ui/session.ts';
import { toast } from '../../../../ui/toast.tsx';
import { type Agent, type Call, type Level, routes } from '../../../telephony/contract.ts';
import { levelsOf, type OsnpPosition, type Party } from './post-model.ts';

export interface Post {
  /** False until the server said where I am. */
  readonly ready: boolean;
  readonly agent: Agent | null;
  /** The call that is mine now: it rings, or I am in it. */
  readonly call: Call | null;
  /** The caller waits with music, at my request. */
  readonly held: boolean;
  /** An order was given and the telephone has not answered yet. */
  readonly busy: boolean;
  readonly levels: readonly Level[];
  readonly take: (level: Level) => Promise<boolean>;
  /** An OSNP answers the calls of the room, or those that doctors pass on (ACT-08). */
  readonly place: (position: OsnpPosition) => Promise<boolean>;
  readonly available: () => Promise<boolean>;
  readonly pause: (reason?: string) => Promise<boolean>;
  readonly leave: () => Promise<boolean>;
  readonly hold: (on: boolean) => Promise<boolean>;
  readonly hangUp: () => Promise<boolean>;
  readonly transfer: (level: Level, options?: { warm?: boolean; agent?: string; skill?: string }) => Promise<boolean>;
  readonly addParty: (party: Party, number: string) => Promise<boolean>;
  readonly dropParty: (leg: number) => Promise<boolean>;
  /** Rings somebody from my post; the call belongs to the dossier, or to the line of the list to ring back. */
  readonly callOut: (number: string, about: { dossierId?: string; callbackId?: string }) => Promise<boolean>;
}

/** Whether an order waits for the telephone: every part of the desk shows the same. */
let ordering = false;
const subscribers = new Set<() => void>();
function publish(next: boolean): void {
  ordering = next;
  for (const subscriber of subscribers) subscriber();
}
const subscribe = (subscriber: () => void) => {
  subscribers.add(subscriber);
  return () => void subscribers.delete(subscriber);
};

/** My post and the call in line, with what can be done; each order gives true once done, else the reason is told on screen. */
export function usePost(): Post {
  const account = useAccount();
  const { data } = useApi(routes.me, {});
  const refresh = useRefresh();
  const busy = useSyncExternalStore(subscribe, () => ordering);
  const agent = data?.agent ?? null;
  const call = data?.call ?? null;
  useLiveEvent('agent', ({ agentId }) => agentId === account.id && void refresh(routes.me));
  useLiveEvent('call', ({ callId }) => callId !== undefined && callId === call?.id && void refresh(routes.me));

  async function order(work: () => Promise<unknown>): Promise<boolean> {
    publish(true);
    try {
      await work();
      await refresh(routes.me);
      return true;
    } catch (error) {
      toast({ tone: 'bad', words: error instanceof ApiProblem ? error.message : String(error) });
      return false;
    } finally {
      publish(false);
    }
  }

  const setState = (body: InputOf<typeof routes.setMyState>['body']) => order(() => callRoute(routes.setMyState, { body }));
  const command = async (body: InputOf<typeof routes.callCommand>['body']) =>
    call !== null && order(() => callRoute(routes.callCommand, { params: { id: call.id }, body }));

  return {
    ready: data !== undefined, agent, call, busy, held: call?.legs.some((leg) => leg.held && leg.agent === account.id) ?? false, levels: levelsOf(account.roles),
    take: (level) => setState({ level, state: 'available' }),
    place: (position) => setState({ state: agent?.state === 'pause' ? 'pause' : 'available', post: position, skills: position === 'N4' ? ['N4'] : [], ...(agent?.pauseReason ? { reason: agent.pauseReason } : {}) }),
    available: () => setState({ state: 'available' }),
    pause: (reason) => setState({ state: 'pause', ...(reason ? { reason } : {}) }),
    leave: () => setState({ state: 'offline' }),
    hold: (on) => command({ op: 'hold', on }),
    hangUp: () => command({ op: 'hang-up' }),
    transfer: (level, { warm = false, ...target } = {}) => command({ op: 'transfer', level, mode: warm ? 'warm' : 'blind', ...target }),
    addParty: (party, number) => command({ op: 'add-party', party, number }),
    dropParty: (leg) => command({ op: 'drop-party', leg }),
    callOut: (number, about) => order(() => callRoute(routes.callOut, { body: { number: number.replace(/[\s.-]/g, ''), ...about } })),
  };
}
