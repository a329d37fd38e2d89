import type { CommunicationDifficulty } from '../../contract.ts';
import type { PartyStart } from '../phone/add-party-dialog.tsx';

/** The way to be understood all the same (TEL-24). */
export interface Channel {
  readonly label: string;
  /** How it is done, when nobody is in line to be joined. */
  readonly how: string;
  readonly start: PartyStart;
}

const interpreter = 'L’interprète entre dans l’appel et traduit ; l’appelant reste en ligne.';
const relay = 'Le 114 répond par SMS, visio ou messagerie à qui n’entend pas ou ne peut pas parler, et relaie la conversation. L’appelant peut lui écrire par SMS au 114.';

const channels: Partial<Record<CommunicationDifficulty, Channel>> = {
  LANGUE: { label: 'Ajouter un interprète', how: interpreter, start: { title: 'Ajouter un interprète', party: 'interprete', help: interpreter } },
  MUET: { label: 'Passer par le 114', how: relay, start: { title: 'Passer par le 114', party: 'autre', number: '114', help: `${relay} « Appeler et ajouter » fait entrer son agent dans cet appel.` } },
};

/** What to offer for a difficulty; null where speaking calmly is all there is. */
export const channelOf = (difficulty: CommunicationDifficulty | null): Channel | null => (difficulty && channels[difficulty]) ?? null;
