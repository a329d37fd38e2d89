import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decisionKinds, decisionTypes, meansMayBecome, meansStatuses } from './codes.ts';
import { healthNumbersIn } from './health-number.ts';
import { dossierNumber } from './number.ts';

test('national numbers: mainland, Corsica, overseas, infra-territories, order of the day', () => {
  const day = Temporal.PlainDate.from('2026-01-13');
  expect(dossierNumber('86', '86', day, 1)).toBe('DRFR1586A2601300001');
  expect(dossierNumber('2A', '2A', day, 12)).toBe('DRFR152AA2601300012');
  expect(dossierNumber('974', '974', day, 1)).toBe('DRFR1597D2601300001');
  expect(dossierNumber('64B', '64', Temporal.PlainDate.from('2028-12-31'), 99_999)).toBe('DRFR1564B2836699999');
});

test('[SEC-09] a national health number is found wherever it is written; phones, dates and dossier numbers are not', () => {
  const number = '1 86 05 86 194 012';
  const key = String(97n - (1860586194012n % 97n)).padStart(2, '0');
  expect(healthNumbersIn({ note: `patient ${number} ${key}` })).toEqual(['note']);
  expect(healthNumbersIn({ patient: { history: '1860586194012' } })).toEqual(['patient.history']);
  expect(healthNumbersIn({ a: ['ok', `${number.replaceAll(' ', '')}${key}`] })).toEqual(['a.1']);
  const wrongKey = key === '01' ? '02' : '01';
  for (const text of [`${number.replaceAll(' ', '')}${wrongKey}`, '05 49 00 00 01', '+33549000001', 'DRFR1586A2601300001', '2026-01-13T08:03:00Z', 'né le 12/05/1986']) {
    expect(healthNumbersIn({ text }), text).toEqual([]);
  }
});

test('[REG-20] a means only goes forward, and is cancelled before its arrival only', () => {
  fc.assert(fc.property(fc.constantFrom(...meansStatuses), fc.constantFrom(...meansStatuses), (from, to) => {
    expect(meansMayBecome(from, to)).toBe(meansStatuses.indexOf(to) > meansStatuses.indexOf(from));
    expect(meansMayBecome('ANNULE', to)).toBe(false);
  }));
  expect(meansMayBecome('DEPART', 'ANNULE')).toBe(true);
  expect(meansMayBecome('ARRIVEE', 'ANNULE')).toBe(false);
});

test('[REG-12] the catalogue holds every response of the national list, each with what it is there and who carries it out', () => {
  const expected = {
    CONSEIL: 'CONSEIL', ALLER_SU: 'ORIENT', PMT: 'PMT', CONSULTATION: 'ORIENT', VISITE: 'INTER', TELECONSULTATION: 'ORIENT', SMUR: 'INTER', AMBULANCE: 'INTER', VSAV: 'INTER',
    ES_HORS_SU: 'ORIENT', SU: 'ORIENT', SOINS_VILLE_SAS: 'ORIENT', LAISSE_SUR_PLACE: 'ORIENT', MEDECIN_TRAITANT: 'ORIENT', PASPLUS: 'PASPLUS', PHARMACIE: null, INFORMATION: null,
  };
  expect(Object.fromEntries(decisionTypes.map((type) => [type, decisionKinds[type].national]))).toEqual(expected);
  expect(decisionTypes.filter((type) => decisionKinds[type].means)).toEqual(['SMUR', 'AMBULANCE', 'VSAV']);
});
