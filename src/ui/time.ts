import { systemClock } from '../foundation/clock.ts';

/** The present instant, for what a person looks at; rules receive theirs from the server. */
export const now = (): Temporal.Instant => systemClock.now();

type When = string | Temporal.Instant;
const instantOf = (when: When): Temporal.Instant => (typeof when === 'string' ? Temporal.Instant.from(when) : when);

/** `08:42`. */
export function formatTime(when: When, zone: string): string {
  const { hour, minute } = instantOf(when).toZonedDateTimeISO(zone);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Number of calendar days from `at` to `when`, as seen in the zone: 0 today, 1 tomorrow. */
export function daysFrom(at: When, when: When, zone: string): number {
  const from = instantOf(at).toZonedDateTimeISO(zone).toPlainDate();
  return from.until(instantOf(when).toZonedDateTimeISO(zone).toPlainDate(), { largestUnit: 'day' }).days;
}

/** `aujourd’hui`, `demain`, `hier`, else `jeu. 23 nov.` (with the year when it is another one). */
export function formatDay(when: When, zone: string, at: When): string {
  const days = daysFrom(at, when, zone);
  if (days >= -1 && days <= 1) return ['hier', 'aujourd’hui', 'demain'][days + 1]!;
  const date = instantOf(when).toZonedDateTimeISO(zone).toPlainDate();
  const sameYear = date.year === instantOf(at).toZonedDateTimeISO(zone).year;
  return date.toLocaleString('fr-FR', { weekday: 'short', day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** `aujourd’hui 08:42`, `jeu. 23 nov. 08:42`. */
export const formatMoment = (when: When, zone: string, at: When): string => `${formatDay(when, zone, at)} ${formatTime(when, zone)}`;

/** How long ago, or how long until: `moins d’une minute`, `3 min`, `2 h 05`, `4 j`. */
export function formatAge(when: When, at: When): string {
  return formatDuration(Math.abs(instantOf(at).epochMilliseconds - instantOf(when).epochMilliseconds));
}

/** A length of time in milliseconds as people say it: `3 min`, `2 h 05`, `4 j`. */
export function formatDuration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'moins d’une minute';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${String(minutes % 60).padStart(2, '0')}`;
  return `${Math.floor(hours / 24)} j`;
}

/** A response time: `210 ms`, `2,1 s`. */
export const formatLatency = (milliseconds: number): string =>
  milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1).replace('.', ',')} s`;

/** The hour somebody typed (`14:30`, `14h30`, `1430`, `9h`), or null when it is none. */
export function readHour(text: string): Temporal.PlainTime | null {
  const [, hour, minute] = /^\s*(\d{1,2})\s*(?:[h:.]?\s*(\d{2})|h)?\s*$/i.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute ?? 0) > 59) return null;
  return Temporal.PlainTime.from({ hour: Number(hour), minute: Number(minute ?? 0) });
}

/** A countdown: `1:59`. */
export function formatCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
