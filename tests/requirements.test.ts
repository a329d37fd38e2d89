import { expect, test } from 'vitest';
import { coverageOf, idsOf, readRequirements, report } from './requirements.ts';

const catalogue = readRequirements();

test('the catalogue has its 375 requirements, each once, by priority', () => {
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(375);
  const counts = Object.fromEntries([...Map.groupBy(catalogue, ({ priority }) => priority)].map(([priority, some]) => [priority, some.length]));
  expect(counts).toEqual({ core: 170, important: 167, complementary: 38 });
  expect(catalogue.filter(({ text }) => text.length < 10 || text.length > 120)).toEqual([]);
});

test.each([
  ['[AGR-14] a slow vendor', ['AGR-14']],
  ['[AGR-14, RDV-02] both', ['AGR-14', 'RDV-02']],
  ['[AGR-14][RDV-02] both', ['AGR-14', 'RDV-02']],
  ['a slow vendor [AGR-14]', []],
  ['[P0] a priority, not a requirement', []],
])('ids named by "%s"', (title, ids) => {
  expect(idsOf(title)).toEqual(ids);
});

test('proved when a test that passes names it and none that fails; an unknown id is told', () => {
  const coverage = coverageOf(catalogue, [
    { title: '[AGR-14] slow', status: 'passed' },
    { title: '[AGR-14, RDV-02] failing', status: 'failed' },
    { title: '[NFR-06] seed', status: 'passed' },
    { title: '[SEC-05] not run', status: 'skipped' },
    { title: '[AGR-99] no such thing', status: 'passed' },
  ]);
  expect([...coverage.proved]).toEqual(['NFR-06']);
  expect([...coverage.failing]).toEqual(['AGR-14', 'RDV-02']);
  expect(coverage.unknown).toEqual([{ id: 'AGR-99', title: '[AGR-99] no such thing' }]);
  const lines = report(catalogue, coverage);
  expect(lines).toContain('NFR           1/6      1/5');
  expect(lines).toContain('total       1/375    1/170');
  expect(lines.at(-1)).toContain('AGR-99');
});
