import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { expect, test } from 'vitest';
import { normalisePhone } from './phone.ts';

test.each([
  ['0536490001', '+33536490001'], ['05 36 49 00 01', '+33536490001'], ['05.36.49.00.01', '+33536490001'], ['+33 5 36 49 00 01', '+33536490001'],
  ['0590123456', '+590590123456'], ['0262123456', '+262262123456'], ['0596612345', '+596596612345'], ['0639980001', '+33639980001'],
  ['15', '15'], ['3624', '3624'], ['à rappeler', 'à rappeler'], ['0536', '0536'],
])('[ANN-07] the phone « %s » is kept as %s', (raw, expected) => {
  expect(normalisePhone(raw)).toBe(expected);
});

test('[ANN-07] metropolitan numbers read without the library are those the library gives', () => {
  const digits = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 99_999_999 })).map(([a, b]) => `0${a}${String(b).padStart(8, '0')}`);
  fc.assert(fc.property(digits.filter((number) => !/^0(26|59|63|69)/.test(number)), (number) => {
    expect(normalisePhone(number)).toBe(parsePhoneNumberFromString(number, 'FR')!.number);
  }));
});
