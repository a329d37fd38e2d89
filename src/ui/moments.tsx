import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { formatAge, formatMoment, formatTime, now } from './time.ts';

const ZoneContext = createContext('Europe/Paris');

/** Gives the time zone of the SAS to everything below: times are shown as people there read their watch. */
export const ZoneProvider = ZoneContext;

/** IANA zone in which times are shown. */
export const useZone = (): string => useContext(ZoneContext);

/** The present instant, read again every `everyMs`; components that show an age use it. */
export function useNow(everyMs = 15_000): Temporal.Instant {
  const subscribe = useCallback(
    (changed: () => void) => {
      const timer = setInterval(changed, everyMs);
      return () => clearInterval(timer);
    },
    [everyMs],
  );
  useSyncExternalStore(subscribe, () => Math.floor(now().epochMilliseconds / everyMs));
  return now();
}

/** An hour, `08:42`; `day` adds the day (`demain 08:42`). The exact date is in the title. */
export function Moment({ at, day = false }: { at: string; day?: boolean }) {
  const zone = useZone();
  const present = useNow(60_000);
  return (
    <time dateTime={at} title={Temporal.Instant.from(at).toZonedDateTimeISO(zone).toLocaleString('fr-FR', { dateStyle: 'full', timeStyle: 'short' })}>
      {day ? formatMoment(at, zone, present) : formatTime(at, zone)}
    </time>
  );
}

/** How long ago, `3 min`, kept up to date. */
export function Age({ since }: { since: string | Temporal.Instant }) {
  const present = useNow();
  return <span>{formatAge(since, present)}</span>;
}
