import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reconcile, type Offer, type Standing } from './reconciliation.ts';
import { cut, daysOf, expand, splitAt, type RuleContext, type WeeklyRule } from './recurrence.ts';

const zones = ['Europe/Paris', 'America/Miquelon', 'Indian/Reunion', 'America/Guadeloupe', 'Pacific/Tahiti'];
const date = fc.integer({ min: 0, max: 1_400 }).map((days) => Temporal.PlainDate.from('2025-01-01').add({ days }).toString());
const later = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();
const clock = (minutes: number) => Temporal.PlainTime.from('00:00').add({ minutes }).toString().slice(0, 5);

const rule: fc.Arbitrary<WeeklyRule> = fc.record({
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  firstDay: date,
  length: fc.option(fc.integer({ min: 0, max: 200 }), { nil: null }),
  everyWeeks: fc.integer({ min: 1, max: 4 }),
  start: fc.integer({ min: 0, max: 1_300 }),
  minutes: fc.integer({ min: 10, max: 400 }),
  timeZone: fc.constantFrom(...zones),
  slotMinutes: fc.option(fc.integer({ min: 5, max: 60 }), { nil: null }),
  skipHolidays: fc.boolean(),
}).map(({ firstDay, length, start, minutes, ...rest }) => ({
  ...rest, firstDay, anchor: firstDay, lastDay: length === null ? null : later(firstDay, length),
  starts: clock(start), ends: clock(Math.min(1_439, start + minutes)),
}));
const windowOf = ({ firstDay }: WeeklyRule) => ({ from: later(firstDay, -10), to: later(firstDay, 120) });
/** A holiday now and then, whatever the calendar. */
const context: RuleContext = { isHoliday: (day) => day.endsWith('-11'), exceptions: new Set() };
const plain: RuleContext = { isHoliday: () => false, exceptions: new Set() };
const base: WeeklyRule = {
  weekdays: [1], firstDay: '2026-01-05', lastDay: null, everyWeeks: 1, anchor: '2026-01-05', starts: '09:00', ends: '12:00',
  timeZone: 'Europe/Paris', slotMinutes: null, skipHolidays: true,
};

test('[AGR-07] expanding is deterministic, stays within its days and weekdays, and in order', () => {
  fc.assert(fc.property(rule, (one) => {
    const { pieces } = expand(one, windowOf(one), context);
    expect(expand(one, windowOf(one), context).pieces).toEqual(pieces);
    for (const { day } of pieces) {
      expect(day >= one.firstDay && (one.lastDay === null || day <= one.lastDay)).toBe(true);
      expect(one.weekdays).toContain(Temporal.PlainDate.from(day).dayOfWeek);
      expect(one.skipHolidays && context.isHoliday(day)).toBe(false);
    }
    const keys = pieces.map(({ day, starts }) => `${day}T${starts}`);
    expect(keys).toEqual([...new Set(keys)].sort());
  }));
});

test('[AGR-07] [NFR-03] the wall clock stays the same through both changes of the clocks; what the spring night skips is told', () => {
  fc.assert(fc.property(rule, (one) => {
    const { pieces, skipped } = expand(one, windowOf(one), plain);
    for (const { day, starts, ends, start, end } of pieces) {
      const wall = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(one.timeZone).toPlainDateTime().toString().slice(0, 16);
      expect([wall(start), wall(end)]).toEqual([`${day}T${starts}`, `${day}T${ends}`]);
      expect(Temporal.Instant.compare(start, end)).toBe(-1);
    }
    expect(pieces.length + skipped.length).toBe(daysOf(one, windowOf(one)).length * cut(one).length);
  }));
});

test('[AGR-07] cutting a series on any day gives the same occurrences, every n weeks too', () => {
  fc.assert(fc.property(rule, fc.integer({ min: -20, max: 140 }), (one, days) => {
    const { before, after } = splitAt(one, later(one.firstDay, days));
    const given = (part: WeeklyRule | null) => (part ? expand(part, windowOf(one), context).pieces : []);
    expect([...given(before), ...given(after)]).toEqual(given(one));
  }));
});

test('[AGR-07] exceptions are taken out exactly, a whole day or one slot of it', () => {
  fc.assert(fc.property(rule, fc.infiniteStream(fc.integer({ min: 0, max: 5 })), (one, draws) => {
    const all = expand(one, windowOf(one), plain).pieces;
    const removed = new Set(all.flatMap(({ day, starts }) => {
      const draw = draws.next().value;
      return draw === 0 ? [day] : draw === 1 ? [`${day}T${starts}`] : [];
    }));
    const left = expand(one, windowOf(one), { ...plain, exceptions: removed }).pieces;
    expect(left).toEqual(all.filter(({ day, starts }) => !removed.has(day) && !removed.has(`${day}T${starts}`)));
  }));
});

test('[AGR-07] every Monday, every other week, public holidays skipped, cut into slots', () => {
  const days = (one: WeeklyRule, isHoliday = (_day: string) => false) => expand(one, { from: '2026-01-01', to: '2026-02-10' }, { isHoliday, exceptions: new Set() }).pieces.map(({ day }) => day);
  expect(days(base)).toEqual(['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26', '2026-02-02', '2026-02-09']);
  expect(days({ ...base, everyWeeks: 2 })).toEqual(['2026-01-05', '2026-01-19', '2026-02-02']);
  expect(days({ ...base, lastDay: '2026-01-18' }, (day) => day === '2026-01-05')).toEqual(['2026-01-12']);
  expect(cut({ starts: '10:00', ends: '11:10', slotMinutes: 30 })).toEqual([{ starts: '10:00', ends: '10:30' }, { starts: '10:30', ends: '11:00' }]);
});

test('[AGR-07] [NFR-03] both nights: the skipped hour is told, the hour that comes twice is its first passage; overseas has none', () => {
  const night = { ...base, weekdays: [7], starts: '02:30', ends: '04:00' };
  expect(expand(night, { from: '2026-03-22', to: '2026-04-05' }, plain)).toMatchObject({
    pieces: [{ day: '2026-03-22' }, { day: '2026-04-05' }], skipped: [{ day: '2026-03-29', starts: '02:30', why: 'clock-change' }],
  });
  const autumn = expand(night, { from: '2026-10-25', to: '2026-10-25' }, plain).pieces[0]!;
  expect([autumn.start.toString(), autumn.end.toString()]).toEqual(['2026-10-25T00:30:00Z', '2026-10-25T03:00:00Z']);
  expect(expand({ ...night, timeZone: 'Indian/Reunion' }, { from: '2026-03-22', to: '2026-04-05' }, plain)).toMatchObject({ pieces: { length: 3 }, skipped: [] });
});

const offer: Offer = { placeId: 'p', kind: 'range', modalities: ['AMB'], slotTypes: ['SNP'], withAppointment: true, capacity: 4 };
const written = ({ pieces }: ReturnType<typeof expand>, booked: (index: number) => number): Standing[] =>
  pieces.map(({ day, starts, ends }, index) => ({ ...offer, id: `${index}`, day, starts, ends, booked: booked(index), closed: false }));

test('[AGR-07] publishing twice changes nothing, whatever is booked', () => {
  fc.assert(fc.property(rule, fc.func(fc.integer({ min: 0, max: 4 })), (one, booked) => {
    const expansion = expand(one, windowOf(one), context);
    expect(reconcile(written(expansion, booked), expansion.pieces, offer)).toEqual({ create: [], remove: [], close: [], adjust: [] });
  }));
});

test('[AGR-07] [AGR-09] whatever a series becomes, what is booked stays in its place and nothing is written over it', () => {
  fc.assert(fc.property(rule, rule, fc.func(fc.integer({ min: 0, max: 2 })), (one, other, booked) => {
    const next = { ...other, firstDay: one.firstDay, anchor: one.firstDay };
    const standing = written(expand(one, windowOf(one), context), booked);
    const wanted = expand(next, windowOf(one), context).pieces;
    const { create, remove, close } = reconcile(standing, wanted, { ...offer, modalities: ['VR'] });
    expect(remove.every((gone) => gone.booked === 0)).toBe(true);
    const kept = standing.filter(({ booked: people }) => people > 0);
    expect(close).toEqual(kept);
    for (const piece of create) {
      expect(kept.some((stay) => stay.day === piece.day && stay.starts < piece.ends && piece.starts < stay.ends)).toBe(false);
    }
  }));
});

test('[AGR-07] [AGR-09] fewer places never go under the people oriented there; another place or kind closes what is booked', () => {
  const standing: Standing = { ...offer, id: 'one', day: '2026-01-12', starts: '09:00', ends: '12:00', booked: 3, closed: false };
  const wanted = [{ day: '2026-01-12', starts: '09:00', ends: '12:00' }];
  expect(reconcile([standing], wanted, { ...offer, capacity: 2 }).adjust).toEqual([{ id: 'one', capacity: 3 }]);
  expect(reconcile([standing], wanted, { ...offer, placeId: 'elsewhere' })).toMatchObject({ create: [], remove: [], close: [{ id: 'one' }] });
  expect(reconcile([{ ...standing, closed: true }], wanted, offer).adjust).toEqual([{ id: 'one', capacity: 4 }]);
});
