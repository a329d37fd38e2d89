import type { Tone } from '../../../../ui/badge.tsx';
import { orientationStatusLabels, type OrientationStatus, type RequestAttempt, type RequestView } from '../../contract.ts';

/** What somebody asked is at, as the operator says it. */
export function attemptWords({ status, channel, answerChannel }: Pick<RequestAttempt, 'status' | 'channel' | 'answerChannel'>): { words: string; tone: Tone } {
  switch (status as OrientationStatus) {
    case 'PROPOSE':
      return { words: 'À appeler', tone: 'warn' };
    case 'SOLLICITE':
      return { words: 'Au téléphone', tone: 'accent' };
    case 'DEMANDE':
      return { words: channel === 'web' ? 'Demande envoyée' : 'Au téléphone', tone: 'accent' };
    case 'ACCEPTE':
    case 'ACCEPTE_NOMME':
      return { words: answerChannel === 'planning' ? 'Accepté par le planning' : 'Accepté', tone: 'ok' };
    case 'ACCEPTE_SANS_NOM':
      return { words: 'Accepté, médecin à nommer', tone: 'warn' };
    case 'PRIS':
      return { words: 'Rendez-vous pris', tone: 'ok' };
    case 'REFUSE':
      return { words: 'Refusé', tone: 'neutral' };
    case 'SANS_REPONSE':
      return { words: 'Sans réponse', tone: 'neutral' };
    case 'EXPIRE':
      return { words: 'Délai passé', tone: 'neutral' };
    default:
      return { words: orientationStatusLabels[status as OrientationStatus], tone: 'neutral' };
  }
}

/** The one that waits for something: an answer, a name, a confirmation. */
export const currentOf = ({ attempts }: Pick<RequestView, 'attempts'>): RequestAttempt | null => {
  const last = attempts.at(-1);
  return last && !['REFUSE', 'SANS_REPONSE', 'EXPIRE'].includes(last.status) && !last.status.startsWith('ANNULE') ? last : null;
};

/** True when the operator is, or is about to be, on the telephone with them. */
export const isCall = ({ status, channel }: Pick<RequestAttempt, 'status' | 'channel'>): boolean => channel === 'phone' && ['PROPOSE', 'SOLLICITE', 'DEMANDE'].includes(status);
