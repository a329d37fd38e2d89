import { expect, test } from 'vitest';
import { readLrmLink } from './lrm-link.ts';

test('[INT-02] a complete link of a regulation software is read', () => {
  expect(
    readLrmLink({
      origin: 'fr.samu86', specialty: 'urn:oid:1.2.250.1.213.2.28|SM26', practitioner: 'urn:oid:1.2.250.1.71.4.2.1|810001234567',
      streetnumber: '12 bis', streetname: 'rue des Halles', inseecode: '86194', city: 'Poitiers',
    }),
  ).toEqual({ origin: 'fr.samu86', specialty: { code: 'SM26' }, usualDoctor: { rpps: '10001234567' }, insee: '86194', address: '12 rue des Halles, Poitiers' });
});

test('[INT-02] nothing said stays nothing', () => {
  expect(readLrmLink({ origin: 'x' })).toEqual({ origin: 'x', specialty: null, usualDoctor: null, insee: null, address: null });
});

test('[INT-02] free words for the specialty and the doctor are kept to be looked up', () => {
  expect(readLrmLink({ specialty: 'dermatologue', practitioner: 'Dr Fictif' })).toMatchObject({ specialty: { words: 'dermatologue' }, usualDoctor: { name: 'Dr Fictif' } });
});

test.each(['urn:oid:1.2.250.1.71.4.2.1|123', 'oid 810001234567', '8:10001234567'])('[INT-02] a doctor written as a code that is none (%s) cannot be read', (practitioner) => {
  expect(readLrmLink({ practitioner }).usualDoctor).toBe('unreadable');
});

test.each([
  ['1004', '01004'], ['75056', '75056'], ['75113', '75056'], ['69383', '69123'], ['13216', '13055'], ['2a004', '2A004'], ['nowhere', null],
])('[INT-02] INSEE code %s is read as %s', (given, expected) => {
  expect(readLrmLink({ inseecode: given }).insee).toBe(expected);
});

test('[INT-02] a number without a street is dropped, and without a town there is no address', () => {
  expect(readLrmLink({ streetnumber: '12', city: 'Poitiers' }).address).toBe('Poitiers');
  expect(readLrmLink({ streetnumber: '12', streetname: 'rue des Halles' }).address).toBeNull();
});
