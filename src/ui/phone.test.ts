import { expect, test } from 'vitest';
import { formatPhone } from './phone.ts';

test('French numbers read two by two, the others stay as they came', () => {
  expect(['+33549000011', '0033549000011', '05.49.00.00.11', '0549000011', '05 49 00 00 11'].map(formatPhone)).toEqual(Array(5).fill('05 49 00 00 11'));
  expect(['15', '116117', '3624', '+32470000000', 'poste 12'].map(formatPhone)).toEqual(['15', '116117', '3624', '+32470000000', 'poste 12']);
});
