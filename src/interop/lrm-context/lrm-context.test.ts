import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLrmLink } from '../../platform/orientation/screens/search/lrm-link.ts';
import type { SearchWish } from '../../regulation/dossier/server/index.ts';
import { contextualSearchUrl, LINK_PARAMETERS } from './link.ts';
import { linkKeys, type Parameters, readLink } from './read.ts';

const communes: Record<string, { name: string; department: string }> = {
  '86194': { name: 'Poitiers', department: 'Vienne' }, '75056': { name: 'Paris', department: 'Paris' },
  '69123': { name: 'Lyon', department: 'Rhône' }, '13055': { name: 'Marseille', department: 'Bouches-du-Rhône' },
  '01004': { name: 'Ambérieu-en-Bugey', department: 'Ain' }, '2A004': { name: 'Ajaccio', department: 'Corse-du-Sud' },
};
function judge(parameters: Parameters) {
  const { origin, insee } = linkKeys(parameters);
  return readLink(parameters, { originActive: origin === 'fr.samu86', commune: communes[insee ?? ''] ?? null });
}
const read = (parameters: Record<string, string>) => judge({ origin: 'fr.samu86', inseecode: '86194', ...parameters });

const dossier: SearchWish = {
  address: '12 bis rue des Halles', insee: '86194', city: 'Poitiers', specialty: 'SM54', usualDoctorRpps: '810001234567', usualDoctorName: 'Dr Fictif',
};
const parametersOf = (url: string) => Object.fromEntries(new URL(url).searchParams);
const urlOf = (more: Partial<SearchWish> = {}) => contextualSearchUrl('https://sas.example', 'fr.samu86', { ...dossier, ...more });

test('[INT-01] the address opened from a dossier has its seven parameters', () => {
  expect(urlOf()).toMatch(/^https:\/\/sas\.example\/sas\/recherche\?origin=fr\.samu86&/);
  expect(parametersOf(urlOf())).toEqual({
    origin: 'fr.samu86', practitioner: 'urn:oid:1.2.250.1.71.4.2.1|810001234567', specialty: 'urn:oid:1.2.250.1.213.2.28|SM54',
    streetnumber: '12', streetname: 'rue des Halles', inseecode: '86194', city: 'Poitiers',
  });
});

test.each([
  ['12, rue des Halles', '12', 'rue des Halles'], ['3B place du Test', '3', 'place du Test'], ['Lieu-dit Les Essais', undefined, 'Lieu-dit Les Essais'],
  ['12', undefined, undefined], ['', undefined, undefined], ['1 rue du 11 Novembre', '1', 'rue du 11 Novembre'], ['12ème rue du Test', undefined, '12ème rue du Test'],
])('[INT-01] the line "%s" gives number %s and street %s', (address, streetnumber, streetname) => {
  const parameters = parametersOf(urlOf({ address }));
  expect([parameters.streetnumber, parameters.streetname]).toEqual([streetnumber, streetname]);
});

test.each([
  ['Dr Fictif', 'Dr Fictif'], ['05 49 00 00 00', undefined], ['Fictif : parti en retraite', undefined], ["Anne-Lise D'Exemple", "Anne-Lise D'Exemple"],
])('[INT-01] without RPPS the doctor "%s" is told as %s', (usualDoctorName, told) => {
  expect(parametersOf(urlOf({ usualDoctorRpps: null, usualDoctorName })).practitioner).toBe(told);
});

const anyText = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('12 rue des Halles', '86194', 'SM26', '10001234567', "a&origin=b|c:d é'"));
const anyContext: fc.Arbitrary<SearchWish> = fc.record({
  address: fc.option(anyText), insee: fc.option(fc.constantFrom('86194', '75113', '99999', '1004')), city: fc.option(anyText), specialty: fc.option(anyText),
  usualDoctorRpps: fc.option(anyText), usualDoctorName: fc.option(anyText),
});

test('[INT-01] nothing but the seven parameters ever leaves, whatever else the dossier holds', () => {
  fc.assert(
    fc.property(anyContext, (context) => {
      const withPatient = { ...context, patient: { lastName: 'ZZPATIENTZZ', birthDate: '1950-01-01' }, callback: '0600000000' };
      const url = contextualSearchUrl('https://sas.example', 'fr.samu86', withPatient);
      expect(Object.keys(parametersOf(url)).filter((name) => !LINK_PARAMETERS.some((known) => known === name))).toEqual([]);
      expect(url).not.toContain('ZZPATIENTZZ');
      expect(url).not.toContain('0600000000');
    }),
  );
});

test('[INT-01] P29 a link of ours is never refused for its form: a known commune leads to a search', () => {
  fc.assert(
    fc.property(anyContext, (context) => {
      const verdict = judge(parametersOf(contextualSearchUrl('https://sas.example', 'fr.samu86', { ...context, insee: '86194' })));
      expect(verdict).toMatchObject({ outcome: 'search', origin: 'fr.samu86', insee: '86194' });
    }),
  );
});

test('[INT-01] P29 a complete link leads to a search around the address', () => {
  expect(judge(parametersOf(urlOf()))).toEqual({
    outcome: 'search', origin: 'fr.samu86', address: '12 rue des Halles, Poitiers, Vienne', insee: '86194', specialty: { code: 'SM54' }, usualDoctor: { rpps: '10001234567' },
  });
});

test('[INT-01] P29 an unknown origin is told that the exchange is disabled; without origin it is an ordinary visit', () => {
  expect(read({ origin: 'fr.samu99' })).toMatchObject({ outcome: 'disabled', origin: 'fr.samu99', message: expect.stringContaining('désactivé') });
  expect(read({ origin: 'FR.SAMU86' })).toMatchObject({ outcome: 'disabled' });
  expect(judge({ inseecode: '86194' })).toEqual({ outcome: 'ordinary' });
});

test.each([
  [{ inseecode: '' }, 'no-address'], [{ inseecode: '', streetname: 'rue des Halles' }, 'no-address'],
  [{ streetnumber: '12' }, 'number-without-street'], [{ inseecode: '99999', city: 'Poitiers' }, 'unknown-commune'], [{ inseecode: 'nowhere' }, 'unknown-commune'],
])('[INT-01] P29 %o leads to the home page (%s)', (parameters, why) => {
  expect(read(parameters as Record<string, string>)).toEqual({ outcome: 'home', origin: 'fr.samu86', why });
});

test.each([
  ['75113', 'Paris'], ['75056', 'Paris'], ['69383', 'Lyon, Rhône'], ['13216', 'Marseille, Bouches-du-Rhône'], ['1004', 'Ambérieu-en-Bugey, Ain'], ['2a004', 'Ajaccio, Corse-du-Sud'],
])('[INT-01] P29 the INSEE code %s is that of %s', (inseecode, address) => expect(read({ inseecode })).toMatchObject({ outcome: 'search', address }));

test('[INT-01] P29 without INSEE code the words of the city serve; digits alone make the number', () => {
  expect(read({ inseecode: '', city: 'Poitiers', streetnumber: '12 bis', streetname: 'rue des Halles' })).toMatchObject({ address: '12 rue des Halles, Poitiers', insee: null });
  expect(read({ streetnumber: 'bis', streetname: 'rue des Halles' })).toMatchObject({ address: 'rue des Halles, Poitiers, Vienne' });
});

test.each([
  [undefined, null], ['urn:oid:1.2.250.1.213.2.28|SM26', { code: 'SM26' }], ['cardiologue', { words: 'cardiologue' }], ['urn:oid:|SM26', { words: 'urn:oid:|SM26' }],
])('[INT-01] P29 the specialty %s is read', (specialty, wanted) => expect(read(specialty ? { specialty } : {})).toMatchObject({ specialty: wanted }));

test.each([
  [undefined, null], ['urn:oid:1.2.250.1.71.4.2.1|810001234567', { rpps: '10001234567' }], ['Dr Fictif', { name: 'Dr Fictif' }],
  ['urn:oid:1.2.250.1.71.4.2.1|10001234567', 'unreadable'], ['urn:oid:9.9|810001234567', 'unreadable'], ['RPPS: 10001234567', 'unreadable'],
])('[INT-01] P29 the usual doctor %s is read', (practitioner, wanted) => expect(read(practitioner ? { practitioner } : {})).toMatchObject({ usualDoctor: wanted }));

test('[INT-01] the server and the page understand a link in the same way', () => {
  const anyParameter = fc.oneof(anyText, fc.constantFrom('urn:oid:1.2.250.1.71.4.2.1|810001234567', 'urn:oid:1.2.250.1.213.2.28|SM26', 'oid 8'));
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(communes), '75101', '69389', '1004'), fc.option(anyParameter), fc.option(anyParameter), (inseecode, specialty, practitioner) => {
      const parameters = { origin: 'fr.samu86', inseecode, specialty: specialty ?? '', practitioner: practitioner ?? '' };
      const { insee, specialty: wanted, usualDoctor } = readLrmLink(parameters);
      expect(judge(parameters)).toMatchObject({ insee, specialty: wanted, usualDoctor });
    }),
  );
});
