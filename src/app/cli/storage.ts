import { resolve } from 'node:path';
import { type Database, openDatabase } from '../../foundation/db/database.ts';
import { type EmbeddedPostgres, ensureDatabase, startEmbeddedPostgres } from '../../foundation/db/embedded.ts';
import { migrate } from '../../foundation/db/migrate.ts';
import { readEnvironment } from '../config.ts';

export const DATABASE_NAME = 'sas';
export const DEFAULT_DATA = 'data';

export interface Storage {
  readonly database: Database;
  /** Closes the pool, and stops the embedded server when this process started it. */
  close(): Promise<void>;
}

/** Opens the database that `--data` or DATABASE_URL names; the embedded one is started (and created) when needed. */
export async function openStorage(dataDirectory: string | undefined): Promise<Storage> {
  const { DATABASE_URL } = readEnvironment();
  if (DATABASE_URL && !dataDirectory) {
    const database = openDatabase({ connectionString: DATABASE_URL });
    return { database, close: () => database.close() };
  }
  const postgres = await startEmbeddedPostgres(resolve(dataDirectory ?? DEFAULT_DATA));
  await ensureDatabase(postgres, DATABASE_NAME);
  const database = openDatabase({ host: postgres.socketDir, user: postgres.user, database: DATABASE_NAME });
  return { database, close: () => closeEmbedded(database, postgres) };
}

/** A running demonstration may use the same data folder: the server it started is not ours to stop. */
async function closeEmbedded(database: Database, postgres: EmbeddedPostgres): Promise<void> {
  await database.close();
  if (postgres.startedHere) await postgres.stop();
}

/** Opens the storage with every migration applied, runs `work`, closes. For the commands that do one thing. */
export async function withStorage<T>(dataDirectory: string | undefined, work: (database: Database) => Promise<T>): Promise<T> {
  const storage = await openStorage(dataDirectory);
  try {
    await migrate(storage.database);
    return await work(storage.database);
  } finally {
    await storage.close();
  }
}
