import { useSyncExternalStore } from 'react';
import { ApiProblem, call as callRoute, type InputOf } from '../../../../ui/api.ts';
import { useLiveEvent } from '../../../../ui/live.tsx';
import { useApi, useRefresh } from '../../../../ui/query.ts';
import { useAccount } from '../../../../ui/session.ts';
import { toast } from '../../../../ui/toast.tsx';
import { type Agent, type Call, type Level, routes } from '../../../telephony/contract.ts';
import { levelsOf, type Party } from './post-model.ts';

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

interface Moment {
  readonly busy: boolean;
  readonly heldCall: string | null;
}

/** What every part of the desk knows of my telephone between two answers of the server. */
let moment: Moment = { busy: false, heldCall: null };
const subscribers = new Set<() => void>();
function publish(next: Partial<Moment>): void {
  moment = { ...moment, ...next };
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
  const { busy, heldCall } = useSyncExternalStore(subscribe, () => moment);
  const agent = data?.agent ?? null;
  const call = data?.call ?? null;
  useLiveEvent('agent', ({ agentId }) => agentId === account.id && void refresh(routes.me));
  useLiveEvent('call', ({ callId }) => callId !== undefined && callId === call?.id && void refresh(routes.me));

  async function order(work: () => Promise<unknown>, heldAfter?: string | null): Promise<boolean> {
    publish({ busy: true });
    try {
      await work();
      if (heldAfter !== undefined) publish({ heldCall: heldAfter });
      await refresh(routes.me);
      return true;
    } catch (error) {
      toast({ tone: 'bad', words: error instanceof ApiProblem ? error.message : String(error) });
      return false;
    } finally {
      publish({ busy: false });
    }
  }

  const setState = (body: InputOf<typeof routes.setMyState>['body']) => order(() => callRoute(routes.setMyState, { body }));
  const command = async (body: InputOf<typeof routes.callCommand>['body'], heldAfter?: string | null) =>
    call !== null && order(() => callRoute(routes.callCommand, { params: { id: call.id }, body }), heldAfter);

  return {
    ready: data !== undefined, agent, call, busy, held: call !== null && heldCall === call.id, levels: levelsOf(account.roles),
    take: (level) => setState({ level, state: 'available' }),
    available: () => setState({ state: 'available' }),
    pause: (reason) => setState({ state: 'pause', ...(reason ? { reason } : {}) }),
    leave: () => setState({ state: 'offline' }),
    hold: (on) => command({ op: 'hold', on }, on ? (call?.id ?? null) : null),
    hangUp: () => command({ op: 'hang-up' }),
    transfer: (level, { warm = false, ...target } = {}) => command({ op: 'transfer', level, mode: warm ? 'warm' : 'blind', ...target }),
    addParty: (party, number) => command({ op: 'add-party', party, number }),
    dropParty: (leg) => command({ op: 'drop-party', leg }),
    callOut: (number, about) => order(() => callRoute(routes.callOut, { body: { number: number.replace(/[\s.-]/g, ''), ...about } })),
  };
}
