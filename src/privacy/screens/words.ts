import type { Tone } from '../../ui/badge.tsx';
import type { RequestState } from '../contract.ts';

export const requestStateWords: Record<RequestState, { readonly label: string; readonly tone: Tone }> = {
  received: { label: 'À traiter', tone: 'warn' }, accepted: { label: 'Acceptée', tone: 'ok' }, partly: { label: 'Acceptée en partie', tone: 'accent' }, refused: { label: 'Refusée', tone: 'bad' },
};

/** The day of an instant, `20 novembre 2026`. */
export const dayOf = (at: string, zone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toLocaleString('fr-FR', { dateStyle: 'long' });
