import { type Actor, subjectsOf } from '../../../identity/contract.ts';
import type { Party } from '../domain/states.ts';

/** What tells who may see and do what on an orientation. */
export interface Concerned {
  readonly territory: string;
  readonly nationalId: string | null;
  readonly structureId: string | null;
}

/** What an actor may see of the orientations: whole territories (`'*'`: all), some professionals', some structures'. */
export interface Scope {
  readonly territories: readonly string[];
  readonly professionals: readonly string[];
  readonly structures: readonly string[];
}

const operators = ['osnp', 'mrg', 'mru', 'ioa'];
const overseers = [...operators, 'superviseur', 'responsable-sas', 'administrateur', 'administrateur-national'];
const holds = (actor: Actor, roles: readonly string[]) => actor.roles.some((role) => roles.includes(role));

/** The orientations that an actor may read. */
export const scopeOf = (actor: Actor): Scope => ({
  territories: holds(actor, overseers) ? actor.territories : [],
  ...subjectsOf(actor, 'requests'),
});

/** True when the scope holds nothing at all. */
export const isEmptyScope = (scope: Scope): boolean =>
  scope.territories.length === 0 && scope.professionals.length === 0 && scope.structures.length === 0;

export const mayRead = (actor: Actor, orientation: Concerned): boolean => {
  const scope = scopeOf(actor);
  return (
    scope.territories.includes('*') ||
    scope.territories.includes(orientation.territory) ||
    (orientation.nationalId !== null && scope.professionals.includes(orientation.nationalId)) ||
    (orientation.structureId !== null && scope.structures.includes(orientation.structureId))
  );
};

/** What the actor is to this very orientation. */
export function partiesOf(actor: Actor, orientation: Concerned): Party[] {
  const scope = scopeOf(actor);
  const parties: Party[] = [];
  if (holds(actor, operators) && (scope.territories.includes('*') || scope.territories.includes(orientation.territory))) parties.push('sas');
  if (orientation.nationalId !== null && scope.professionals.includes(orientation.nationalId)) parties.push('effecteur');
  if (orientation.structureId !== null && scope.structures.includes(orientation.structureId)) parties.push('structure');
  return parties;
}
