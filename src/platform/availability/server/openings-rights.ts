import { type Actor, actsFor } from '../../../identity/contract.ts';

/** Whose availability it is: a professional, a structure, or a professional inside a structure. */
export interface OpeningOwner {
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly territory: string;
}

const has = (actor: Actor, ...roles: readonly string[]) => actor.roles.some((role) => roles.includes(role));

/** The territories whose agendas the actor administers; `'*'` is all of them. */
export const administeredTerritories = (actor: Actor): readonly string[] =>
  has(actor, 'administrateur', 'administrateur-national') ? actor.territories : [];

/**
 * True when the actor may declare or remove this availability: an effecteur his own, a structure's manager those of the
 * structure, a delegate those delegated to him, an administrator those of the territory.
 */
export function mayKeep(actor: Actor, owner: OpeningOwner): boolean {
  const territories = administeredTerritories(actor);
  return actsFor(actor, 'agenda', owner) || territories.includes('*') || territories.includes(owner.territory);
}
