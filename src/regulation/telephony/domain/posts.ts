import type { Level } from '../contract.ts';

/** Who may hold a post of a level. N1 is answered by an ARM only (TEL-03); an ARM never fills an OSNP post. */
export const rolesOfLevel = {
  N1: ['arm', 'arm-coordonnateur'],
  AMU: ['arm', 'arm-coordonnateur'],
  SNP: ['osnp'],
  MRU: ['mru'],
  MRG: ['mrg'],
  SPE: ['medecin-specialise'],
} as const satisfies Record<Level, readonly string[]>;

export const mayHold = (roles: readonly string[], level: Level): boolean => rolesOfLevel[level].some((role) => roles.includes(role));

/** The level proposed to somebody who takes a post without naming one; null when none is open to these roles. */
export const usualLevel = (roles: readonly string[]): Level | null =>
  (Object.keys(rolesOfLevel) as Level[]).find((level) => mayHold(roles, level)) ?? null;

/** One N1 for two N2 (TEL-22), to the nearest whole person. */
export const ratioRespected = (n1: number, n2: number): boolean => Math.abs(n2 - 2 * n1) <= 1;

/** Position of an OSNP whom the doctors of every filière ask for (ACT-08), held as a skill; the others are in N2-SNP. */
export const N4 = 'N4';
const doctorLevels: readonly Level[] = ['MRU', 'MRG', 'SPE'];

/** The skill that a call passed from one level to another asks for. */
export const skillFor = (from: Level | null, to: Level): string | undefined => (to === 'SNP' && from !== null && doctorLevels.includes(from) ? N4 : undefined);
