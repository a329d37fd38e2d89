import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOf, levelsPassedOver, pack, type Placed, readCursor, unpack, writeCursor } from './session.ts';

const placed = fc
  .record({
    owner: fc.tuple(fc.boolean(), fc.stringMatching(/^[0-9]{4,14}$/)),
    placeId: fc.string({ minLength: 1, maxLength: 30 }),
    distanceM: fc.option(fc.nat(200_000)),
    sameCommune: fc.boolean(),
    via: fc.constantFrom(null, 'individual' as const, 'sos' as const),
    kinds: fc.subarray(['CPTS' as const, 'SOS' as const]),
    level: fc.option(fc.integer({ min: 0, max: 21 })),
  })
  .map(({ owner: [isStructure, id], placeId, kinds, level, ...rest }): Placed => {
    const nationalId = isStructure ? null : id;
    const structureId = isStructure ? id : null;
    return {
      input: { ...rest, key: keyOf(nationalId, structureId, placeId), nationalId, structureId, placeId, structureKinds: kinds, usualDoctor: level === 0 },
      level,
    };
  });

test('[RDV-08] what a search keeps of its candidates comes back the same, through JSON', () => {
  fc.assert(
    fc.property(fc.array(placed), (list) => {
      expect(unpack(JSON.parse(JSON.stringify(pack(list))))).toEqual(list);
    }),
  );
});

test('[RDV-07] a cursor names its search and where the next page begins; anything else is refused', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.nat(999_999), (searchId, offset) => {
      expect(readCursor(writeCursor({ searchId, offset }))).toEqual({ searchId, offset });
    }),
  );
  for (const text of ['', 'x', '1.2', "6f1c9a52-0000-4000-8000-000000000000.-1", '6f1c9a52-0000-4000-8000-000000000000', "6f1c9a52-0000-4000-8000-000000000000.1'"]) {
    expect(readCursor(text)).toBeNull();
  }
});

test('[RDV-06] a level is passed over when one of its candidates still had a slot, seen and not refused', () => {
  const proposed = [
    { key: 'mt', level: 0, slots: 0 }, { key: 'a', level: 1, slots: 2 }, { key: 'b', level: 1, slots: 0 }, { key: 'c', level: 2, slots: 1 },
    { key: 'd', level: 3, slots: 4 }, { key: 'e', level: null, slots: 9 },
  ];
  expect(levelsPassedOver(3, proposed, new Set())).toEqual([1, 2]);
  expect(levelsPassedOver(3, proposed, new Set(['a']))).toEqual([2]);
  expect(levelsPassedOver(2, proposed, new Set(['a']))).toEqual([]);
  expect(levelsPassedOver(1, proposed, new Set())).toEqual([]);
  expect(levelsPassedOver(null, proposed, new Set())).toEqual([]);
});
