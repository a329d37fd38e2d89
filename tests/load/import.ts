import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { stopwatch, systemClock } from '../../src/foundation/clock.ts';
import { type Database, openDatabase } from '../../src/foundation/db/database.ts';
import { ensureDatabase, startEmbeddedPostgres } from '../../src/foundation/db/embedded.ts';
import { migrate } from '../../src/foundation/db/migrate.ts';
import { readActivityExtract } from '../../src/interop/annuaire-sante/reader.ts';
import { extractLines } from '../../src/interop/annuaire-sante/sample.ts';
import { createDirectoryImporter } from '../../src/platform/directory/server/index.ts';
import { createTerritories, seedCommunes } from '../../src/territory/server/index.ts';

const LINES_PER_CHUNK = 1_000;

/**
 * Imports generated lines into a fresh database, twice, beside a bare COPY of the same lines into a table of text, and
 * prints rates, times and the peak memory of this process.
 */
export async function run(lines = 1_000_000): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sas-bench-import-'));
  const postgres = await startEmbeddedPostgres(folder);
  await ensureDatabase(postgres, 'bench');
  const database = openDatabase({ host: postgres.socketDir, user: postgres.user, database: 'bench' });
  try {
    await migrate(database);
    await seedCommunes(database);
    const file = join(folder, 'PS_LibreAcces_Personne_activite.txt');
    await writeExtract(file, lines, database);
    const territories = createTerritories({ database, clock: systemClock, lookUpAddress: null });
    const importDirectory = createDirectoryImporter({ database, clock: systemClock, territories, readExtract: readActivityExtract });

    const bare = await timed(() => bareCopy(database, file));
    const peak = watchMemory();
    const first = await timed(() => importDirectory({ file }));
    const second = await timed(() => importDirectory({ file }));
    const memory = peak();

    const { created, updated, ended, rejectedCount } = first.result;
    print(`lines`, lines.toLocaleString('en'));
    print('bare COPY', `${seconds(bare.ms)}, ${rate(lines, bare.ms)}`);
    print('import', `${seconds(first.ms)}, ${rate(lines, first.ms)}, ${(first.ms / bare.ms).toFixed(1)} × the bare COPY`);
    print('', `created ${created}, updated ${updated}, ended ${ended}, rejected ${rejectedCount}`);
    print('second import', `${seconds(second.ms)}, ${rate(lines, second.ms)}`);
    print('', `created ${second.result.created}, updated ${second.result.updated}, ended ${second.result.ended}`);
    print('peak memory', `${Math.round(memory / 1024 / 1024)} MB`);
  } finally {
    await database.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
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

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
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
