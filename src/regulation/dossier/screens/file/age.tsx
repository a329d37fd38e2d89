import { useNow } from '../../../../ui/moments.tsx';
import { formatStopwatch } from './words.ts';

const FINE_UNTIL_MS = 10 * 60_000;

/**
 * How long ago, ticking: `0:42`, `3:07`, then `12 min`, `1 h 05`. Its figures keep the same width, so that nothing moves
 * beside it.
 */
export function Age({ since }: { since: string }) {
  const start = Temporal.Instant.from(since);
  const present = useNow(1_000);
  return <time dateTime={since}>{formatStopwatch(Math.max(0, present.epochMilliseconds - start.epochMilliseconds), FINE_UNTIL_MS)}</time>;
}
