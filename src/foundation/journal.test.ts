import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import type { Database } from './db/database.ts';
import { chainJournal, verifyJournal, writeJournal } from './journal.ts';

/** Waits for the transactions of other tests on the same server: an entry is chained once none older is running. */
async function chainAll(database: Database) {
  while ((await verifyJournal(database)).waiting > 0) await chainJournal(database);
}

const entry = (event: string) => ({
  at: Temporal.Instant.from('2026-01-13T08:00:00Z'), actor: 'test', objectType: 'thing', objectId: '1', event,
});

test('[SEC-03] entries written in transactions are chained once committed, and verify', async () => {
  const database = await createTestDatabase();
  const db = database.for('foundation');
  await Promise.all(Array.from({ length: 20 }, (_, i) => db.transaction((tx) => writeJournal(tx, entry(`e${i}`)))));
  await expect(db.transaction(async (tx) => {
    await writeJournal(tx, entry('rolled back'));
    throw new Error('no');
  })).rejects.toThrow('no');

  await Promise.all([chainJournal(database), chainJournal(database)]);
  await db.transaction((tx) => writeJournal(tx, entry('later')));
  await chainAll(database);

  expect(await verifyJournal(database)).toEqual({ verified: 21, sealed: 0, waiting: 0, broken: null });
});

test('[SEC-03] the journal refuses changes, and a change made behind its back is found at its place', async () => {
  const database = await createTestDatabase();
  const db = database.for('foundation');
  for (const event of ['a', 'b', 'c']) await db.transaction((tx) => writeJournal(tx, entry(event)));
  await chainAll(database);
  await expect(db.run(sql`update foundation.journal set actor = 'x'`)).rejects.toThrow('append-only');
  await expect(db.run(sql`delete from foundation.journal`)).rejects.toThrow('append-only');

  await database.owner.pool.query(`alter table foundation.journal disable trigger journal_append_only;
    update foundation.journal set actor = 'x' where event = 'b'`);
  const verdict = await verifyJournal(database);
  expect(verdict.broken).toMatchObject({ position: 2, why: 'the entry was altered' });
});

test('[NFR-04] a context cannot touch the schema of another one', async () => {
  const database = await createTestDatabase();
  await expect(database.for('directory').query(sql`select * from identity.account`)).rejects.toThrow('permission denied');
  await expect(
    database.for('directory').transaction((tx) => tx.for('identity').query(sql`select 1 as one from identity.account`)),
  ).resolves.toEqual([]);
});
