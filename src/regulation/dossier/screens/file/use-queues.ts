import type { UseQueryResult } from '@tanstack/react-query';
import type { AnswerOf, ApiProblem } from '../../../../ui/api.ts';
import { useApi } from '../../../../ui/query.ts';
import { routes } from '../../contract.ts';

export type Queue = AnswerOf<typeof routes.queues>['queues'][number];
export type Line = Queue['dossiers'][number];

/** The queues one works on, live. */
export const useQueues = (): UseQueryResult<AnswerOf<typeof routes.queues>, ApiProblem> => useApi(routes.queues, {}, { topics: ['queue', 'p0', 'dossier'], keepPrevious: true });
