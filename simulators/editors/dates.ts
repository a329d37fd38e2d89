export const PARIS = 'Europe/Paris';

/** Reads the present instant: the machine's clock, or one that a test moves. */
export type Now = () => Temporal.Instant;
export const machineClock: Now = () => Temporal.Now.instant();

const local = (instant: Temporal.Instant): Temporal.ZonedDateTime => instant.toZonedDateTimeISO(PARIS);

/** `2026-01-15T14:00:00.000+01:00`: the only form that the official kit takes for a Slot. */
export const slotDate = (instant: Temporal.Instant): string =>
  local(instant).toString({ fractionalSecondDigits: 3, timeZoneName: 'never' });

/** `2026-01-15T14:00:00+01:00`, for appointments. */
export const appointmentDate = (instant: Temporal.Instant): string =>
  local(instant).toString({ smallestUnit: 'second', timeZoneName: 'never' });

const written = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * A FHIR date as received: without an offset it is Paris time; a `+` that became a space is still a `+`; a day alone is its first
 * or its last instant. Null when it is not a date.
 */
export function parseBound(text: string, bound: 'ge' | 'le'): Temporal.Instant | null {
  const [, day, time, offset] = written.exec(text.replace(' ', '+')) ?? [];
  if (!day) return null;
  try {
    if (offset) return Temporal.Instant.from(`${day}T${time}${offset}`);
    if (time) return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(PARIS).toInstant();
    const first = Temporal.PlainDate.from(day).toZonedDateTime(PARIS);
    return (bound === 'ge' ? first : first.add({ days: 1 }).subtract({ nanoseconds: 1 })).toInstant();
  } catch {
    return null;
  }
}

/** « mercredi 14 octobre à 09:00 ». */
export const spokenDate = (instant: Temporal.Instant): string => {
  const at = local(instant);
  const day = at.toLocaleString('fr-FR', { weekday: 'long', day: 'numeric', month: 'long' });
  return `${day} à ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`;
};
