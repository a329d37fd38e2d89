import { automaton, type Author, partiesOf } from './actors.ts';
import { type Dossier, moved, placeOf } from './dossier.ts';
import { type Change, effects } from './effects.ts';
import { type DossierAction, dossierActions } from './fields.ts';
import { guards, threeMonthsAfter } from './guards.ts';
import type { RegulationRules } from './rules.ts';
import { impossible, notAllowed, type Refusal, type Situation } from './situation.ts';
import { type Action, type AutomaticAction, movesFrom, type Transition, transitions } from './transitions.ts';

export interface Outcome extends Omit<Change, 'place' | 'owner'> {
  readonly transition: Transition;
}
export type Verdict = { readonly outcome: Outcome } | { readonly refusals: readonly Refusal[] };

const severity: Record<Refusal['kind'], number> = { incomplete: 1, impossible: 2, forbidden: 3 };
/** The kind that answers the request: the gravest of a list. */
export const worstKind = (refusals: readonly Refusal[]): Refusal['kind'] =>
  refusals.reduce<Refusal['kind']>((worst, one) => (severity[one.kind] > severity[worst] ? one.kind : worst), 'incomplete');

const mine = (lines: readonly Transition[], s: Pick<Situation, 'parties'>) => lines.filter((one) => one.by.some((party) => s.parties.includes(party)));

/**
 * What the table says of an action here and now: what it does, or every reason against it. When several lines fit, the first
 * that holds; when none does, the reasons of the one that came nearest.
 */
export function judge(action: Action, s: Situation): Verdict {
  const here = movesFrom[placeOf(s.dossier)].filter((one) => one.action === action);
  const lines = mine(here, s);
  if (lines.length === 0) return { refusals: [unopened(action, here, s)] };
  const judged = lines.map((line) => ({ line, refusals: line.guards.flatMap((name) => guards[name](s)) }));
  const holding = judged.find(({ refusals }) => refusals.length === 0);
  if (holding) return { outcome: apply(s, holding.line) };
  const nearest = judged.toSorted((a, b) => severity[worstKind(a.refusals)] - severity[worstKind(b.refusals)] || a.refusals.length - b.refusals.length)[0]!;
  return { refusals: nearest.refusals };
}

function unopened(action: Action, here: readonly Transition[], s: Situation): Refusal {
  const elsewhere = mine(transitions.filter((one) => one.action === action), s).length > 0;
  if (here.length > 0 || !elsewhere) return notAllowed('Votre rôle ne permet pas cette action sur ce dossier.');
  return impossible("Cette action n'est pas possible dans l'état présent du dossier.");
}

function apply(s: Situation, transition: Transition): Outcome {
  const { place, owner, ...change } = effects[transition.action](s, transition);
  const to = transition.to === 'computed' ? place! : transition.to === 'same' ? placeOf(s.dossier) : transition.to;
  const after = moved(change.dossier, to, s.now.toString(), owner === undefined ? change.dossier.owner : owner);
  const known = after.participants.includes(s.author.accountId) || s.author === automaton;
  return { ...change, transition, dossier: known ? after : { ...after, participants: [...after.participants, s.author.accountId] } };
}

/** The actions open to an author here and now, whatever they still ask to be filled in. */
export function possibleActions(s: Omit<Situation, 'input'>): DossierAction[] {
  const asked = { ...s, input: {} };
  const lines = mine(movesFrom[placeOf(s.dossier)], s).filter((line) => line.guards.flatMap((name) => guards[name](asked)).every(({ kind }) => kind === 'incomplete'));
  return dossierActions.filter((action) => lines.some((line) => line.action === action));
}

const instant = (text: string) => Temporal.Instant.from(text);

const dueOfAutomatic: Record<AutomaticAction, (dossier: Dossier, rules: RegulationRules) => Temporal.Instant | null> = {
  'recall-due': ({ dueAt }) => (dueAt ? instant(dueAt) : null),
  'plan-follow-up': ({ updatedAt }, { quietMinutes }) => instant(updatedAt).add({ minutes: quietMinutes }),
  finish: ({ updatedAt }, { quietMinutes }) => instant(updatedAt).add({ minutes: quietMinutes }),
  check: ({ updatedAt }) => instant(updatedAt),
  close: ({ activeSince }) => instant(activeSince).add({ hours: 24 }),
  'file-away': ({ openedAt }) => threeMonthsAfter(openedAt),
  activate: ({ programmedFor }) => (programmedFor ? instant(programmedFor) : null),
};

export interface Due {
  readonly at: Temporal.Instant;
  readonly action: AutomaticAction | 'p0-alert';
}

/** When the next alert of a P0 that no doctor took is due: every `alertSeconds` until somebody takes it (I6). */
function nextAlert({ p0Since, p0, state, p0Alerts }: Dossier, { p0: { alertSeconds } }: RegulationRules): Due[] {
  if (!p0Since || p0?.takenAt || state !== 'ACTIF') return [];
  return [{ at: instant(p0Since).add({ seconds: alertSeconds * (p0Alerts + 1) }), action: 'p0-alert' }];
}

/** What the software will do by itself with this dossier if nobody touches it, and when; null: nothing. */
export function nextDue(dossier: Dossier, rules: RegulationRules): Due | null {
  const lines = movesFrom[placeOf(dossier)].filter((one) => one.by.includes('AUTO'));
  const dues = lines.flatMap((line): Due[] => {
    const action = line.action as AutomaticAction;
    const at = dueOfAutomatic[action](dossier, rules);
    return at && 'outcome' in judge(action, automatic(dossier, rules, at)) ? [{ at, action }] : [];
  });
  return [...dues, ...nextAlert(dossier, rules)].toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))[0] ?? null;
}

/** The situation in which the software acts alone. */
export function automatic(dossier: Dossier, rules: RegulationRules, now: Temporal.Instant): Situation {
  return {
    dossier, rules, now, author: automaton, parties: ['AUTO'], input: {}, isOpen: () => true, bilevelOpen: true, call: null, other: null,
    newId: () => { throw new Error('automatic transitions create nothing'); },
  };
}

/** The situation of a person; what is absent plays no part in the action. */
export const situationOf = (author: Author, more: Omit<Situation, 'author' | 'parties'>): Situation => ({ ...more, author, parties: partiesOf(author) });
