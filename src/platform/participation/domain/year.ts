import type { Refusal, WeekVerdict, YearVerdict } from '../contract.ts';

export interface YearFacts {
  readonly year: number;
  /** The year is over: the verdict is the last word. */
  readonly over: boolean;
  readonly launched: boolean;
  /** The participation counts at the end of the year, or now while it runs. */
  readonly declared: boolean;
  /** Weeks that may be missing in a year: a parameter of the SAS. */
  readonly tolerance: number;
}

/**
 * Indicator 8, from the SAS's side (R-D, R-O): launch, declaration and visibility, all three. Whether "volet 1" is reached is
 * the CPAM's to say. A week still running is not missing yet.
 */
export function yearVerdict(weeks: readonly WeekVerdict[], { year, over, launched, declared, tolerance }: YearFacts): YearVerdict {
  const met = weeks.filter(({ status }) => status === 'met').length;
  const missing = weeks.filter(({ status, ongoing }) => status === 'missing' && !ongoing).length;
  const shownUndeclared = weeks.some(({ status, why, shownMinutes, dueMinutes, uploaded }) =>
    status === 'not-applicable' && (why === 'before-declaration' || why === 'withdrawn') && (uploaded || (dueMinutes > 0 && shownMinutes >= dueMinutes)));
  const refusals: Refusal[] = [
    ...(launched ? [] : ['not-launched' as const]),
    ...(declared ? [] : ['not-declared' as const]),
    ...(missing > tolerance ? ['weeks-missing' as const] : []),
    ...(launched && declared && met + missing === 0 ? ['no-week' as const] : []),
  ];
  return { year, over, eligible: refusals.length === 0, refusals, met, missing, tolerance, shownUndeclared: !declared && shownUndeclared };
}
