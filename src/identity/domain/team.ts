import type { Role } from '../contract.ts';

/** Groups of the « Première cartographie des acteurs du SAS » (ACT-13). */
export const teams = ['front-office', 'amu', 'mg', 'secretariat'] as const;
export type Team = (typeof teams)[number];

export const teamLabels: Record<Team, string> = {
  'front-office': 'FRONT OFFICE',
  amu: 'FILIERE AMU',
  mg: 'FILIERE MG',
  secretariat: 'SECRETARIAT',
};

/** Levels of the organigramme: the groups, the specialised filières, those who steer and those who go with (ACT-14). */
export const levels = ['steering', ...teams, 'specialised', 'partners'] as const;
export type Level = (typeof levels)[number];

export const levelLabels: Record<Level, string> = {
  steering: 'PILOTAGE',
  ...teamLabels,
  specialised: 'FILIERES SPECIALISEES',
  partners: 'PARTENAIRES',
};

/** Where each role stands; those of the town are in the directory of effecteurs, not in the team of the SAS (ACT-19). */
const levelOfRole: Partial<Record<Role, Level>> = {
  'responsable-sas': 'steering',
  arm: 'front-office', 'arm-coordonnateur': 'front-office', superviseur: 'front-office',
  mru: 'amu', ioa: 'amu',
  osnp: 'mg', mrg: 'mg',
  'gestionnaire-comptes': 'secretariat', administrateur: 'secretariat',
  'medecin-specialise': 'specialised',
  'referent-territorial': 'partners', ars: 'partners', cpam: 'partners', dgos: 'partners', 'administrateur-national': 'partners',
};

/** The roles of the team of a SAS: those that the map and the organigramme show. */
export const teamRoles = Object.keys(levelOfRole) as Role[];

/** The level of a person in the organigramme: the group said of him, else that of the first role which has one; null in the town. */
export function levelOf({ team, roles }: { readonly team: Team | null; readonly roles: readonly Role[] }): Level | null {
  const byRole = levels.find((level) => roles.some((role) => levelOfRole[role] === level));
  return byRole && team ? team : (byRole ?? null);
}
