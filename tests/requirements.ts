// Which requirements have a passing test: `npm run requirements`, or `-- --results FILE` with vitest's JSON report.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export interface Requirement {
  readonly id: string;
  readonly priority: 'core' | 'important' | 'complementary';
  readonly text: string;
}

/** A test as vitest reports it. */
export interface TestResult {
  readonly title: string;
  readonly status: string;
}

export interface Coverage {
  /** Requirements named by at least one passing test and by none that fails. */
  readonly proved: ReadonlySet<string>;
  /** Named by a test that does not pass. */
  readonly failing: ReadonlySet<string>;
  /** Ids that no requirement has, with the title that names them. */
  readonly unknown: readonly { readonly id: string; readonly title: string }[];
}

/** The ids that a title starts with: `[AGR-14] …`, `[AGR-14, RDV-02] …` or `[AGR-14][RDV-02] …`. */
export function idsOf(title: string): string[] {
  const tags = /^(?:\[[^\]]*\]\s*)+/.exec(title)?.[0] ?? '';
  return tags.match(/\b[A-Z]{2,5}-\d{2}\b/g) ?? [];
}

/** Sets what the tests name against the catalogue. A test that did not run proves nothing and refutes nothing. */
export function coverageOf(requirements: readonly Requirement[], results: readonly TestResult[]): Coverage {
  const catalogue = new Set(requirements.map(({ id }) => id));
  const named = results.flatMap(({ title, status }) => idsOf(title).map((id) => ({ id, title, status })));
  const withStatus = (status: string) => new Set(named.filter((one) => one.status === status && catalogue.has(one.id)).map(({ id }) => id));
  const failing = withStatus('failed');
  return {
    proved: withStatus('passed').difference(failing),
    failing,
    unknown: named.filter(({ id }) => !catalogue.has(id)).map(({ id, title }) => ({ id, title })),
  };
}

/** The table by family, the totals and the requirements proved, as lines. */
export function report(requirements: readonly Requirement[], { proved, failing, unknown }: Coverage): string[] {
  const families = Map.groupBy(requirements, ({ id }) => id.split('-')[0]!);
  const share = (some: readonly Requirement[]) => `${some.filter(({ id }) => proved.has(id)).length}/${some.length}`;
  const line = (name: string, some: readonly Requirement[]) =>
    [name.padEnd(8), share(some).padStart(9), share(some.filter(({ priority }) => priority === 'core')).padStart(9)].join('');
  return [
    'family       proved     core',
    ...[...families].map(([family, some]) => line(family, some)),
    line('total', requirements),
    '',
    ...requirements.filter(({ id }) => proved.has(id)).map(({ id, text }) => `✓ ${id.padEnd(8)} ${text}`),
    ...[...failing].map((id) => `✗ ${id.padEnd(8)} named by a test that fails`),
    ...unknown.map(({ id, title }) => `? ${id.padEnd(8)} is in no list of requirements: "${title}"`),
  ];
}

interface VitestReport {
  readonly testResults: readonly { readonly assertionResults: readonly TestResult[] }[];
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs every test once and gives the results. */
function runTests(): TestResult[] {
  const folder = mkdtempSync(join(tmpdir(), 'sas-requirements-'));
  const file = join(folder, 'results.json');
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    spawnSync(process.execPath, [vitest, 'run', '--reporter=json', `--outputFile=${file}`], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    return readResults(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const readResults = (file: string): TestResult[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as VitestReport).testResults.flatMap(({ assertionResults }) => assertionResults);

/** The catalogue, restated in one line each. */
export const readRequirements = (): Requirement[] => JSON.parse(readFileSync(join(root, 'docs/requirements.json'), 'utf8')) as Requirement[];

if (import.meta.main) {
  const { values } = parseArgs({ options: { results: { type: 'string' } } });
  const requirements = readRequirements();
  const coverage = coverageOf(requirements, values.results ? readResults(values.results) : runTests());
  console.log(report(requirements, coverage).join('\n'));
  process.exitCode = coverage.unknown.length > 0 ? 1 : 0;
}
