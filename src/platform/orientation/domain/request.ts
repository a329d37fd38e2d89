import type { Placed } from './session.ts';

/** Somebody who may be asked: a professional who takes part alone, or a structure. */
export interface RequestCandidate {
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeId: string | null;
  readonly level: number | null;
  readonly distanceM: number | null;
}

/** The one key of a candidate: nobody is asked twice for one need, whatever places he has. */
export const subjectOf = ({ nationalId, structureId }: Pick<RequestCandidate, 'nationalId' | 'structureId'>): string => (nationalId ?? structureId)!;

export type RequestState = 'EN_COURS' | 'ACCEPTE' | 'ANNULE' | 'EPUISE';

/**
 * Those asked for a need, in order: the one chosen, then the others in the order of the search, from his level of the charter
 * on. Levels passed over, and those already set aside in the search, are not asked.
 */
export function chainFrom(placed: readonly Placed[], chosen: RequestCandidate, setAside: ReadonlySet<string>): RequestCandidate[] {
  const chain = new Map([[subjectOf(chosen), chosen]]);
  for (const { input, level } of placed) {
    const { nationalId, structureId, placeId, distanceM } = input;
    const subject = subjectOf(input);
    if (chain.has(subject) || setAside.has(input.key)) continue;
    if (chosen.level !== null && level !== null && level < chosen.level) continue;
    chain.set(subject, { nationalId, structureId, placeId, level, distanceM });
  }
  return [...chain.values()];
}

/** True when somebody of a level before the chosen one was neither asked nor set aside: a reason is due (RDV-06). */
export const passesOverLevel = (placed: readonly Placed[], chosen: RequestCandidate, setAside: ReadonlySet<string>): boolean =>
  placed.some(({ input, level }) => chosen.level !== null && level !== null && level < chosen.level && !setAside.has(input.key));

/** True from the very instant the delay is over. */
export const isOver = (deadline: Temporal.Instant | null, now: Temporal.Instant): boolean =>
  deadline !== null && Temporal.Instant.compare(now, deadline) >= 0;

/** Milliseconds left to answer, as both sides are shown; null without a delay. */
export const remainingMs = (deadline: Temporal.Instant | null, now: Temporal.Instant): number | null =>
  deadline && Math.max(0, deadline.epochMilliseconds - now.epochMilliseconds);

/** What a candidate is when his turn comes. */
export interface Readiness {
  /** Still accepts patients en sus. */
  readonly accepts: boolean;
  /** Identified to the SAS with a channel, and open now (ANN-11); true for a professional. */
  readonly reachable: boolean;
  readonly full: CapReached | null;
}

export type CapReached = 'half-day' | 'week';
export const passReasons = ['no-longer-accepts', 'not-reachable', 'full-half-day', 'full-week'] as const;
export type PassReason = (typeof passReasons)[number];

/** Why a candidate's turn is passed; null when he is asked. */
export function passReason({ accepts, reachable, full }: Readiness): PassReason | null {
  if (!accepts) return 'no-longer-accepts';
  if (!reachable) return 'not-reachable';
  return full && `full-${full}`;
}

/** Hours of a structure: days from 1 (Monday) to 7, wall-clock times; an end before its beginning runs past midnight. */
export type Hours = readonly { readonly day: number; readonly from: string; readonly to: string }[];

/** True when the wall clock of the zone is within the hours. The last minute written is included: `23:59` is until midnight. */
export function isOpen(hours: Hours, at: Temporal.Instant, timeZone: string): boolean {
  const local = at.toZonedDateTimeISO(timeZone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  const yesterday = local.dayOfWeek === 1 ? 7 : local.dayOfWeek - 1;
  return hours.some(({ day, from, to }) => {
    if (to >= from) return day === local.dayOfWeek && time >= from && time <= to;
    return (day === local.dayOfWeek && time >= from) || (day === yesterday && time <= to);
  });
}
