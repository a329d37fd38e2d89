import type { ConventionAct, ConventionStatus, ParticipationEvent, Status, WeekVerdict } from '../contract.ts';

/** Who makes a change: the person concerned (or who acts for him), those who lead the SAS, the software itself. */
export type Party = 'subject' | 'leader' | 'software';

interface Move<Event, To> {
  readonly event: Event;
  readonly by: readonly Party[];
  readonly to: To;
}
type ParticipationMove = Move<ParticipationEvent, Status>;

const declare: ParticipationMove = { event: 'declare', by: ['subject'], to: 'DECLARE' };
const draft: ParticipationMove = { event: 'draft', by: ['subject'], to: 'BROUILLON' };
const suspend: ParticipationMove = { event: 'suspend', by: ['subject', 'leader'], to: 'SUSPENDU' };
const withdraw: ParticipationMove = { event: 'withdraw', by: ['subject'], to: 'RETIRE' };

/** Life of a participation (requirements 6.6): from each status, what may be done, by whom. No other change exists. */
export const moves: Readonly<Record<Status | 'NONE', readonly ParticipationMove[]>> = {
  NONE: [draft, declare],
  BROUILLON: [draft, declare],
  DECLARE: [{ event: 'change', by: ['subject'], to: 'DECLARE' }, { event: 'become-effective', by: ['software'], to: 'EFFECTIF' }, suspend, withdraw],
  EFFECTIF: [{ event: 'change', by: ['subject'], to: 'EFFECTIF' }, { event: 'lose-visibility', by: ['software'], to: 'DECLARE' }, suspend, withdraw],
  SUSPENDU: [{ event: 'change', by: ['subject'], to: 'SUSPENDU' }, { event: 'resume', by: ['subject', 'leader'], to: 'DECLARE' }, withdraw],
  RETIRE: [draft, declare],
};

/** The move that this event makes from that status; undefined when there is none. */
export const moveOf = (from: Status | null, event: ParticipationEvent): ParticipationMove | undefined =>
  moves[from ?? 'NONE'].find((move) => move.event === event);

/** What saving the settings means, by the box « Je participe au SAS » and where he stands. */
export function eventOfSaving(from: Status | null, participates: boolean): ParticipationEvent {
  const taking = from === 'DECLARE' || from === 'EFFECTIF' || from === 'SUSPENDU';
  if (participates) return taking ? 'change' : 'declare';
  return taking ? 'withdraw' : 'draft';
}

/**
 * What the weeks make of a declaration (PART-02): effective once the present week is met (or planned for the next, when
 * this one does not count); no longer, once a whole week was missed. Null: it stays.
 * @param weeks last week, this week, the next
 */
export function reviewOf(status: Status, [last, present, next]: readonly [WeekVerdict, WeekVerdict, WeekVerdict]): 'become-effective' | 'lose-visibility' | null {
  const shows = present.status === 'met' || (present.status === 'not-applicable' && next.enough);
  if (status === 'DECLARE' && shows) return 'become-effective';
  if (status === 'EFFECTIF' && last.status === 'missing' && !shows) return 'lose-visibility';
  return null;
}

type ConventionMove = Pick<Move<ConventionAct, ConventionStatus>, 'event' | 'to'>;

/** Life of a convention (requirements 6.6): both filières read it, in whichever order, before it is validated. */
export const conventionMoves: Readonly<Record<ConventionStatus, readonly ConventionMove[]>> = {
  BROUILLON: [{ event: 'read-amu', to: 'RELU_AMU' }, { event: 'read-mg', to: 'RELU_MG' }],
  RELU_AMU: [{ event: 'read-mg', to: 'RELU' }, { event: 'reopen', to: 'BROUILLON' }],
  RELU_MG: [{ event: 'read-amu', to: 'RELU' }, { event: 'reopen', to: 'BROUILLON' }],
  RELU: [{ event: 'validate', to: 'VALIDE_GOUVERNANCE' }, { event: 'reopen', to: 'BROUILLON' }],
  VALIDE_GOUVERNANCE: [{ event: 'activate', to: 'ACTIF' }, { event: 'reopen', to: 'BROUILLON' }],
  ACTIF: [{ event: 'replace', to: 'REMPLACE' }],
  REMPLACE: [],
};
