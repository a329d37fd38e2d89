import { type MeansStatus, meansMayBecome } from '../../domain/codes.ts';

/** The steps people of the room follow; the others are told by partners. */
const usual: readonly MeansStatus[] = ['DECLENCHE', 'DEPART', 'ARRIVEE', 'PEC', 'BILAN', 'TRANSP', 'DESTIN', 'FINPEC', 'REN-BASE'];
const OFFERED = 2;

/** The next steps of a means: the one expected, and the one after when a team forgot to tell a step. */
export const nextStatuses = (status: string): MeansStatus[] => usual.filter((next) => meansMayBecome(status, next)).slice(0, OFFERED);
