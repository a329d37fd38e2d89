import { useMemory, useUrlState, type WriteOptions } from '../../../../ui/url.ts';
import { criteriaSchema, type Criteria, type Memory } from './criteria.ts';

/** Where the tab's memory of the search is, in the step of the history. */
export const MEMORY = 'search';

/** The search of the address and of the tab's memory, and how to change both at once. */
export function useCriteria() {
  const [criteria, write] = useUrlState(criteriaSchema);
  const memory = (useMemory()[MEMORY] ?? {}) as Memory;
  const change = (next: Partial<Criteria>, remember: Partial<Memory> = {}, options: WriteOptions = {}) =>
    write(next, { ...options, memory: { [MEMORY]: { ...memory, messages: undefined, ...remember } } });
  return { criteria, memory, change };
}
