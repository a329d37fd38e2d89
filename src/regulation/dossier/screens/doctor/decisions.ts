import { type DecisionType, decisionTypeLabels } from '../../contract.ts';
import { decisionKinds } from '../../domain/codes.ts';
import { delays, specialties } from '../file/detail-words.ts';

/** One thing to say of a decision. Its name is the one under which it is kept with the act. */
export interface DecisionField {
  readonly name: string;
  readonly label: string;
  readonly as: 'text' | 'choice' | 'number' | 'check';
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly placeholder?: string;
  /** Takes the whole width: what is written there is long. */
  readonly wide?: boolean;
}

/** A decision on offer: its key, what it will do, what it asks for. */
export interface Offer {
  readonly type: DecisionType;
  readonly key: string;
  readonly does: string;
  readonly fields: readonly DecisionField[];
}

const choicesOf = (labels: Readonly<Record<string, string>>) => Object.entries(labels).map(([value, label]) => ({ value, label }));
const delay: DecisionField = { name: 'delay', label: 'Délai', as: 'choice', choices: choicesOf(delays) };
const specialty: DecisionField = { name: 'specialty', label: 'Spécialité', as: 'choice', choices: choicesOf(specialties) };
const comment: DecisionField = { name: 'comment', label: 'Consigne', as: 'text' };
const destination: DecisionField = { name: 'destination', label: 'Où', as: 'text', placeholder: 'Service ou établissement' };

const fieldsOf: Partial<Record<DecisionType, readonly DecisionField[]>> = {
  ALLER_SU: [destination], SU: [destination], ES_HORS_SU: [destination], AMBULANCE: [destination], VSAV: [destination],
  SMUR: [{ name: 'teams', label: 'Équipes', as: 'number' }, comment],
  CONSULTATION: [specialty, delay, comment], TELECONSULTATION: [specialty, delay], VISITE: [delay, comment], SOINS_VILLE_SAS: [delay, comment], MEDECIN_TRAITANT: [delay],
  PMT: [
    { name: 'drug', label: 'Médicament', as: 'text', wide: true }, { name: 'dose', label: 'Posologie', as: 'text', wide: true }, { name: 'pharmacy', label: 'Pharmacie', as: 'text', wide: true },
    { name: 'consent', label: 'Le patient est d’accord', as: 'check' }, { name: 'understanding', label: 'Le patient a compris', as: 'check' },
  ],
  PHARMACIE: [{ name: 'pharmacy', label: 'Pharmacie', as: 'text' }],
  LAISSE_SUR_PLACE: [comment], INFORMATION: [comment],
};

/** Letter of each decision; none of those that act on the file (n, r) or on the whole page. */
const keys: Record<DecisionType, string> = {
  CONSEIL: 'c', ALLER_SU: 'u', PMT: 'p', CONSULTATION: 'o', VISITE: 'd', TELECONSULTATION: 't', MEDECIN_TRAITANT: 'm', SMUR: 's', AMBULANCE: 'a', VSAV: 'v', ES_HORS_SU: 'h',
  SU: 'e', SOINS_VILLE_SAS: 'l', LAISSE_SUR_PLACE: 'x', PHARMACIE: 'g', INFORMATION: 'i', PASPLUS: 'z',
};

const executors = { arm: 'L’ARM engage', osnp: 'L’OSNP organise', doctor: 'À transmettre vous-même' } as const;
const does: Partial<Record<DecisionType, string>> = { PMT: 'R3, R4 ; vous la transmettez', PASPLUS: 'Tout est déjà décidé' };

const offerOf = (type: DecisionType): Offer => {
  const { executor } = decisionKinds[type];
  return { type, key: keys[type], does: does[type] ?? (executor ? executors[executor] : 'Dit au patient'), fields: fieldsOf[type] ?? [] };
};

/** What each doctor decides most, in the order of the hand (REG-10, REG-11). */
const usual: Record<'mru' | 'mrg' | 'medecin-specialise', readonly DecisionType[]> = {
  mru: ['SMUR', 'VSAV', 'AMBULANCE', 'SU', 'CONSEIL', 'ALLER_SU', 'SOINS_VILLE_SAS', 'LAISSE_SUR_PLACE'],
  mrg: ['CONSEIL', 'CONSULTATION', 'VISITE', 'TELECONSULTATION', 'MEDECIN_TRAITANT', 'PMT', 'SOINS_VILLE_SAS', 'ALLER_SU'],
  'medecin-specialise': ['CONSEIL', 'CONSULTATION', 'TELECONSULTATION', 'MEDECIN_TRAITANT', 'PMT', 'ES_HORS_SU', 'SOINS_VILLE_SAS', 'ALLER_SU'],
};
const catalogue = Object.keys(decisionTypeLabels) as DecisionType[];

/** The decisions offered to a doctor: those he takes most first, then the rest of the national catalogue (REG-12). */
export function offersFor(roles: readonly string[]): { readonly first: readonly Offer[]; readonly rest: readonly Offer[] } {
  const role = (['mru', 'mrg', 'medecin-specialise'] as const).find((one) => roles.includes(one)) ?? 'medecin-specialise';
  return { first: usual[role].map(offerOf), rest: catalogue.filter((type) => !usual[role].includes(type)).map(offerOf) };
}
