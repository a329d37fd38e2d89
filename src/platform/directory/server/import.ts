import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type pg from 'pg';
import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { conflict, notFound } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { normaliseName, type Territories } from '../../../territory/server/index.ts';
import type { ExtractLine, ReadExtract } from '../domain/extract.ts';
import {
  activityChanges, analyseChanges, applyChanges, applyEndings, endedActivities, figures, placeChanges, professionalChanges, secondaryObjects, specialtiesMet, type Stage,
  type Statement,
} from './import-merge.ts';
import { CommuneFinder, copyLines, toLine } from './import-stage.ts';

export interface ImportDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'positions'>;
  readonly readExtract: ReadExtract;
}

export interface ImportRequest {
  readonly file: string;
  /** Gives the same figures and writes nothing. */
  readonly dryRun?: boolean;
  /** Ends activities even when the file lacks more than half of those known. */
  readonly allowMassEnding?: boolean;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  readonly phase: 'reading' | 'comparing' | 'writing';
  readonly lines: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Figures count activities: somebody practising something somewhere, in one line of the file. */
export interface ImportResult {
  /** null for a dry run. */
  readonly importId: string | null;
  readonly lines: number;
  readonly created: number;
  readonly updated: number;
  readonly ended: number;
  /** Lines that name no place of practice in France. */
  readonly skipped: number;
  /** Activities whose commune has no known position: they cannot be found around a place. */
  readonly withoutPosition: number;
  readonly rejectedCount: number;
  /** The first lines refused. */
  readonly rejected: readonly { line: number; field: string | null; reason: string }[];
  /** Line from which a stopped import was taken up, 0 for a fresh one. */
  readonly resumedFrom: number;
}

const LOCK = 7_386_040;
const BATCH_LINES = 10_000;
const LISTED_REJECTIONS = 1_000;
/** Beyond this many activities to end, and more than half of those known, the file is taken for a truncated one. */
const MASS_ENDING = 10_000;
/** A file this many times larger than the directory is a first load: nobody reads the directory yet. */
const FIRST_LOAD_RATIO = 5;

/** In activities: `active` are those the national directory holds now, `known` all those ever held. */
interface Figures {
  readonly created: number;
  readonly updated: number;
  readonly ended: number;
  readonly active: number;
  readonly known: number;
  readonly withoutPosition: number;
}

interface ImportRow {
  id: string;
  lines_done: number;
  staged: number;
  skipped: number;
  merged_at: string | null;
}

/**
 * Imports a whole extract of the national directory, as a stream, with flat memory. Lines are staged batch by batch, then
 * compared with the directory and applied in one transaction: readers see the old directory or the new one. The same file
 * twice changes nothing; an import that was killed is taken up where it was; a broken line is listed and costs only itself.
 */
export function createDirectoryImporter(dependencies: ImportDependencies) {
  /**
   * @throws not-found `file-not-found`, invalid `extract-columns-missing`, conflict `import-running` or `extract-incomplete`
   */
  return async function importDirectory(request: ImportRequest): Promise<ImportResult> {
    const size = await stat(request.file).then((stats) => stats.size, () => {
      throw notFound('file-not-found', `Le fichier ${request.file} est introuvable ou illisible.`);
    });
    const client = await dependencies.database.connect();
    try {
      const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [LOCK]);
      if (!rows[0]!.locked) throw conflict('import-running', "Un autre import de l'annuaire est en cours. Attendez qu'il se termine.");
      return await new ImportRun(dependencies, request, client, size).run();
    } finally {
      await client.end();
    }
  };
}

class ImportRun {
  readonly #dependencies: ImportDependencies;
  readonly #request: ImportRequest;
  readonly #client: pg.Client;
  readonly #totalBytes: number;
  readonly #stage: Stage;
  #id = randomUUID() as string;
  #lines = 0;
  #staged = 0;
  #skipped = 0;
  #bytes = 0;

  constructor(dependencies: ImportDependencies, request: ImportRequest, client: pg.Client, totalBytes: number) {
    this.#dependencies = dependencies;
    this.#request = request;
    this.#client = client;
    this.#totalBytes = totalBytes;
    const schema = request.dryRun ? 'pg_temp' : 'directory';
    this.#stage = { lines: `${schema}.import_line`, rejections: `${schema}.import_rejection` };
  }

  async run(): Promise<ImportResult> {
    const resumed = this.#request.dryRun ? await this.#prepareDryRun() : await this.#openOrResume();
    const resumedFrom = this.#lines;
    if (!resumed?.merged_at) await this.#read();
    const result = resumed?.merged_at ? await this.#storedFigures() : await this.#merge();
    if (!this.#request.dryRun) await this.#finish(result);
    const rejected = await this.#client.query<{ line: number; field: string | null; reason: string }>(
      `select line::int, field, reason from ${this.#stage.rejections} where import_id = $1 order by line limit ${LISTED_REJECTIONS}`,
      [this.#id],
    );
    const count = await this.#client.query<{ count: number }>(
      `select count(*)::int as count from ${this.#stage.rejections} where import_id = $1`, [this.#id],
    );
    return {
      ...result, importId: this.#request.dryRun ? null : this.#id, lines: this.#lines, skipped: this.#skipped, resumedFrom,
      rejectedCount: count.rows[0]!.count, rejected: rejected.rows,
    };
  }

  async #prepareDryRun(): Promise<null> {
    await this.#client.query(`create temporary table import_line (like directory.import_line);
      create temporary table import_rejection (like directory.import_rejection)`);
    return null;
  }

  /** Takes up the unfinished import of the same file when all it staged is still there, or begins a new one. */
  async #openOrResume(): Promise<ImportRow | null> {
    const fileHash = await hashOf(this.#request.file);
    const unfinished = await this.#client.query<ImportRow>(
      `select id, lines_done::int, staged::int, skipped::int, merged_at from directory.import
       where file_hash = $1 and finished_at is null order by started_at desc limit 1`, [fileHash],
    );
    const row = unfinished.rows[0];
    if (row?.merged_at || (row && (await this.#stagedCount(row.id)) === row.staged)) {
      [this.#id, this.#lines, this.#staged, this.#skipped] = [row.id, row.lines_done, row.staged, row.skipped];
      return row;
    }
    await this.#client.query('truncate directory.import_line');
    await this.#client.query(
      `insert into directory.import (id, kind, file_name, file_hash, started_at) values ($1, 'annuaire-sante', $2, $3, $4)`,
      [this.#id, basename(this.#request.file), fileHash, this.#now()],
    );
    return null;
  }

  /** Rows staged by this import: another one started since would have emptied the table. */
  async #stagedCount(id: string): Promise<number> {
    const latest = await this.#client.query<{ id: string }>('select id from directory.import order by started_at desc limit 1');
    if (latest.rows[0]?.id !== id) return -1;
    const { rows } = await this.#client.query<{ count: number }>('select count(*)::int as count from directory.import_line');
    return rows[0]!.count;
  }

  async #read(): Promise<void> {
    const communes = new CommuneFinder(await this.#dependencies.territories.positions());
    const stream = createReadStream(this.#request.file, { encoding: 'utf8', highWaterMark: 256 * 1024 });
    const counted = countingBytes(stream, (bytes) => (this.#bytes += bytes));
    let entries: ExtractLine[] = [];
    let writing = Promise.resolve();
    try {
      for await (const packet of this.#dependencies.readExtract(counted, this.#lines)) {
        for (const entry of packet) entries.push(entry);
        if (entries.length < BATCH_LINES) continue;
        const prepared = prepare(entries, communes);
        entries = [];
        await writing;
        // The next lines are read while this batch is written.
        writing = this.#stageBatch(prepared);
        writing.catch(() => undefined);
      }
    } finally {
      await writing;
    }
    if (entries.length > 0) await this.#stageBatch(prepare(entries, communes));
  }

  async #stageBatch(batch: PreparedBatch): Promise<void> {
    const { problems } = batch;
    await this.#transaction(async () => {
      await copyLines(this.#client, this.#stage.lines, batch.lines);
      if (problems.length > 0) {
        await this.#client.query(
          `insert into ${this.#stage.rejections} (import_id, line, field, reason, national_id)
           select $1, line, field, reason, "nationalId" from jsonb_to_recordset($2) as r (line bigint, field text, reason text, "nationalId" text)`,
          [this.#id, JSON.stringify(problems)],
        );
      }
      this.#lines = batch.lastLine;
      this.#staged += batch.lines.length;
      this.#skipped += batch.skipped;
      if (!this.#request.dryRun) {
        await this.#client.query(
          'update directory.import set lines_done = $2, staged = $3, skipped = $4, rejected = rejected + $5 where id = $1',
          [this.#id, this.#lines, this.#staged, this.#skipped, problems.length],
        );
      }
    });
    this.#report('reading');
  }

  async #merge() {
    this.#report('comparing');
    return this.#transaction(async () => {
      await this.#client.query(`set local work_mem = '128MB'; analyze ${this.#stage.lines}`);
      await this.#client.query(placeChanges(this.#stage));
      await this.#client.query(professionalChanges(this.#stage));
      await this.#client.query(activityChanges(this.#stage));
      await this.#client.query(endedActivities(this.#stage), [this.#id]);
      await this.#client.query(analyseChanges);
      const { rows } = await this.#client.query<Record<keyof Figures, string>>(figures(this.#stage));
      const counts = mapNumbers(rows[0]!);
      this.#refuseTruncatedFile(counts);
      if (!this.#request.dryRun) await this.#apply(counts);
      const { created, updated, ended, withoutPosition } = counts;
      return { created, updated, ended, withoutPosition };
    });
  }

  #refuseTruncatedFile({ ended, active }: Figures): void {
    if (this.#request.allowMassEnding || ended < MASS_ENDING || ended * 2 < active) return;
    throw conflict(
      'extract-incomplete',
      `Il manque à ce fichier ${ended} des ${active} activités connues : il semble incomplet. Rien n'a été modifié. ` +
        "S'il est bien complet, relancez l'import en confirmant la fermeture de ces activités.",
      { ended, active },
    );
  }

  async #apply(counts: Figures): Promise<void> {
    this.#report('writing');
    const values = { at: this.#now(), importId: this.#id };
    const write = async (statements: readonly Statement[]) => {
      for (const { text, parameters } of statements) await this.#client.query(text, parameters.map((name) => values[name]));
    };
    const changes = () => write(applyChanges);
    await (counts.created > FIRST_LOAD_RATIO * counts.known ? this.#withoutSecondaryObjects(changes) : changes());
    if (counts.ended > 0) await write(applyEndings);
    const { rows } = await this.#client.query<{ code: string; label: string }>(specialtiesMet(this.#stage));
    await this.#client.query(
      `insert into directory.specialty (code, label, search_name)
       select code, label, search_name from jsonb_to_recordset($1) as s (code text, label text, search_name text)
       on conflict (code) do update set label = excluded.label, search_name = excluded.search_name
       where directory.specialty.label <> excluded.label`,
      [JSON.stringify(rows.map((row) => ({ ...row, search_name: normaliseName(row.label) })))],
    );
    await this.#client.query(
      'update directory.import set created = $2, updated = $3, ended = $4, merged_at = $5 where id = $1',
      [this.#id, counts.created, counts.updated, counts.ended, values.at],
    );
    await this.#client.query('truncate directory.import_line');
  }

  async #withoutSecondaryObjects(work: () => Promise<void>): Promise<void> {
    const { rows } = await this.#client.query<{ remove: string; restore: string }>(secondaryObjects);
    await this.#client.query("set local maintenance_work_mem = '256MB'");
    for (const { remove } of rows) await this.#client.query(remove);
    await work();
    for (const { restore } of rows) await this.#client.query(restore);
  }

  /** Figures of an import that was killed after its last write and before it was journaled. */
  async #storedFigures() {
    const { rows } = await this.#client.query<Record<'created' | 'updated' | 'ended', string>>(
      'select created, updated, ended from directory.import where id = $1', [this.#id],
    );
    return { ...mapNumbers(rows[0]!), withoutPosition: 0 };
  }

  async #finish(result: { created: number; updated: number; ended: number }): Promise<void> {
    const at = this.#dependencies.clock.now();
    await this.#dependencies.database.for('directory').transaction(async (tx) => {
      await tx.run(sql`update directory.import set finished_at = ${at} where id = ${this.#id}`);
      await writeJournal(tx, {
        at, actor: 'import', objectType: 'directory-import', objectId: this.#id, event: 'directory-imported',
        payload: { file: basename(this.#request.file), ...result },
      });
      await announce(tx, { topic: 'directory', ids: { import: this.#id }, audience: {} });
    });
    if (result.created + result.updated + result.ended > 0) {
      await this.#client.query('analyze directory.place; analyze directory.professional; analyze directory.activity');
    }
  }

  async #transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.#client.query('begin');
    try {
      const result = await work();
      await this.#client.query('commit');
      return result;
    } catch (error) {
      await this.#client.query('rollback').catch(() => undefined);
      throw error;
    }
  }

  #now = () => this.#dependencies.clock.now().toString();

  #report(phase: ImportProgress['phase']): void {
    this.#request.onProgress?.({ phase, lines: this.#lines, bytes: this.#bytes, totalBytes: this.#totalBytes });
  }
}

interface PreparedBatch {
  readonly lines: string[];
  readonly problems: { line: number; field: string | null; reason: string; nationalId: string | null }[];
  readonly skipped: number;
  readonly lastLine: number;
}

function prepare(entries: readonly ExtractLine[], communes: CommuneFinder): PreparedBatch {
  const lines: string[] = [];
  const problems: PreparedBatch['problems'] = [];
  for (const { line, record, problem } of entries) {
    if (record) lines.push(toLine(line, record, communes));
    else if (problem) problems.push({ line, ...problem });
  }
  return { lines, problems, skipped: entries.length - lines.length - problems.length, lastLine: entries.at(-1)!.line };
}

async function* countingBytes(chunks: AsyncIterable<string>, count: (bytes: number) => void): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    count(Buffer.byteLength(chunk));
    yield chunk;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const mapNumbers = <Key extends string>(row: Record<Key, string>): Record<Key, number> =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Number(value)])) as Record<Key, number>;
