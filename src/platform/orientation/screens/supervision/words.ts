import { formatDuration } from '../../../../ui/time.ts';
import type { RateLine } from '../../contract-outcomes.ts';

/** `12,5 %`. */
export const percent = (share: number): string => `${(share * 100).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} %`;

export const minutesInWords = (minutes: number | null): string => (minutes === null ? '—' : minutes < 0 ? 'avant' : formatDuration(minutes * 60_000));

export const kilometres = (metres: number | null): string => (metres === null ? '—' : `${(metres / 1000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} km`);

export const levelInWords = (level: string | number | null): string => (level === null ? '—' : Number(level) === 0 ? 'Médecin traitant' : `Niveau ${level}`);

/** The rate, or that there is too little to say one. */
export const rateInWords = ({ rate }: Pick<RateLine, 'rate'>): string => (rate === null ? 'donnée insuffisante' : percent(rate));

/** How a rate stands to the reference, said with it. */
export function againstReference({ rate }: Pick<RateLine, 'rate'>, reference: number): string | null {
  if (rate === null) return null;
  return rate > reference ? `au-dessus de la référence de ${percent(reference)}` : `au plus la référence de ${percent(reference)}`;
}
