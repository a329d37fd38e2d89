import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../simulators/', import.meta.url));
const READY_TIMEOUT_MS = 20_000;

export interface Simulator {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a program of `simulators/` as its own process and waits for its "ready" line.
 * @throws with what the program printed when it does not get ready.
 */
export async function startSimulator(program: string, args: readonly string[], onExit: (code: number | null) => void): Promise<Simulator> {
  // stdin stays open: its end tells the simulator that we are gone, even killed with -9.
  const child = spawn(process.execPath, [`${ROOT}${program}`, ...args], { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const url = await readyUrl(child, program);
  let stopping = false;
  child.on('exit', (code) => {
    if (!stopping) onExit(code);
  });
  return {
    url,
    async stop() {
      stopping = true;
      if (child.exitCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function readyUrl(child: ChildProcess, program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = () => reject(new Error(`le simulateur ${program} n'a pas démarré : ${output.trim() || 'aucun message'}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail();
    }, READY_TIMEOUT_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      fail();
    });
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000);
      const line = output.split('\n').find((text) => text.startsWith('{"ready":true'));
      if (!line) return;
      clearTimeout(timer);
      resolve((JSON.parse(line) as { url: string }).url);
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
  });
}

/** A free port of this machine, to know an address before its program starts. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Writes what a simulator reads; tokens are in there, so nobody else may read the file. */
export function writePrivate(directory: string, name: string, content: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}
