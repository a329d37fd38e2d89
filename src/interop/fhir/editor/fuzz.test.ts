import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixturesDir } from '../../../../tests/support/fixtures.ts';
import { readAnswer } from './read-answer.ts';
import { conformityRules } from './rules.ts';
import { asked, cpts, cptsService, official, officialBundle, practitioner, bundle, role, schedule, slot } from './testing.ts';

type Path = (string | number)[];

/** Every element of a JSON tree, by path. */
function paths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => paths(child, [...path, Array.isArray(value) ? Number(key) : key]))];
}

function replaced(root: unknown, path: Path, value: unknown): unknown {
  if (path.length === 0) return value;
  const copy = structuredClone(root) as any;
  let parent = copy;
  for (const key of path.slice(0, -1)) parent = parent?.[key];
  if (typeof parent === 'object' && parent !== null) parent[path.at(-1)!] = value;
  return copy;
}

const junk = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(undefined, null, '', ' ', {}, [], 0, -1, 'NaN', '#l1', 'Schedule/a1', '9999-99-99T99:99:99', '2026-01-15T14:00:00.000+01:00', '__proto__'),
);

const examples: [string, unknown, Parameters<typeof asked>[0]][] = [
  ['of our own', bundle([slot('s1', { serviceType: [cptsService(1)] }), schedule(), practitioner(), role(), ...cpts(1)]), { flow: 'cpts' }],
  ...(fixturesDir ? Object.keys(official) : []).map((name): [string, unknown, Parameters<typeof asked>[0]] => {
    const known = official[name as keyof typeof official];
    return [name, officialBundle(fixturesDir!, name as keyof typeof official), { flow: known.flow, ids: known.ids }];
  }),
];

test.each(examples)('[AGR-14] P07 P11: whatever is broken in the bundle %s, reading it never throws and only gives sound slots', (_, example, change) => {
  const question = asked(change);
  const elements = paths(example);
  const mutation = fc.tuple(fc.nat(elements.length - 1), junk);
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
      const broken = mutations.reduce((value, [at, element]) => replaced(value, elements[at]!, element), example);
      const answer = readAnswer([broken], question);
      for (const read of answer.slots) {
        expect(Temporal.Instant.compare(read.start, question.from)).toBeGreaterThanOrEqual(0);
        expect(Temporal.Instant.compare(read.start, question.to)).toBeLessThanOrEqual(0);
        expect(Temporal.Instant.compare(read.end, read.start)).toBe(1);
        expect(question.ids).toContain(question.flow === 'sos' ? read.structureId : read.nationalId);
        expect(read.bookingUrl ?? 'https:').toMatch(/^https?:/i);
      }
      for (const problem of answer.problems) expect(conformityRules).toHaveProperty(problem.rule);
    }),
    { numRuns: 300 },
  );
});

test('[AGR-14] P07: any JSON at all is read without throwing', () => {
  fc.assert(fc.property(fc.array(fc.jsonValue({ maxDepth: 6 }), { maxLength: 3 }), (pages) => {
    expect(readAnswer(pages, asked()).slots).toEqual([]);
  }));
});

test('[AGR-14] P07: a hostile depth is read without throwing', () => {
  const deep = JSON.parse(`{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Slot","id":"s","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}}]}`);
  expect(readAnswer([deep], asked()).slots).toEqual([]);
});
