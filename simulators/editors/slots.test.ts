import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testCatalog } from '../testing/catalog.ts';
import { catalogSchema, type Practitioner } from './catalog.ts';
import { PARIS, parseBound, slotDate } from './dates.ts';
import { openRoster } from './roster.ts';
import { associationSlots, practitionerSlots } from './slots.ts';

const roster = openRoster(catalogSchema.parse(testCatalog));
const association = roster.associations.get('312345678900025')!;
/** A practitioner with two places whose slots are generated. */
const generated = (index: number): Practitioner => ({ ...roster.practitioners.get('810000000022')!, nationalId: `8100000${String(index).padStart(5, '0')}`, slots: undefined });

const years = { from: Temporal.Instant.from('2026-01-01T00:00:00Z').epochMilliseconds, to: Temporal.Instant.from('2028-01-01T00:00:00Z').epochMilliseconds };
const instants = fc.integer({ min: years.from, max: years.to }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const windows = fc.tuple(instants, fc.integer({ min: 0, max: 96 })).map(([from, hours]) => ({ from, to: from.add({ hours }) }));

describe('generated slots', () => {
  test('[AGR-15] inside the window, in order, never two at once, on working hours of Paris', () => {
    fc.assert(
      fc.property(windows, fc.integer({ min: 0, max: 500 }), fc.integer(), (window, index, seed) => {
        const slots = practitionerSlots(generated(index), window, seed);
        slots.forEach((slot, position) => {
          expect(Temporal.Instant.compare(window.from, slot.start)).toBeLessThanOrEqual(0);
          expect(Temporal.Instant.compare(slot.start, window.to)).toBeLessThanOrEqual(0);
          const next = slots[position + 1];
          if (next) expect(Temporal.Instant.compare(slot.end, next.start)).toBeLessThanOrEqual(0);
          const local = slot.start.toZonedDateTimeISO(PARIS);
          expect(local.hour).toBeGreaterThanOrEqual(8);
          expect(local.hour).toBeLessThan(19);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('[AGR-15] the same seed gives the same slots, however the window is cut', () => {
    fc.assert(
      fc.property(windows, fc.integer({ min: 0, max: 90 }), fc.integer(), (window, hours, seed) => {
        const middle = window.from.add({ hours });
        const whole = practitionerSlots(generated(1), { from: window.from, to: middle.add({ hours: 48 }) }, seed);
        const parts = [
          ...practitionerSlots(generated(1), { from: window.from, to: middle }, seed),
          ...practitionerSlots(generated(1), { from: middle.add({ nanoseconds: 1 }), to: middle.add({ hours: 48 }) }, seed),
        ];
        expect(parts.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
        expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
      }),
      { numRuns: 60 },
    );
  });

  test('[AGR-15] a realistic offer: some practitioners full, several kinds of slots, more in the week than on Sunday', () => {
    const on = (day: string) => {
      const from = Temporal.PlainDate.from(day).toZonedDateTime(PARIS).toInstant();
      return Array.from({ length: 300 }, (_, index) => practitionerSlots(generated(index), { from, to: from.add({ hours: 24 }) }, 1));
    };
    const wednesday = on('2026-10-14');
    const full = wednesday.filter((slots) => slots.length === 0).length / 300;
    expect(full).toBeGreaterThan(0.3);
    expect(full).toBeLessThan(0.6);
    const all = wednesday.flat();
    expect(all.length / 300).toBeGreaterThan(1);
    expect(all.length / 300).toBeLessThan(5);
    expect(new Set(all.flatMap(({ modalities }) => modalities))).toEqual(new Set(['AMB', 'VR', 'HH']));
    expect(new Set(all.flatMap(({ types }) => types))).toEqual(new Set(['PUBLIC', 'PRO', 'SNP']));
    expect(new Set(all.map(({ withAppointment }) => withAppointment))).toEqual(new Set([true, false]));
    const sunday = on('2026-10-18').flat().length;
    expect(sunday).toBeGreaterThan(0);
    expect(sunday).toBeLessThan(all.length / 4);
  });

  test.each(['2026-03-29', '2026-10-25'])('[AGR-15] SOS Médecins keeps its hours on the day the clocks change (%s)', (day) => {
    const from = Temporal.PlainDate.from(day).toZonedDateTime(PARIS).toInstant();
    const slots = associationSlots(association, { from, to: from.add({ hours: 26 }) }, 3).filter(({ start }) => start.toZonedDateTimeISO(PARIS).toPlainDate().toString() === day);
    expect(slots.length).toBeGreaterThan(5);
    for (const slot of slots) {
      expect(slot.place.internalId).toBe('pfg-1');
      expect(slot.start.toZonedDateTimeISO(PARIS).hour).toBeGreaterThanOrEqual(8);
      expect(slot.end.toZonedDateTimeISO(PARIS).toPlainTime().toString() <= '23:00:00').toBe(true);
    }
  });
});

describe('dates', () => {
  test('[AGR-15] what is written is read back, whatever the season', () => {
    fc.assert(fc.property(instants, (instant) => {
      const text = slotDate(instant);
      expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/);
      expect(parseBound(text, 'ge')!.equals(instant)).toBe(true);
      expect(parseBound(text.replace('+', ' '), 'le')!.equals(instant)).toBe(true);
    }));
  });

  test.each([
    ['2026-10-14', 'ge', '2026-10-13T22:00:00Z'], ['2026-10-14', 'le', '2026-10-14T21:59:59.999999999Z'],
    ['2026-10-25', 'le', '2026-10-25T22:59:59.999999999Z'], ['2026-01-15T10:00', 'ge', '2026-01-15T09:00:00Z'], ['2026-01-15T10:00:00Z', 'le', '2026-01-15T10:00:00Z'],
  ] as const)('[AGR-15] %s as %s is %s', (text, bound, instant) => {
    expect(parseBound(text, bound)!.toString()).toBe(instant);
  });

  test.each(['', '2026', 'demain', '2026-02-30', '2026-10-14T25:00:00Z', '14/10/2026'])('[AGR-15] « %s » is not a date', (text) => {
    expect(parseBound(text, 'ge')).toBeNull();
  });
});
