/** The hours a search looks at. */
export interface SearchWindow {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  /** True when the beginning asked for was over, and "now" was taken instead. */
  readonly clamped: boolean;
}

/** The national target: an appointment within 48 hours (RDV-05, AGR-03). */
export const DEFAULT_HOURS = 48;
/** Farther than that, a search is no longer for unscheduled care. */
export const MAX_DAYS = 14;

/** Why a window is refused. */
export type WindowProblem = 'empty' | 'too-far' | 'over';

/** The window of a search made at `now`: 48 hours unless asked otherwise; the past is never searched. */
export function searchWindow(
  asked: { readonly from?: Temporal.Instant; readonly to?: Temporal.Instant },
  now: Temporal.Instant,
): SearchWindow | WindowProblem {
  const past = asked.from !== undefined && Temporal.Instant.compare(asked.from, now) < 0;
  const from = past || !asked.from ? now : asked.from;
  const to = asked.to ?? from.add({ hours: DEFAULT_HOURS });
  if (asked.from && asked.to && Temporal.Instant.compare(asked.to, asked.from) <= 0) return 'empty';
  if (Temporal.Instant.compare(to, from) <= 0) return 'over';
  if (Temporal.Instant.compare(to, now.add({ hours: MAX_DAYS * 24 })) > 0) return 'too-far';
  return { from, to, clamped: past };
}
