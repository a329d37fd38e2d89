import { now } from '../../../../ui/time.ts';
import type { Acts, Received } from '../../contract-outcomes.ts';

/** What can be said of the outcome here: with the two buttons, in the vendor's software, or nothing now. */
export type Telling = 'here' | 'vendor' | 'not-now';

const awaited: readonly string[] = ['PRIS', 'MODIFIE', 'NON_RENSEIGNE'];

/** Where the outcome of an appointment is said, once it has started. */
export function tellingOf({ kind, status, start, possible }: Pick<Received, 'kind' | 'status' | 'start' | 'possible'>, at: Temporal.Instant = now()): Telling {
  if (!awaited.includes(status) || start === null || Temporal.Instant.compare(start, at) > 0) return 'not-now';
  if (kind === 'editor') return 'vendor';
  return possible.includes('honoured') ? 'here' : 'not-now';
}

/** The row reached from this one by the arrows; it stays inside the list. */
export const neighbour = (ids: readonly string[], current: string | null, step: 1 | -1): string | null => {
  const at = current === null ? -1 : ids.indexOf(current);
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)] ?? null;
};

const plural = (count: number, one: string, many: string) => `${count} ${count > 1 ? many : one}`;

/** Where somebody stands towards indicator 9, in one sentence. */
export function tierInWords({ indicator9: { accepted, reached, missing } }: Pick<Acts, 'indicator9'>): string {
  const where = reached === null ? 'Aucun palier atteint' : `Palier ${reached} atteint`;
  if (missing === null) return `${where} : c’est le dernier palier publié.`;
  return `${where} avec ${plural(accepted, 'patient pris en sus', 'patients pris en sus')}. Encore ${missing} pour le palier ${(reached ?? 0) + 1}.`;
}

/** The acts of unscheduled care of one week against the cap. */
export function weekInWords({ honoured, awaited: coming }: { honoured: number; awaited: number }, cap: number): string {
  const beyond = honoured > cap ? `, dont ${honoured - cap} au-delà du plafond` : '';
  return `${plural(honoured, 'acte fait', 'actes faits')} sur ${cap}${beyond}${coming > 0 ? `, ${coming} à venir ou à dire` : ''}`;
}
