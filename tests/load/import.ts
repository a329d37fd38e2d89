import { fork } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { from as copyFrom } from 'pg-copy-streams';
import { stopwatch, systemClock } from '../../src/foundation/clock.ts';
import { type Database, openDatabase } from '../../src/foundation/db/database.ts';
import { ensureDatabase, startEmbeddedPostgres } from '../../src/foundation/db/embedded.ts';
import { migrate } from '../../src/foundation/db/migrate.ts';
import { readActivityExtract } from '../../src/interop/annuaire-sante/reader.ts';
import { extractLines } from '../../src/interop/annuaire-sante/sample.ts';
import { createDirectoryImporter, type ImportResult } from '../../src/platform/directory/server/index.ts';
import { createTerritories, seedCommunes } from '../../src/territory/server/index.ts';

const LINES_PER_CHUNK = 1_000;

interface Timed<T> {
  readonly ms: number;
  readonly result: T;
}

interface Measures {
  readonly first: Timed<ImportResult>;
  readonly second: Timed<ImportResult>;
  readonly peakBytes: number;
}

/**
 * Imports generated lines into a fresh database, twice, beside a bare COPY of the same lines into a table of text, and
 * prints rates, times and the peak memory. The import runs in a process of its own, as `sas import directory` does.
 */
export async function run(lines = 1_000_000): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sas-bench-import-'));
  const postgres = await startEmbeddedPostgres(folder);
  await ensureDatabase(postgres, 'bench');
  const database = openBench(postgres.socketDir, postgres.user);
  try {
    await migrate(database);
    await seedCommunes(database);
    const file = join(folder, 'PS_LibreAcces_Personne_activite.txt');
    await writeExtract(file, lines, database);
    const bare = await timed(() => bareCopy(database, file));
    const { first, second, peakBytes } = await importInChild(file, postgres.socketDir, postgres.user);
    const figures = ({ created, updated, ended, rejectedCount }: ImportResult) =>
      `created ${created}, updated ${updated}, ended ${ended}, rejected ${rejectedCount}`;
    print('lines', lines.toLocaleString('en'));
    print('bare COPY', `${seconds(bare.ms)}, ${rate(lines, bare.ms)}`);
    print('import', `${seconds(first.ms)}, ${rate(lines, first.ms)}, ${(first.ms / bare.ms).toFixed(1)} × the bare COPY`);
    print('', figures(first.result));
    print('second import', `${seconds(second.ms)}, ${rate(lines, second.ms)}`);
    print('', figures(second.result));
    print('peak memory', `${Math.round(peakBytes / 1024 / 1024)} MB`);
  } finally {
    await database.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const openBench = (host: string, user: string) => openDatabase({ host, user, database: 'bench' });

function importInChild(file: string, host: string, user: string): Promise<Measures> {
  const child = fork(fileURLToPath(import.meta.url), ['--import', file, host, user]);
  return new Promise((resolve, reject) => {
    child.on('message', (measures) => resolve(measures as Measures));
    child.on('exit', (code) => reject(new Error(`the import ended with code ${code}`)));
  });
}

async function importTwice(file: string, host: string, user: string): Promise<Measures> {
  const database = openBench(host, user);
  const territories = createTerritories({ database, clock: systemClock, lookUpAddress: null });
  const importDirectory = createDirectoryImporter({ database, clock: systemClock, territories, readExtract: readActivityExtract });
  const peak = watchMemory();
  const first = await timed(() => importDirectory({ file }));
  const second = await timed(() => importDirectory({ file }));
  await database.close();
  return { first, second, peakBytes: peak() };
}

async function writeExtract(file: string, lines: number, database: Database): Promise<void> {
  const { rows: communes } = await database.pool.query<{ insee: string; name: string; postcode: string; weight: number }>(
    'select insee, name, postcodes[1] as postcode, population as weight from territory.commune where population > 0 and cardinality(postcodes) > 0 order by insee',
  );
  const chunks = function* () {
    let chunk: string[] = [];
    for (const line of extractLines(lines, 86, communes)) {
      chunk.push(line);
      if (chunk.length < LINES_PER_CHUNK) continue;
      yield `${chunk.join('\n')}\n`;
      chunk = [];
    }
    if (chunk.length > 0) yield `${chunk.join('\n')}\n`;
  };
  await pipeline(Readable.from(chunks()), createWriteStream(file));
}

async function bareCopy(database: Database, file: string): Promise<void> {
  const client = await database.connect();
  try {
    await client.query('create table public.bare (line text)');
    // A delimiter that no line contains: the whole line is one value.
    await pipeline(createReadStream(file), client.query(copyFrom(`copy public.bare from stdin (format text, delimiter E'\\x01')`)));
    await client.query('drop table public.bare');
  } finally {
    await client.end();
  }
}

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const elapsed = stopwatch();
  const result = await work();
  return { ms: elapsed(), result };
}

/** Samples the resident memory; the function returned stops and gives the highest value in bytes. */
function watchMemory(): () => number {
  let highest = 0;
  const sample = () => (highest = Math.max(highest, process.memoryUsage.rss()));
  const timer = setInterval(sample, 50);
  return () => {
    clearInterval(timer);
    sample();
    return highest;
  };
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const rate = (lines: number, ms: number) => `${Math.round(lines / (ms / 1_000)).toLocaleString('en')} lines/s`;
const print = (label: string, text: string) => process.stdout.write(`${label.padEnd(16)}${text}\n`);

if (process.argv[2] === '--import') {
  const [file, host, user] = process.argv.slice(3) as [string, string, string];
  process.send!(await importTwice(file, host, user));
}
