import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editorSlot } from '../domain/editor.fixture.ts';
import { openSlot, sealHash, sealSlot } from './sealed-slot.ts';

const key = Buffer.alloc(32, 1);
const editor = { name: 'Agenda A', origin: 'sas' };
const now = Temporal.Instant.from('2026-01-13T08:00:00Z');
const refusal = (open: () => unknown) => {
  try {
    open();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'opened';
};

test('[AGR-05] a vendor slot goes into its id and comes back whole', () => {
  const text = fc.string({ maxLength: 40 });
  fc.assert(
    fc.property(fc.record({ name: text, address: text, reasons: fc.array(text, { maxLength: 4 }), lat: fc.option(fc.double({ min: -90, max: 90, noNaN: true, noDefaultInfinity: true }).map((n) => n + 0)), withAppointment: fc.boolean() }),
      ({ name, address, reasons, lat, withAppointment }) => {
        const slot = editorSlot({ reasons, withAppointment, place: { ...editorSlot({}).place, name, address, lat } });
        const id = sealSlot(key, editor, slot)!;
        expect(id).toMatch(/^[\w.-]+$/);
        expect(openSlot(key, id, now)).toEqual({ ...slot, editor: 'Agenda A', origin: 'sas' });
      }),
  );
});

test('[AGR-05] an id that was altered anywhere, sealed elsewhere or made up is refused', () => {
  const id = sealSlot(key, editor, editorSlot({}))!;
  fc.assert(
    fc.property(fc.nat(id.length - 1), fc.constantFrom('A', 'b', '7', '-', '.'), (at, letter) => {
      const altered = id.slice(0, at) + letter + id.slice(at + 1);
      // The last letter of the seal holds bits that base64 ignores.
      fc.pre(altered !== id && at !== id.length - 1);
      expect(refusal(() => openSlot(key, altered, now))).toBe('slot-id-invalid');
    }),
  );
  expect(refusal(() => openSlot(Buffer.alloc(32, 2), id, now))).toBe('slot-id-invalid');
  for (const made of ['', '.', 'e1..', 'e1.W10.AAAA', `${id}.x`, '7b0cf1a2-0000-4000-8000-000000000000']) {
    expect(refusal(() => openSlot(key, made, now))).toBe('slot-id-invalid');
  }
});

test('[AGR-03] a slot that has begun cannot be opened any more', () => {
  const id = sealSlot(key, editor, editorSlot({}))!;
  expect(refusal(() => openSlot(key, id, Temporal.Instant.from('2026-01-13T10:00:00Z')))).toBe('opened');
  expect(refusal(() => openSlot(key, id, Temporal.Instant.from('2026-01-13T10:00:00.001Z')))).toBe('slot-id-invalid');
});

test('[AGR-05] a slot stuffed with text keeps an id short enough to be booked, without its reasons; beyond, it has none', () => {
  const wordy = editorSlot({ reasons: ['x'.repeat(5_000)] });
  const id = sealSlot(key, editor, wordy)!;
  expect(id.length).toBeLessThanOrEqual(4_000);
  expect(openSlot(key, id, now).reasons).toEqual([]);
  expect(sealSlot(key, editor, editorSlot({ bookingUrl: `https://agenda.example/${'x'.repeat(5_000)}` }))).toBeNull();
});

test('[AGR-16] the hash of a slot is that of its content', () => {
  const hash = (change: Parameters<typeof editorSlot>[0]) => sealHash(sealSlot(key, editor, editorSlot(change))!);
  expect(hash({})).toHaveLength(16);
  expect(hash({}).equals(hash({}))).toBe(true);
  expect(hash({ nationalId: '810000000018' }).equals(hash({}))).toBe(false);
});
