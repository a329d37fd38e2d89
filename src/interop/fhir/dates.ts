const ZONE = 'Europe/Paris';
const PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/;
const EXACT = /T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{2}:\d{2}$/;

/** An instant as the guide writes it: `YYYY-MM-DDThh:mm:ss.SSS+hh:mm`, in French wall-clock time. */
export const formatInstant = (instant: Temporal.Instant): string =>
  instant.toZonedDateTimeISO(ZONE).toString({ fractionalSecondDigits: 3, timeZoneName: 'never' });

export interface ReadInstant {
  readonly instant: Temporal.Instant;
  /** False when the text gave no offset; it was then read as French wall-clock time. */
  readonly zoned: boolean;
  /** True when the text has the very form of the guide (milliseconds and numeric offset). */
  readonly exact: boolean;
}

/** Reads a date and time with or without offset; null when it is neither. A `+` that a decoder turned into a space is restored. */
export function readInstant(text: string): ReadInstant | null {
  const repaired = text.trim().replace(/ (?=\d{2}:\d{2}$)/, '+');
  const match = PATTERN.exec(repaired);
  if (!match) return null;
  const zoned = match[1] !== undefined;
  try {
    const instant = zoned
      ? Temporal.Instant.from(repaired)
      : Temporal.PlainDateTime.from(repaired).toZonedDateTime(ZONE).toInstant();
    return { instant, zoned, exact: repaired === text && EXACT.test(text) };
  } catch {
    // A well-formed text may still name a day that does not exist.
    return null;
  }
}
