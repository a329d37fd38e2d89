import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const candidates = [process.env.SAS_FIXTURES, join(root, '../shared/fixtures')];

/** Folder of the official examples, which are not part of this repository; null when this machine does not have it. */
export const fixturesDir: string | null = candidates.find((path): path is string => path !== undefined && existsSync(path)) ?? null;

if (!fixturesDir) {
  process.stderr.write("Exemples officiels absents (dossier ../shared/fixtures ou SAS_FIXTURES) : les essais qui s'en servent sont passés.\n");
}
