import { pick, randomOf } from '../../simulators/shared/random.ts';
import { prescription } from './qualification.ts';
import { parisTime } from './assembled-room.ts';

/*
 * Every call of the golden day (requirements 8.2), Tuesday 13 January 2026, always the same: who calls, how long he waits, what is
 * decided. The totals are those of the table; when each thing falls is drawn from a fixed seed.
 */
const SEED = 86;
export const CALLS_PER_HOUR = [52, 58, 50, 44, 36, 34, 36, 38, 40, 46, 48, 38] as const;
const FIRST_HOUR = 8;
const times = <T>(count: number, of: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => of(index));

export type Doctor = 'mru' | 'mrg';
export interface Regulated {
  readonly kind: 'drm';
  readonly doctor: Doctor;
  readonly priority: 'P0' | 'P1' | 'P2' | 'P3';
  readonly careLevel: 'R1' | 'R2' | 'R3' | 'R4';
  readonly decisions: readonly Record<string, unknown>[];
  /** Decided once the means has told what it found. */
  readonly afterBilan?: 'LAISSE_SUR_PLACE' | 'SOINS_VILLE_SAS';
  /** Who sends it to the other filière before it is decided. */
  readonly requalifiedBy?: 'osnp' | 'mrg' | 'arm' | 'mru';
  /** Answered by the OSNP without a doctor in line, who signs afterwards. */
  readonly validated?: true;
  /** What becomes of the appointment booked, told the day after; `booked`: nobody says. */
  readonly appointment?: 'fulfilled' | 'noshow' | 'cancelled' | 'booked';
}
export type Fate =
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'repeated'; readonly openedFirst: boolean }
  | { readonly kind: 'd'; readonly code: string }
  | { readonly kind: 'dr'; readonly category: string; readonly whitelisted: boolean }
  | Regulated;

export interface GoldenCall {
  readonly id: string;
  readonly presentedAt: Temporal.Instant;
  /** Before somebody answers, or before the caller gives up. */
  readonly waitMs: number;
  readonly fate: Fate;
}

const dr = (category: string, count: number, whitelisted: boolean): Fate[] => times(count, () => ({ kind: 'dr', category: `DR.DREG.${category}`, whitelisted }));
/** 34 pharmacies, 22 information, 9 dentists, 8 doctors, 7 fire service, 3 police; 4 DAC, then 5 for the 115 and 8 others, signed by a doctor. */
const withoutAct: Fate[] = [
  ...dr('DRPHARMA', 34, true), ...dr('DRINFO', 22, true), ...dr('DRDENT', 9, true), ...dr('DRMED', 8, true), ...dr('DOS-SIS', 7, true), ...dr('DOS-FDO', 3, true),
  ...dr('DRDAC', 4, false), ...dr('DRARM', 5 + 8, false),
];
const dCodes = { 'MALV.ERR': 8, 'MALV.NRP': 5, 'MALV.MALV': 6, 'IDENT.ADMIN': 3, 'IDENT.PERSO': 2, 'IDENT.AUTRE': 1 };
const dossiersD: Fate[] = Object.entries(dCodes).flatMap(([code, count]) => times(count, (): Fate => ({ kind: 'd', code: `D.D-${code}` })));

/** 75 patients with means: 6 P0 with SMUR and VSAV, 2 SMUR with an ambulance, 46 ambulances, 21 VSAV. */
function withMeans(index: number): Regulated {
  const smur = index < 8;
  const vehicle = index < 6 || index >= 54 ? 'VSAV' : 'AMBULANCE';
  const destination = index < 52 ? 'SU' : index < 60 ? 'ES_HORS_SU' : null;
  return {
    kind: 'drm', doctor: 'mru', priority: index < 6 ? 'P0' : index < 64 ? 'P1' : 'P2', careLevel: smur ? 'R1' : 'R2',
    decisions: [...(smur ? [{ type: 'SMUR' }] : []), { type: vehicle }, ...(destination ? [{ type: destination }] : [])],
    ...(destination === null && { afterBilan: index < 70 ? 'LAISSE_SUR_PLACE' : 'SOINS_VILLE_SAS' }),
    ...((index === 20 || index === 21) && { requalifiedBy: 'osnp' }),
  };
}

/** Status the day after of the 71 appointments, in the order they are booked. */
const appointments = [...times(60, () => 'fulfilled'), ...times(6, () => 'noshow'), ...times(3, () => 'cancelled'), ...times(2, () => 'booked')] as const;
const regulated = (doctor: Doctor, types: readonly string[], more: Partial<Regulated> = {}): Regulated => ({
  kind: 'drm', doctor, priority: 'P2', careLevel: 'R3', decisions: types.map((type) => ({ type })), ...more,
});
let booked = 0;
const withAppointment = (doctor: Doctor, type: string, more: Partial<Regulated> = {}): Regulated =>
  ({ ...regulated(doctor, [], more), decisions: [{ type, specialty: 'SM54' }], ...(type !== 'VISITE' && { appointment: appointments[booked++]! as Regulated['appointment'] }) });

/** 300 DRM, 143 by hospital doctors and 157 by liberal ones. */
const withAct: Regulated[] = [
  ...times(75, withMeans),
  ...times(25, (index) => regulated('mru', ['ALLER_SU'], { careLevel: 'R2', ...(index < 5 && { requalifiedBy: 'mrg' }) })),
  ...times(35, () => regulated('mru', ['CONSEIL'])),
  ...times(17, () => regulated('mrg', [], { careLevel: 'R4', decisions: [prescription(), { type: 'CONSEIL' }] })),
  ...times(53, (index) => regulated('mrg', ['CONSEIL'], { priority: index < 40 ? 'P3' : 'P2', careLevel: index < 38 ? 'R4' : 'R3', ...(index >= 20 && index < 40 && { validated: true }) })),
  ...times(5, () => regulated('mrg', [], { careLevel: 'R4', decisions: [prescription()] })),
  ...times(8, () => withAppointment('mru', 'CONSULTATION')),
  ...times(54, (index) => withAppointment('mrg', 'CONSULTATION', index < 6 ? { requalifiedBy: 'arm' } : index < 11 ? { requalifiedBy: 'mru' } : {})),
  ...times(4, () => withAppointment('mrg', 'VISITE')), ...times(9, () => withAppointment('mrg', 'TELECONSULTATION')),
  ...times(12, () => regulated('mrg', ['MEDECIN_TRAITANT'], { careLevel: 'R4' })), ...times(3, () => regulated('mrg', ['PASPLUS'])),
];

function shuffled<T>(list: readonly T[], name: string): T[] {
  const random = randomOf(SEED, 'golden', name);
  return list.map((one) => ({ one, key: random() })).sort((a, b) => a.key - b.key).map(({ one }) => one);
}

/** Hours whose calls are played together: a call made again concerns a dossier of the same part of the day. */
export const PARTS = [8, 11, 15, 18] as const;
const partOf = (hour: number): number => PARTS.findLastIndex((first) => first <= hour);
/** What begins later is decided after 20 h. */
const LAST_REGULATED = parisTime('19:30');

const slots = CALLS_PER_HOUR.flatMap((count, index) =>
  times(count, (rank) => ({ hour: FIRST_HOUR + index, at: parisTime(`${String(FIRST_HOUR + index).padStart(2, '0')}:00`).add({ milliseconds: Math.floor(((rank + 0.5) * 3_600_000) / count) }) })));

/** A fate for each moment: each part begins with a dossier regulated, and nothing is regulated at the very end. */
function fates(): Fate[] {
  const other: Fate[] = [...times(35, (): Fate => ({ kind: 'abandoned' })), ...times(60, (index): Fate => ({ kind: 'repeated', openedFirst: index % 2 === 0 })), ...dossiersD, ...withoutAct];
  const drawn = shuffled<Fate>([...other, ...withAct], 'fates');
  const swap = (a: number, b: number) => ([drawn[a], drawn[b]] = [drawn[b]!, drawn[a]!]);
  const late = (index: number) => Temporal.Instant.compare(slots[index]!.at, LAST_REGULATED) >= 0;
  let free = 0;
  for (const [index, fate] of drawn.entries()) {
    if (fate.kind !== 'drm' || !late(index)) continue;
    while (drawn[free]!.kind === 'drm') free++;
    swap(index, free);
  }
  for (const first of PARTS) {
    const start = slots.findIndex(({ hour }) => hour === first);
    swap(start, drawn.findIndex((fate, index) => index >= start && fate.kind === 'drm' && fate.priority === 'P2'));
  }
  return drawn;
}

/** Waits: 20 gone before 10 s and 15 from 10 s, one of each at the very limit; of the others 446 answered under 30 s. */
function waits(list: readonly Fate[]): number[] {
  const gone = [...times(20, (index) => 9_999 - index * 400), ...times(15, (index) => 10_000 + index * 4_000)];
  const answered = [...times(446, (index) => 29_999 - ((index * 617) % 29_000)), ...times(39, (index) => 30_000 + index * 900)];
  const [left, right] = [shuffled(gone, 'gone'), shuffled(answered, 'answered')];
  return list.map(({ kind }) => (kind === 'abandoned' ? left : right).pop()!);
}

/** 08:00 to 20:00, in as many lists as there are parts. */
export function sasCalls(): GoldenCall[][] {
  const list = fates();
  const waited = waits(list);
  const calls = list.map((fate, index): GoldenCall => ({ id: `sas-${index}`, presentedAt: slots[index]!.at, waitMs: waited[index]!, fate }));
  return PARTS.map((_, part) => calls.filter((_call, index) => partOf(slots[index]!.hour) === part));
}

/** Midnight to 8, 20 to midnight: 96 calls of which 87 answered, 104 of which 93; 12 consultations and 2 visits. */
export function pdsaCalls(): GoldenCall[] {
  const span = (from: string, minutes: number, presented: number, answered: number, acts: number) => times(presented, (index): GoldenCall => {
    const fate: Fate = index >= answered ? { kind: 'abandoned' } : index % 12 === 5 && index / 12 < acts
      ? regulated('mrg', [index === 5 ? 'VISITE' : 'CONSULTATION']) : { kind: 'd', code: pick(randomOf(SEED, 'pdsa', from, index), [[1, 'D.D-IDENT.AUTRE'], [2, 'D.D-MALV.ERR']]) };
    return { id: `pdsa-${from}-${index}`, presentedAt: parisTime(from).add({ milliseconds: Math.floor((index * minutes * 60_000) / presented) }), waitMs: fate.kind === 'abandoned' ? 45_000 : 9_000, fate };
  });
  return [...span('00:00', 470, 96, 87, 7), ...span('20:00', 230, 104, 93, 7)];
}
