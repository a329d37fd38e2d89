import { pick, randomOf } from '../shared/random.ts';
import type { Position } from './protocol.ts';

/** A call that somebody will make. */
export interface PlannedCall {
  readonly callId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly dnis: string;
  readonly caller: string;
  readonly position: Position | null;
  /** How long this caller waits to be answered before hanging up. */
  readonly patienceMs: number;
  /** After how long in conversation the line breaks; null: never. */
  readonly breaksAfterMs: number | null;
}

/** Calls presented in each hour of the day (requirements 8.2): 96 from 0 h, 520 from 8 h, 104 from 20 h. */
export const CALLS_PER_HOUR = [
  16, 13, 11, 9, 9, 10, 12, 16, 52, 58, 50, 44, 36, 34, 36, 38, 40, 46, 48, 38, 34, 28, 24, 18,
] as const;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const IMPATIENT = { short: 20, long: 15 };
const FIRST_SAS_HOUR = 8;
const SAS_CALLS = 520;

/** Towns of the Vienne; a caller is within 2 km of one. */
const towns: readonly (readonly [weight: number, place: readonly [lat: number, lon: number]])[] = [
  [90, [46.581, 0.34]], [32, [46.817, 0.545]], [12, [46.553, 0.305]], [8, [46.65, 0.247]], [8, [46.797, 0.517]], [7, [46.425, 0.873]],
  [6, [46.573, 0.39]], [5, [47.007, 0.09]], [5, [46.6, 0.352]], [4, [46.503, 0.37]], [3, [46.147, 0.297]], [3, [46.58, 0.65]], [3, [46.437, 0.153]],
  [3, [46.563, 0.21]], [2, [46.85, 0.29]], [2, [46.29, 0.497]],
];
const KM_IN_DEGREES = 1 / 111;

/** A number of the ranges that the regulator keeps for fiction. */
const fictionalNumber = (random: () => number, mobile: boolean): string =>
  (mobile ? '063998' : '053649') + String(Math.floor(random() * 10_000)).padStart(4, '0');

function positionOf(random: () => number, mobile: boolean): Position | null {
  const [lat, lon] = pick(random, towns);
  const north = (random() - 0.5) * 2 * KM_IN_DEGREES;
  const east = (random() - 0.5) * 2 * KM_IN_DEGREES;
  const kind = random();
  if (!mobile || kind > 0.9) return null;
  const round = (value: number) => Math.round(value * 1e5) / 1e5;
  const place = { lat: round(lat + north), lon: round(lon + east) };
  return kind < 0.65
    ? { ...place, radiusM: 4 + Math.floor(random() * 40), source: 'AML' }
    : { ...place, radiusM: 400 + Math.floor(random() * 2_600), source: 'cellule' };
}

const numbers = [[60, '15'], [27, '116117'], [13, '112']] as const;
const BREAKS = 0.008;

/** The caller of one call: who, where, how patient, all from the seed. */
export function callerOf(seed: number, callId: string): Omit<PlannedCall, 'at' | 'callId'> {
  const random = randomOf(seed, 'caller', callId);
  const mobile = random() < 0.72;
  return {
    dnis: pick(random, numbers), caller: fictionalNumber(random, mobile), position: positionOf(random, mobile),
    // Most people hold on when they called an emergency number.
    patienceMs: Math.round(120_000 + random() * 480_000),
    breaksAfterMs: random() < BREAKS ? Math.round(15_000 + random() * 120_000) : null,
  };
}

/** Half-seconds around which an impatient caller gives up: before, or from, 10 seconds. */
const shortPatience = (random: () => number): number => Math.round(2_000 + random() * 7_900);
const longPatience = (random: () => number): number => Math.round(10_000 + random() * 80_000);

/**
 * The calls of the day that begins at `midnight` (local, in milliseconds since the epoch), in order. Between 8 h and 20 h, 20 callers
 * hang up before 10 seconds and 15 within a minute and a half, if nobody answers them meanwhile.
 */
export function planDay(seed: number, midnight: number, factor = 1): PlannedCall[] {
  const day = Math.round(midnight / DAY_MS);
  const calls = CALLS_PER_HOUR.flatMap((count, hour) => {
    const random = randomOf(seed, 'arrivals', day, hour);
    return Array.from({ length: Math.round(count * factor) }, () => midnight + hour * HOUR_MS + Math.floor(random() * HOUR_MS));
  })
    .sort((a, b) => a - b)
    .map((at, index): PlannedCall => {
      const callId = `call-${day}-${String(index).padStart(5, '0')}`;
      return { callId, at, ...callerOf(seed, callId) };
    });
  return makeImpatient(seed, day, midnight, calls, factor);
}

function makeImpatient(seed: number, day: number, midnight: number, calls: PlannedCall[], factor: number): PlannedCall[] {
  const random = randomOf(seed, 'impatient', day);
  const first = calls.findIndex(({ at }) => at >= midnight + FIRST_SAS_HOUR * HOUR_MS);
  const count = Math.round(SAS_CALLS * factor);
  const order = Array.from({ length: count }, (_, index) => ({ index: first + index, key: random() })).sort((a, b) => a.key - b.key);
  const short = Math.round(IMPATIENT.short * factor);
  const long = Math.round(IMPATIENT.long * factor);
  const patience = new Map(order.slice(0, short + long).map(({ index }, rank) => [index, rank < short ? shortPatience(random) : longPatience(random)]));
  return calls.map((call, index) => {
    const patienceMs = patience.get(index);
    return patienceMs === undefined ? call : { ...call, patienceMs };
  });
}
