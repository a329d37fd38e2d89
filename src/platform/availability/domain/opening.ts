/** A wall-clock declaration: a day and two times of a zone, e.g. 2026-10-25, 09:00 to 12:00, Europe/Paris. */
export interface LocalPeriod {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** `HH:MM` */
  readonly starts: string;
  readonly ends: string;
  readonly timeZone: string;
}

export interface Occurrence {
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
}

export interface OpeningProblem {
  readonly path: 'day' | 'starts' | 'ends' | 'capacity';
  readonly message: string;
}

/**
 * The instant of a wall-clock time, or null when the clocks jump over it that day. In the hour that comes twice (end of
 * summer time) it is the first passage: the order of two times of a day is thus the order of their instants.
 */
export function instantOf(day: string, time: string, timeZone: string): Temporal.Instant | null {
  const wall = Temporal.PlainDateTime.from(`${day}T${time}`);
  const zoned = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return zoned.toPlainDateTime().equals(wall) ? zoned.toInstant() : null;
}

const skipped = (path: 'starts' | 'ends', time: string): OpeningProblem => ({
  path,
  message: `${time} n'existe pas ce jour-là : les horloges passent à l'heure d'été. Choisissez une heure avant ou après.`,
});

/** What an opening gives on its day, or everything that is wrong with it. */
export function occurrenceOf(
  opening: LocalPeriod & { readonly kind: 'single' | 'range'; readonly capacity: number },
  now: Temporal.Instant,
): { readonly occurrence: Occurrence } | { readonly problems: readonly OpeningProblem[] } {
  const problems: OpeningProblem[] = [];
  const start = instantOf(opening.day, opening.starts, opening.timeZone);
  const end = instantOf(opening.day, opening.ends, opening.timeZone);
  if (!start) problems.push(skipped('starts', opening.starts));
  if (!end) problems.push(skipped('ends', opening.ends));
  if (opening.starts >= opening.ends) {
    problems.push({ path: 'ends', message: "L'heure de fin doit suivre l'heure de début, le même jour." });
  }
  if (start && Temporal.Instant.compare(start, now) <= 0) {
    problems.push({ path: 'starts', message: 'Ce moment est déjà passé : choisissez une heure à venir.' });
  }
  if (opening.kind === 'single' && opening.capacity !== 1) {
    problems.push({ path: 'capacity', message: 'Un créneau seul reçoit un patient ; pour en recevoir plusieurs, déclarez une plage.' });
  }
  return start && end && problems.length === 0 ? { occurrence: { start, end } } : { problems };
}
