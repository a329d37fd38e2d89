import type { Author, Party } from './actors.ts';
import type { Filiere } from './codes.ts';
import type { Dossier } from './dossier.ts';
import type { ActionInput } from './fields.ts';
import type { RegulationRules } from './rules.ts';

/** A call as a dossier needs it. */
export interface CallFacts {
  readonly id: string;
  readonly presentedAt: string;
  readonly answered: boolean;
  readonly ended: boolean;
  readonly caller: string | null;
  /** The dossier that holds it now, and whether that one is still empty (just opened by the ring). */
  readonly heldBy: { readonly id: string; readonly empty: boolean } | null;
}

/** All that an action is judged on. */
export interface Situation {
  readonly dossier: Dossier;
  readonly author: Author;
  /** In what capacity the author acts; `AUTO` for the software. */
  readonly parties: readonly Party[];
  readonly input: ActionInput;
  readonly now: Temporal.Instant;
  readonly rules: RegulationRules;
  readonly isOpen: (filiere: Filiere) => boolean;
  /** The two answering levels are open at this hour (TEL-06). */
  readonly bilevelOpen: boolean;
  readonly newId: () => string;
  /** For `attach-call`; null when the call is unknown. */
  readonly call: CallFacts | null;
  /** For `merge`: the dossier kept; null when unknown. */
  readonly other: Dossier | null;
}

/** Why an action is refused: whose right it is not, what the state forbids, what is missing or wrong. */
export interface Refusal {
  readonly kind: 'forbidden' | 'impossible' | 'incomplete';
  readonly path: string;
  readonly message: string;
}

export const missing = (path: string, message = 'à remplir'): Refusal => ({ kind: 'incomplete', path, message });
export const impossible = (message: string, path = 'action'): Refusal => ({ kind: 'impossible', path, message });
export const notAllowed = (message: string): Refusal => ({ kind: 'forbidden', path: 'action', message });
