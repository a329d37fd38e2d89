import { expect, test, vi } from 'vitest';
import { startBackground } from './background.ts';
import { silentLogger } from './log.ts';

test('rare work that failed is tried again within five seconds, then keeps its own pace', async () => {
  vi.useFakeTimers();
  try {
    let runs = 0;
    const work = async () => {
      if (++runs === 1) throw new Error('the database is away');
    };
    const background = startBackground([{ name: 'rare', everyMs: 3_600_000, work }], silentLogger);
    await vi.advanceTimersByTimeAsync(1);
    expect([runs, background.failing.get('rare')]).toEqual([1, 'the database is away']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect([runs, background.failing.size]).toEqual([2, 0]);
    await vi.advanceTimersByTimeAsync(3_599_000);
    expect(runs).toBe(2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(runs).toBe(3);
    await background.stop();
  } finally {
    vi.useRealTimers();
  }
});
