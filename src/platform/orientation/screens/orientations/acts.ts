import { now } from '../../../../ui/time.ts';
import type { Orientation, orientationActions } from '../../contract.ts';

/** Those asked for in a dialog; `undo` is offered where the gesture was made. */
export type Act = Exclude<(typeof orientationActions)[number], 'undo'>;

interface ActWords {
  /** On the button that opens the question. */
  readonly button: string;
  readonly title: string;
  /** The deed, on the button that does it. */
  readonly deed: string;
  readonly done: string;
  readonly danger?: true;
}

export const actWords: Record<Act, ActWords> = {
  ask: { button: 'Appeler', title: 'Vous appelez maintenant ?', deed: 'J’appelle', done: 'Appel noté.' },
  decline: { button: 'L’heure ne convient pas', title: 'L’heure donnée ne convient pas ?', deed: 'Demander à quelqu’un d’autre', done: 'Le suivant est sollicité.', danger: true },
  'no-answer': { button: 'Sans réponse', title: 'Personne n’a répondu ?', deed: 'Noter « sans réponse »', done: 'Noté : sans réponse.' },
  accept: { button: 'Accepter', title: 'Accepter cette demande ?', deed: 'Accepter la demande', done: 'Demande acceptée.' },
  refuse: { button: 'Refuser', title: 'Refuser cette demande ?', deed: 'Refuser la demande', done: 'Demande refusée.', danger: true },
  name: { button: 'Nommer le médecin', title: 'Qui recevra le patient ?', deed: 'Nommer ce médecin', done: 'Médecin nommé.' },
  cancel: { button: 'Annuler', title: 'Annuler cette orientation ?', deed: 'Annuler l’orientation', done: 'Orientation annulée.', danger: true },
  honoured: { button: 'Patient venu', title: 'Le patient est venu ?', deed: 'Noter « venu »', done: 'Noté : patient venu.' },
  'no-show': { button: 'Patient non venu', title: 'Le patient n’est pas venu ?', deed: 'Noter « non venu »', done: 'Noté : patient non venu.' },
  amend: { button: 'Corriger la suite', title: 'Corriger « venu » en « non venu » ?', deed: 'Corriger en « non venu »', done: 'Corrigé : patient non venu.' },
  move: { button: 'Déplacer', title: 'Déplacer ce rendez-vous ?', deed: 'Déplacer le rendez-vous', done: 'Rendez-vous déplacé.' },
};

/** Order of the buttons: what settles first, what undoes last. */
const order: readonly Act[] = ['ask', 'accept', 'name', 'honoured', 'no-show', 'amend', 'move', 'refuse', 'decline', 'no-answer', 'cancel'];

const outcomes: readonly Act[] = ['honoured', 'no-show'];

/** The actions that the server says possible, in the order of the buttons; what became of the patient is told once he was expected. */
export function actsOf({ possible, start }: Pick<Orientation, 'possible' | 'start'>, at: Temporal.Instant = now()): Act[] {
  const awaited = start !== null && Temporal.Instant.compare(start, at) > 0;
  return order.filter((act) => possible.includes(act) && !(awaited && outcomes.includes(act)));
}

/** An appointment that was taken can be cancelled for the patient too. */
export const mayCancelForPatient = ({ status }: Pick<Orientation, 'status'>): boolean => status === 'PRIS' || status === 'MODIFIE';

/**
 * What the action will do and to whom, before it is done. `when` is the appointment in words, null without one; `receives`:
 * the reader is the one who receives the patient, not the regulation.
 */
export function consequences(act: Act, orientation: Pick<Orientation, 'label' | 'kind' | 'status' | 'editor'>, when: string | null, receives: boolean): string[] {
  const { label, kind, status, editor } = orientation;
  const what = when ? `Le rendez-vous ${when} chez ${label}` : `La demande à ${label}`;
  const agreed = (participle: string) => (when ? participle : `${participle}e`);
  switch (act) {
    case 'ask':
      return [`${label} est noté comme appelé. Dites ensuite ce qui a été répondu.`];
    case 'decline':
      return [`${what} n’aura pas lieu : le suivant est sollicité.`];
    case 'no-answer':
      return [`${what} reste sans réponse : le suivant est sollicité.`];
    case 'accept':
      return [receives ? `${what} est ${agreed('accepté')} : le SAS en est averti et vous adresse le patient.` : `${what} devient un rendez-vous pris.`];
    case 'refuse':
      return [`${what} est ${agreed('refusé')} : le SAS cherche ailleurs.`];
    case 'name':
      return ['Choisissez un médecin membre de la structure sollicitée. Le SAS voit son nom aussitôt.'];
    case 'honoured':
      return [`${what} est ${agreed('noté')} « venu ». Ensuite, seule une correction motivée peut le changer.`];
    case 'no-show':
      return [`${what} est ${agreed('noté')} « non venu ». Vous pourrez encore corriger en « venu ».`];
    case 'amend':
      return [`${what} avait été ${agreed('noté')} « venu ». Les deux valeurs restent dans l’histoire, avec le motif et votre nom.`];
    case 'move':
      return [`${what} passe à un autre créneau libre du même effecteur, dans les sept jours. L’ancienne place redevient libre aussitôt.`];
    case 'cancel':
      if (status === 'RESERVATION') {
        return [`La réservation commencée chez ${editor} n’est plus suivie ici.`, `Si vous l’avez déjà prise chez ${editor}, annulez-la aussi chez lui.`];
      }
      return [
        `${what} est ${agreed('annulé')}.`,
        ...(kind === 'slot' ? [receives ? 'Votre place n’est pas remise en ligne, sauf si l’annulation vient du patient.' : 'La place redevient libre pour les autres recherches.'] : []),
      ];
  }
}
