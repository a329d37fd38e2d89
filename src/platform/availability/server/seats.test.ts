import fc from 'fast-check';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { insertSlot } from '../../../../tests/support/agenda.ts';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { ManualClock } from '../../../foundation/clock.ts';
import { createHolds, releaseExpiredHolds } from './seats-holds.ts';
import { createAgenda, slotView } from './slots.ts';

const NOW = '2026-01-13T08:00:00Z';
const START = '2026-01-13T14:00:00Z';

async function setUp() {
  const database = await createTestDatabase();
  const clock = new ManualClock(NOW);
  const agenda = createAgenda({ database, clock });
  const take = (slotId: string, actor: string, holdId?: string) =>
    database.for('orientation').transaction((tx) => agenda.takeSeat(tx, { slotId, holdId, actor, now: clock.now() }));
  const release = (seatId: string) => database.for('orientation').transaction((tx) => agenda.releaseSeat(tx, seatId));
  const withdraw = (seatId: string) => database.for('orientation').transaction((tx) => agenda.withdrawSeat(tx, seatId));
  return { database, clock, take, release, withdraw, holds: createHolds({ database, clock }) };
}

/** What the tables say of a slot, counted from the seats themselves. */
const counts = (database: TestDatabase, slotId: string) =>
  database.for('availability').one<{ taken: number; live: number; numbers: number; highest: number; capacity: number }>(sql`
    select s.taken, s.capacity, count(t.id) as live, count(distinct t.seat_no) as numbers, coalesce(max(t.seat_no), 0) as highest
    from availability.slot s left join availability.seat t on t.slot_id = s.id and t.state <> 'released'
    where s.id = ${slotId} group by s.id`);

const topics = async (database: TestDatabase, slotId: string) =>
  (await database.for('foundation').query<{ topic: string }>(sql`select topic from foundation.event where ids->>'slotId' = ${slotId}`)).length;

test('[AGR-09] 8 clients fight for the places of 40 slots: no double booking, every place taken', async () => {
  const { database, take } = await setUp();
  const slots = await Promise.all(Array.from({ length: 40 }, (_, i) => insertSlot(database, { start: START, capacity: 1 + (i % 5) })));
  const places = slots.reduce((sum, _, i) => sum + 1 + (i % 5), 0);
  let won = 0;
  const refusals = new Set<string>();
  await Promise.all(Array.from({ length: 8 }, async (_, client) => {
    for (let round = 0; round < slots.length * 5; round++) {
      await take(slots[(round + client) % slots.length]!, `client-${client}`).then(() => won++, (error) => refusals.add(error.code));
    }
  }));
  expect(won).toBe(places);
  expect([...refusals]).toEqual(['slot-taken']);
  for (const [i, slot] of slots.entries()) {
    expect(await counts(database, slot)).toEqual({ taken: 1 + (i % 5), capacity: 1 + (i % 5), live: 1 + (i % 5), numbers: 1 + (i % 5), highest: 1 + (i % 5) });
  }
}, 60_000);

const people = ['ada', 'ben', 'cleo'];
const step = fc.oneof(
  fc.record({ kind: fc.constant('take' as const), who: fc.constantFrom(...people), withHold: fc.boolean() }),
  fc.record({ kind: fc.constant('hold' as const), who: fc.constantFrom(...people) }),
  fc.record({ kind: fc.constant('drop' as const), who: fc.constantFrom(...people) }),
  fc.record({ kind: fc.constant('release' as const), index: fc.nat(20) }),
  fc.record({ kind: fc.constant('withdraw' as const), index: fc.nat(20) }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ kind: fc.constant('sweep' as const) }),
);

test('[AGR-09] [NFR-04] any interleaving of holds, bookings, releases: what is shown is what is accepted, capacity is never exceeded', async () => {
  const { database, clock, take, release, withdraw, holds } = await setUp();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), async (capacity, batches) => {
      clock.set(NOW);
      const slotId = await insertSlot(database, { start: START, capacity });
      const booked: string[] = [];
      const held = new Map<string, string>();
      const play = async (one: typeof batches[number][number]): Promise<void> => {
        if (one.kind === 'take') booked.push((await take(slotId, one.who, one.withHold ? held.get(one.who) : undefined)).seatId);
        if (one.kind === 'hold') held.set(one.who, (await holds.hold(one.who, slotId)).holdId);
        if (one.kind === 'drop' && held.has(one.who)) await holds.release(one.who, held.get(one.who)!);
        if (one.kind === 'release' && booked.length > 0) await release(booked.splice(one.index % booked.length, 1)[0]!);
        if (one.kind === 'withdraw' && booked.length > 0) await withdraw(booked.splice(one.index % booked.length, 1)[0]!);
        if (one.kind === 'wait') clock.advance({ seconds: one.seconds });
        if (one.kind === 'sweep') await releaseExpiredHolds({ database, clock });
      };
      for (const batch of batches) {
        const outcomes = await Promise.allSettled(batch.map(play));
        for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'slot-taken' });
        const after = await counts(database, slotId);
        expect(after.taken).toBe(after.live);
        expect(after.numbers, 'two places never share a number').toBe(after.live);
        expect(after.highest).toBeLessThanOrEqual(capacity);
        const shown = (await slotView(database, slotId, clock.now())).available;
        const accepted = await take(slotId, 'dora').then((seat) => release(seat.seatId).then(() => true), () => false);
        expect(accepted, 'free as shown, free as accepted').toBe(shown);
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('[RDV-02] a hold keeps a place two minutes for the one who fills the form, and becomes his booking', async () => {
  const { database, clock, take, holds } = await setUp();
  const slotId = await insertSlot(database, { start: START });
  const hold = await holds.hold('ada', slotId);
  expect(hold).toMatchObject({ slotId, remaining: 0, expiresAt: '2026-01-13T08:02:00Z' });
  await expect(holds.hold('ben', slotId)).rejects.toMatchObject({ code: 'slot-taken' });
  await expect(take(slotId, 'ben')).rejects.toMatchObject({ code: 'slot-taken', status: 409 });
  await expect(take(slotId, 'ben', hold.holdId), "somebody else's hold opens nothing").rejects.toMatchObject({ code: 'slot-taken' });
  clock.advance({ seconds: 60 });
  expect(await holds.hold('ada', slotId)).toEqual(hold);
  expect((await take(slotId, 'ada', hold.holdId)).seatId).toBe(hold.holdId);
  expect(await slotView(database, slotId, clock.now())).toMatchObject({ available: false });
  expect(await holds.release('ada', hold.holdId), 'a booking is not given back as a hold').toBe(false);
});

test('[RDV-02] whoever holds a place may book it without naming the hold; an expired hold falls to the next one', async () => {
  const { database, clock, take, holds } = await setUp();
  const [first, second] = [await insertSlot(database, { start: START }), await insertSlot(database, { start: START })];
  await holds.hold('ada', first);
  expect(await take(first, 'ada')).toMatchObject({ slotId: first });
  const { holdId } = await holds.hold('ada', second);
  clock.advance({ minutes: 2 });
  expect(await take(second, 'ben')).toMatchObject({ slotId: second });
  await expect(take(second, 'ada', holdId)).rejects.toMatchObject({ code: 'slot-taken' });
  expect(await counts(database, second)).toMatchObject({ taken: 1, live: 1 });
});

test('[AGR-09] holds that expire are released by the background work, and every change is announced', async () => {
  const { database, clock, holds } = await setUp();
  const slotId = await insertSlot(database, { start: START, capacity: 2 });
  const { holdId } = await holds.hold('ada', slotId);
  await holds.hold('ben', slotId);
  expect(await topics(database, slotId)).toBe(2);
  expect(await holds.release('ada', holdId)).toBe(true);
  expect(await releaseExpiredHolds({ database, clock })).toBe(0);
  clock.advance({ minutes: 2 });
  expect(await slotView(database, slotId, clock.now())).toMatchObject({ available: true });
  expect(await Promise.all([releaseExpiredHolds({ database, clock }), releaseExpiredHolds({ database, clock })]).then((all) => all.reduce((a, b) => a + b))).toBe(1);
  expect(await counts(database, slotId)).toMatchObject({ taken: 0, live: 0 });
  expect(await topics(database, slotId)).toBe(4);
});

test('[AGR-09] a cancelled place is free again; one that the professional withdrew is not', async () => {
  const { database, clock, take, release, withdraw } = await setUp();
  const slotId = await insertSlot(database, { start: START });
  const seat = await take(slotId, 'ada');
  await release(seat.seatId);
  await release(seat.seatId);
  expect(await counts(database, slotId)).toMatchObject({ taken: 0 });
  await withdraw((await take(slotId, 'ben')).seatId);
  expect(await slotView(database, slotId, clock.now())).toMatchObject({ available: false });
});

test('[RDV-02] a past, removed or unknown slot is refused with its own reason', async () => {
  const { database, clock, take, holds } = await setUp();
  const slotId = await insertSlot(database, { start: START });
  clock.set(START);
  await expect(take(slotId, 'ada')).rejects.toMatchObject({ code: 'slot-past', status: 422 });
  await expect(holds.hold('ada', slotId)).rejects.toMatchObject({ code: 'slot-past' });
  await expect(take(crypto.randomUUID(), 'ada')).rejects.toMatchObject({ code: 'slot-not-found', status: 404 });
});

test('[AGR-09] the database itself refuses a place too many and a number given twice', async () => {
  const { database, take } = await setUp();
  const slotId = await insertSlot(database, { start: START });
  await take(slotId, 'ada');
  const db = database.for('availability');
  await expect(db.run(sql`update availability.slot set taken = taken + 1 where id = ${slotId}`)).rejects.toMatchObject({ constraint: 'slot_capacity' });
  await expect(db.run(sql`
    insert into availability.seat (id, slot_id, seat_no, state, actor, created_at)
    values (gen_random_uuid(), ${slotId}, 1, 'booked', 'ben', ${NOW})`)).rejects.toMatchObject({ constraint: 'seat_once' });
});
