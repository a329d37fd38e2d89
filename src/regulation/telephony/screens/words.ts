import type { AnswerOf } from '../../../ui/api.ts';
import type { AgentState, CallState, FlowKind, Level, routes } from '../contract.ts';

export type Board = AnswerOf<typeof routes.board>;
export type LevelBoard = Board['levels'][number];

/** A call that waits this long is no longer answered in time: what QS30 counts. */
export const ANSWER_SECONDS = 30;

/** Short names of the levels, where a column has little room. */
export const levelShort: Record<Level, string> = { N1: 'N1', AMU: 'AMU', SNP: 'OSNP', MRU: 'MRU', MRG: 'MRG', SPE: 'Filières' };

/** State of somebody at his post. `offline`: in the list although his telephone was lost. */
export const agentStateWords: Record<AgentState, string> = {
  available: 'libre', ringing: 'sonne', 'in-call': 'en ligne', 'wrap-up': 'après-appel', pause: 'pause', offline: 'poste perdu',
};

export const callStateWords: Record<CallState, string> = {
  PRESENTE: 'Sonne', DECROCHE_N1: 'En ligne N1', ATTENTE_N2: 'Attend le second niveau', EN_LIGNE_N2: 'En ligne N2', ATTENTE_MR: 'Attend un médecin',
  EN_LIGNE_MR: 'En ligne médecin', CONFERENCE: 'Conférence', RAPPEL: 'Rappel en cours', DEBORDE: 'Débordé', TERMINE: 'Terminé',
  ABANDONNE_LT10: 'Abandonné avant 10 s', ABANDONNE_GE10: 'Abandonné après 10 s',
};

export const flowWords: Record<FlowKind, string> = {
  populationnel: 'Population', 'ligne-sis': 'Ligne SIS', 'ligne-ps': 'Ligne des soignants', 'ligne-mru': 'Ligne MRU',
};

/** `96 %`, rounded down as the alerts do; a dash when nothing was counted. */
export const percent = (value: number | null): string => (value === null ? '–' : `${Math.floor(value * 100 + 1e-9)} %`);

/** A wait in seconds: `0:07`, `1:12`, `1 h 05`. */
export function formatWait(seconds: number): string {
  if (seconds >= 3_600) return `${Math.floor(seconds / 3_600)} h ${String(Math.floor((seconds % 3_600) / 60)).padStart(2, '0')}`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `08:42:07`, for what is counted in seconds. */
export const formatSecond = (at: string, zone: string): string => Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'second' });

/** Whole seconds from one instant to another, never below zero. */
export const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((Temporal.Instant.from(to).epochMilliseconds - Temporal.Instant.from(from).epochMilliseconds) / 1_000));
