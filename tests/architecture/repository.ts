import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Sources } from './layout.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The text of every source file of this repository, by path from its root. */
export function readRepository(): Sources {
  const paths = globSync(['{src,simulators,db,tests,bin}/**/*.{ts,tsx,mjs,js,css,sql}', '*.ts'], { cwd: root });
  return new Map(paths.sort().map((path) => [path, readFileSync(root + path, 'utf8')]));
}

/** One file of this repository. */
export const readFromRoot = (path: string): string => readFileSync(root + path, 'utf8');
