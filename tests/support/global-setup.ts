import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/foundation/db/database.ts';
import { ensureDatabase, startEmbeddedPostgres } from '../../src/foundation/db/embedded.ts';
import { migrate } from '../../src/foundation/db/migrate.ts';
import { createContextRoles } from './roles.ts';

export const TEMPLATE = 'sas_template';

/** One PostgreSQL for the whole run, with a migrated template that each test clones in milliseconds. */
export default async function setup(project: TestProject) {
  const directory = mkdtempSync(join(tmpdir(), 'sas-test-'));
  const postgres = await startEmbeddedPostgres(directory, { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '1000' });
  await ensureDatabase(postgres, TEMPLATE);
  const database = openDatabase({ host: postgres.socketDir, user: postgres.user, database: TEMPLATE });
  await migrate(database);
  await createContextRoles(database);
  await database.close();
  project.provide('postgres', { host: postgres.socketDir, user: postgres.user });
  return async () => {
    await postgres.discard();
    rmSync(directory, { recursive: true, force: true });
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { host: string; user: string };
  }
}
