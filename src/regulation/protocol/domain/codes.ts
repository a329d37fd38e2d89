// The national codes that a protocol may name: those of dossiers, kept equal to them by a test (contexts do not form a cycle).

/** The most urgent first; `NR`: no medical regulation. */
export const priorities = ['P0', 'P1', 'P2', 'P3', 'NR'] as const;
/** AMU, SNP, PSY and NEONAT are national; the others are local and switched on by territory. */
export const filieres = ['AMU', 'SNP', 'PSY', 'NEONAT', 'PED', 'DAC', 'GERIA', 'DENT', 'TOXICO', 'PERINAT', 'IDEL'] as const;

export type Priority = (typeof priorities)[number];
export type Filiere = (typeof filieres)[number];
