import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { type Database, openDatabase } from '../../src/foundation/db/database.ts';
import { TEMPLATE } from './global-setup.ts';

export interface TestDatabase extends Database {
  readonly host: string;
  readonly user: string;
  readonly name: string;
  /** The same database without the context roles, to prepare or look at anything. */
  readonly owner: Database;
}

/** A fresh database cloned from the migrated template, roles enforced; dropped when the test file ends. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { host, user } = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(host, user, `create database ${name} template ${TEMPLATE}`);
  const database = openDatabase({ host, user, database: name, enforceRoles: true, max: 10 });
  const owner = openDatabase({ host, user, database: name, max: 5 });
  afterAll(async () => {
    await database.close();
    await owner.close();
    await administer(host, user, `drop database if exists ${name} with (force)`);
  });
  return Object.assign(database, { host, user, name, owner });
}

async function administer(host: string, user: string, statement: string): Promise<void> {
  const client = new pg.Client({ host, user, database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
