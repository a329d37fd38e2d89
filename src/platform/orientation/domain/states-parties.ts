import type { Actor } from '../../../identity/contract.ts';
import type { Party } from './states.ts';

/** What tells who may see and do what on an orientation. */
export interface Concerned {
  readonly territory: string;
  readonly nationalId: string | null;
  readonly structureId: string | null;
}

/** What an actor may see of the orientations: whole territories (`'*'`: all), one professional's, some structures'. */
export interface Scope {
  readonly territories: readonly string[];
  readonly nationalId: string | null;
  readonly structureIds: readonly string[];
}

const operators = ['osnp', 'mrg', 'mru', 'ioa'];
const overseers = [...operators, 'superviseur', 'responsable-sas', 'administrateur', 'administrateur-national'];
const holds = (actor: Actor, roles: readonly string[]) => actor.roles.some((role) => roles.includes(role));

/** The orientations that an actor may read. */
export const scopeOf = (actor: Actor): Scope => ({
  territories: holds(actor, overseers) ? actor.territories : [],
  nationalId: holds(actor, ['effecteur']) ? actor.nationalId : null,
  structureIds: holds(actor, ['gestionnaire-structure', 'delegataire']) ? actor.structureIds : [],
});

/** True when the scope holds nothing at all. */
export const isEmptyScope = (scope: Scope): boolean =>
  scope.territories.length === 0 && scope.nationalId === null && scope.structureIds.length === 0;

export const mayRead = (actor: Actor, orientation: Concerned): boolean => {
  const scope = scopeOf(actor);
  return (
    scope.territories.includes('*') ||
    scope.territories.includes(orientation.territory) ||
    (orientation.nationalId !== null && orientation.nationalId === scope.nationalId) ||
    (orientation.structureId !== null && scope.structureIds.includes(orientation.structureId))
  );
};

/** What the actor is to this very orientation. */
export function partiesOf(actor: Actor, orientation: Concerned): Party[] {
  const scope = scopeOf(actor);
  const parties: Party[] = [];
  if (holds(actor, operators) && (scope.territories.includes('*') || scope.territories.includes(orientation.territory))) parties.push('sas');
  if (orientation.nationalId !== null && orientation.nationalId === scope.nationalId) parties.push('effecteur');
  if (orientation.structureId !== null && scope.structureIds.includes(orientation.structureId)) parties.push('structure');
  return parties;
}
