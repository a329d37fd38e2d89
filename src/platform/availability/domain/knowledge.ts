/** What a vendor's past answers say of one professional or association. */
export interface Knowledge {
  readonly askedAt: Temporal.Instant;
  /** Last time an answer named him; null when none ever did. */
  readonly seenAt: Temporal.Instant | null;
  /** Answers in a row that did not name him. */
  readonly misses: number;
}

const HOUR = 3_600_000;
/** A vendor that stopped naming somebody for that long no longer counts as his. */
export const KNOWN_FOR_DAYS = 60;
/**
 * A vendor gives the same empty answer for "I do not know him" and "he has nothing free" (interop-sas 2.2), so somebody
 * whom no vendor has named yet is asked again soon, then less and less often.
 */
const UNKNOWN_DELAYS = [HOUR / 4, HOUR, 6 * HOUR, 24 * HOUR];
/** A `seenAt` is written again at most that often. */
const SEEN_GRAIN = HOUR;

/** True when the vendor is known to have this professional in its agendas. */
export function isKnown(knowledge: Knowledge | undefined, now: Temporal.Instant): boolean {
  return !!knowledge?.seenAt && msBetween(knowledge.seenAt, now) < KNOWN_FOR_DAYS * 24 * HOUR;
}

/**
 * Should this vendor be asked about this id? Always when it knows him or was never asked; otherwise from time to time,
 * a day apart when another vendor knows him, at moments spread by the ids so that refreshes do not come all at once.
 */
export function shouldAsk(
  editor: string,
  id: string,
  knowledge: Knowledge | undefined,
  context: { knownElsewhere: boolean; now: Temporal.Instant },
): boolean {
  if (!knowledge || isKnown(knowledge, context.now)) return true;
  const step = context.knownElsewhere ? UNKNOWN_DELAYS.length - 1 : Math.min(knowledge.misses, UNKNOWN_DELAYS.length) - 1;
  const delay = UNKNOWN_DELAYS[Math.max(step, 0)]! * (0.75 + spread(`${editor}|${id}`) / 2);
  return msBetween(knowledge.askedAt, context.now) >= delay;
}

/** What is known once an answer came; the same object when there is nothing worth writing. */
export function learn(previous: Knowledge | undefined, named: boolean, now: Temporal.Instant): Knowledge {
  if (named) {
    const recent = previous?.seenAt && previous.misses === 0 && msBetween(previous.seenAt, now) < SEEN_GRAIN;
    return recent ? previous : { askedAt: now, seenAt: now, misses: 0 };
  }
  if (previous && isKnown(previous, now)) return previous;
  return { askedAt: now, seenAt: previous?.seenAt ?? null, misses: (previous?.misses ?? 0) + 1 };
}

const msBetween = (from: Temporal.Instant, to: Temporal.Instant) => to.epochMilliseconds - from.epochMilliseconds;

/** A number in [0, 1) that depends on the text alone (FNV-1a). */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}
