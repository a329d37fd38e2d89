import { expect, test } from 'vitest';
import { stopwatch } from '../../src/foundation/clock.ts';
import { conventionViolations, MAX_LINES, parseGlossary } from './conventions.ts';
import type { Sources, Violation } from './layout.ts';
import { readFromRoot, readRepository } from './repository.ts';
import { architectureViolations } from './rules.ts';

const told = (violations: readonly Violation[]) => violations.map(({ rule, file, what }) => `${file} ${what} (${rule})`);
const files = (given: Record<string, string>): Sources => new Map(Object.entries(given));
const glossary = parseGlossary(readFromRoot('docs/glossary.md'));

test('[SEC-05] the ten rules of the architecture hold', () => {
  const sources = readRepository();
  expect(sources.size).toBeGreaterThan(50);
  const elapsed = stopwatch();
  const violations = architectureViolations(sources);
  console.log(`${sources.size} files checked in ${Math.round(elapsed())} ms`);
  expect(told(violations)).toEqual([]);
});

test('files are short, nothing is put off or skipped, one word stands for one thing', () => {
  expect(glossary.length).toBeGreaterThan(40);
  expect(told(conventionViolations(readRepository(), glossary))).toEqual([]);
});

const planted: readonly { breaks: string; files: Record<string, string>; told: string }[] = [
  { breaks: '1', files: { 'src/platform/directory/domain/a.ts': `import { readFile } from 'node:fs';` }, told: 'imports node:fs' },
  { breaks: '1', files: { 'src/platform/directory/domain/a.ts': `import { AppError } from '../../../foundation/errors.ts';` }, told: 'imports src/foundation/errors.ts' },
  { breaks: '1', files: { 'src/platform/directory/domain/a.ts': `import { routes } from '../contract.ts';` }, told: 'imports src/platform/directory/contract.ts' },
  { breaks: '2', files: { 'src/platform/directory/server/a.ts': `const x = await import('../../orientation/server/search.ts');` }, told: 'imports src/platform/orientation/server/search.ts' },
  { breaks: '2', files: { 'src/platform/directory/contract.ts': `export * from '../orientation/domain/session.ts';` }, told: 'imports src/platform/orientation/domain/session.ts' },
  { breaks: '2', files: { 'src/platform/directory/helpers/a.ts': '' }, told: 'is none of them' },
  { breaks: '2', files: { 'src/platform/directory/server/a.ts': `import { fake } from './a.fixture.ts';` }, told: 'imports src/platform/directory/server/a.fixture.ts' },
  { breaks: '3', files: { 'src/territory/screens/a.tsx': `import { sql } from '../../foundation/db/database.ts';` }, told: 'imports src/foundation/db/database.ts' },
  { breaks: '3', files: { 'src/territory/screens/a.tsx': `import '../server/index.ts';` }, told: 'imports src/territory/server/index.ts' },
  { breaks: '3', files: { 'src/territory/server/a.ts': `import { Page } from '../../ui/page.tsx';` }, told: 'imports src/ui/page.tsx' },
  { breaks: '4', files: { 'src/foundation/a.ts': `import type { Role } from '../identity/contract.ts';` }, told: 'imports src/identity/contract.ts' },
  { breaks: '4', files: { 'src/ui/a.ts': `import { routes } from '../platform/directory/contract.ts';` }, told: 'imports src/platform/directory/contract.ts' },
  { breaks: '5', files: { 'src/identity/server/a.ts': `import * as client from 'openid-client';` }, told: 'says openid-client' },
  { breaks: '5', files: { 'src/platform/availability/domain/a.ts': `const fhirBundle = 1;` }, told: 'says fhirBundle' },
  { breaks: '5', files: { 'src/platform/availability/domain/a.ts': `interface Practitioner {}` }, told: 'says Practitioner' },
  { breaks: '6', files: { 'src/platform/availability/server/a.ts': `import { ask } from '../../../interop/fhir/ask.ts';` }, told: 'imports src/interop/fhir/ask.ts' },
  { breaks: '7', files: { 'src/platform/orientation/server/a.ts': `import { routes } from '../../../regulation/dossier/contract.ts';` }, told: 'imports src/regulation/dossier/contract.ts' },
  { breaks: '7', files: { 'src/regulation/dossier/server/a.ts': `import type { SlotView } from "../../../platform/availability/contract.ts";` }, told: 'imports src/platform/availability/contract.ts' },
  {
    breaks: '8',
    files: {
      'src/platform/orientation/server/a.ts': `import type { A } from '../../availability/contract.ts';`,
      'src/platform/availability/server/b.ts': `import type { B } from '../../directory/contract.ts';`,
      'src/platform/directory/server/c.ts': `import type { C } from '../../orientation/contract.ts';`,
    },
    told: 'availability → directory → orientation → availability',
  },
  { breaks: '9', files: { 'src/platform/orientation/server/a.ts': 'const url = process.env.URL;' }, told: 'reads process.env' },
  { breaks: '9', files: { 'src/platform/orientation/server/a.ts': 'const now = Date.now();' }, told: 'says Date.now' },
  { breaks: '9', files: { 'src/platform/orientation/domain/a.ts': 'const now = Temporal.Now.instant();' }, told: 'says Temporal.Now' },
  { breaks: '9', files: { 'src/foundation/a.ts': 'const now = new Date( );' }, told: 'says new Date( )' },
  { breaks: '9', files: { 'src/foundation/a.ts': 'const start = performance.now();' }, told: 'says performance.now' },
  {
    breaks: '10',
    files: { 'db/migrations/1.sql': 'create schema identity;', 'src/platform/directory/server/a.ts': 'db.query(sql`select ${x} from identity.account`);' },
    told: 'names identity',
  },
  {
    breaks: '10',
    files: { 'db/migrations/1.sql': 'create schema identity;', 'src/platform/directory/server/a.ts': `client.query('copy identity.account from stdin');` },
    told: 'names identity',
  },
  {
    breaks: '10',
    files: { 'db/migrations/1.sql': 'create schema identity;', 'src/platform/directory/server/a.ts': `await tx.for('identity').run(query);` },
    told: 'names identity',
  },
];

test.each(planted)('rule $breaks catches: $told', ({ breaks, files: given, told: what }) => {
  const violations = architectureViolations(files(given));
  expect(violations.map((violation) => violation.what)).toEqual([what]);
  expect(violations[0]!.rule.split(' ')[0]).toBe(breaks);
});

test('what the rules allow is not told', () => {
  const allowed = files({
    'db/migrations/1.sql': 'create schema identity;\ncreate schema directory;',
    'src/platform/directory/contract.ts': `import { z } from 'zod';\nimport { roles } from '../../identity/contract.ts';`,
    'src/platform/directory/domain/a.ts': `import { z } from 'zod';\nimport type { Role } from '../../../identity/contract.ts';\nimport { b } from './b.ts';`,
    'src/platform/directory/server/a.ts': "import type { Accounts } from '../../../identity/server/index.ts';\ndb.query(sql`select 1 from directory.place`);",
    'src/platform/directory/server/b.test.ts': `import { loadWorld } from '../../orientation/server/x.ts';`,
    'src/platform/directory/screens/a.tsx': `import { Page } from '../../../ui/page.tsx';\nexport const A = () => <p>Aujourd'hui, l'effecteur n'a rien déclaré.</p>;`,
    'src/app/config.ts': 'export const read = (env = process.env) => env;',
    'src/interop/fhir/a.ts': `import type { Editor } from '../../platform/availability/contract.ts';\ninterface Bundle {}`,
    'src/foundation/clock.ts': 'export const now = () => Temporal.Now.instant();',
    'src/foundation/b.ts': `// Date.now() is forbidden\nconst text = 'process.env'; const when = new Date(0); const pattern = /import x from '\\.\\/y'|Date.now()/;`,
  });
  expect(told(architectureViolations(allowed))).toEqual([]);
});

const unwanted: readonly { path: string; source: string; told: string }[] = [
  { path: 'src/app/a.ts', source: 'const a = 1;\n'.repeat(MAX_LINES + 1), told: `has ${MAX_LINES + 1} lines` },
  { path: 'src/app/a.css', source: `/* ${'TO'}${'DO'}: later */`, told: `says ${'TO'}${'DO'}` },
  { path: 'src/app/a.test.ts', source: `test.${'only'}('x', () => {});`, told: 'says test.only' },
  { path: 'tests/a.test.ts', source: `describe.${'skip'}('x', () => {});`, told: 'says describe.skip' },
  { path: 'src/platform/availability/domain/a.ts', source: 'const freeTimeSlots = [];', told: 'freeTimeSlots: say slot' },
  { path: 'src/platform/orientation/domain/a.ts', source: 'interface ReferralNote {}', told: 'ReferralNote: say orientation' },
];

test.each(unwanted)('a convention catches: $told', ({ path, source, told: what }) => {
  expect(conventionViolations(files({ [path]: source }), glossary).map((violation) => violation.what)).toEqual([what]);
});

test('a skip that says why, and words in texts and comments, are not told', () => {
  const source = "test.skipIf(!fixtures)('x', () => {});\n// a referral\nconst text = 'referral';";
  expect(conventionViolations(files({ 'src/platform/orientation/domain/a.test.ts': source }), glossary)).toEqual([]);
});
