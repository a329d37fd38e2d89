import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startEmbeddedPostgres } from '../../src/foundation/db/embedded.ts';

const SAS = fileURLToPath(new URL('../../bin/sas.mjs', import.meta.url));
const START_TIMEOUT_MS = 90_000;
const run = promisify(execFile);

/** `sas demo` in its own process and data folder, as its user runs it. */
export class Installation {
  readonly data = mkdtempSync(join(tmpdir(), 'sas-installation-'));
  readonly #arguments: readonly string[];
  #port = 0;
  #child: ChildProcess | null = null;
  output = '';

  constructor(...args: readonly string[]) {
    this.#arguments = args;
    chmodSync(this.data, 0o755);
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Starts it and waits until it says that it is ready. */
  async start(): Promise<void> {
    this.#port ||= await freePort();
    this.output = '';
    const child = spawn(process.execPath, [SAS, 'demo', '--port', String(this.#port), '--data', this.data, ...this.#arguments], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`sas demo is not ready after ${START_TIMEOUT_MS} ms:\n${this.output}`)), START_TIMEOUT_MS);
      const read = (chunk: Buffer) => {
        this.output += chunk.toString();
        if (!this.output.includes('Prêt.')) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout!.on('data', read);
      child.stderr!.on('data', read);
      child.once('exit', (code) => reject(new Error(`sas demo ended (${code}):\n${this.output}`)));
    });
  }

  /** Kills the process as a power cut would; the database server, a process of its own, stays. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to stop, as Ctrl+C does. Gives its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return ended;
  }

  /** Stops the database alone; gives the function that brings it back. */
  async stopDatabase(): Promise<() => Promise<void>> {
    const postgres = await startEmbeddedPostgres(this.data);
    await postgres.stop();
    return async () => void (await startEmbeddedPostgres(this.data));
  }

  /** Runs another command of `sas` on the same data. */
  async sas(...args: string[]): Promise<string> {
    const { stdout } = await run(process.execPath, [SAS, ...args, '--data', this.data]);
    return stdout.trim();
  }

  /** Stops everything and removes the data. */
  async remove(): Promise<void> {
    await this.stop();
    await (await startEmbeddedPostgres(this.data)).stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
