import { existsSync, globSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DIST } from '../server/pages.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Builds the web application when it is missing or older than its sources. */
export async function buildBrowserIfStale(): Promise<void> {
  const index = `${DIST}index.html`;
  const builtAt = existsSync(index) ? statSync(index).mtimeMs : 0;
  const sources = globSync('src/**/*.{ts,tsx,css,html}', { cwd: ROOT }).concat('package-lock.json', 'vite.config.ts');
  const newest = Math.max(...sources.map((file) => statSync(`${ROOT}${file}`).mtimeMs));
  if (builtAt > newest) return;
  const { build } = await import('vite');
  await build({ configFile: `${ROOT}vite.config.ts`, logLevel: 'warn' });
}
