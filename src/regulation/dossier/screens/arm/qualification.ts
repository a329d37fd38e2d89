import type { Outcome } from '../../../protocol/contract.ts';
import type { Dossier, Filiere, Priority } from '../../contract.ts';
import type { Motive } from './motives.ts';
import type { Place } from './place.ts';

/** What an assistant is about to keep: each part from the protocol, or chosen by hand. */
export interface Qualification {
  readonly motive: Motive | null;
  readonly priority: Priority | null;
  readonly filiere: Filiere | null;
  /** Why something else than the protocol's proposal. */
  readonly reason: string;
}

export const emptyQualification: Qualification = { motive: null, priority: null, filiere: null, reason: '' };

/** What a dossier already says. The priority of one just opened is no choice of anybody's. */
export const qualificationOf = ({ step, motive, priority, filiere }: Pick<Dossier, 'step' | 'motive' | 'priority' | 'filiere'>): Qualification => ({
  motive, filiere, priority: step === 'OUVERT' ? null : priority, reason: '',
});

export const proposalOf = ({ motive, priority, filiere }: Outcome): Qualification => ({ motive, priority, filiere, reason: '' });

/** True when what is kept is not what the protocol proposed: it is counted, and asks for a reason, except towards a P0 (PROT-07). */
export const departs = (kept: Qualification, proposal: Qualification | null): boolean =>
  proposal !== null && (kept.priority !== proposal.priority || kept.filiere !== proposal.filiere);

export type Field = 'location' | 'callback' | 'motive' | 'priority' | 'filiere' | 'reason';

/** What must be known before the dossier leaves, in the order in which it is asked (US-N1-02). */
export interface Known {
  /** Said, or where the caller's phone is. */
  readonly place: Place | null;
  readonly callback: string | null;
  readonly kept: Qualification;
  readonly proposal: Qualification | null;
}

/** The fields still to be filled in, the first one first. */
export function missingFields({ place, callback, kept, proposal }: Known): Field[] {
  const missing: readonly (readonly [Field, boolean])[] = [
    ['location', place === null], ['callback', !callback], ['motive', kept.motive === null], ['priority', kept.priority === null],
    ['filiere', kept.filiere === null && kept.priority !== 'NR'], ['reason', departs(kept, proposal) && kept.priority !== 'P0' && kept.reason.trim() === ''],
  ];
  return missing.flatMap(([field, isMissing]) => (isMissing ? [field] : []));
}

export const fieldWords: Record<Field, string> = {
  location: 'le lieu', callback: 'le numéro de rappel', motive: 'le motif', priority: 'la priorité', filiere: 'la filière', reason: 'la raison de l’écart',
};

/** `Il manque le lieu et le motif.` */
export function missingWords(fields: readonly Field[]): string {
  const words = fields.map((field) => fieldWords[field]);
  const list = words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} et ${words.at(-1)}`;
  return `Il manque ${list}.`;
}
