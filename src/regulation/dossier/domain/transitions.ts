import { type Party, partiesOf, type Author } from './actors.ts';
import { type DossierState, dossierStates, type Step, steps } from './codes.ts';
import type { Place } from './dossier.ts';
import type { DossierAction } from './fields.ts';
import type { GuardName } from './guards.ts';

/** What the software does by itself when the time has come. */
export const automaticActions = ['recall-due', 'plan-follow-up', 'finish', 'check', 'close', 'file-away', 'activate'] as const;
export type AutomaticAction = (typeof automaticActions)[number];
export type Action = DossierAction | AutomaticAction;

/** One line of the table of requirements 6.2. */
export interface Transition {
  readonly t: string;
  readonly action: Action;
  readonly from: readonly Place[];
  readonly by: readonly Party[];
  readonly guards: readonly GuardName[];
  /** Where it leads; `same`: the place does not change; `computed`: the effect says. */
  readonly to: Place | 'same' | 'computed';
}

const beforeDecision: readonly Step[] = [
  'OUVERT', 'QUALIFIE', 'ATTENTE_N2', 'EN_COURS_N2', 'ATTENTE_MR', 'REPORTE', 'EN_REGULATION', 'A_VALIDER_MR',
];
const afterDecision: readonly Step[] = ['DECIDE', 'EN_EXECUTION', 'EN_SUIVI'];
const active = steps;
const qualified = active.filter((step) => step !== 'OUVERT');
const living: readonly Place[] = [...active, 'PROGRAM', 'ACHEVE', 'VALIDE'];
const everyPlace: readonly Place[] = [...active, ...dossierStates.filter((state): state is Exclude<DossierState, 'ACTIF'> => state !== 'ACTIF')];

const room: readonly Party[] = ['N1', 'N2', 'U', 'G', 'S', 'SV'];
const clinical: readonly Party[] = ['N1', 'N2', 'OS', 'U', 'G', 'S'];
const medical: readonly Party[] = ['U', 'G', 'S'];
const assistants: readonly Party[] = ['N1', 'N2'];

/**
 * Life of a dossier (requirements 6.2, T02 to T34; T01, T28 open one). No other change exists. When several lines fit an
 * action, the first whose guards all hold is taken.
 */
export const transitions: readonly Transition[] = [
  { t: 'T02', action: 'attach-call', from: living, by: clinical, guards: ['callKnown', 'callFree'], to: 'computed' },
  { t: 'T03', action: 'close-as-d', from: ['OUVERT'], by: assistants, guards: ['dCode', 'noHealthContent', 'p0Regulated'], to: 'ACHEVE' },
  { t: 'T04', action: 'qualify', from: ['OUVERT', 'QUALIFIE'], by: room, guards: ['qualification', 'filiereOpen', 'noSilentDowngrade'], to: 'QUALIFIE' },
  { t: 'T05', action: 'engage-p0', from: beforeDecision, by: ['N1', 'N2', 'U', 'G'], guards: ['placeAndCallback'], to: 'P0_ENGAGE' },
  { t: 'T06', action: 'send-to-n2', from: ['QUALIFIE'], by: assistants, guards: ['filiereAmu', 'notP0'], to: 'ATTENTE_N2' },
  { t: 'T07', action: 'send-to-n2', from: ['QUALIFIE'], by: assistants, guards: ['filiereSnp', 'notP0'], to: 'ATTENTE_N2' },
  { t: 'T08', action: 'send-to-doctor', from: ['QUALIFIE', 'EN_COURS_N2'], by: assistants, guards: ['specialised', 'filiereOpen', 'assistantsReachFilieres', 'notP0'], to: 'ATTENTE_MR' },
  { t: 'T08', action: 'send-to-doctor', from: ['QUALIFIE', 'EN_COURS_N2'], by: ['U', 'G'], guards: ['specialised', 'filiereOpen', 'notP0'], to: 'ATTENTE_MR' },
  { t: 'T09', action: 'take', from: ['ATTENTE_N2'], by: ['N2', 'OS'], guards: ['levelOfFiliere'], to: 'EN_COURS_N2' },
  // ACT-12, I12: a colleague takes over what is in hand, or what waits for its follow-up.
  { t: 'T09', action: 'take', from: ['OUVERT', 'QUALIFIE', 'EN_COURS_N2', ...afterDecision], by: ['N2', 'OS'], guards: ['levelOfFiliereOrOrder'], to: 'same' },
  { t: 'T10', action: 'send-to-doctor', from: ['EN_COURS_N2'], by: ['N2', 'OS'], guards: ['baseFiliere', 'minimalDossier', 'notP0'], to: 'ATTENTE_MR' },
  { t: 'T11', action: 'send-to-doctor', from: ['QUALIFIE'], by: assistants, guards: ['baseFiliere', 'levelClosedOrP1', 'notP0'], to: 'ATTENTE_MR' },
  { t: 'T12', action: 'defer', from: ['ATTENTE_MR'], by: ['N1', 'N2', 'OS'], guards: ['deferrable', 'deferralAgreed', 'notP0'], to: 'REPORTE' },
  { t: 'T12', action: 'recall-due', from: ['REPORTE'], by: ['AUTO'], guards: ['recallDue'], to: 'ATTENTE_MR' },
  { t: 'T13', action: 'start-regulation', from: ['P0_ENGAGE', 'ATTENTE_MR', 'REPORTE', 'EN_REGULATION'], by: medical, guards: ['doctorOfFiliere'], to: 'EN_REGULATION' },
  // A doctor who took the call on a direct line goes on by himself.
  { t: 'T13', action: 'start-regulation', from: ['QUALIFIE'], by: medical, guards: ['ownDossier', 'doctorOfFiliere', 'notP0'], to: 'EN_REGULATION' },
  { t: 'T14', action: 'decide', from: ['EN_REGULATION'], by: medical, guards: ['doctorOfFiliere', 'decisions', 'pmt', 'crisisByMru'], to: 'DECIDE' },
  { t: 'T15', action: 'request-validation', from: ['OUVERT', 'QUALIFIE', 'ATTENTE_N2', 'EN_COURS_N2', 'ATTENTE_MR', 'REPORTE'], by: assistants, guards: ['validationReason', 'noAct', 'notP0'], to: 'computed' },
  { t: 'T15', action: 'request-validation', from: ['EN_COURS_N2'], by: ['OS'], guards: ['osnpOnSnp', 'validationReason', 'noAct', 'notP0'], to: 'computed' },
  { t: 'T16', action: 'validate', from: ['A_VALIDER_MR'], by: medical, guards: ['doctorOfFiliere', 'validatedDecisions', 'pmt'], to: 'DECIDE' },
  { t: 'T17', action: 'disagree', from: ['A_VALIDER_MR'], by: medical, guards: ['doctorOfFiliere', 'reason'], to: 'EN_REGULATION' },
  { t: 'T18', action: 'requalify', from: qualified, by: assistants, guards: ['otherFiliere', 'filiereOpen', 'reason', 'beforeAct', 'notP0', 'noSilentDowngrade'], to: 'computed' },
  { t: 'T18', action: 'requalify', from: qualified, by: ['OS'], guards: ['snpToAmuOnly', 'otherFiliere', 'reason', 'notP0', 'noSilentDowngrade'], to: 'ATTENTE_N2' },
  { t: 'T18', action: 'requalify', from: qualified, by: medical, guards: ['otherFiliere', 'filiereOpen', 'reason', 'notP0'], to: 'computed' },
  { t: 'T18', action: 'requalify', from: qualified, by: ['SV'], guards: ['toAmuOnly', 'otherFiliere', 'reason', 'notP0', 'noSilentDowngrade'], to: 'computed' },
  { t: 'T19', action: 'set-priority', from: qualified, by: clinical, guards: ['priorityUp', 'osnpOnSnp', 'p0IsEngaged'], to: 'same' },
  { t: 'T20', action: 'set-priority', from: qualified, by: medical, guards: ['priorityDown', 'reason'], to: 'same' },
  { t: 'T20', action: 'set-priority', from: ['QUALIFIE'], by: assistants, guards: ['priorityDown', 'beforeTransmission', 'reason'], to: 'same' },
  { t: 'T21', action: 'execute', from: ['DECIDE', 'EN_EXECUTION', 'EN_SUIVI'], by: ['N1', 'N2', 'OS', 'U', 'G', 'S'], guards: ['orders', 'meansSteps'], to: 'computed' },
  { t: 'T21', action: 'execute', from: ['P0_ENGAGE', 'EN_REGULATION'], by: ['N1', 'N2', 'U', 'G', 'S'], guards: ['meansOnly', 'meansSteps'], to: 'same' },
  { t: 'T22', action: 'reopen', from: ['DECIDE', 'EN_EXECUTION', 'EN_SUIVI'], by: clinical, guards: ['reopenCause'], to: 'EN_REGULATION' },
  { t: 'T23', action: 'follow-up', from: ['DECIDE', 'EN_EXECUTION', 'EN_SUIVI'], by: ['N2', 'OS', 'U', 'G', 'S'], guards: ['plannedTasks'], to: 'EN_SUIVI' },
  { t: 'T23', action: 'plan-follow-up', from: ['DECIDE', 'EN_EXECUTION'], by: ['AUTO'], guards: ['allExecuted', 'taskOpen'], to: 'EN_SUIVI' },
  { t: 'T23', action: 'close-task', from: [...active, 'ACHEVE', 'VALIDE'], by: clinical, guards: ['taskOpen', 'taskToClose'], to: 'same' },
  { t: 'T24', action: 'complete', from: afterDecision, by: ['N1', 'N2', 'OS', 'U', 'G', 'S'], guards: ['allExecuted', 'noPatientInCharge', 'tasksDone', 'p0Regulated'], to: 'ACHEVE' },
  { t: 'T24', action: 'finish', from: afterDecision, by: ['AUTO'], guards: ['allExecuted', 'noPatientInCharge', 'tasksDone', 'p0Regulated', 'quiet', 'nobodyOnLine'], to: 'ACHEVE' },
  { t: 'T25', action: 'check', from: ['ACHEVE'], by: ['AUTO'], guards: ['notMerged', 'codesComplete', 'signed', 'p0Regulated'], to: 'VALIDE' },
  { t: 'T26', action: 'reopen', from: ['ACHEVE', 'VALIDE'], by: clinical, guards: ['notMerged'], to: 'computed' },
  { t: 'T27', action: 'close', from: ['VALIDE'], by: ['AUTO'], guards: ['activeFor24h'], to: 'CLOTURE' },
  { t: 'T29', action: 'file-away', from: ['CLOTURE'], by: ['AUTO'], guards: ['openedFor3Months'], to: 'CLASSE' },
  { t: 'T31', action: 'hand-over', from: active, by: ['U', 'SV', 'CO', 'G'], guards: ['receiver', 'reason'], to: 'same' },
  { t: 'T31', action: 'hand-over', from: active, by: ['N1', 'N2', 'OS', 'S'], guards: ['ownDossier', 'receiver', 'reason'], to: 'same' },
  { t: 'T32', action: 'merge', from: active, by: ['SV', 'U'], guards: ['reason', 'mergeTarget', 'p0Carried', 'nothingDecided'], to: 'ACHEVE' },
  { t: 'T32', action: 'split', from: active, by: ['SV', 'U'], guards: ['reason', 'callsToSplit'], to: 'same' },
  { t: 'T33', action: 'activate', from: ['PROGRAM'], by: ['AUTO'], guards: ['programmeDue'], to: 'OUVERT' },
  { t: 'T34', action: 'amend', from: everyPlace.filter((place) => place !== 'ARCHIVE'), by: [...medical, 'SV'], guards: ['actToAmend', 'reason', 'amendmentText', 'pmt'], to: 'same' },
];

/** The table by place: every place is there, whatever leaves it. */
export const movesFrom = Object.fromEntries(
  everyPlace.map((place) => [place, transitions.filter((one) => one.from.includes(place))]),
) as unknown as Readonly<Record<Place, readonly Transition[]>>;

/** True when one of the author's roles may do this action from some place. */
export const everAllowed = (action: DossierAction, author: Pick<Author, 'roles'>): boolean =>
  transitions.some((one) => one.action === action && one.by.some((party) => partiesOf(author).includes(party)));
