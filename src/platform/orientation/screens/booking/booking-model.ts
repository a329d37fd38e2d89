import type { SlotView } from '../../../availability/contract.ts';
import type { OrientationStatus, SearchResult } from '../../contract.ts';

/** RDV-05: the target is an appointment within 48 hours; later needs a reason. */
const TARGET_HOURS = 48;

/** True when the slot begins later than the target, seen from now. */
export const isLate = (start: string, at: Temporal.Instant): boolean => Temporal.Instant.compare(Temporal.Instant.from(start), at.add({ hours: TARGET_HOURS })) > 0;

export interface Offer {
  readonly result: SearchResult;
  readonly slot: SlotView;
}

/** What to offer when a slot is gone: the other slots of the same place first, then one of each next result, in rank order. */
export function nextOffers(results: readonly SearchResult[], lost: { readonly rank: number; readonly slotId: string }, taken: ReadonlySet<string>, count: number): readonly Offer[] {
  const free = (result: SearchResult) => result.slots.filter(({ id }) => id !== lost.slotId && !taken.has(id));
  const same = results.filter(({ rank }) => rank === lost.rank).flatMap((result) => free(result).map((slot) => ({ result, slot })));
  const others = results.filter(({ rank }) => rank !== lost.rank).flatMap((result) => free(result).slice(0, 1).map((slot) => ({ result, slot })));
  return [...same.slice(0, 3), ...others].slice(0, count);
}

export type Stage = 'waiting' | 'settled' | 'lost';

const stages: Record<OrientationStatus, Stage> = {
  BROUILLON: 'waiting', PROPOSE: 'waiting', RESERVATION: 'waiting', SOLLICITE: 'waiting', DEMANDE: 'waiting',
  ACCEPTE: 'settled', ACCEPTE_SANS_NOM: 'settled', ACCEPTE_NOMME: 'settled', PRIS: 'settled', MODIFIE: 'settled', HONORE: 'settled', NON_HONORE: 'settled', NON_RENSEIGNE: 'settled',
  ECHEC_CRENEAU_PRIS: 'lost', REFUSE: 'lost', SANS_REPONSE: 'lost', EXPIRE: 'lost', ANNULE_PATIENT: 'lost', ANNULE_EFFECTEUR: 'lost', ANNULE_SAS: 'lost',
};

/** Where the operator stands: waiting for somebody's answer, an appointment made, or to be found elsewhere. */
export const stageOf = (status: OrientationStatus): Stage => stages[status];

/**
 * A key for each distinct request: sending the same one again (lost answer, double press) books once, while a request
 * completed after a refusal is a new one.
 */
export function createKeyring(newKey: () => string): (body: unknown) => string {
  const keys = new Map<string, string>();
  return (body) => {
    const text = JSON.stringify(body);
    const key = keys.get(text) ?? newKey();
    keys.set(text, key);
    return key;
  };
}
