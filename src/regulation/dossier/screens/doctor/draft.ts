import type { ActionBody, CareLevel, DecisionType, Dossier } from '../../contract.ts';
import { decisionKinds, type Substitution } from '../../domain/codes.ts';
import { readInput } from '../../domain/fields.ts';
import { judge, situationOf } from '../../domain/life.ts';
import { defaultRules } from '../../domain/rules.ts';
import type { Refusal, Situation } from '../../domain/situation.ts';
import type { Author } from '../../domain/actors.ts';
import { placeWords } from '../file/words.ts';

export interface DraftDecision {
  readonly type: DecisionType;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

/** An act being prepared. Nothing of it leaves the screen before it is signed. */
export interface Draft {
  readonly decisions: readonly DraftDecision[];
  readonly careLevel: CareLevel | null;
  readonly hypothesis: string;
  readonly advice: string;
  /** Why a doctor of the other filière signs; not asked when the regulation was started with it. */
  readonly substitution: Substitution | null;
}
export const emptyDraft: Draft = { decisions: [], careLevel: null, hypothesis: '', advice: '', substitution: null };
export const isEmptyDraft = (draft: Draft): boolean => draft.decisions.length === 0 && draft.careLevel === null && draft.hypothesis === '' && draft.advice === '' && draft.substitution === null;

const startOf: Partial<Record<DecisionType, DraftDecision['details']>> = {
  SMUR: { teams: 1 }, PMT: { consent: false, understanding: false }, CONSULTATION: { specialty: 'SM54', delay: '24h' }, TELECONSULTATION: { specialty: 'SM54', delay: '24h' },
  SOINS_VILLE_SAS: { delay: '24h' }, VISITE: { delay: '6h' },
};

/** Takes a decision, or leaves it; what was already said of the others stays. */
export function toggle(draft: Draft, type: DecisionType): Draft {
  const taken = draft.decisions.some((one) => one.type === type);
  const decisions = taken ? draft.decisions.filter((one) => one.type !== type) : [...draft.decisions, { type, details: startOf[type] ?? {} }];
  return { ...draft, decisions };
}

export const withDetail = (draft: Draft, type: DecisionType, name: string, value: string | number | boolean): Draft => ({
  ...draft, decisions: draft.decisions.map((one) => (one.type === type ? { ...one, details: { ...one.details, [name]: value } } : one)),
});

/** The act as it is sent; what was left empty is not said. */
export function bodyOf(draft: Draft): ActionBody {
  const said = (details: DraftDecision['details']) => Object.fromEntries(Object.entries(details).filter(([, value]) => value !== ''));
  return {
    ...(draft.decisions.length > 0 ? { decisions: draft.decisions.map(({ type, details }) => ({ type, ...said(details) })) } : {}),
    ...(draft.careLevel ? { careLevel: draft.careLevel } : {}),
    ...(draft.hypothesis.trim() ? { hypothesis: draft.hypothesis.trim() } : {}), ...(draft.advice.trim() ? { advice: draft.advice.trim() } : {}),
    ...(draft.substitution ? { substitution: draft.substitution } : {}),
  };
}

/** What the rules say of an act before it is sent: every refusal, or what it will be and where the dossier will go. */
export interface Preview {
  readonly refusals: readonly Refusal[];
  readonly attribution: string | null;
  readonly place: string | null;
  readonly next: string | null;
}

/** A dossier as the rules judge it; what the screen is not told plays no part in an act. */
export const judged = (dossier: Dossier): Situation['dossier'] => ({ ...dossier, participants: [], stamps: {}, p0Since: null, p0Alerts: 0, programmedFor: null });

/** Judges an act with the very rules the server applies; the server stays the judge. */
export function previewOf(action: 'decide' | 'validate', draft: Draft, dossier: Dossier, author: Author, now: Temporal.Instant): Preview {
  const { input, wrong } = readInput(action, bodyOf(draft) as Record<string, unknown>);
  let ids = 0;
  const verdict = judge(action, situationOf(author, {
    dossier: judged(dossier), input, now, rules: defaultRules, isOpen: () => true, bilevelOpen: true,
    call: null, other: null, newId: () => `draft-${++ids}`,
  }));
  const unread = wrong.map(({ path, message }): Refusal => ({ kind: 'incomplete', path, message }));
  if ('refusals' in verdict) return { refusals: [...unread, ...verdict.refusals], attribution: null, place: null, next: null };
  const { dossier: after } = verdict.outcome;
  return { refusals: unread, attribution: after.acts.at(-1)?.attribution ?? null, place: placeWords(after), next: nextWords(draft) };
}

/** Who acts once it is signed. */
function nextWords(draft: Draft): string {
  const executors = new Set(draft.decisions.map(({ type }) => decisionKinds[type].executor));
  const who = [executors.has('arm') && 'l’ARM engage les moyens', executors.has('osnp') && 'l’OSNP organise la suite', executors.has('doctor') && 'vous transmettez la prescription'].filter(Boolean);
  return who.length > 0 ? `Ensuite, ${who.join(' ; ')}.` : 'Rien ne reste à exécuter.';
}
