import { randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Database } from './db/database.ts';

/** The 32-byte key of that name, shared by all processes of the installation; made on first use. */
export async function secretKey(database: Database, name: string): Promise<Buffer> {
  const db = database.for('foundation');
  await db.run(sql`insert into foundation.secret (name, value) values (${name}, ${randomBytes(32)}) on conflict do nothing`);
  const { value } = await db.one<{ value: Buffer }>(sql`select value from foundation.secret where name = ${name}`);
  return value;
}
