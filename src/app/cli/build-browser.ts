import { execFile } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DIST } from '../server/pages.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Builds the web application when it is missing or older than its sources. */
export async function buildBrowserIfStale(): Promise<void> {
  const index = `${DIST}index.html`;
  const builtAt = existsSync(index) ? statSync(index).mtimeMs : 0;
  const sources = globSync(['src/**/*.{ts,tsx,css,html}', 'docs/guides/**/*.{md,png}'], { cwd: ROOT }).concat('package-lock.json', 'vite.config.ts');
  const newest = Math.max(...sources.map((file) => statSync(`${ROOT}${file}`).mtimeMs));
  if (builtAt > newest) return;
  // In a process of its own: the builder's memory must not stay with the server.
  await run(process.execPath, [`${ROOT}node_modules/vite/bin/vite.js`, 'build', '--logLevel', 'error'], { cwd: ROOT });
}
