import { posix } from 'node:path';
import { type Import, type Scanned, scan } from './scan.ts';

export interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly what: string;
}

/** Path from the root of the repository → its text. */
export type Sources = ReadonlyMap<string, string>;

export type Part = 'contract' | 'domain' | 'server' | 'screens' | 'other';

/** Where a file of `src/` belongs. */
export interface Location {
  readonly area: 'foundation' | 'ui' | 'app' | 'interop' | 'context';
  /** Name of the context, which is also that of its schema; the area's name elsewhere. */
  readonly context: string;
  readonly half: 'platform' | 'regulation' | null;
  readonly part: Part;
}

const AREAS = ['foundation', 'ui', 'app', 'interop'] as const;
const HALVES = ['platform', 'regulation'] as const;

/** Tells a context's folder and part from a path; null outside `src/`. */
export function locate(path: string): Location | null {
  const [root, ...folders] = path.split('/');
  if (root !== 'src' || folders.length === 0) return null;
  const area = AREAS.find((one) => one === folders[0]);
  if (area) return { area, context: area, half: null, part: 'other' };
  const half = HALVES.find((one) => one === folders[0]) ?? null;
  const [context, next] = half ? folders.slice(1) : folders;
  return { area: 'context', context: context ?? '', half, part: partOf(next) };
}

function partOf(folder: string | undefined): Part {
  if (folder !== undefined && /^contract(-[a-z]+)?\.ts$/.test(folder)) return 'contract';
  return folder === 'domain' || folder === 'server' || folder === 'screens' ? folder : 'other';
}

/** A file of `src/` that is not a test, read. */
export interface Module extends Scanned {
  readonly path: string;
  readonly source: string;
  readonly at: Location;
}

/** An import between two files of `src/`. */
export interface Edge {
  readonly from: Module;
  readonly import: Import;
  /** Path of the file imported. */
  readonly path: string;
  readonly to: Location;
}

/** Tests and what only they use (`x.test.ts`, `x.fixture.ts`, `testing.ts`). */
export const isTest = (path: string): boolean => /\.(test|fixture)\.tsx?$|\/testing\.ts$/.test(path) || path.startsWith('tests/');
export const isCode = (path: string): boolean => /\.(ts|tsx|mjs|js)$/.test(path);

/** The modules of `src/` that run in the product. */
export function modulesOf(sources: Sources): Module[] {
  return [...sources].flatMap(([path, source]) => {
    const at = locate(path);
    return at && isCode(path) && !isTest(path) ? [{ path, source, at, ...scan(source) }] : [];
  });
}

/** Every import of one file of `src/` by another. */
export function edgesOf(modules: readonly Module[]): Edge[] {
  return modules.flatMap((from) =>
    from.imports.flatMap((one) => {
      if (!one.specifier.startsWith('.')) return [];
      const path = posix.join(posix.dirname(from.path), one.specifier);
      const to = locate(path);
      return to ? [{ from, import: one, path, to }] : [];
    }),
  );
}
