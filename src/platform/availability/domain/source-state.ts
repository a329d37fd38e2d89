import type { ConformityProblem, EditorState, SourceStatus } from '../contract.ts';
import { summarise } from './conformity.ts';

/** What one call gave, or why it gave nothing. */
export interface CallVerdict {
  readonly status: SourceStatus;
  /** What happened, in words, when the status is not `ok`. */
  readonly detail: string | null;
  /** Age of the answer when it was already there, else 0. */
  readonly ageMs: number;
  readonly problems: readonly ConformityProblem[];
}

/** A vendor whose answers are all wrong must not fill the screen. */
const SHOWN_PROBLEMS = 20;
/** When the calls of one vendor end differently, the first of these that occurred is the vendor's state. */
const WORST_FIRST: readonly SourceStatus[] = ['late', 'error', 'circuit-open'];

/** The state of a vendor for one search, from all its calls. No call at all: it was not asked, which is no failure. */
export function sourceState(name: string, calls: readonly CallVerdict[], measured: { latencyMs: number; slotCount: number }): EditorState {
  const status = WORST_FIRST.find((worst) => calls.some((call) => call.status === worst)) ?? 'ok';
  return {
    name,
    status,
    latencyMs: Math.round(measured.latencyMs),
    slotCount: measured.slotCount,
    ageMs: Math.round(Math.max(0, ...calls.map((call) => call.ageMs))),
    detail: detailOf(status, calls),
    problems: summarise(calls.flatMap((call) => call.problems))
      .slice(0, SHOWN_PROBLEMS)
      .map(({ count: _, ...problem }) => problem),
  };
}

function detailOf(status: SourceStatus, calls: readonly CallVerdict[]): string | null {
  if (calls.length === 0) return "Non interrogé : il ne tient l'agenda d'aucun des professionnels cherchés.";
  if (status === 'ok') return null;
  const detail = calls.find((call) => call.status === status)?.detail ?? null;
  const missing = calls.filter((call) => call.status !== 'ok').length;
  return missing === calls.length ? detail : `${detail} Réponse partielle : ${missing} appel${missing > 1 ? 's' : ''} sur ${calls.length} sans réponse.`;
}
