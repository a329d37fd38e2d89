import type { Flow } from '../contract.ts';
import type { EditorQuestion } from './editor.ts';

/** How many a single call may name (interop-sas 2.2 to 2.4). */
export const maxIdsPerCall: Record<Flow, number> = { ps: 25, cpts: 25, sos: 10 };

/** A window of search; both ends are included. */
export interface Window {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/** True for the prefixed SIRET of an association: only these are asked through the `sos` flow. */
export const isAssociation = (id: string): boolean => /^3\d{14}$/.test(id);

/** True for the prefixed national id of a professional: 8 + RPPS, 0 + ADELI. */
const isProfessional = (id: string): boolean => /^[08]\d{9,11}$/.test(id);

/** The ids that a vendor with these flows can be asked about, each once, in the order given. */
export function askableIds(flows: readonly Flow[], ids: Iterable<string>): string[] {
  const professionals = flows.includes('ps') || flows.includes('cpts');
  const associations = flows.includes('sos');
  return [...new Set(ids)].filter((id) => ((isAssociation(id) && associations) || (isProfessional(id) && professionals)));
}

/**
 * The calls that ask about every askable id exactly once, within the size a call may have. `cpts` is the same call as `ps`
 * with more included, so a vendor that has both is asked once.
 */
export function questionsFor(flows: readonly Flow[], ids: Iterable<string>, window: Window): EditorQuestion[] {
  const asked = askableIds(flows, ids);
  const individual: Flow = flows.includes('cpts') ? 'cpts' : 'ps';
  return [
    ...lots(individual, asked.filter(isProfessional), window),
    ...lots('sos', asked.filter(isAssociation), window),
  ];
}

function lots(flow: Flow, ids: readonly string[], { from, to }: Window): EditorQuestion[] {
  const size = maxIdsPerCall[flow];
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) => ({
    flow,
    ids: ids.slice(index * size, (index + 1) * size),
    from,
    to,
  }));
}
