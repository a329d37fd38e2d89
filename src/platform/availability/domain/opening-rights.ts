import type { Actor } from '../../../identity/contract.ts';

/** Whose availability it is: a professional, a structure, or a professional inside a structure. */
export interface OpeningOwner {
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly territory: string;
}

const has = (actor: Actor, ...roles: readonly string[]) => actor.roles.some((role) => roles.includes(role));

/** The structures whose agenda the actor keeps. */
export const managedStructures = (actor: Actor): readonly string[] =>
  has(actor, 'gestionnaire-structure', 'delegataire') ? actor.structureIds : [];

/** The professional whose agenda the actor keeps: himself. */
export const ownAgenda = (actor: Actor): string | null => (has(actor, 'effecteur') ? actor.nationalId : null);

/** The territories whose agendas the actor administers; `'*'` is all of them. */
export const administeredTerritories = (actor: Actor): readonly string[] =>
  has(actor, 'administrateur', 'administrateur-national') ? actor.territories : [];

/**
 * True when the actor may declare or remove this availability: an effecteur his own, a structure's manager or delegate those
 * of the structure, an administrator those of the territory.
 */
export function mayKeep(actor: Actor, owner: OpeningOwner): boolean {
  const territories = administeredTerritories(actor);
  return (
    (owner.nationalId !== null && owner.nationalId === ownAgenda(actor)) ||
    (owner.structureId !== null && managedStructures(actor).includes(owner.structureId)) ||
    territories.includes('*') ||
    territories.includes(owner.territory)
  );
}
