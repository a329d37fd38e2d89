import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editorSlot } from './editor.fixture.ts';
import { acceptSlots } from './acceptance.ts';

const now = Temporal.Instant.from('2026-01-13T08:00:00Z');
const asked = { ids: new Set(['810000000017']), from: now, to: now.add({ hours: 48 }) };
const at = (minutes: number) => now.add({ minutes });

test('[AGR-03] P12: past, outside the window, without length or of somebody not asked for: dropped', () => {
  const slots = [
    editorSlot({ start: at(-1), end: at(14) }),
    editorSlot({ start: at(48 * 60 + 1), end: at(48 * 60 + 16) }),
    editorSlot({ start: at(30), end: at(30) }),
    editorSlot({ start: at(60), end: at(45) }),
    editorSlot({ nationalId: '810000000099' }),
    editorSlot({ nationalId: null, structureId: null }),
  ];
  expect(acceptSlots(slots, asked, now)).toEqual([]);
});

test('[AGR-03] both ends of the window are included', () => {
  const slots = [editorSlot({ start: at(0), end: at(15) }), editorSlot({ start: at(48 * 60), end: at(48 * 60 + 15) })];
  expect(acceptSlots(slots, asked, now)).toEqual(slots);
});

test('[AGR-13] P10, P16: a slot told twice, once for each CPTS, is one slot of both CPTS', () => {
  const slots = [editorSlot({ cptsIds: ['1860000001'], types: ['CPTS'] }), editorSlot({ cptsIds: ['1860000002'], types: ['PUBLIC'] })];
  expect(acceptSlots(slots, asked, now)).toEqual([editorSlot({ cptsIds: ['1860000001', '1860000002'], types: ['CPTS', 'PUBLIC'] })]);
});

test('[AGR-05] two slots at the same hour in two places, or at home and at the practice, stay two', () => {
  const home = editorSlot({ modalities: ['HH'] });
  const elsewhere = editorSlot({ place: { ...editorSlot({}).place, id: '1860000999' } });
  expect(acceptSlots([editorSlot({}), home, elsewhere], asked, now)).toHaveLength(3);
});

test('[AGR-03] whatever a vendor sends, what is accepted is free, to come and in the window, and accepting again changes nothing', () => {
  const slot = fc.record({ start: fc.integer({ min: -200, max: 4_000 }), length: fc.integer({ min: -60, max: 60 }), mine: fc.boolean() });
  fc.assert(
    fc.property(fc.array(slot), (some) => {
      const slots = some.map(({ start, length, mine }) =>
        editorSlot({ nationalId: mine ? '810000000017' : '810000000099', start: at(start), end: at(start + length) }));
      const accepted = acceptSlots(slots, asked, now);
      for (const { start, end, nationalId } of accepted) {
        expect(nationalId).toBe('810000000017');
        expect(Temporal.Instant.compare(start, asked.from)).toBeGreaterThanOrEqual(0);
        expect(Temporal.Instant.compare(start, asked.to)).toBeLessThanOrEqual(0);
        expect(Temporal.Instant.compare(end, start)).toBe(1);
      }
      expect(acceptSlots([...accepted, ...accepted], asked, now)).toEqual(accepted);
    }),
  );
});
