import type { Tone } from '../../../../ui/badge.tsx';
import { lateReasons, type Orientation, type OrientationStatus, skipReasons } from '../../contract.ts';

export type Shape = 'check' | 'double' | 'cross' | 'wait' | 'clock' | 'warn' | 'unknown' | 'moved';

/** How a status looks: colour repeats the shape, which repeats the word. */
export const statusLooks: Record<OrientationStatus, { readonly tone: Tone; readonly shape: Shape }> = {
  BROUILLON: { tone: 'neutral', shape: 'wait' },
  PROPOSE: { tone: 'neutral', shape: 'wait' },
  RESERVATION: { tone: 'accent', shape: 'wait' },
  SOLLICITE: { tone: 'accent', shape: 'clock' },
  DEMANDE: { tone: 'accent', shape: 'clock' },
  ACCEPTE: { tone: 'accent', shape: 'check' },
  ACCEPTE_SANS_NOM: { tone: 'warn', shape: 'unknown' },
  ACCEPTE_NOMME: { tone: 'accent', shape: 'check' },
  PRIS: { tone: 'ok', shape: 'check' },
  MODIFIE: { tone: 'ok', shape: 'moved' },
  ECHEC_CRENEAU_PRIS: { tone: 'bad', shape: 'warn' },
  REFUSE: { tone: 'bad', shape: 'cross' },
  SANS_REPONSE: { tone: 'bad', shape: 'unknown' },
  EXPIRE: { tone: 'bad', shape: 'clock' },
  ANNULE_PATIENT: { tone: 'neutral', shape: 'cross' },
  ANNULE_EFFECTEUR: { tone: 'bad', shape: 'cross' },
  ANNULE_SAS: { tone: 'neutral', shape: 'cross' },
  HONORE: { tone: 'neutral', shape: 'double' },
  NON_HONORE: { tone: 'bad', shape: 'cross' },
  NON_RENSEIGNE: { tone: 'warn', shape: 'unknown' },
};

const flagWords: Readonly<Record<string, readonly [short: string, long: string]>> = {
  'sans-recherche': ['sans recherche', 'Rendez-vous pris chez l’éditeur sans passer par une recherche de la plateforme.'],
  'professionnel-inconnu': ['professionnel inconnu', 'Le professionnel annoncé par l’éditeur n’est pas dans l’annuaire.'],
  'annulation-auteur-inconnu': ['auteur de l’annulation inconnu', 'L’éditeur n’a pas dit qui a annulé : compté comme une annulation de l’effecteur.'],
  'message-tardif': ['message tardif', 'L’éditeur a envoyé une nouvelle qui ne correspond plus à l’état : elle est notée, rien n’a changé.'],
  'sans-retour-editeur': ['sans retour de l’éditeur', 'La réservation est partie chez l’éditeur, qui n’a rien confirmé depuis. Vérifiez auprès de lui.'],
};

export interface Remark {
  readonly short: string;
  readonly long: string;
}

/** What calls for attention in an orientation, in words: short for the list, long for the panel. */
export function remarksOf(orientation: Pick<Orientation, 'beyond48h' | 'lateReason' | 'skipReason' | 'charterLevel' | 'flags'>): Remark[] {
  const { beyond48h, lateReason, skipReason, charterLevel, flags } = orientation;
  const late = lateReason && lateReasons[lateReason as keyof typeof lateReasons];
  const skipped = skipReason && skipReasons[skipReason as keyof typeof skipReasons];
  return [
    ...(beyond48h ? [{ short: 'hors 48 h', long: `Rendez-vous au-delà de 48 h${late ? `. Motif : ${lower(late)}` : ''}.` }] : []),
    ...(skipped ? [{ short: 'niveau passé', long: `Un niveau de la charte a été passé${charterLevel ? ` (choix au niveau ${charterLevel})` : ''}. Motif : ${lower(skipped)}.` }] : []),
    ...flags.map((flag) => ({ short: flagWords[flag]?.[0] ?? flag, long: flagWords[flag]?.[1] ?? flag })),
  ];
}

const lower = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

const eventWords: Readonly<Record<string, string>> = {
  created: 'Orientation faite',
  'next-asked': 'Suivant de la demande en sus',
  'ask-doctor': 'Médecin appelé',
  'ask-structure': 'Structure appelée',
  decline: 'Heure donnée déclinée',
  'no-answer': 'Sans réponse au téléphone',
  expire: 'Délai de réponse passé',
  accept: 'Acceptée',
  refuse: 'Refusée',
  name: 'Médecin nommé',
  cancel: 'Annulée',
  'cancel-for-patient': 'Annulée à la demande du patient',
  honoured: 'Patient venu',
  'no-show': 'Patient non venu',
  undo: 'Geste repris',
  amend: 'Suite corrigée',
  move: 'Rendez-vous déplacé',
  'outcome-asked': 'Suite demandée à l’effecteur',
  untold: 'Personne n’a dit la suite',
  'appointment-received': 'Réservation confirmée par l’éditeur',
  'appointment-moved': 'Rendez-vous déplacé chez l’éditeur',
  'practitioner-named': 'Médecin nommé chez l’éditeur',
  'practitioner-replaced': 'Médecin remplacé chez l’éditeur',
  'status-told': 'État annoncé par l’éditeur',
  'late-message': 'Message tardif de l’éditeur, sans effet',
};

/** What happened, in words; `null` when the new status says it all. */
export const eventInWords = (event: string): string | null => eventWords[event] ?? null;

/** Who did it: a person by name, a vendor as such. */
export const authorInWords = (by: string): string => (by.startsWith('editor:') ? `éditeur ${by.slice('editor:'.length)}` : by === 'system' ? 'automatique' : by);

/** Where the place was taken. */
export const sourceInWords = ({ kind, editor }: Pick<Orientation, 'kind' | 'editor'>): string =>
  editor ?? { slot: 'Agenda du SAS', editor: 'Éditeur', phone: 'Par téléphone', surnumeraire: 'En sus' }[kind];

export const categoryWords: Record<Orientation['category'], string> = {
  PS: 'Professionnel de santé', CPTS: 'CPTS', MSP: 'Maison de santé', CDS: 'Centre de santé', SOS: 'SOS Médecins', PDM: 'Plateforme de médecins',
};
