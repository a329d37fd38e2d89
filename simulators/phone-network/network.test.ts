import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { planDay } from './callers.ts';
import { simulatedClock } from './clock.ts';
import { openJournal } from './journal.ts';
import { PhoneNetwork } from './network.ts';
import type { Command } from './protocol.ts';
import { startPhoneNetwork } from './server.ts';
import { snapshotOf } from './snapshot.ts';

const folder = mkdtempSync(join(tmpdir(), 'network-'));
afterAll(() => rmSync(folder, { recursive: true }));
const MIDNIGHT = Date.parse('2026-01-12T23:00:00Z');
const EIGHT = MIDNIGHT + 8 * 3_600_000;

test('[TEL-08] callers are fictional: numbers kept for fiction, positions inside the Vienne with source and radius', () => {
  const calls = planDay(86, MIDNIGHT, 4);
  for (const { caller, position } of calls) {
    expect(caller).toMatch(/^(063998|053649)\d{4}$/);
    if (!position) continue;
    expect(position.lat).toBeGreaterThan(46.04);
    expect(position.lat).toBeLessThan(47.18);
    expect(position.lon).toBeGreaterThan(-0.11);
    expect(position.lon).toBeLessThan(1.22);
    expect(position.radiusM).toBeGreaterThan(0);
  }
  const shares = Map.groupBy(calls, ({ position }) => position?.source ?? 'none');
  expect((shares.get('AML')?.length ?? 0) / calls.length).toBeGreaterThan(0.35);
  expect(shares.get('cellule')!.length).toBeGreaterThan(50);
  expect(new Set(calls.map(({ dnis }) => dnis))).toEqual(new Set(['15', '116117', '112']));
});

test('[TEL-10] [TEL-26] with nobody to answer, each caller gives up at the end of his own patience, to the millisecond', () => {
  const network = new PhoneNetwork(openJournal(null), 86);
  const calls = planDay(86, MIDNIGHT).filter(({ at }) => at >= EIGHT && at < EIGHT + 3_600_000);
  for (const call of calls) network.arrive(call);
  network.advance(EIGHT + 3 * 3_600_000);
  const gone = network.events.filter(({ type }) => type === 'abandoned');
  expect(gone).toHaveLength(52);
  const ends = new Map(gone.map(({ callId, at }) => [callId, Date.parse(at)]));
  for (const { callId, at, patienceMs } of calls) expect(ends.get(callId)).toBe(at + patienceMs);
  const instants = network.events.map(({ at }) => at);
  expect(instants).toEqual(instants.toSorted());
});

const command = (commandId: string, body: Record<string, unknown>): Command => ({ commandId, issuedAt: '', ...body }) as unknown as Command;

test('[TEL-26] written before it is seen: stopped at any line, even half written, the network goes on as if nothing had happened', () => {
  const file = join(folder, 'whole.jsonl');
  const journal = openJournal(file);
  const network = new PhoneNetwork(journal, 86);
  network.advance(EIGHT);
  network.execute(command('a', { op: 'agent.set', agent: 'arm', state: 'available' }));
  const first = network.inject({ dnis: '15', patienceMs: 600_000 });
  network.execute(command('b', { op: 'call.route', callId: first, target: { kind: 'agent', agent: 'arm', level: 'N1' }, priority: 2 }));
  network.advance(EIGHT + 60_000);
  network.inject({ dnis: '112', patienceMs: 30_000 });
  network.execute(command('c', { op: 'call.transfer', callId: first, from: 'arm', target: { kind: 'queue', level: 'MRU' }, mode: 'warm' }));
  network.advance(EIGHT + 80_000);
  journal.close();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  for (let kept = 1; kept <= lines.length; kept++) {
    const copy = join(folder, `copy-${kept}.jsonl`);
    writeFileSync(copy, `${lines.slice(0, kept).join('\n')}\n${(lines[kept] ?? '').slice(0, 20)}`);
    const again = openJournal(copy);
    const restored = new PhoneNetwork(again, 86);
    expect(restored.events).toEqual(network.events.slice(0, restored.events.length));
    again.append({});
    again.close();
    expect(readFileSync(copy, 'utf8')).toBe(`${lines.slice(0, kept).join('\n')}\n{}\n`);
  }
  const restored = new PhoneNetwork(openJournal(file), 86);
  expect(restored.events).toEqual(network.events);
  expect({ ...snapshotOf(restored), at: '' }).toEqual({ ...snapshotOf(network), at: '' });
  expect(restored.execute(command('c', {}))).toEqual({ outcome: 'duplicate', first: 'accepted' });
  for (const one of [network, restored]) one.advance(EIGHT + 600_000);
  expect(restored.events).toEqual(network.events);
});

test('[TEL-26] an accelerated clock: sixty times at most, without a jump when the speed changes', () => {
  let real = 1_000;
  const clock = simulatedClock({ real: 1_000, simulated: 50_000, speed: 1 }, () => real);
  real += 500;
  expect(clock.now()).toBe(50_500);
  clock.setSpeed(60);
  expect(clock.now()).toBe(50_500);
  real += 100;
  expect(clock.now()).toBe(56_500);
  expect(clock.until(62_500)).toBe(100);
  expect(() => clock.setSpeed(61)).toThrow('vitesse');
});

test('[TEL-26] the day comes by itself: the calls of the hour, and those of an outage at their own instants', async () => {
  const state = join(folder, 'day.jsonl');
  let now = EIGHT;
  const open = () => startPhoneNetwork({ state, start: new Date(EIGHT).toISOString(), realNow: () => now });
  const planned = planDay(86, MIDNIGHT).filter(({ at }) => at >= EIGHT && at < EIGHT + 2 * 3_600_000);
  const first = await open();
  now += 3_600_000;
  await fetch(`${first.url}/snapshot`);
  expect(first.network.events.filter(({ type }) => type === 'presented')).toHaveLength(52);
  await first.close();
  now += 3_600_000;
  const second = await open();
  const presented = second.network.events.filter(({ type }) => type === 'presented');
  expect(presented.map(({ callId, at }) => [callId, Date.parse(at)])).toEqual(planned.map(({ callId, at }) => [callId, at]));
  await second.close();
});
