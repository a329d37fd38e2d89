import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgentState, Call } from '../../contract.ts';
import { formatWait, type LevelBoard, percent } from '../words.ts';
import { agentOfCall, moveTargets, quarterTable, shownLevels, sparkLine, staffWords, waitNow } from './board-model.ts';

const board = (level: LevelBoard['level'], more: Partial<LevelBoard> = {}): LevelBoard => ({
  level, waiting: 0, longestWaitSeconds: 0, inProgress: 0, agents: [], qs30: { quarter: null, hour: null, day: null }, spark: [], ...more,
});

describe("supervisor's board", () => {
  test('[TEL-17] how many can take a call, among those at their post', () => {
    const states = (...all: AgentState[]) => all.map((state) => ({ state }));
    expect(staffWords(states('pause', 'in-call', 'available', 'available', 'offline'))).toBe('2 libres sur 4');
    expect(staffWords(states('in-call'))).toBe('aucun libre sur 1');
    expect(staffWords(states('offline'))).toBe('personne');
  });

  test('[TEL-17] five levels; the specialised filières when somebody is there or waits', () => {
    const levels = (['N1', 'AMU', 'SNP', 'MRU', 'MRG'] as const).map((level) => board(level));
    expect(shownLevels([...levels, board('SPE')])).toHaveLength(5);
    expect(shownLevels([...levels, board('SPE', { waiting: 1 })])).toHaveLength(6);
  });

  test('[TEL-17] a wait goes on between two readings, and is nothing when nobody waits', () => {
    fc.assert(fc.property(fc.nat(10_000), fc.float({ min: 0, max: 600, noNaN: true }), (said, elapsed) => {
      expect(waitNow({ waiting: 1, longestWaitSeconds: said }, elapsed)).toBe(said + Math.floor(elapsed));
      expect(waitNow({ waiting: 0, longestWaitSeconds: said }, elapsed)).toBe(0);
    }));
    expect(waitNow({ waiting: 2, longestWaitSeconds: 4 }, -3), 'two clocks that disagree never take time back').toBe(4);
  });

  test('[ACT-11, TEL-03] an agent may go to the levels of his trade first', () => {
    expect(moveTargets({ level: 'N1' })[0]).toEqual({ level: 'AMU', sure: true });
    expect(moveTargets({ level: 'SNP' }).filter(({ sure }) => sure)).toEqual([]);
    expect(moveTargets({ level: 'N1' }).map(({ level }) => level)).not.toContain('N1');
  });

  test('[TEL-17] the spark line breaks where nothing was answered, and stays in its box', () => {
    const at = '2026-01-13T12:00:00Z';
    const spark = [['08:00', 1], ['09:00', 0.5], ['10:00', null], ['11:00', 0.9]].map(([hour, qs30]) => ({ at: `2026-01-13T${hour}:00Z`, qs30: qs30 as number | null, presented: 4 }));
    const { runs, words } = sparkLine(spark, at, 100, 20);
    expect(runs).toEqual([[{ x: 0, y: 0 }, { x: 25, y: 10 }], [{ x: 75, y: expect.closeTo(2) }]]);
    expect(words).toBe('au plus bas 50 %, à présent 90 %');
    expect(sparkLine([], at, 100, 20)).toEqual({ runs: [], words: 'aucun appel décroché en 4 heures' });
    fc.assert(fc.property(fc.array(fc.record({ minutes: fc.integer({ min: 0, max: 300 }), qs30: fc.option(fc.float({ min: 0, max: 1, noNaN: true })) })), (points) => {
      const drawn = sparkLine(points.map(({ minutes, qs30 }) => ({ at: Temporal.Instant.from(at).subtract({ minutes }).toString(), qs30, presented: 1 })), at, 120, 30);
      for (const { x, y } of drawn.runs.flat()) expect(x >= 0 && x <= 120 && y >= 0 && y <= 30).toBe(true);
    }));
  });

  test('[TEL-17] the same figures as a table, the latest first', () => {
    const spark = (at: string, qs30: number) => ({ at, qs30, presented: 1 });
    const rows = quarterTable([board('N1', { spark: [spark('2026-01-13T08:00:00Z', 1), spark('2026-01-13T08:15:00Z', 0.5)] }), board('AMU', { spark: [spark('2026-01-13T08:00:00Z', 0)] })]);
    expect(rows).toEqual([{ at: '2026-01-13T08:15:00Z', qs30: [0.5, null] }, { at: '2026-01-13T08:00:00Z', qs30: [1, 0] }]);
  });

  test('[TEL-08] the person on a call is the one who is still there, else the last who answered', () => {
    const leg = (agentName: string, answeredAt: string | null, endedAt: string | null) => ({ party: 'agent', agent: agentName, agentName, answeredAt, endedAt });
    const call = (...legs: object[]) => ({ legs, agent: null }) as unknown as Call;
    expect(agentOfCall(call(leg('Ali', 'a', 'b'), leg('Bea', 'b', null), leg('Chi', null, null)))).toBe('Bea');
    expect(agentOfCall(call(leg('Ali', 'a', 'b'), leg('Bea', null, 'c')))).toBe('Ali');
    expect(agentOfCall(call())).toBe('');
  });

  test('[TEL-17] figures as people read them', () => {
    expect([formatWait(7), formatWait(72), formatWait(3_900)]).toEqual(['0:07', '1:12', '1 h 05']);
    expect([percent(null), percent(0.999), percent(1), percent(0.29)]).toEqual(['–', '99 %', '100 %', '29 %']);
  });
});
