import { expect, test } from 'vitest';
import { departmentsOf, zoneChoices } from './words.ts';

test('departments are read as people type them', () => {
  expect(departmentsOf(' 86; 2a,2B  86 ')).toEqual(['86', '2A', '2B']);
  expect(departmentsOf(' ')).toEqual([]);
});

test('[PDSA-08] every zone of France is offered, and the present one is never lost', () => {
  expect(zoneChoices('Europe/Paris').map(({ value }) => value)).toContain('Indian/Reunion');
  expect(zoneChoices('Pacific/Wallis').at(-1)).toEqual({ value: 'Pacific/Wallis', label: 'Pacific/Wallis' });
});
