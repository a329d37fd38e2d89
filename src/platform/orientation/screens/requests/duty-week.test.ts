import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneADay, weekOf, withDoctor, withoutDoctor } from './duty-week.ts';

const duty = fc.record({
  day: fc.integer({ min: 12, max: 18 }).map((day) => `2026-01-${day}`), half: fc.constantFrom('am' as const, 'pm' as const), nationalId: fc.constantFrom('a', 'b', 'c'),
});
const mode = fc.constantFrom('day-doctor' as const, 'on-call' as const);

test('[STR-06] whatever is put in and taken out, a day has one médecin du jour at most, and what was put in alone is taken out', () => {
  fc.assert(fc.property(fc.array(duty, { maxLength: 20 }), duty, mode, (added, last, how) => {
    const planning = added.reduce((before, one) => withDoctor(before, one, how), oneADay([]));
    const doctors = Map.groupBy(planning, ({ day }) => day);
    if (how === 'day-doctor') for (const there of doctors.values()) expect(new Set(there.map(({ nationalId }) => nationalId)).size).toBe(1);
    const after = withoutDoctor(withDoctor(planning, last, how), last, how);
    expect(after.some((one) => one.day === last.day && one.half === last.half && one.nationalId === last.nationalId)).toBe(false);
    expect(oneADay(planning).length).toBe(doctors.size * 2);
  }));
});

test('[STR-06] a week goes from Monday to Sunday', () => {
  expect(weekOf(Temporal.PlainDate.from('2026-01-18'))).toEqual(['2026-01-12', '2026-01-13', '2026-01-14', '2026-01-15', '2026-01-16', '2026-01-17', '2026-01-18']);
});
