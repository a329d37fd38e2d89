import { useApi } from '../../../../ui/query.ts';
import { type Level, routes } from '../../../telephony/contract.ts';
import type { Load } from './post-model.ts';

const EVERY_MS = 5_000;

/** How long each queue of calls is, for whoever is about to pass one on; and whether the two levels are open. */
export function useQueuesLoad(): { readonly bilevel: boolean | null; readonly load: (level: Level) => Load | null } {
  const { data } = useApi(routes.board, {}, { everyMs: EVERY_MS });
  return {
    bilevel: data?.bilevel ?? null,
    load: (wanted) => {
      const found = data?.levels.find(({ level }) => level === wanted);
      return found ? { waiting: found.waiting, longestWaitSeconds: found.longestWaitSeconds, ready: found.agents.filter(({ state }) => state === 'available') } : null;
    },
  };
}
