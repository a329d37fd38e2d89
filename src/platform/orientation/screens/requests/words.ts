import { modalityLabels } from '../../../availability/contract.ts';
import type { InboxItem } from '../../contract.ts';

export type InboxStage = 'answer' | 'name' | 'done';

/** What is left to do about a request received. */
export const stageOf = (status: string): InboxStage => (status === 'SOLLICITE' || status === 'DEMANDE' ? 'answer' : status === 'ACCEPTE_SANS_NOM' ? 'name' : 'done');

/** What became of a request that waits no more for those who received it. */
export function endInWords(status: string): { words: string; tone: 'ok' | 'neutral' | 'warn' } {
  switch (status) {
    case 'ACCEPTE':
    case 'ACCEPTE_NOMME':
      return { words: 'Acceptée, la régulation prévient le patient', tone: 'ok' };
    case 'PRIS':
    case 'MODIFIE':
    case 'HONORE':
    case 'NON_HONORE':
    case 'NON_RENSEIGNE':
      return { words: 'Rendez-vous pris', tone: 'ok' };
    case 'REFUSE':
      return { words: 'Refusée', tone: 'neutral' };
    case 'EXPIRE':
      return { words: 'Délai passé : quelqu’un d’autre est sollicité', tone: 'warn' };
    case 'SANS_REPONSE':
      return { words: 'Sans réponse au téléphone', tone: 'neutral' };
    case 'ANNULE_SAS':
      return { words: 'Annulée par la régulation', tone: 'neutral' };
    default:
      return { words: 'Annulée', tone: 'neutral' };
  }
}

/** What is asked for, without anything of the patient. */
export const needInWords = ({ specialtyLabel, city, modality }: Pick<InboxItem, 'specialtyLabel' | 'city' | 'modality'>): string =>
  [specialtyLabel, city, modality && modalityLabels[modality]].filter(Boolean).join(' · ') || 'Consultation';
