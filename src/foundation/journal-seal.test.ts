import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { ManualClock } from './clock.ts';
import { chainJournal, verifyJournal, writeJournal } from './journal.ts';
import { journalKeeping } from './journal-seal.ts';

const clock = new ManualClock('2026-11-20T08:00:00Z');
const keeping = journalKeeping({ objectTypes: ['dossier'], before: (at) => at.subtract({ hours: 24 * 7_305 }), clock });
const ago = (days: number) => clock.now().subtract({ hours: 24 * days });

/** A chained journal of entries that many days old, `dossier` for those of the regulation. */
async function journalOf(...entries: readonly (readonly [days: number, objectType?: string])[]) {
  const database = await createTestDatabase();
  const db = database.for('foundation');
  for (const [index, [days, objectType = 'thing']] of entries.entries()) {
    await db.transaction((tx) => writeJournal(tx, { at: ago(days), actor: 'test', objectType, objectId: String(index), event: 'done' }));
  }
  while ((await verifyJournal(database)).waiting > 0) await chainJournal(database);
  const purge = (except: string[] = [], limit = 1_000) => db.transaction((tx) => keeping.purge(tx, { territory: '*', before: ago(365), except }, limit));
  const count = (except: string[] = []) => db.transaction((tx) => keeping.count(tx, { territory: '*', before: ago(365), except }));
  return { database, db, purge, count };
}

test('[SEC-03] [SEC-07] the journal loses its beginning under seals and still verifies, then goes on', async () => {
  const { database, db, purge, count } = await journalOf([500], [400], [366], [10], [900]);
  expect(await count()).toEqual({ kept: 5, due: 3, held: 1 });
  expect(await purge([], 2)).toHaveLength(2);
  expect(await purge([], 2)).toHaveLength(1);
  expect(await purge()).toEqual([]);
  expect(await verifyJournal(database)).toEqual({ verified: 2, sealed: 3, waiting: 0, broken: null });
  await db.transaction((tx) => writeJournal(tx, { at: clock.now(), actor: 'test', objectType: 'thing', objectId: '9', event: 'later' }));
  while ((await verifyJournal(database)).waiting > 0) await chainJournal(database);
  expect(await verifyJournal(database)).toEqual({ verified: 3, sealed: 3, waiting: 0, broken: null });
});

test('[SEC-07] an entry held, one of a dossier, and the last link stop the seal', async () => {
  const held = await journalOf([500], [499], [498]);
  expect(await held.purge(['1'])).toHaveLength(1);
  const dossier = await journalOf([7_400, 'dossier'], [500, 'dossier'], [499]);
  expect(await dossier.count()).toEqual({ kept: 3, due: 1, held: 2 });
  expect(await dossier.purge()).toHaveLength(1);
  const old = await journalOf([500], [499]);
  expect(await old.purge()).toHaveLength(1);
  expect(await old.purge()).toEqual([]);
});

test('[SEC-03] nothing goes without a seal, no seal lies, and a seal changed breaks the chain', async () => {
  const { database, db, purge } = await journalOf([500], [499], [10], [5]);
  await expect(db.run(sql`delete from foundation.journal`)).rejects.toThrow('append-only');
  await expect(db.run(sql`delete from foundation.journal_chain`)).rejects.toThrow('append-only');
  const seal = (position: number, entries: number, hash = sql`hash`) => db.run(sql`
    insert into foundation.journal_seal (position, hash, entries, cut_off, sealed_at)
    select position, ${hash}, ${entries}, ${ago(365)}, ${clock.now()} from foundation.journal_chain where position = ${position}`);
  await expect(seal(3, 3)).rejects.toThrow('younger');
  await expect(seal(2, 1)).rejects.toThrow('are covered');
  await expect(seal(2, 2, sql`'\\x00'::bytea`)).rejects.toThrow('hash');
  expect(await purge()).toHaveLength(2);
  await expect(db.run(sql`delete from foundation.journal_seal`)).rejects.toThrow('append-only');
  await expect(db.run(sql`delete from foundation.journal where seq in (select seq from foundation.journal_chain where position = 3)`)).rejects.toThrow('append-only');
  await database.owner.pool.query(`alter table foundation.journal_seal disable trigger user; update foundation.journal_seal set hash = '\\x00'`);
  expect((await verifyJournal(database)).broken).toMatchObject({ position: 3, why: 'the entry was altered' });
});
