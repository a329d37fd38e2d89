import { benchCalls } from './room/calls.ts';
import { benchDossiers } from './room/dossiers.ts';
import { benchScreens } from './room/screens.ts';

const parts: Record<string, () => Promise<void>> = { calls: benchCalls, screens: benchScreens, dossiers: benchDossiers };

/** The regulation room: its calls, its open screens, its dossiers; or one of the three (`npm run bench -- room calls`). */
export async function run(): Promise<void> {
  const asked = process.argv.slice(3).filter((name) => name in parts);
  for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
    process.stdout.write(`\n${name}\n`);
    await parts[name]!();
  }
}
