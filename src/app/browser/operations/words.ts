import type { AnswerOf } from '../../../ui/api.ts';
import type { Tone } from '../../../ui/badge.tsx';
import type { routes } from '../../operations-contract.ts';

export type Message = AnswerOf<typeof routes.outbox>['messages'][number];

export const stateLabels: Record<Message['state'], { readonly label: string; readonly tone: Tone }> = {
  dead: { label: 'abandonné', tone: 'bad' },
  pending: { label: 'à envoyer', tone: 'accent' },
  sent: { label: 'envoyé', tone: 'ok' },
  acknowledged: { label: 'reçu', tone: 'ok' },
};

const channels: Readonly<Record<string, string>> = {
  'lrm-appointment': 'Rendez-vous vers le logiciel de régulation',
  sms: 'SMS',
  email: 'Courriel',
  mail: 'Courriel',
};

/** What travels and towards whom, in words. */
export const channelInWords = (channel: string): string => channels[channel] ?? channel;

/** What comes next for a message, or what came: the moment to show and its words. */
export function nextOf({ state, attempts, nextAttemptAt, sentAt }: Message): { words: string; at: string | null } {
  if (state === 'dead') return { words: `abandonné après ${attempts} essais`, at: null };
  if (state === 'pending') return attempts === 0 ? { words: 'premier essai', at: nextAttemptAt } : { words: `essai n° ${attempts + 1}`, at: nextAttemptAt };
  return { words: state === 'acknowledged' ? 'accusé reçu, envoyé' : 'envoyé', at: sentAt };
}
