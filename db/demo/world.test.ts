import { expect, test } from 'vitest';
import { isLocated } from './communes.ts';
import { fictionalPhoneRanges } from './identifiers.ts';
import type { DemoStructure, World } from './model.ts';
import { demoCommunes, generateWorld } from './world.ts';

const communes = demoCommunes();
const world = generateWorld({ seed: 86, communes });

const countBy = <T>(items: readonly T[], key: (item: T) => string) =>
  Object.fromEntries([...Map.groupBy(items, key)].map(([name, group]) => [name, group.length]));

test('[NFR-06] the same seed gives the same world, another seed another one', () => {
  expect(generateWorld({ seed: 86, communes })).toEqual(world);
  expect(generateWorld({ seed: 87, communes }).professionals).not.toEqual(world.professionals);
});

test('[NFR-06] the counts are those of the fictional set-up', () => {
  expect(countBy(world.structures, ({ kind }) => kind)).toEqual({ CPTS: 5, MSP: 14, CDS: 4, SOS: 2, CSNP: 2, ES: 1, SU: 3, MMG: 3, PHARMACIE: 34 });
  expect(world.structures.filter(({ kind }) => kind === 'CSNP').map(({ coordinated }) => coordinated).sort()).toEqual([false, true]);
  const doctors = new Set(world.activities.filter(({ specialty }) => specialty === 'SM54').map(({ nationalId }) => nationalId));
  expect(doctors.size).toBe(380);
  const own = world.participations.filter(({ nationalId }) => nationalId !== null);
  expect(countBy(own, ({ via }) => via)).toEqual({ individual: 88, cpts: 41, msp: 9, sos: 8 });
  expect(new Set(own.map(({ nationalId }) => nationalId)).size).toBe(146);
  expect(own.every(({ nationalId }) => doctors.has(nationalId!))).toBe(true);
  const centres = world.participations.filter(({ structureId }) => structureId !== null);
  expect(centres.map(({ via }) => via)).toEqual(['cds', 'cds', 'cds', 'cds', 'sos']);
  const membersOf = (kind: string) => {
    const ids = new Set(world.structures.filter((structure) => structure.kind === kind).map(({ id }) => id));
    return world.members.filter(({ structureId }) => ids.has(structureId));
  };
  expect(membersOf('CDS')).toHaveLength(11);
  expect(membersOf('SOS')).toHaveLength(8 + 3);
  const [sos, young] = world.structures.filter(({ kind }) => kind === 'SOS') as [DemoStructure, DemoStructure];
  expect(world.structurePlaces.filter(({ structureId }) => structureId === sos.id)).toHaveLength(2);
  const undeclared = world.members.filter(({ structureId }) => structureId === young.id).map(({ nationalId }) => nationalId);
  expect(undeclared.filter((id) => world.agendas.has(id) || own.some(({ nationalId }) => nationalId === id))).toEqual([]);
  expect(world.agendas.has(young.id)).toBe(false);
  expect(world.sosFullTimeEquivalents).toBe(6.5);
});

test('other professions are there: paediatricians, psychiatrists, dentists, midwives, nurses, physiotherapists', () => {
  const people = (specialty: string) => new Set(world.activities.filter((one) => one.specialty === specialty).map((one) => one.nationalId)).size;
  expect(['SM40', 'SM42', 'PRO:40', 'PRO:50', 'PRO:60', 'PRO:70'].map(people)).toEqual([14, 16, 60, 24, 90, 70]);
});

test('everyone who takes part via a structure belongs to it', () => {
  const through = world.participations.filter(({ nationalId, viaStructureId }) => nationalId && viaStructureId);
  expect(through).toHaveLength(58);
  for (const { nationalId, viaStructureId } of through) {
    expect(world.members).toContainEqual({ structureId: viaStructureId, nationalId });
  }
});

test('a third of the participants keep the agenda of the platform, the others are spread over the four vendors', () => {
  const sources = world.participations
    .filter(({ nationalId, via }) => nationalId && via !== 'sos')
    .map(({ nationalId }) => world.agendas.get(nationalId!) ?? 'none');
  expect(countBy(sources, (source) => source)).toEqual({ platform: 46, AgendaRapide: 36, DoucLent: 24, RdvInstable: 18, PlanNegligent: 14 });
});

test('every address lies in the Vienne, near its town, in a real commune', () => {
  const vienne = new Map(world.communes.filter(isLocated).map((commune) => [commune.insee, commune]));
  // Bounds of the département.
  const inside = ({ lat, lon }: { lat: number; lon: number }) => lat > 46.04 && lat < 47.18 && lon > -0.11 && lon < 1.22;
  for (const where of [...world.places, ...world.structures]) {
    const town = vienne.get(where.insee)!;
    expect(town.name).toBe(where.city);
    expect(where.postcode).toBe(town.postcode);
    expect(inside(where)).toBe(true);
    expect(111.2 * Math.hypot(where.lat - town.lat, (where.lon - town.lon) * 0.69)).toBeLessThan(3);
  }
});

test('every commune of the Vienne belongs to one CPTS', () => {
  expect(world.zones.map(({ insee }) => insee).sort()).toEqual(world.communes.map(({ insee }) => insee).sort());
});

test('a département in two: every commune of the Pyrénées-Atlantiques is of 64A or 64B', () => {
  expect(countBy(world.territoryCommunes, ({ territory }) => territory)).toEqual({ '64A': 122, '64B': 423 });
  expect(world.territoryCommunes).toContainEqual({ territory: '64A', insee: '64102' });
  expect(world.territoryCommunes).toContainEqual({ territory: '64B', insee: '64445' });
});

test('[NFR-06] no phone outside the ranges kept for fiction, no id outside the fictional ranges, each once', () => {
  const phones = phonesOf(world);
  expect(phones.length).toBeGreaterThan(200);
  const fictional = new RegExp(`^\\+33(${fictionalPhoneRanges.map((range) => range.slice(1)).join('|')})\\d{4}$`);
  expect(phones.filter((phone) => !fictional.test(phone))).toEqual([]);
  const ids = world.professionals.map(({ nationalId }) => nationalId);
  expect(ids.filter((id) => !/^810999\d{6}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  const placeIds = world.places.map(({ id }) => id);
  expect(placeIds.filter((id) => !/^(186999\d{4}|3999\d{11}|410999\d{9}|adr:[\w-]{22})$/.test(id))).toEqual([]);
  expect(new Set(placeIds).size).toBe(placeIds.length);
  const names = world.professionals.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
  expect(new Set(names).size).toBe(names.length);
});

const phonesOf = ({ places, structures, participations }: World) =>
  [...places.map(({ phone }) => phone), ...structures.map(({ phone }) => phone), ...participations.map(({ contact }) => contact)];
