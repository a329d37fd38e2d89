import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatInstant, readInstant } from './dates.ts';
import { readProfessionalId, readStructureId } from './identifiers.ts';
import { isNormalPhone, normalisePhone } from './phone.ts';

test('[INT-02] a date written is read back the same, to the millisecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => {
      const instant = Temporal.Instant.fromEpochMilliseconds(ms);
      expect(readInstant(formatInstant(instant))).toEqual({ instant, zoned: true, exact: true });
    }),
  );
});

test('[INT-02] P11: a date without offset is French wall-clock time, on both nights when the clock changes', () => {
  expect(readInstant('2026-03-29T01:30:00')?.instant.toString()).toBe('2026-03-29T00:30:00Z');
  expect(readInstant('2026-03-29T03:30:00')?.instant.toString()).toBe('2026-03-29T01:30:00Z');
  expect(readInstant('2026-10-25T04:00:00')?.instant.toString()).toBe('2026-10-25T03:00:00Z');
});

test('[INT-02] whatever the text, reading a date never throws', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/)), (text) => {
    const read = readInstant(text);
    expect(read === null || read.instant instanceof Temporal.Instant).toBe(true);
  }));
});

test('[INT-02] P13: prefixes of people are restored when they are missing, and kept when there', () => {
  expect(readProfessionalId('10000000017')).toEqual({ id: '810000000017', prefixed: false });
  expect(readProfessionalId(' 8 10000000017')).toEqual({ id: '810000000017', prefixed: true });
  expect(readProfessionalId('861234567')).toEqual({ id: '0861234567', prefixed: false });
  expect(readProfessionalId('0861234567')).toEqual({ id: '0861234567', prefixed: true });
  for (const wrong of ['', '123', 'ABCDEFGHIJK', '910000000017', '8100000000171']) expect(readProfessionalId(wrong)).toBeNull();
});

test('[INT-02] P13: prefixes of structures are restored when only one can be meant', () => {
  expect(readStructureId('860000001')).toEqual({ id: '1860000001', prefixed: false });
  expect(readStructureId('2A0000001')).toEqual({ id: '12A0000001', prefixed: false });
  expect(readStructureId('34173748400020')).toEqual({ id: '334173748400020', prefixed: false });
  expect(readStructureId('10000000017001')).toEqual({ id: '410000000017001', prefixed: false });
  for (const known of ['1860000001', '334173748400020', '412345678912345', '0861234567']) expect(readStructureId(known)).toEqual({ id: known, prefixed: true });
  for (const wrong of ['', 'SOS', '99999999999999', '5334173748400020']) expect(readStructureId(wrong)).toBeNull();
});

test('[INT-02] P13: a phone number, once normalised, is in the only form accepted, and stays so', () => {
  expect(normalisePhone('+33 (0)5.49-00/00 00')).toBe('+33549000000');
  expect(normalisePhone('33549000000')).toBe('+33549000000');
  expect(normalisePhone('0596 12 34 56')).toBe('+596596123456');
  fc.assert(
    fc.property(fc.stringMatching(/^0[1-9]\d{8}$/), (text) => {
      const phone = normalisePhone(text)!;
      expect(isNormalPhone(phone)).toBe(true);
      expect(normalisePhone(phone)).toBe(phone);
    }),
  );
});
