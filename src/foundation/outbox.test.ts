import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { ManualClock } from './clock.ts';
import { silentLogger } from './log.ts';
import { acknowledge, type Deliver, deliverDue, listOutbox, post, retryDead } from './outbox.ts';

async function setup() {
  const database = await createTestDatabase();
  const clock = new ManualClock('2026-01-13T08:00:00Z');
  const db = database.for('foundation');
  const put = (recipient = 'fr.health.samu860') =>
    db.transaction((tx) => post(tx, { channel: 'lrm', recipient, payload: { n: 1 }, at: clock.now() }));
  const run = (deliver: Deliver) => deliverDue(database, new Map([['lrm', deliver]]), { clock, log: silentLogger });
  return { database, clock, db, put, run };
}

test('[INT-11] a message posted in a transaction that fails is never sent', async () => {
  const { db, run, clock } = await setup();
  await expect(
    db.transaction(async (tx) => {
      await post(tx, { channel: 'lrm', recipient: 'x', payload: {}, at: clock.now() });
      throw new Error('refused');
    }),
  ).rejects.toThrow('refused');
  const sent: string[] = [];
  await run(async (message) => (sent.push(message.id), 'sent'));
  expect(sent).toEqual([]);
});

test('[INT-11] a failing message is tried again later and later, then waits for a person, who sends it again', async () => {
  const { db, put, run, clock } = await setup();
  const id = await put();
  let attempts = 0;
  const failing: Deliver = async () => {
    attempts++;
    throw new Error('connection refused');
  };
  for (let hour = 0; hour < 8; hour++) {
    await run(failing);
    clock.advance({ hours: 2 });
  }
  expect(attempts).toBe(7);
  const [dead] = await listOutbox(db, { state: 'dead', limit: 10 });
  expect(dead).toMatchObject({ id, state: 'dead', lastError: 'connection refused' });

  await retryDead(db, id, clock.now());
  await run(async () => 'sent');
  await acknowledge(db, id, clock.now());
  expect(await listOutbox(db, { state: 'acknowledged', limit: 10 })).toMatchObject([{ id, lastError: null }]);
  await expect(retryDead(db, id, clock.now())).rejects.toMatchObject({ code: 'outbox-message-not-found' });
});

test('[INT-11] two processes at work send each message once, and one bad recipient does not hold the others', async () => {
  const { db, put, run } = await setup();
  for (let i = 0; i < 30; i++) await put(i === 3 ? 'bad' : 'good');
  const sent: string[] = [];
  const deliver: Deliver = async (message) => {
    if (message.recipient === 'bad') throw new Error('no such queue');
    sent.push(message.id);
    return 'sent';
  };
  await Promise.all([run(deliver), run(deliver), run(deliver)]);
  expect(new Set(sent).size).toBe(29);
  expect(sent).toHaveLength(29);
  const { count } = await db.one<{ count: number }>(sql`select count(*) as count from foundation.outbox where state = 'pending'`);
  expect(count).toBe(1);
});
