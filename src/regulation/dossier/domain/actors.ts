import type { Role } from '../../../identity/contract.ts';
import type { Filiere } from './codes.ts';

/**
 * Who may trigger what (requirements 6.2): ARM of the first and second level, OSNP, MRU (U), MRG (G), specialised doctor (S),
 * supervisor, coordinating ARM, and the software itself.
 */
export const parties = ['N1', 'N2', 'OS', 'U', 'G', 'S', 'SV', 'CO', 'AUTO'] as const;
export type Party = (typeof parties)[number];

const partiesOfRole: Partial<Record<Role, readonly Party[]>> = {
  arm: ['N1', 'N2'], 'arm-coordonnateur': ['N1', 'N2', 'CO'], superviseur: ['SV'], osnp: ['OS'], mru: ['U'], mrg: ['G'], 'medecin-specialise': ['S'],
};

/** Whoever acts on a dossier. */
export interface Author {
  readonly accountId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Of a regulating doctor: hospitalier, libéral… (ACT-15); null when not recorded. */
  readonly status: string | null;
  /** Specialised filières this doctor regulates. */
  readonly filieres: readonly Filiere[];
}

export const partiesOf = (author: Pick<Author, 'roles'>): Party[] => [...new Set(author.roles.flatMap((role) => partiesOfRole[role] ?? []))];

export const doctors: readonly Party[] = ['U', 'G', 'S'];
export const assistants: readonly Party[] = ['N1', 'N2'];

export const isDoctor = (author: Pick<Author, 'roles'>): boolean => partiesOf(author).some((party) => doctors.includes(party));

/** The role under which this author speaks as one of these parties. */
export function roleAs(author: Pick<Author, 'roles'>, wanted: readonly Party[]): Role {
  const found = author.roles.find((role) => partiesOfRole[role]?.some((party) => wanted.includes(party)));
  return found ?? author.roles[0] ?? 'arm';
}

/** The software itself: due times, deadlines of the national states. */
export const automaton: Author = { accountId: 'automatic', name: 'Automatique', roles: [], status: null, filieres: [] };
