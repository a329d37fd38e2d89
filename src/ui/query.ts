import {
  keepPreviousData, QueryClient, useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult,
} from '@tanstack/react-query';
import type { AnyRoute, ResponseOf } from '../foundation/http/route.ts';
import { ApiProblem, call, urlOf, type InputOf } from './api.ts';

export interface QueryOptions {
  /** Topics of `/api/v1/events` after which the answer is read again. */
  readonly topics?: readonly string[];
  readonly enabled?: boolean;
  /** How long an answer may be shown without being asked again, in milliseconds. */
  readonly staleMs?: number;
  /** Shows the former answer while another question (next page, other filter) is being answered. */
  readonly keepPrevious?: boolean;
  /** Reads again at this pace, for figures that move without announcing themselves. */
  readonly everyMs?: number;
}

/** The answer of a GET route, kept fresh: refetched when one of its topics changes and after each reconnection. */
export function useApi<R extends AnyRoute>(route: R, input: InputOf<R>, options: QueryOptions = {}): UseQueryResult<ResponseOf<R>, ApiProblem> {
  return useQuery<ResponseOf<R>, ApiProblem>({
    queryKey: keyOf(route, input),
    queryFn: ({ signal }) => call(route, { ...input, signal }),
    enabled: options.enabled ?? true,
    staleTime: options.staleMs ?? 0,
    ...(options.everyMs ? { refetchInterval: options.everyMs } : {}),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
    meta: { topics: options.topics ?? [] },
  });
}

/** A call that changes something: `mutate(input)`; `error` is an ApiProblem. */
export function useAction<R extends AnyRoute>(
  route: R,
  options: { onSuccess?: (answer: ResponseOf<R>, input: InputOf<R>) => void; onError?: (problem: ApiProblem) => void } = {},
): UseMutationResult<ResponseOf<R>, ApiProblem, InputOf<R>> {
  return useMutation<ResponseOf<R>, ApiProblem, InputOf<R>>({
    mutationFn: (input) => call(route, input),
    ...(options.onSuccess ? { onSuccess: options.onSuccess } : {}),
    ...(options.onError ? { onError: options.onError } : {}),
  });
}

/** Reads the answers of a route again, whatever their parameters. */
export function useRefresh(): (route: AnyRoute) => Promise<void> {
  const client = useQueryClient();
  return (route) => client.invalidateQueries({ queryKey: [route.method, route.path] });
}

/** Shows an answer that came by another way (what a change gave back) as the one of this GET route. */
export function useKeep<R extends AnyRoute>(route: R): (input: InputOf<R>, answer: ResponseOf<R>) => void {
  const client = useQueryClient();
  return (input, answer) => void client.setQueryData(keyOf(route, input), answer);
}

/** The cache of answers. A refusal is final; a server that cannot be reached is asked again. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) => count < 3 && error instanceof ApiProblem && (error.status === 0 || error.status === 503),
        retryDelay: (count) => Math.min(500 * 2 ** count, 4_000),
        refetchOnWindowFocus: false,
      },
    },
  });

const keyOf = <R extends AnyRoute>(route: R, input: InputOf<R>) => [route.method, route.path, urlOf(route, input as never)];
