import type { ApiProblem } from '../../../../ui/api.ts';

/** A field that somebody else changed while it was being written here. */
export interface FieldConflict {
  readonly by: string;
  readonly theirs: string;
}

interface Told {
  readonly field: string;
  readonly theirs: unknown;
  readonly by: string;
}

/** What the server says of this field in a refusal `fields-conflict`; null when the refusal is another, or none. */
export function conflictOn(field: string, problem: Pick<ApiProblem, 'code' | 'extra'> | null): FieldConflict | null {
  if (problem?.code !== 'fields-conflict') return null;
  const found = (problem.extra['conflicts'] as readonly Told[] | undefined)?.find((one) => one.field === field);
  return found ? { by: found.by, theirs: inWords(found.theirs) } : null;
}

function inWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'rien';
  return typeof value === 'object' ? Object.values(value).filter((one) => typeof one === 'string' && one !== '').join(', ') : String(value);
}
