
/** What is wrong with the dates of a delegation (`YYYY-MM-DD`, both included), by field. `today` is that of the territory. */
export function delegationDateProblems({ from, until, today }: { from: string; until: string; today: string }): { path: 'from' | 'until'; message: string }[] {
  const [start, end, day] = [from, until, today].map((text) => Temporal.PlainDate.from(text)) as [Temporal.PlainDate, Temporal.PlainDate, Temporal.PlainDate];
  const longest = start.add({ years: 1 });
  return [
    ...(Temporal.PlainDate.compare(start, day) < 0 ? [{ path: 'from' as const, message: "Une délégation commence aujourd'hui ou plus tard." }] : []),
    ...(Temporal.PlainDate.compare(end, start) < 0 ? [{ path: 'until' as const, message: 'Elle finit après avoir commencé.' }] : []),
    ...(Temporal.PlainDate.compare(end, longest) > 0 ? [{ path: 'until' as const, message: 'Un an au plus : vous pourrez la renouveler.' }] : []),
  ];
}

/** The instants between which it holds: from the first day's midnight to the end of the last one, in the zone of the territory. */
export function delegationSpan({ from, until, zone }: { from: string; until: string; zone: string }): { from: Temporal.Instant; until: Temporal.Instant } {
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant();
  return { from: midnight(Temporal.PlainDate.from(from)), until: midnight(Temporal.PlainDate.from(until).add({ days: 1 })) };
}

export type DelegationState = 'coming' | 'in-force' | 'ended' | 'revoked';

/** Where a delegation stands at that instant. */
export function delegationState(one: { validFrom: Temporal.Instant; validUntil: Temporal.Instant; revokedAt: Temporal.Instant | null }, at: Temporal.Instant): DelegationState {
  if (one.revokedAt) return 'revoked';
  if (Temporal.Instant.compare(at, one.validUntil) >= 0) return 'ended';
  return Temporal.Instant.compare(at, one.validFrom) < 0 ? 'coming' : 'in-force';
}
