import type { OrientationStatus } from '../contract.ts';

/** What somebody is to an orientation: who regulates, who receives, the structure that receives; `system`: time itself. */
export type Party = 'sas' | 'effecteur' | 'structure' | 'system';
export type Kind = 'slot' | 'editor' | 'phone' | 'surnumeraire';
/**
 * The public actions, `cancel` split by whose decision it is, `ask` by who is asked; `expire` is nobody's; `undo` is no move: it
 * takes one back.
 */
export type Act =
  | 'ask-doctor' | 'ask-structure' | 'accept' | 'refuse' | 'decline' | 'no-answer' | 'expire' | 'name' | 'cancel' | 'cancel-for-patient' | 'honoured' | 'no-show'
  | 'amend' | 'move';

/** A change of status that some parties may make. */
export interface Move {
  readonly act: Act;
  readonly by: readonly Party[];
  readonly to: OrientationStatus;
  /** What becomes of the place of the agenda: offered again, or withdrawn by the one who offered it. */
  readonly seat?: 'released' | 'withdrawn';
  /** Only for these kinds of orientation; all when absent. */
  readonly kinds?: readonly Kind[];
}

const receivers: readonly Party[] = ['effecteur', 'structure'];
const all: readonly Party[] = ['sas', ...receivers];

const abandon: Move = { act: 'cancel', by: ['sas'], to: 'ANNULE_SAS' };
/** On the telephone, the operator records the answer given (RDV-04). */
const refuse: Move = { act: 'refuse', by: all, to: 'REFUSE' };
/** The time given does not suit: the next one is asked. */
const decline: Move = { act: 'decline', by: ['sas'], to: 'REFUSE', kinds: ['surnumeraire'] };
const noAnswer: Move = { act: 'no-answer', by: ['sas'], to: 'SANS_REPONSE', kinds: ['surnumeraire'] };

/** An appointment taken at a vendor's is cancelled there, its outcome is said there, and the vendor tells us (INT_R03): never behind its back. */
const ours: readonly Kind[] = ['slot', 'phone', 'surnumeraire'];
const outcomes: readonly Move[] = [
  { act: 'honoured', by: receivers, to: 'HONORE', kinds: ours },
  { act: 'no-show', by: receivers, to: 'NON_HONORE', kinds: ours },
];
const afterBooking: readonly Move[] = [
  { act: 'cancel', by: ['sas'], to: 'ANNULE_SAS', seat: 'released', kinds: ours },
  { act: 'cancel', by: receivers, to: 'ANNULE_EFFECTEUR', seat: 'withdrawn', kinds: ours },
  { act: 'cancel-for-patient', by: all, to: 'ANNULE_PATIENT', seat: 'released', kinds: ours },
  { act: 'move', by: all, to: 'MODIFIE', kinds: ['slot'] },
  ...outcomes,
];

/** Life of an orientation (requirements 6.4): from each status, what may be done, by whom. No other change exists. */
export const moves: Readonly<Record<OrientationStatus, readonly Move[]>> = {
  BROUILLON: [],
  // A call to make: the next one of a request, who must be phoned.
  PROPOSE: [{ act: 'ask-doctor', by: ['sas'], to: 'SOLLICITE' }, { act: 'ask-structure', by: ['sas'], to: 'DEMANDE' }, abandon],
  RESERVATION: [abandon],
  SOLLICITE: [{ act: 'accept', by: all, to: 'ACCEPTE' }, refuse, noAnswer, abandon],
  DEMANDE: [
    { act: 'accept', by: ['structure'], to: 'ACCEPTE_SANS_NOM' }, { act: 'accept', by: ['sas', 'system'], to: 'ACCEPTE_SANS_NOM', kinds: ['surnumeraire'] },
    { ...refuse, by: receivers }, { ...refuse, kinds: ['surnumeraire'] }, noAnswer, { act: 'expire', by: ['system'], to: 'EXPIRE', kinds: ['surnumeraire'] },
    abandon,
  ],
  ACCEPTE: [{ act: 'accept', by: ['sas'], to: 'PRIS' }, decline, { act: 'cancel', by: receivers, to: 'ANNULE_EFFECTEUR' }, abandon],
  ACCEPTE_SANS_NOM: [
    { act: 'name', by: ['structure'], to: 'ACCEPTE_NOMME', kinds: ours }, { act: 'name', by: ['sas', 'system'], to: 'ACCEPTE_NOMME', kinds: ['surnumeraire'] },
    decline, { act: 'cancel', by: receivers, to: 'ANNULE_EFFECTEUR', kinds: ours }, { ...abandon, kinds: ours },
  ],
  ACCEPTE_NOMME: [{ act: 'accept', by: ['sas'], to: 'PRIS' }, decline, { act: 'cancel', by: receivers, to: 'ANNULE_EFFECTEUR' }, abandon],
  PRIS: afterBooking,
  MODIFIE: afterBooking,
  ECHEC_CRENEAU_PRIS: [],
  REFUSE: [],
  SANS_REPONSE: [],
  EXPIRE: [],
  ANNULE_PATIENT: [],
  ANNULE_EFFECTEUR: [],
  ANNULE_SAS: [],
  // A past HONORE is never edited without an amendment (requirements 6.4).
  HONORE: [{ act: 'amend', by: receivers, to: 'NON_HONORE', kinds: ours }],
  NON_HONORE: [{ act: 'honoured', by: receivers, to: 'HONORE', kinds: ours }],
  NON_RENSEIGNE: outcomes,
};

const fits = (move: Move, kind: Kind, parties: readonly Party[]) =>
  move.by.some((party) => parties.includes(party)) && (!move.kinds || move.kinds.includes(kind));

/** What these parties may do now. */
export function possibleActs(status: OrientationStatus, kind: Kind, parties: readonly Party[]): Act[] {
  return [...new Set(moves[status].filter((move) => fits(move, kind, parties)).map((move) => move.act))];
}

/** The move asked for; `forbidden` when these parties may never do it, `impossible` when not from this status. */
export function decide(
  status: OrientationStatus, kind: Kind, parties: readonly Party[], act: Act,
): { move: Move } | { refusal: 'forbidden' | 'impossible' } {
  const move = moves[status].find((one) => one.act === act && fits(one, kind, parties));
  if (move) return { move };
  const everAllowed = Object.values(moves).flat().some((one) => one.act === act && one.by.some((party) => parties.includes(party)));
  return { refusal: everAllowed ? 'impossible' : 'forbidden' };
}

/** Status of the appointment told to the regulation's software (INT_L02); null: it is not told of it. */
export const appointmentStatus: Readonly<Record<OrientationStatus, 'pending' | 'booked' | 'fulfilled' | 'noshow' | 'cancelled' | null>> = {
  BROUILLON: null, PROPOSE: null, RESERVATION: null, ECHEC_CRENEAU_PRIS: null,
  SOLLICITE: 'pending', DEMANDE: 'pending', ACCEPTE: 'pending', ACCEPTE_SANS_NOM: 'pending', ACCEPTE_NOMME: 'pending',
  PRIS: 'booked', MODIFIE: 'booked', NON_RENSEIGNE: 'booked',
  HONORE: 'fulfilled', NON_HONORE: 'noshow',
  REFUSE: 'cancelled', SANS_REPONSE: 'cancelled', EXPIRE: 'cancelled',
  ANNULE_PATIENT: 'cancelled', ANNULE_EFFECTEUR: 'cancelled', ANNULE_SAS: 'cancelled',
};
