import type { AnswerOf } from '../../../ui/api.ts';
import type { Tone } from '../../../ui/badge.tsx';
import type { routes } from '../../operations-contract.ts';

export type Message = AnswerOf<typeof routes.outbox>['messages'][number];

/** What became of a message, as people follow it. `unsent`: kept until a server is set. */
export const situations = ['dead', 'unsent', 'pending', 'sent', 'acknowledged', 'withdrawn'] as const;
export type Situation = (typeof situations)[number];

export const situationOf = ({ state, unserved }: Message): Situation => (unserved ? 'unsent' : state);

export const situationLabels: Record<Situation, { readonly label: string; readonly tone: Tone }> = {
  dead: { label: 'abandonné', tone: 'bad' },
  unsent: { label: 'non envoyé', tone: 'warn' },
  pending: { label: 'à envoyer', tone: 'accent' },
  sent: { label: 'envoyé', tone: 'ok' },
  acknowledged: { label: 'reçu', tone: 'ok' },
  withdrawn: { label: 'sans objet', tone: 'neutral' },
};

/** Only a message given up, whose recipient is still known, can be put back in the queue. */
export const mayGoAgain = ({ state, erased }: Message): boolean => state === 'dead' && !erased;

const channels: Readonly<Record<string, string>> = {
  'lrm-appointment': 'Rendez-vous vers le logiciel de régulation',
  sms: 'SMS',
  email: 'Courriel',
  'patient-sms': 'SMS à un patient',
};

/** What travels and towards whom, in words. */
export const channelInWords = (channel: string): string => channels[channel] ?? channel;

/** What a message is: its template, or what travels. */
export const nameOf = ({ template, channel }: Message): string => template ?? channelInWords(channel);

/** What comes next for a message, or what came: the moment to show and its words. */
export function nextOf({ state, unserved, attempts, nextAttemptAt, sentAt }: Message): { words: string; at: string | null } {
  if (unserved) return { words: 'partira quand un serveur sera réglé', at: null };
  if (state === 'withdrawn') return { words: 'ne partira pas', at: null };
  if (state === 'dead') return { words: attempts === 1 ? 'abandonné après un essai' : `abandonné après ${attempts} essais`, at: null };
  if (state === 'pending') return attempts === 0 ? { words: 'premier essai', at: nextAttemptAt } : { words: `essai n° ${attempts + 1}`, at: nextAttemptAt };
  return { words: state === 'acknowledged' ? 'accusé reçu, envoyé' : 'envoyé', at: sentAt };
}
