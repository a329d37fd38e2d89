import type { ApiProblem } from '../../../../ui/api.ts';
import { useApi } from '../../../../ui/query.ts';
import { routes } from '../../contract.ts';
import type { Board } from '../words.ts';

/** Figures that move with time alone (QS30, alerts) are read again at this pace, whatever happens in the room. */
const EVERY_MS = 4_000;

/** The board of the room, live. `readAt`: when it was last read, in milliseconds of this workstation's clock. */
export function useBoard(): { board: Board | undefined; readAt: number; error: ApiProblem | null; refetch: () => void } {
  const { data, dataUpdatedAt, error, refetch } = useApi(routes.board, {}, { topics: ['board', 'call', 'agent'], everyMs: EVERY_MS });
  return { board: data, readAt: dataUpdatedAt, error, refetch: () => void refetch() };
}
