import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Attachable, byOwner, distanceBetween, match, type OfferedPlace, placeInArea, streetSimilarity } from './matching.ts';

const place = (id: string, address: string, postcode = '86000', city = 'Poitiers', name = 'Cabinet'): Attachable['place'] => ({ id, name, address, postcode, city });
const of = (nationalId: string, at: Attachable['place']): Attachable => ({ key: `${nationalId}@${at.id}`, nationalId, structureId: null, place: at });
const sos = (structureId: string, at: Attachable['place']): Attachable => ({ key: `${structureId}@${at.id}`, nationalId: null, structureId, place: at });
const offered = (address: string, postcode = '86000', city = 'POITIERS', id: string | null = null): OfferedPlace => ({ id, name: null, address, postcode, city, lat: null, lon: null });
const offer = (nationalId: string | null, at: OfferedPlace | null, more: Partial<Parameters<typeof match>[0]> = {}) => ({ nationalId, structureId: null, placeId: null, place: at, ...more });

const candidates = [
  of('81', place('1860000001', '12 rue de la Marne')),
  of('81', place('1860000002', '3 place du Maréchal Leclerc')),
  of('81', place('1860000003', '5 Grand Rue', '86100', 'Châtellerault')),
  of('82', place('1860000004', '12 rue de la Marne')),
  sos('3111', place('3111-A', '8 avenue de Nantes', '86000', 'Poitiers', 'SOS Poitiers Ouest')),
  sos('3111', place('3111-B', '40 boulevard de Blossac', '86100', 'Châtellerault', 'SOS Châtellerault')),
];
const owners = byOwner(candidates);

describe('[AGR-05] a slot is attached to the place it is for', () => {
  test.each([
    ['the platform\'s own place', offer('81', null, { placeId: '1860000002' }), '81@1860000002'],
    ['the vendor gives our place id', offer('81', offered('ailleurs', '75001', 'Paris', '1860000003')), '81@1860000003'],
    ['same postcode, same street written otherwise', offer('81', offered('12, R. DE LA MARNE')), '81@1860000001'],
    ['abbreviations and accents', offer('81', offered('3 pl Mal Leclerc')), '81@1860000002'],
    ['the only place in that commune, whatever the street', offer('81', offered('ZA du Sanital', '86100', 'Chatellerault')), '81@1860000003'],
    ['a neighbour of the same address keeps his own', offer('82', offered('12 rue de la Marne')), '82@1860000004'],
    ['SOS Médecins by its place\'s address', offer(null, offered('40 bd de Blossac', '86100', 'CHATELLERAULT'), { structureId: '3111' }), '3111@3111-B'],
    ['a doctor named inside a structure is himself', offer('81', offered('12 rue de la Marne'), { structureId: '3111' }), '81@1860000001'],
    ['an unknown doctor of a structure is the structure', offer('89', offered('8 av. de Nantes'), { structureId: '3111' }), '3111@3111-A'],
  ])('%s', (_, slot, key) => {
    expect(match(slot, owners)).toEqual({ kind: 'attached', key });
  });

  test.each([
    ['two places in the commune and no similar street: a new place of his', offer('81', offered('99 rue des Lilas')), { kind: 'unknown-place', owner: '81' }],
    ['another number in a street where he has one place among two', offer('81', offered('14 rue de la Marne')), { kind: 'unknown-place', owner: '81' }],
    ['a commune where he has no known place', offer('82', offered('1 rue Haute', '86300', 'Chauvigny')), { kind: 'unknown-place', owner: '82' }],
    ['a professional nobody asked for', offer('99', offered('12 rue de la Marne')), { kind: 'stranger' }],
    ['our own place outside the search', offer('81', null, { placeId: '1869999999' }), { kind: 'stranger' }],
    ['no place at all', offer('81', null), { kind: 'stranger' }],
    ['nobody', offer(null, offered('12 rue de la Marne')), { kind: 'stranger' }],
  ])('%s', (_, slot, expected) => {
    expect(match(slot, owners)).toEqual(expected);
  });
});

const address = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('rue de la Marne', 'avenue de Paris', 'place Leclerc', '')).map(([n, street]) => `${n} ${street}`);
const town = fc.constantFrom(['86000', 'Poitiers'], ['86100', 'Châtellerault'], ['', '']);
const id = fc.constantFrom('81', '82', '83');

test('[AGR-05] a slot is never attached to another professional, nor to another structure', () => {
  const anyCandidate = fc.tuple(fc.boolean(), id, fc.integer({ min: 1, max: 3 }), address, town).map(([structure, owner, n, line, [postcode, city]]) =>
    (structure ? sos : of)(structure ? `3${owner}` : owner, place(`p${n}`, line, postcode!, city!)));
  const anyOffer = fc.record({
    nationalId: fc.option(id),
    structureId: fc.option(id.map((one) => `3${one}`)),
    placeId: fc.option(fc.constantFrom('p1', 'p2', 'p9')),
    place: fc.option(fc.tuple(address, town, fc.option(fc.constantFrom('p1', 'p2', 'p9'))).map(([line, [postcode, city], known]) => offered(line, postcode, city, known))),
  });
  fc.assert(
    fc.property(fc.uniqueArray(anyCandidate, { selector: ({ key }) => key, maxLength: 12 }), anyOffer, (list, slot) => {
      const found = match(slot, byOwner(list));
      const asked = [slot.nationalId, slot.structureId];
      if (found.kind === 'attached') {
        const candidate = list.find(({ key }) => key === found.key)!;
        expect(asked).toContain(candidate.nationalId ?? candidate.structureId);
        if (candidate.nationalId === null) expect(list.some(({ nationalId }) => nationalId !== null && nationalId === slot.nationalId)).toBe(false);
      }
      if (found.kind === 'unknown-place') expect(asked).toContain(found.owner);
    }),
    { numRuns: 1_000 },
  );
});

test('[AGR-05] where the candidates stand in the list changes nothing', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(candidates, { minLength: candidates.length }), address, town, (list, line, [postcode, city]) => {
      const slot = offer('81', offered(line, postcode, city));
      expect(match(slot, byOwner(list))).toEqual(match(slot, owners));
    }),
  );
});

test('[AGR-05] street lines compare by words; two different numbers are two addresses', () => {
  expect(streetSimilarity('12 rue de la Marne', '12 R DE LA MARNE')).toBe(1);
  expect(streetSimilarity('12 rue de la Marne', 'rue de la Marne')).toBeGreaterThan(0.6);
  expect(streetSimilarity('12 rue de la Marne', '14 rue de la Marne')).toBe(0);
  expect(streetSimilarity('12 rue de la Marne', '12 avenue de Paris')).toBeLessThan(0.6);
  expect(streetSimilarity('', '')).toBe(0);
});

test('[AGR-05] a place only a vendor knows is shown inside the circle, or in a postcode where somebody was found', () => {
  const area = { center: { lat: 46.58, lon: 0.34 }, radiusM: 10_000, postcodes: new Set(['86000']) };
  const at = (lat: number | null, lon: number | null, postcode = '86000') => ({ ...offered('x', postcode), lat, lon });
  expect(placeInArea(at(46.6, 0.34), area)).toEqual({ distanceM: 2_224 });
  expect(placeInArea(at(46.8, 0.34), area)).toBeNull();
  expect(placeInArea(at(null, null), area)).toEqual({ distanceM: null });
  expect(placeInArea(at(null, null, '17000'), area)).toBeNull();
  expect(distanceBetween({ lat: 48.8566, lon: 2.3522 }, { lat: 45.764, lon: 4.8357 })).toBeCloseTo(391_500, -3);
});
