import type { OrientationStatus } from '../contract.ts';

/** Steps of indicator 9: patients taken in excess of the agenda at the SAS's request, a civil quarter. Those above 35 are not published. */
export const tiers = [{ from: 5, to: 15 }, { from: 16, to: 25 }, { from: 26, to: 35 }] as const;

/** Where a count stands among the steps. */
export interface TierPosition {
  /** Number of the step reached, from 1; null under the first. */
  readonly reached: number | null;
  /** Acts that lack to reach the next published step; null on the last. */
  readonly missing: number | null;
}

/** The step that a number of acts reaches. */
export function tierOf(acts: number): TierPosition {
  const reached = tiers.filter(({ from }) => acts >= from).length;
  const next = tiers[reached];
  return { reached: reached === 0 ? null : reached, missing: next ? next.from - acts : null };
}

/** Acts of unscheduled care that count for one doctor in one ISO week. */
export const SNP_WEEKLY_CAP = 20;
const SNP_DELAY_HOURS = 48;
const PSYCHIATRY = 'SM42';

/** What tells whether an act counts. */
export interface Act {
  readonly kind: 'slot' | 'editor' | 'phone' | 'surnumeraire';
  readonly status: OrientationStatus;
  readonly start: Temporal.Instant | null;
  readonly regulatedAt: Temporal.Instant;
  readonly hours: 'SAS' | 'PDSA' | null;
  /** Level of the charter; 0 is the patient's usual doctor. */
  readonly charterLevel: number | null;
  readonly specialty: string | null;
}

const accepted: readonly OrientationStatus[] = ['PRIS', 'MODIFIE', 'HONORE', 'NON_HONORE', 'NON_RENSEIGNE'];

/** True for a patient taken in excess of the agenda: what indicator 9 counts. A slot of an agenda never is one (REM-06). */
export const isInExcess = ({ kind, status }: Pick<Act, 'kind' | 'status'>): boolean => kind === 'surnumeraire' && accepted.includes(status);

/**
 * True when the act would be one of unscheduled care once honoured: within 48 hours of the regulation, in SAS hours, by
 * another doctor than the usual one, no psychiatrist.
 */
export const mayBeSnp = ({ start, regulatedAt, hours, charterLevel, specialty }: Act): boolean =>
  start !== null && hours === 'SAS' && charterLevel !== 0 && specialty !== PSYCHIATRY &&
  Temporal.Instant.compare(start, regulatedAt.add({ hours: SNP_DELAY_HOURS })) <= 0;

/** ISO week of a local day, e.g. `2026-W03`. */
export const weekOf = (day: Temporal.PlainDate): string => `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`;

/** A civil quarter. `until` is the first day after. */
export interface Quarter {
  readonly name: string;
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
}

/** The quarter of a local day. */
export function quarterOf(day: Temporal.PlainDate): Quarter {
  const index = Math.floor((day.month - 1) / 3);
  const from = Temporal.PlainDate.from({ year: day.year, month: index * 3 + 1, day: 1 });
  return { name: `${day.year}-T${index + 1}`, from, until: from.add({ months: 3 }) };
}

/** Reads `2026-T1`. */
export function readQuarter(name: string): Quarter {
  const [year, index] = name.split('-T').map(Number);
  return quarterOf(Temporal.PlainDate.from({ year: year!, month: (index! - 1) * 3 + 1, day: 1 }));
}
