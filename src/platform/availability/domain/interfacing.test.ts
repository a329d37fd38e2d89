import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complianceDeadline, complianceOf, stageMoves, type Stage } from './interfacing.ts';

const day = fc.integer({ min: 0, max: 20_000 }).map((n) => Temporal.PlainDate.from('2000-01-01').add({ days: n }));

test('[AGR-17] from registration, 24 months are counted down day by day, then up', () => {
  fc.assert(fc.property(day, fc.integer({ min: -2_000, max: 2_000 }), (registered, shift) => {
    const dueOn = complianceDeadline(registered.toString());
    const due = Temporal.PlainDate.from(dueOn);
    expect((due.year - registered.year) * 12 + due.month - registered.month).toBe(24);
    const { state, days } = complianceOf({ dueOn, compliantOn: null }, due.subtract({ days: shift }));
    expect(days).toBe(Math.abs(shift));
    expect(state).toBe(shift < 0 ? 'overdue' : shift <= 90 ? 'soon' : 'running');
    expect(complianceOf({ dueOn, compliantOn: dueOn }, due.add({ days: 10 })).state).toBe('compliant');
  }));
});

test('[AGR-11] the stages lead from framing to operation, one step at a time, and each fault has its way back', () => {
  const order = Object.keys(stageMoves) as Stage[];
  for (const [at, stage] of order.slice(0, -1).entries()) {
    expect(stageMoves[stage].filter((next) => order.indexOf(next) > at)).toEqual([order[at + 1]]);
  }
  expect(stageMoves.EXPLOITATION).toEqual(['DEVELOPPEMENT']);
});
