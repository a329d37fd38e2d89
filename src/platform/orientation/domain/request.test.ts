import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dutyOrder } from './duty.ts';
import { type Accepted, type Caps, capReached, halfDayOf, weekOf } from './request-caps.ts';
import { chainFrom, isOpen, isOver, passesOverLevel, remainingMs, subjectOf } from './request.ts';
import { rank, type RankingRule } from './ranking.ts';
import { keyOf, pack, type Placed, type RankingInput, unpack } from './session.ts';

const at = (text: string) => Temporal.Instant.from(text);
const instants = fc.integer({ min: 0, max: 40_000_000 }).map((minutes) => at('2026-01-01T00:00:00Z').add({ minutes: minutes % 1_051_200 }));
const zones = fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Guadeloupe', 'Pacific/Noumea');

const input = fc.record({
  n: fc.integer({ min: 1, max: 12 }), place: fc.integer({ min: 1, max: 2 }), structure: fc.boolean(), distanceM: fc.option(fc.integer({ min: 0, max: 5_000 })),
  lastAskedAt: fc.option(instants.map(String)),
}).map(({ n, place, structure, distanceM, lastAskedAt }): RankingInput => {
  const [nationalId, structureId] = structure ? [null, `1${n}`] : [`8${n}`, null];
  return { key: keyOf(nationalId, structureId, `p${place}`), nationalId, structureId, placeId: `p${place}`, distanceM, sameCommune: false, via: null, structureKinds: [], usualDoctor: false, lastAskedAt };
});
const inputs = fc.uniqueArray(input, { selector: ({ key }) => key, maxLength: 20 });
const rule: RankingRule = { seed: 's', ranking: 'distance', levels: null };

test('[RDV-07] [SUR-01] en sus, the order is total, the same whatever order they come in, and replays from what is stored', () => {
  fc.assert(fc.property(inputs.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), ([all, shuffled]) => {
    const order = rank(all, rule);
    expect(rank(shuffled, rule)).toEqual(order);
    const stored = unpack(JSON.parse(JSON.stringify(pack(order))));
    expect(stored).toEqual(order);
    expect(rank(stored.map((one) => one.input), rule)).toEqual(order);
    const turns = order.map((one) => one.input.lastAskedAt ?? '');
    expect(turns).toEqual(turns.toSorted((a, b) => (a === '' || b === '' ? Number(a !== '') - Number(b !== '') : Temporal.Instant.compare(at(a), at(b)))));
  }));
});

const placed = inputs.chain((all) => fc.array(fc.integer({ min: 1, max: 4 }), { minLength: all.length, maxLength: all.length }).map((levels): Placed[] =>
  all.map((one, index) => ({ input: one, level: levels[index]! })).toSorted((a, b) => a.level - b.level)));

test('[SUR-08] a chain starts with the chosen one, asks nobody twice, and goes down the levels without those set aside', () => {
  fc.assert(fc.property(placed, fc.nat(), fc.array(fc.nat(19)), (order, pick, aside) => {
    fc.pre(order.length > 0);
    const setAside = new Set(aside.flatMap((index) => order[index]?.input.key ?? []));
    const { input: chosenInput, level } = order[pick % order.length]!;
    const chosen = { nationalId: chosenInput.nationalId, structureId: chosenInput.structureId, placeId: chosenInput.placeId, level, distanceM: chosenInput.distanceM };
    const chain = chainFrom(order, chosen, setAside);
    expect(chain[0]).toEqual(chosen);
    expect(new Set(chain.map(subjectOf)).size).toBe(chain.length);
    const levels = chain.map((one) => one.level!);
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    const keys = new Set(chain.slice(1).map((one) => keyOf(one.nationalId, one.structureId, one.placeId!)));
    expect([...keys].filter((key) => setAside.has(key))).toEqual([]);
    expect(passesOverLevel(order, chosen, setAside)).toBe(order.some((one) => one.level! < level! && !setAside.has(one.input.key)));
  }));
});

test('[SUR-08] a delay is over at its very instant, and what is left never grows', () => {
  fc.assert(fc.property(instants, fc.integer({ min: 1, max: 240 }), fc.integer({ min: 0, max: 20_000_000 }), (asked, minutes, passed) => {
    const deadline = asked.add({ minutes });
    const now = asked.add({ milliseconds: passed });
    const left = remainingMs(deadline, now)!;
    expect(isOver(deadline, now)).toBe(left === 0);
    expect(left).toBe(Math.max(0, minutes * 60_000 - passed));
    expect(remainingMs(deadline, now.add({ seconds: 1 }))!).toBeLessThanOrEqual(left);
  }));
  expect(isOver(null, at('2026-01-01T00:00:00Z'))).toBe(false);
});

test('[SUR-08] half-days and weeks of the territory part the time without hole, also on both DST nights', () => {
  fc.assert(fc.property(instants, zones, (instant, zone) => {
    for (const spanOf of [halfDayOf, weekOf]) {
      const { from, to } = spanOf(instant, zone);
      expect(Temporal.Instant.compare(from, instant) <= 0 && Temporal.Instant.compare(instant, to) < 0).toBe(true);
      expect(spanOf(to, zone).from.equals(to)).toBe(true);
      expect(spanOf(from, zone)).toEqual({ from, to });
    }
    expect(weekOf(instant, zone).from.toZonedDateTimeISO(zone)).toMatchObject({ dayOfWeek: 1, hour: 0, minute: 0 });
  }));
  expect(halfDayOf(at('2026-03-29T03:00:00Z'), 'Europe/Paris')).toEqual({ from: at('2026-03-28T23:00:00Z'), to: at('2026-03-29T11:00:00Z') });
});

test('[SUR-08] accepting only when no cap is reached never exceeds a cap', () => {
  const caps = fc.record({ halfDay: fc.option(fc.integer({ min: 1, max: 4 })), week: fc.option(fc.integer({ min: 1, max: 8 })) });
  fc.assert(fc.property(caps, fc.array(fc.record({ day: fc.nat(6), morning: fc.boolean(), back: fc.boolean() }), { maxLength: 60 }), (limit: Caps, events) => {
    const halves = new Map<string, number>();
    let week = 0;
    for (const { day, morning, back } of events) {
      const key = `${day} ${morning}`;
      const accepted: Accepted = { halfDay: halves.get(key) ?? 0, week };
      const change = back && accepted.halfDay > 0 ? -1 : capReached(limit, accepted) === null ? 1 : 0;
      halves.set(key, accepted.halfDay + change);
      week += change;
      expect(accepted.halfDay + change).toBeLessThanOrEqual(limit.halfDay ?? Infinity);
      expect(week).toBeLessThanOrEqual(limit.week ?? Infinity);
    }
  }));
});

test('[ANN-11] a structure is open within its hours, on the wall clock of its territory, past midnight too', () => {
  const night = [{ day: 5, from: '20:00', to: '08:00' }, { day: 1, from: '09:00', to: '18:00' }];
  const open = (text: string, zone = 'Europe/Paris') => isOpen(night, at(text), zone);
  expect(open('2026-01-16T18:59:00Z')).toBe(false);
  expect(open('2026-01-16T19:00:00Z')).toBe(true);
  expect(open('2026-01-17T06:59:00Z')).toBe(true);
  expect(open('2026-01-17T07:01:00Z')).toBe(false);
  expect(open('2026-01-12T08:00:00Z')).toBe(true);
  expect(open('2026-01-12T08:00:00Z', 'America/Guadeloupe')).toBe(false);
  expect(isOpen([], at('2026-01-12T08:00:00Z'), 'Europe/Paris')).toBe(false);
});

test('[STR-06] on call, the order is total and starts with who was named least recently', () => {
  const doctors = fc.uniqueArray(fc.record({ nationalId: fc.integer({ min: 1, max: 30 }).map(String), lastNamedAt: fc.option(instants) }), { selector: ({ nationalId }) => nationalId, maxLength: 12 });
  fc.assert(fc.property(doctors, (all) => {
    const order = dutyOrder(all);
    expect(dutyOrder([...all].reverse())).toEqual(order);
    const never = order.findLastIndex(({ lastNamedAt }) => lastNamedAt === null);
    expect(order.slice(0, never + 1).every(({ lastNamedAt }) => lastNamedAt === null)).toBe(true);
  }));
});
