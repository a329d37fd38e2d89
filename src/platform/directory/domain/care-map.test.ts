import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areasOf, type Participant } from './care-map.ts';

const insee = fc.integer({ min: 1, max: 30 }).map((n) => `860${String(n).padStart(2, '0')}`);
const zone = fc.uniqueArray(insee, { maxLength: 12 });
const person: fc.Arbitrary<Omit<Participant, 'id'>> = fc.record({
  mode: fc.constantFrom('à titre individuel', 'via sa CPTS'), viaStructureId: fc.constantFrom(null, 'c0', 'c1', 'msp'), enSus: fc.boolean(), insee: fc.option(insee, { nil: null }),
});

test('[ANN-06] every commune is in one area and no other; a CPTS before a sector; each participant counts once', () => {
  fc.assert(fc.property(zone, fc.array(zone, { maxLength: 3 }), fc.array(zone, { maxLength: 3 }), fc.array(person, { maxLength: 20 }), (communes, cptsZones, sectorZones, people) => {
    const areas = areasOf({
      communes, cpts: cptsZones.map((wanted, n) => ({ id: `c${n}`, name: `CPTS ${n}`, contactChannel: 'web', hours: [], communes: wanted })),
      sectors: sectorZones.map((wanted, n) => ({ name: `Secteur ${n}`, communes: wanted })), participants: people.map((one, n) => ({ ...one, id: `p${n}` })),
    });
    expect(areas.flatMap((area) => area.communes).toSorted()).toEqual(communes.toSorted());
    for (const area of areas) {
      for (const commune of area.communes) {
        const inCpts = cptsZones.some((wanted) => wanted.includes(commune));
        const inSector = sectorZones.some((wanted) => wanted.includes(commune));
        expect(area.kind).toBe(inCpts ? 'cpts' : inSector ? 'pdsa' : 'none');
      }
    }
    const counted = areas.flatMap((area) => area.participants).reduce((sum, { count }) => sum + count, 0);
    const placed = people.filter(({ viaStructureId, insee: where }) => areas.some(({ id }) => id === viaStructureId) || (where !== null && communes.includes(where)));
    expect(counted).toBe(placed.length);
  }));
});
