import { formatLatency } from '../../../../ui/time.ts';
import { modalityLabels, type Modality, type SourceStatus } from '../../../availability/contract.ts';
import { passReasonLabels, skipReasons } from '../../contract.ts';

/** « 850 m », « 1,2 km ». */
export const distanceInWords = (metres: number): string =>
  metres < 1_000 ? `${metres} m` : `${(metres / 1_000).toFixed(1).replace('.', ',')} km`;

interface Shown {
  readonly rank: number;
  readonly key: string;
  readonly why: readonly string[];
}

export interface ComparedRank {
  readonly rank: number;
  readonly shown: string | null;
  readonly replayed: string | null;
  readonly why: readonly string[];
  readonly same: boolean;
}

/** The order shown and the order replayed, rank by rank. */
export function compareOrders(shown: readonly Shown[], replayed: readonly { readonly rank: number; readonly key: string }[]): ComparedRank[] {
  return Array.from({ length: Math.max(shown.length, replayed.length) }, (_, index) => {
    const then = shown[index];
    const again = replayed[index];
    return { rank: index + 1, shown: then?.key ?? null, replayed: again?.key ?? null, why: then?.why ?? [], same: then?.key === again?.key };
  });
}

export interface Who {
  readonly kind: 'professional' | 'structure';
  /** National id as people read it: `RPPS 10100000342`, `FINESS 860000001`. */
  readonly label: string;
  readonly place: string;
}

const registers: Readonly<Record<string, string>> = { '8': 'RPPS', '0': 'ADELI', '1': 'FINESS', '3': 'SIRET', '4': 'RPPS-rang' };

/** Who a key of the proof stands for: an identifier of the national registers, and a place. */
export function whoOf(key: string): Who {
  const cut = key.indexOf('@');
  const id = cut < 0 ? key : key.slice(0, cut);
  const register = registers[id.charAt(0)];
  return {
    kind: id.startsWith('8') || id.startsWith('0') ? 'professional' : 'structure',
    label: register ? `${register} ${id.slice(1)}` : id,
    place: cut < 0 ? '' : key.slice(cut + 1),
  };
}

/** `21 novembre 2026 à 23:59`: a proof is printed and kept, so its dates are whole. */
export const dateInWords = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short' });

type Moments = (instant: string) => string;

/** What was asked, as lines of label and value; an unknown criterion is shown as it is kept. */
export function criteriaInWords(criteria: Readonly<Record<string, unknown>>, moment: Moments): [label: string, value: string][] {
  const { city, lat, lon, radiusKm, specialty, modalities, from, to, enSus, participating, usualDoctor, ...others } = criteria;
  const yes = (value: unknown) => (value === true ? 'oui' : 'non');
  const lines: [string, unknown, (value: never) => string][] = [
    ['Commune', city, String],
    ['Point de départ', lat === undefined ? undefined : [lat, lon], ([a, b]: [number, number]) => `${a.toFixed(2)}, ${b.toFixed(2)} (arrondi au kilomètre)`],
    ['Rayon', radiusKm, (value: number) => `${value} km`],
    ['Spécialité', specialty, String],
    ['Modalités', modalities === undefined ? undefined : (modalities ?? 'all'), (value: 'all' | Modality[]) => (value === 'all' ? 'toutes' : value.map((one) => modalityLabels[one] ?? one).join(', '))],
    ['Période', from === undefined ? undefined : [from, to], ([start, end]: [string, string]) => `${moment(start)} → ${moment(end)}`],
    ['En sus des disponibilités', enSus, yes],
    ['Participants au SAS seulement', participating, yes],
    ['Médecin traitant', usualDoctor, (value: string) => doctorWords[value] ?? value],
    ...Object.entries(others).map(([name, value]): [string, unknown, (value: never) => string] => [name, value, (one: unknown) => JSON.stringify(one)]),
  ];
  return lines.filter(([, value]) => value !== undefined).map(([label, value, words]) => [label, words(value as never)]);
}

const doctorWords: Readonly<Record<string, string>> = { found: 'connu, proposé en premier', 'not-found': 'donné, absent des candidats', 'not-given': 'non donné' };
const statusWords: Record<SourceStatus, string> = { ok: 'a répondu', late: 'n’a pas répondu à temps', error: 'a échoué', 'circuit-open': 'laissé de côté' };

export interface EventWords {
  readonly title: string;
  readonly detail: string;
}

interface Payload {
  readonly source?: string;
  readonly status?: SourceStatus;
  readonly latencyMs?: number;
  readonly slots?: number | [rank: number, count: number][];
  readonly first?: number;
  readonly last?: number;
  readonly rank?: number | null;
  readonly key?: string;
  readonly reason?: string;
  readonly level?: number | null;
  readonly distanceM?: number | null;
  readonly chosen?: number;
  readonly nationalId?: string | null;
  readonly why?: 'half-day' | 'week';
  readonly levels?: number[];
}

/** What happened in the search, in words. */
export function eventInWords({ kind, payload }: { readonly kind: string; readonly payload: Readonly<Record<string, unknown>> }): EventWords {
  const told = payload as Payload;
  const rank = told.rank ? `rang ${told.rank}` : 'hors du classement';
  switch (kind) {
    case 'source':
      return { title: `${told.source === 'platform' ? 'L’agenda du SAS' : told.source} ${statusWords[told.status!] ?? told.status}`, detail: `${counted(told.slots as number, 'créneau', 'créneaux')} en ${formatLatency(told.latencyMs ?? 0)}` };
    case 'proposed': {
      const slots = (told.slots as [number, number][]).reduce((sum, [, count]) => sum + count, 0);
      return { title: told.last! < told.first! ? 'Aucun candidat proposé' : `Rangs ${told.first} à ${told.last} proposés`, detail: counted(slots, 'créneau montré', 'créneaux montrés') };
    }
    case 'refused':
      return { title: `Candidat écarté, ${rank}`, detail: skipReasons[told.reason as keyof typeof skipReasons] ?? told.reason ?? '' };
    case 'chosen':
      return { title: `Candidat choisi, ${rank}`, detail: [levelWords(told.level), told.distanceM != null && distanceInWords(told.distanceM)].filter(Boolean).join(', ') };
    case 'not-proposed':
      return { title: `Non proposé : ${told.nationalId ? `RPPS ${told.nationalId.slice(1)}` : 'une structure'}`, detail: passReasonLabels[`full-${told.why!}`] };
    case 'level-skipped':
      return { title: `${told.levels!.length > 1 ? 'Niveaux passés' : 'Niveau passé'} : ${told.levels!.join(', ')}`, detail: `choix au niveau ${told.chosen}` };
    default:
      return { title: kind, detail: JSON.stringify(payload) };
  }
}

const levelWords = (level: number | null | undefined) => (level == null ? null : level === 0 ? 'médecin traitant' : `niveau ${level}`);
const counted = (count: number, one: string, several: string) => `${count} ${Math.abs(count) < 2 ? one : several}`;
