import { describe, expect, test } from 'vitest';
import { fixturesDir } from '../../../../tests/support/fixtures.ts';
import { readAnswer } from './read-answer.ts';
import { ASSOCIATION, asked, official, officialBundle } from './testing.ts';

const read = (name: keyof typeof official) =>
  readAnswer([officialBundle(fixturesDir!, name)], asked({ flow: official[name].flow, ids: official[name].ids }));

describe.skipIf(!fixturesDir)('official example bundles', () => {
  test.each(Object.entries(official))('[INT-02] [AGR-01] P09: the official bundle %s gives its slots and knows everybody asked', (name, { slots, ids }) => {
    const answer = read(name as keyof typeof official);
    expect(answer.slots).toHaveLength(slots);
    expect([...answer.knownIds].sort()).toEqual([...ids].sort());
    expect(answer.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  });

  test('[AGR-05] P09: slots of the individual bundle belong to the right doctor and place', () => {
    const { slots } = read('PSIndiv');
    expect(slots.map((slot) => [slot.nationalId, slot.place.address, slot.structureId])).toEqual([
      ['810100050075', '1 rue Mme DELMAS', '1810004421'],
      ['810100050075', '30 rue Mme DELMAS', '1810004956'],
      ['810002673899', '1 rue Mme DELMAS', '1810004421'],
      ['810002673899', '1 rue Mme DELMAS', '1810004421'],
    ]);
    expect(slots[0]).toMatchObject({ modalities: ['AMB', 'VR'], types: ['PUBLIC'], specialties: ['SM54', 'SM05'], reasons: ['Visite de contrôle'], withAppointment: true });
    expect(slots[1]).toMatchObject({ withAppointment: false, bookingUrl: null });
    expect(slots[2]?.specialties).toEqual(['SM41', 'Pneumologie']);
    expect(slots[2]?.place.phone).toBe('+33658913859');
  });

  test('[AGR-13] P10: one slot seen by two CPTS comes once, with both', () => {
    expect(read('CPTS1').slots[0]?.cptsIds).toEqual(['1950047225']);
    expect(read('CPTS2').slots[0]?.cptsIds).toEqual(['1950047225', '1950046227']);
  });

  test('[INT-02] P09: SOS Médecins slots belong to the association, without a doctor, at the right place', () => {
    const { slots } = read('AgregateurSOS');
    expect(slots.map((slot) => [slot.nationalId, slot.structureId, slot.place.name])).toEqual([
      [null, ASSOCIATION, 'Centre de consultation Rennes Nord'],
      [null, ASSOCIATION, 'Centre de consultation Rennes Cleunay'],
      [null, '392080466300010', 'Centre de consultation Lorient'],
      [null, '392080466300010', 'Centre de consultation Lorient'],
    ]);
    expect(slots[0]?.bookingUrl).toBe('http://www.editeur.com/agenda-pfg/creneau1');
  });

  test('[AGR-01] P12: unshifted, the same official slots are past: none is shown', () => {
    const bundle = officialBundle(fixturesDir!, 'PSIndiv');
    const later = Temporal.Instant.from('2026-03-01T00:00:00Z');
    const answer = readAnswer([bundle], asked({ ids: official.PSIndiv.ids, now: later, from: later, to: later.add({ hours: 48 }) }));
    expect(answer.slots).toEqual([]);
    expect(answer.problems.filter((problem) => problem.rule === 'slot-past')).toHaveLength(4);
  });
});
