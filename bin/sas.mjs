#!/usr/bin/env node
// Runs the command line on the pinned runtime: TypeScript sources and Temporal need it, whatever Node started us.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const REQUIRED_MAJOR = 26;
const cli = fileURLToPath(new URL('../src/app/cli/main.ts', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR) {
  await import(cli);
} else {
  const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (!existsSync(pinned)) {
    console.error(`sas needs Node ${REQUIRED_MAJOR}. Run "npm ci" in the project first: it brings the right one.`);
    process.exit(1);
  }
  // Signals of the terminal reach the whole process group; a signal sent to this process alone is passed on below.

  const child = spawn(pinned, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
