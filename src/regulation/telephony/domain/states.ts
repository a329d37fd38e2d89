import type { CallState, Level } from '../contract.ts';

const TERMINAL: ReadonlySet<CallState> = new Set(['TERMINE', 'ABANDONNE_LT10', 'ABANDONNE_GE10', 'DEBORDE']);

export const isOver = (state: CallState): boolean => TERMINAL.has(state);
export const isAbandoned = (state: CallState | null): boolean => state === 'ABANDONNE_LT10' || state === 'ABANDONNE_GE10';

const ABANDON_THRESHOLD_MS = 10_000;

/** TEL-10: an abandon counts before, or from, 10 seconds exactly. */
export const abandonState = (presentedAt: Temporal.Instant, at: Temporal.Instant): CallState =>
  at.epochMilliseconds - presentedAt.epochMilliseconds < ABANDON_THRESHOLD_MS ? 'ABANDONNE_LT10' : 'ABANDONNE_GE10';

const kinds: Record<Level, 'N1' | 'N2' | 'MR'> = { N1: 'N1', AMU: 'N2', SNP: 'N2', MRU: 'MR', MRG: 'MR', SPE: 'MR' };

/** State of a caller who speaks with somebody of that level. */
export const talkingState = (level: Level): CallState =>
  ({ N1: 'DECROCHE_N1', N2: 'EN_LIGNE_N2', MR: 'EN_LIGNE_MR' } as const)[kinds[level]];

/** State of a caller whom nobody speaks with, in the queue of that level. */
export const waitingState = (level: Level, answered: boolean): CallState =>
  !answered || kinds[level] === 'N1' ? 'PRESENTE' : kinds[level] === 'N2' ? 'ATTENTE_N2' : 'ATTENTE_MR';

const online: readonly CallState[] = ['DECROCHE_N1', 'EN_LIGNE_N2', 'EN_LIGNE_MR'];
const waiting: readonly CallState[] = ['ATTENTE_N2', 'ATTENTE_MR'];
const live: readonly CallState[] = ['PRESENTE', ...online, ...waiting, 'CONFERENCE', 'RAPPEL'];

/** The transitions of a call (requirements 6.1). */
const transitions: readonly { code: string; from: readonly (CallState | null)[]; to: readonly CallState[] }[] = [
  { code: 'C1', from: [null], to: ['PRESENTE'] },
  { code: 'C2', from: [null, 'PRESENTE'], to: ['ABANDONNE_LT10', 'ABANDONNE_GE10'] },
  { code: 'C3', from: [null, 'PRESENTE'], to: ['DECROCHE_N1'] },
  { code: 'C4', from: [null, 'PRESENTE'], to: ['EN_LIGNE_MR', 'EN_LIGNE_N2'] },
  { code: 'C7', from: ['CONFERENCE'], to: online },
  // Besides N1 to N2: between AMU and OSNP, and back from a doctor (REG-08).
  { code: 'C5', from: [...online, ...waiting, 'CONFERENCE'], to: ['ATTENTE_N2', 'EN_LIGNE_N2'] },
  { code: 'C6', from: [...online, ...waiting, 'CONFERENCE'], to: ['ATTENTE_MR', 'EN_LIGNE_MR'] },
  // From the queue: a third stayed with a caller whose agent was lost, and somebody answers.
  { code: 'C7', from: ['PRESENTE', ...online, ...waiting], to: ['CONFERENCE'] },
  { code: 'C8', from: live, to: ['TERMINE'] },
  { code: 'C9', from: ['PRESENTE'], to: ['DEBORDE'] },
  { code: 'C10', from: [null], to: ['RAPPEL'] },
  // Beyond the table: given back to N1, or put back in its queue when the agent is lost.
  { code: 'back-to-n1', from: [...online, ...waiting, 'CONFERENCE'], to: ['DECROCHE_N1', 'PRESENTE'] },
];

/** The code of a change of state; `C*` for one that no table has: an event told late changed the past. */
export const transitionCode = (from: CallState | null, to: CallState): string =>
  transitions.find((one) => one.from.includes(from) && one.to.includes(to))?.code ?? 'C*';
