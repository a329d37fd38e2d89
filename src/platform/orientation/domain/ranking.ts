import type { CharterLevel } from '../contract.ts';
import { levelOf, USUAL_DOCTOR_LEVEL } from './charter.ts';
import { draw } from './ranking-draw.ts';
import type { Placed, RankingInput } from './session.ts';

/** What decides an order, besides the candidates. The same rule gives the same order, whatever order they come in. */
export interface RankingRule {
  readonly seed: string;
  readonly ranking: 'distance' | 'neutral';
  /** Levels of the charter in force; null where the territory has none. */
  readonly levels: readonly CharterLevel[] | null;
  /** When the search was made: says how long ago somebody was asked. */
  readonly at?: Temporal.Instant;
}

/** Why somebody stands at his rank: a code for programs, a French sentence for people. */
export interface Reason {
  readonly code: string;
  readonly text: string;
}

/**
 * The order in which candidates are proposed:
 * 1. the patient's usual doctor (level 0), then the levels of the charter in their order, then those outside it;
 * 2. en sus, inside a level, those never asked, then the one asked least recently;
 * 3. nearest first when the place is precise (unknown distances last), else by neutral draw;
 * 4. candidates still equal, by neutral draw; equal draws (one chance in 2^52) by key.
 * The draw is documented at `draw`. Nothing commercial enters: neither the vendor, nor the number of slots.
 */
export function rank(inputs: readonly RankingInput[], rule: RankingRule): Placed[] {
  const entries = inputs.map((input) => ({ input, level: levelOf(input, rule.levels), drawn: -1 }));
  const drawn = (entry: (typeof entries)[number]) => {
    if (entry.drawn < 0) entry.drawn = draw(rule.seed, entry.input.key);
    return entry.drawn;
  };
  entries.sort(
    (a, b) =>
      levelOrder(a) - levelOrder(b) ||
      lastAsked(a) - lastAsked(b) ||
      measure(a, rule) - measure(b, rule) ||
      drawn(a) - drawn(b) ||
      (a.input.key < b.input.key ? -1 : 1),
  );
  return entries.map(({ input, level }) => ({ input, level }));
}

// Without charter, level null stands after the usual doctor.
const levelOrder = ({ level }: Placed): number => level ?? USUAL_DOCTOR_LEVEL + 1;

// Never asked stands before the oldest; in a search of slots nobody's turn counts.
const lastAsked = ({ input: { lastAskedAt } }: Placed): number => (lastAskedAt ? Temporal.Instant.from(lastAskedAt).epochMilliseconds : 0);

const FARTHEST = Number.MAX_SAFE_INTEGER;
const measure = ({ input }: Placed, { ranking }: RankingRule): number =>
  ranking === 'distance' ? (input.distanceM ?? FARTHEST) : 0;

/** Why the candidate at `index` of an order stands there. */
export function reasonsAt(order: readonly Placed[], index: number, rule: RankingRule): Reason[] {
  const placed = order[index]!;
  const reasons: Reason[] = [];
  if (placed.level === USUAL_DOCTOR_LEVEL) reasons.push({ code: 'usual-doctor', text: 'Médecin traitant du patient' });
  else if (placed.level !== null && rule.levels) reasons.push(levelReason(placed.level, rule.levels));
  if (placed.input.lastAskedAt !== undefined) reasons.push(turnReason(placed.input.lastAskedAt, rule.at));
  if (rule.ranking === 'distance') reasons.push(distanceReason(placed.input.distanceM));
  if (rule.ranking === 'neutral' || tied(order, index, rule)) {
    const equal = rule.ranking === 'distance' ? 'À égalité de distance : tirage neutre' : 'Tirage neutre';
    reasons.push({ code: 'neutral-draw', text: `${equal}, graine ${rule.seed}` });
  }
  return reasons;
}

function levelReason(level: number, levels: readonly CharterLevel[]): Reason {
  const named = levels[level - 1];
  return named
    ? { code: 'charter-level', text: `Niveau ${level} de la charte : ${named.name}` }
    : { code: 'outside-charter', text: 'Hors des niveaux de la charte' };
}

function turnReason(lastAskedAt: string | null, at: Temporal.Instant | undefined): Reason {
  if (lastAskedAt === null) return { code: 'never-asked', text: 'Jamais sollicité en sus' };
  const minutes = at ? Math.floor((at.epochMilliseconds - Temporal.Instant.from(lastAskedAt).epochMilliseconds) / 60_000) : null;
  return { code: 'last-asked', text: minutes === null ? `Sollicité en sus le ${lastAskedAt.slice(0, 10)}` : `Sollicité en sus il y a ${agoText(minutes)}` };
}

const agoText = (minutes: number): string =>
  minutes < 1 ? 'moins d’une minute' : minutes < 60 ? `${minutes} min` : minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} j`;

function distanceReason(distanceM: number | null): Reason {
  if (distanceM === null) return { code: 'distance-unknown', text: 'Distance inconnue : après les lieux situés' };
  return { code: 'distance', text: `À ${distanceText(distanceM)}` };
}

/** « 850 m », « 1,2 km ». */
export const distanceText = (distanceM: number): string =>
  distanceM < 1_000 ? `${distanceM} m` : `${(distanceM / 1_000).toFixed(1).replace('.', ',')} km`;

const tied = (order: readonly Placed[], index: number, rule: RankingRule): boolean =>
  [order[index - 1], order[index + 1]].some(
    (other) => other && other.level === order[index]!.level && lastAsked(other) === lastAsked(order[index]!) && measure(other, rule) === measure(order[index]!, rule),
  );
