import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EditorState, SlotView } from '../../../availability/contract.ts';
import { noParticipation } from '../../../participation/contract.ts';
import type { SearchAnswer, SearchResult } from '../../contract.ts';
import { advance, byDay, countOf, formatDistance, idle, type Run, type RunEvent } from './run.ts';

const slot = (id: string, start = '2026-11-23T08:00:00Z'): SlotView => ({
  id, start, end: start, modalities: ['AMB'], types: ['SNP'], withAppointment: true, source: 'platform', remaining: null, bookingUrl: null,
});
const result = (rank: number, slots: SlotView[] = []): SearchResult => ({
  rank, professional: null, structure: { id: `s${rank}`, kind: 'MSP', name: `Maison ${rank}`, channel: 'phone' },
  place: { id: `p${rank}`, name: '', address: '', postcode: '', city: '', insee: '86194', lat: null, lon: null, phone: null },
  distanceM: null, participation: noParticipation, level: null, why: [], slots,
});
const answer = (results: SearchResult[], more: Partial<SearchAnswer> = {}): SearchAnswer => ({
  searchId: 'a', seed: 's', ranking: 'neutral', window: { from: '2026-11-22T00:00:00Z', to: '2026-11-24T00:00:00Z' },
  location: { label: 'Poitiers', lat: 46.58, lon: 0.34, insee: '86194', radiusKm: 20, precise: false }, territory: '86', charter: null,
  usualDoctor: { status: 'not-given', message: '' }, total: results.length, complete: false, pending: [], notices: [], editors: [], results, nextCursor: null, ...more,
});
const editor = (name: string, status: EditorState['status'] = 'ok'): EditorState => ({ name, status, latencyMs: 210, slotCount: 1, ageMs: 0, detail: null, problems: [] });
const play = (...events: RunEvent[]): Run => events.reduce(advance, idle);

test('[AGR-14] slots of each source join the results as they come, and a silent vendor is shown as awaited', () => {
  const run = play(
    { type: 'ask', same: false },
    { type: 'candidates', answer: answer([result(1), result(2)], { pending: ['Alpha', 'Beta'] }) },
    { type: 'slots', added: { source: 'platform', additions: [{ rank: 1, slots: [slot('own')] }], results: [] } },
    { type: 'slots', added: { source: 'Alpha', additions: [{ rank: 2, slots: [slot('late', '2026-11-23T10:00:00Z'), slot('soon')] }], results: [] } },
    { type: 'editor', state: editor('Alpha') },
  );
  expect(run.results[1]!.slots.map(({ id }) => id)).toEqual(['soon', 'late']);
  expect(run.sources).toMatchObject([{ name: 'Alpha', state: { status: 'ok' } }, { name: 'Beta', state: null }]);
  expect(countOf(run)).toEqual({ professionals: 2, slots: 3, failed: 0, waiting: 1 });
});

test('[AGR-14] a failed vendor is counted, and nobody is awaited at the end', () => {
  const run = play(
    { type: 'ask', same: false },
    { type: 'candidates', answer: answer([result(1)], { pending: ['Alpha', 'Beta'] }) },
    { type: 'done', answer: answer([], { complete: false, total: 1, editors: [editor('Alpha', 'error')] }) },
  );
  expect(run.sources.map(({ name }) => name)).toEqual(['Alpha']);
  expect(countOf(run)).toMatchObject({ failed: 1, waiting: 0, professionals: 1 });
});

test('[RDV-07] whatever arrives and in whatever order, results already shown keep their order and lose nothing', () => {
  const additions = fc.array(fc.record({ rank: fc.integer({ min: 1, max: 12 }), ids: fc.array(fc.string({ minLength: 1, maxLength: 2 }), { maxLength: 4 }) }), { maxLength: 20 });
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1 }), additions, (ranks, arrivals) => {
      let run = play({ type: 'ask', same: false }, { type: 'candidates', answer: answer(ranks.map((rank) => result(rank))) });
      for (const { rank, ids } of arrivals) {
        const before = run;
        run = advance(run, {
          type: 'slots',
          added: { source: 'x', additions: [{ rank, slots: ids.map((id) => slot(id)) }], results: ranks.includes(rank) ? [] : [result(rank)] },
        });
        const kept = run.results.filter((item) => before.results.some((old) => old.rank === item.rank));
        expect(kept.map((item) => item.rank)).toEqual(before.results.map((item) => item.rank));
        for (const old of before.results) {
          const ids = run.results.find((item) => item.rank === old.rank)!.slots.map(({ id }) => id);
          expect(ids).toEqual(expect.arrayContaining(old.slots.map(({ id }) => id)));
          expect(new Set(ids).size).toBe(ids.length);
        }
      }
      expect(run.results.map((item) => item.rank)).toEqual(run.results.map((item) => item.rank).toSorted((a, b) => a - b));
    }),
  );
});

test('[RDV-07] the next page goes after the first', () => {
  const first = play({ type: 'ask', same: false }, { type: 'candidates', answer: answer([result(1), result(2)], { nextCursor: 'n' }) });
  const both = advance(advance(first, { type: 'ask-more' }), { type: 'candidates', answer: answer([result(3)]) });
  expect(both.results.map(({ rank }) => rank)).toEqual([1, 2, 3]);
});

test('the same question put anew keeps its answer until the new one comes, even when it never does', () => {
  const first = play({ type: 'ask', same: false }, { type: 'candidates', answer: answer([result(1), result(2)]) });
  const waiting = advance(first, { type: 'ask', same: true });
  expect(waiting.results).toHaveLength(2);
  expect(advance(waiting, { type: 'candidates', answer: answer([result(1)]) }).results).toHaveLength(1);
  expect(advance(first, { type: 'ask', same: false }).results).toHaveLength(0);
});

test('a slot taken by somebody else is marked, not removed, and comes back when it is given back', () => {
  const run = play({ type: 'ask', same: false }, { type: 'candidates', answer: answer([result(1, [slot('a'), slot('b')])]) }, { type: 'slot', slotId: 'a', available: false });
  expect(run.results[0]!.slots).toHaveLength(2);
  expect(countOf(run).slots).toBe(1);
  expect(countOf(advance(run, { type: 'slot', slotId: 'a', available: true })).slots).toBe(2);
});

test('slots are grouped by day in order of days', () => {
  const days: Record<string, number> = { a: 1, b: 0, c: 1 };
  expect(byDay([slot('a'), slot('b'), slot('c')], ({ id }) => days[id]!).map(({ days: day, slots }) => [day, slots.length])).toEqual([[0, 1], [1, 2]]);
});

test('distances read as people say them', () => {
  expect([0, 349, 949, 951, 9_940, 9_960, 23_400].map(formatDistance)).toEqual(['0 m', '350 m', '950 m', '1,0 km', '9,9 km', '10 km', '23 km']);
});
