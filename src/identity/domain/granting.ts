import type { Role } from '../contract.ts';

/** A right somebody holds: a role on a territory (`'*'`: all of them). */
export interface HeldRole {
  readonly role: Role;
  readonly territory: string;
}

const regulators = ['arm', 'arm-coordonnateur', 'superviseur', 'osnp', 'mru', 'mrg', 'medecin-specialise', 'ioa'] as const;
const town = ['effecteur', 'gestionnaire-structure', 'referent-territorial'] as const;
const heads = ['gestionnaire-comptes', 'responsable-sas', 'ars', 'cpam'] as const;

/** Who may give which role. A délégataire's comes with a delegation alone; those of machines with a token. */
export const grantable = {
  'gestionnaire-comptes': [...regulators, ...town],
  administrateur: [...regulators, ...town, ...heads],
  'administrateur-national': [...regulators, ...town, ...heads, 'administrateur', 'administrateur-national', 'dgos'],
} as const satisfies Partial<Record<Role, readonly Role[]>>;

export type Grantor = keyof typeof grantable;
/** Those who keep accounts, on the territories where they hold the role. */
export const grantorRoles = Object.keys(grantable) as Grantor[];

/** True when the role lets one keep accounts. */
export const isGrantor = (role: Role): role is Grantor => role in grantable;

/** The roles that somebody may give and take on a territory, from those he holds there. */
export function rolesGrantableOn(held: readonly HeldRole[], territory: string): Role[] {
  const there = held.filter((one) => one.territory === '*' || one.territory === territory);
  return [...new Set(there.flatMap(({ role }): readonly Role[] => (isGrantor(role) ? grantable[role] : [])))];
}

/** True when he may give or take this role there. `'*'` takes a role held everywhere. */
export const mayGrant = (held: readonly HeldRole[], wanted: HeldRole): boolean =>
  rolesGrantableOn(held, wanted.territory).includes(wanted.role);

/** The territories whose accounts he keeps. */
export const keptTerritories = (held: readonly HeldRole[]): string[] =>
  [...new Set(held.filter(({ role }) => isGrantor(role)).map(({ territory }) => territory))];

/** True when he may change the whole account whose rights these are: none is above his own, none is held on a territory out of his reach. */
export function mayKeep(held: readonly HeldRole[], theirs: readonly HeldRole[]): boolean {
  const kept = keptTerritories(held);
  const inReach = (territory: string) => kept.includes('*') || kept.includes(territory);
  return theirs.every((one) => (one.role === 'delegataire' ? inReach(one.territory) : mayGrant(held, one)));
}
