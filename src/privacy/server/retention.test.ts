import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { ManualClock } from '../../foundation/clock.ts';
import type { Keeping } from '../../foundation/retention.ts';
import { outboxKeeping } from '../../foundation/outbox.ts';
import type { Actor, Role } from '../../identity/contract.ts';
import { categories } from '../domain/categories.ts';
import { createRetention, type Keepings } from './index.ts';
import { rightsRequestKeeping } from './purge.ts';

const NOW = '2026-11-20T08:00:00Z';
const person = (role: Role, territory: string): Actor => ({
  accountId: `${role}-${territory}`, displayName: `${role} ${territory}`, email: null, roles: [role], territories: [territory],
  nationalId: null, structureIds: [], delegations: [], editor: null,
});
const admin = person('administrateur', '86');
const national = person('administrateur-national', '*');

async function setting(keepings: Keepings = { 'rights-requests': rightsRequestKeeping, messages: outboxKeeping }) {
  const database = await createTestDatabase();
  const clock = new ManualClock(NOW);
  const retention = createRetention({ database, clock, keepings, territories: async () => ['79', '86'] });
  const rows = async (text: string) => (await database.owner.pool.query(text)).rows;
  let number = 0;
  /** A request on personal data answered so many days ago; null: not answered yet. */
  async function request(daysAgo: number | null, territory = '86'): Promise<string> {
    const id = randomUUID();
    const at = daysAgo === null ? null : clock.now().subtract({ hours: 24 * daysAgo });
    await database.for('privacy').run(sql`
      insert into privacy.request (id, number, territory, account_id, kind, subject, body, at, due_at, state, answered_at, answered_by)
      values (${id}, ${`D-${++number}`}, ${territory}, 'somebody', 'rectification', 'compte', '', ${clock.now()}, ${clock.now()},
        ${at ? 'accepted' : 'received'}, ${at}, ${at && 'admin'})`);
    return id;
  }
  const left = async () => new Set((await rows('select id from privacy.request')).map(({ id }) => id as string));
  const run = async (category = 'rights-requests') =>
    (await retention.overview('86', admin)).runs.find((one) => one.category === category && one.territory !== '79')!;
  return { database, clock, retention, request, left, run, rows };
}

const LEAST = categories['rights-requests'].days.least;
const MOST = categories['rights-requests'].days.most;

test('[SEC-07] nothing younger than its duration, nor held, nor of another territory, is ever erased; twice changes nothing', { timeout: 90_000 }, async () => {
  const world = await setting();
  const one = fc.record({ days: fc.option(fc.integer({ min: LEAST - 30, max: MOST + 30 }), { freq: 10 }), held: fc.boolean(), elsewhere: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(one, { maxLength: 8 }), fc.integer({ min: LEAST, max: MOST }), fc.boolean(), async (requests, days, wholeHeld) => {
      const { retention, request, left, rows } = world;
      await rows('truncate privacy.request, privacy.run, privacy.hold, privacy.rule');
      await retention.saveRule('86', 'rights-requests', days, admin);
      const expected = new Set<string>();
      for (const { days: age, held, elsewhere } of requests) {
        const id = await request(age, elsewhere ? '79' : '86');
        if (held && !elsewhere) await retention.hold('86', { category: 'rights-requests', objectId: id, reason: 'litige', until: null }, admin);
        const limit = elsewhere ? categories['rights-requests'].days.usual : days;
        if (age === null || age <= limit || (!elsewhere && (held || wholeHeld))) expected.add(id);
      }
      if (wholeHeld) await retention.hold('86', { category: 'rights-requests', objectId: null, reason: 'inspection', until: null }, admin);
      await retention.run();
      expect(await left()).toEqual(expected);
      // A new version of the rule makes it erase again at once.
      await retention.saveRule('86', 'rights-requests', days, admin);
      await retention.run();
      expect(await left()).toEqual(expected);
      expect(await rows('select count(*)::int as runs from privacy.run where finished_at is null')).toEqual([{ runs: 0 }]);
    }),
    { numRuns: 20 },
  );
});

test('[SEC-07] an erasure keeps its proof: rule, instant, counts, digest of what went; it is journaled', async () => {
  const { retention, request, run, rows } = await setting();
  const old = [await request(3_000), await request(2_900)].toSorted();
  const held = await request(2_950);
  await request(10);
  await retention.hold('86', { category: 'rights-requests', objectId: held, reason: 'requisition', until: '2027-01-01T00:00:00Z' }, admin);
  expect(await retention.forecast('86', 'rights-requests', undefined, admin)).toMatchObject({ kept: 4, due: 2, held: 1, records: [{ id: expect.any(String) }, {}] });
  await retention.run();
  const start = createHash('sha256').digest('hex');
  const digest = createHash('sha256').update(start).update(old.join('\n')).digest('hex');
  expect(await run()).toMatchObject({ ruleVersion: 0, days: 1827, cutOff: '2021-11-19T08:00:00Z', keptBefore: 4, dueBefore: 2, purged: 2, keptAfter: 2, held: 1, digest, finishedAt: NOW });
  expect(await rows(`select territory, actor, event, payload->>'digest' as digest from foundation.journal where object_type = 'retention'`)).toEqual([
    { territory: '86', actor: 'retention', event: 'purged', digest },
  ]);
});

test('[SEC-07] stopped in the middle, an erasure is taken up again where it was, with the same cut-off and one proof', async () => {
  let batches = 0;
  const small: Keeping = {
    ...rightsRequestKeeping,
    async purge(tx, aged) {
      const ids = await rightsRequestKeeping.purge(tx, aged, 2);
      if (ids.length > 0 && ++batches === 3) throw new Error('killed');
      return ids;
    },
  };
  const { retention, request, left, run, clock } = await setting({ 'rights-requests': small });
  for (let n = 0; n < 7; n++) await request(2_000 + n);
  await expect(retention.run()).rejects.toThrow('killed');
  expect((await left()).size).toBe(3);
  expect(await run()).toMatchObject({ purged: 4, finishedAt: null });
  clock.advance({ hours: 48 });
  await Promise.all([retention.run(), retention.run()]);
  expect((await left()).size).toBe(0);
  expect(await run()).toMatchObject({ dueBefore: 7, purged: 7, keptAfter: 0, startedAt: NOW, finishedAt: '2026-11-22T08:00:00Z' });
});

test('[SEC-07] a duration made longer, or a hold placed, stops the erasure under way', async () => {
  const stops = [
    (world: Awaited<ReturnType<typeof setting>>) => world.retention.saveRule('86', 'rights-requests', MOST, admin),
    (world: Awaited<ReturnType<typeof setting>>) => world.retention.hold('86', { category: 'rights-requests', objectId: null, reason: 'litige', until: null }, admin),
  ];
  for (const stop of stops) {
    let after: (() => Promise<unknown>) | null = null;
    const halting: Keeping = {
      ...rightsRequestKeeping,
      purge: async (tx, aged) => {
        const ids = await rightsRequestKeeping.purge(tx, aged, 1);
        if (ids.length > 0 && after) {
          const act = after;
          after = null;
          tx.afterCommit(() => void (acted = act()));
        }
        return ids;
      },
    };
    let acted: Promise<unknown> | null = null;
    const world = await setting({ 'rights-requests': halting });
    for (let n = 0; n < 40; n++) await world.request(1_900 + n);
    after = () => stop(world);
    await world.retention.run();
    await acted;
    await world.retention.run();
    expect((await world.left()).size).toBeGreaterThan(0);
    expect((await world.left()).size).toBeLessThan(40);
  }
});

test('[SEC-07] a record that somebody else has locked waits for the next time', async () => {
  const { retention, request, left, database, clock } = await setting();
  const [busy] = [await request(2_000), await request(2_001)];
  await database.owner.for('privacy').transaction(async (tx) => {
    await tx.query(sql`select from privacy.request where id = ${busy} for update`);
    await retention.run();
    expect(await left()).toEqual(new Set([busy]));
  });
  clock.advance({ hours: 25 });
  await retention.run();
  expect((await left()).size).toBe(0);
});

test('[SEC-07] durations stay inside their legal bounds, and are settled by those they belong to; refusals are journaled', async () => {
  const { retention, rows } = await setting();
  await expect(retention.saveRule('86', 'rights-requests', LEAST - 1, admin)).rejects.toMatchObject({ code: 'duration-out-of-bounds', fields: [{ path: 'days' }] });
  await expect(retention.saveRule('86', 'dossiers', 10, admin)).rejects.toMatchObject({ code: 'duration-out-of-bounds' });
  await expect(retention.saveRule('79', 'rights-requests', LEAST, admin)).rejects.toMatchObject({ code: 'territory-not-covered' });
  await expect(retention.saveRule('86', 'messages', 60, admin)).rejects.toMatchObject({ code: 'territory-not-covered' });
  expect(await retention.saveRule('86', 'messages', 60, national)).toMatchObject({ territory: '*', version: 1, days: 60 });
  await expect(retention.hold('79', { category: 'orientations', objectId: null, reason: 'litige', until: null }, admin)).rejects.toMatchObject({ code: 'territory-not-covered' });
  await expect(retention.hold('86', { category: 'orientations', objectId: null, reason: 'litige', until: '2026-11-01T00:00:00Z' }, admin)).rejects.toMatchObject({ code: 'hold-ends-before' });
  expect(await rows(`select event, territory from foundation.journal order by seq`)).toEqual([
    { event: 'access-refused', territory: '79' }, { event: 'access-refused', territory: '*' }, { event: 'duration-changed', territory: null },
    { event: 'access-refused', territory: '79' },
  ]);
  const { rules } = await retention.overview('86', person('responsable-sas', '86'));
  expect(rules.filter(({ editable }) => editable)).toEqual([]);
});

test('[SEC-07] a hold lifted, or over, lets the object go at the next erasure', async () => {
  const { retention, request, left, clock } = await setting();
  const first = await request(2_000);
  const second = await request(2_000);
  const hold = await retention.hold('86', { category: 'rights-requests', objectId: first, reason: 'litige', until: null }, admin);
  await retention.hold('86', { category: 'rights-requests', objectId: second, reason: 'litige', until: '2026-11-21T12:00:00Z' }, admin);
  await retention.run();
  expect((await left()).size).toBe(2);
  await expect(retention.lift('79', hold.id, person('administrateur', '79'))).rejects.toMatchObject({ code: 'hold-not-found' });
  expect(await retention.lift('86', hold.id, admin)).toMatchObject({ liftedBy: 'administrateur 86' });
  clock.advance({ hours: 25 });
  await retention.run();
  expect(await left()).toEqual(new Set([second]));
  clock.advance({ hours: 25 });
  await retention.run();
  expect((await left()).size).toBe(0);
});
