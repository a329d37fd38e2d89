import { expect, test } from 'vitest';
import { readWords } from './criteria.ts';

test('[SEC-09] one line asks for a number, a name, a telephone or a birth date', () => {
  expect(readWords('DRFR15862632600042')).toEqual({ q: 'DRFR15862632600042' });
  expect(readWords('  dupont   marie ')).toEqual({ q: 'dupont marie' });
  expect(readWords('06 39 98 12 34')).toEqual({ q: '06 39 98 12 34' });
  expect(readWords('12/03/1956')).toEqual({ birthDate: '1956-03-12' });
  expect(readWords('dupont 1.2.1956')).toEqual({ q: 'dupont', birthDate: '1956-02-01' });
});

test('[SEC-09] too little, or a day that does not exist, searches nothing', () => {
  expect(readWords('d')).toBeNull();
  expect(readWords('31/02/1956')).toBeNull();
});
