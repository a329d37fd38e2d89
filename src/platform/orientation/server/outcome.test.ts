import { expect, test } from 'vitest';
import { doctor, insertSlot, otherDoctor, structureId, territories } from '../../../../tests/support/agenda.ts';
import { newKey, setUpOrientations } from '../../../../tests/support/orientations.ts';
import { createAsking } from './outcome-asks.ts';
import { createNotices } from './outcome-notices.ts';
import type { ReceiverMessage } from './outcome-receivers.ts';

const TOMORROW = '2026-01-14T14:00:00Z';

async function setUp() {
  const world = await setUpOrientations();
  const osnp = world.person('osnp');
  const effecteur = world.person('effecteur', { nationalId: doctor, territories: [] });
  const messages: ReceiverMessage[] = [];
  const reachable = { now: true };
  const tellReceiver = async (_tx: unknown, message: ReceiverMessage) => {
    if (reachable.now) messages.push(message);
    return reachable.now;
  };
  const deps = { database: world.database, clock: world.clock, tellReceiver, territories: { list: async () => [await territories.get()] }, closedAfterDays: 7 };
  return {
    ...world, osnp, effecteur, messages, reachable, asking: createAsking(deps), tellAll: createNotices(deps),
    newAsking: () => createAsking(deps),
    book: async (slot: Partial<Parameters<typeof insertSlot>[1]> = {}) =>
      world.orientations.create(osnp, { slotId: await insertSlot(world.database, { start: TOMORROW, ...slot }) }, newKey()),
    rows: async (query: string, values: unknown[] = []) => (await world.database.owner.pool.query(query, values)).rows,
  };
}

test('[RDV-10] one gesture tells; taken back within ten seconds the appointment is as before, and its history has both', async () => {
  const { orientations, effecteur, osnp, clock, book, person } = await setUp();
  const { id } = await book();
  clock.set('2026-01-14T15:00:00Z');
  expect(await orientations.act(effecteur, id, 'no-show', {})).toMatchObject({ status: 'NON_HONORE' });
  clock.advance({ seconds: 9 });
  const other = person('effecteur', { nationalId: otherDoctor });
  await expect(orientations.act(other, id, 'undo', {})).rejects.toMatchObject({ code: 'transition-forbidden' });
  expect(await orientations.act(effecteur, id, 'undo', {})).toMatchObject({ status: 'PRIS' });
  const { history } = await orientations.get(osnp, id);
  expect(history.map(({ event, to }) => [event, to])).toEqual([['created', 'PRIS'], ['no-show', 'NON_HONORE'], ['undo', 'PRIS']]);
  await orientations.act(effecteur, id, 'honoured', {});
  clock.advance({ seconds: 30 });
  await expect(orientations.act(effecteur, id, 'undo', {})).rejects.toMatchObject({ code: 'undo-too-late', status: 409 });
});

test('[RDV-10] a past HONORE changes by an amendment alone, with a reason of the list; both values stay, journaled', async () => {
  const { orientations, effecteur, osnp, clock, book, rows } = await setUp();
  const { id } = await book();
  clock.set('2026-01-15T09:00:00Z');
  await orientations.act(effecteur, id, 'honoured', {});
  await expect(orientations.act(effecteur, id, 'no-show', {})).rejects.toMatchObject({ code: 'transition-impossible', extra: { possible: ['amend'] } });
  await expect(orientations.act(effecteur, id, 'amend', {})).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(orientations.act(effecteur, id, 'amend', { reason: 'Mme Durand' })).rejects.toMatchObject({ code: 'patient-data-refused' });
  await expect(orientations.act(osnp, id, 'amend', { reason: 'wrong-line' })).rejects.toMatchObject({ code: 'transition-forbidden' });
  expect(await orientations.act(effecteur, id, 'amend', { reason: 'wrong-line' })).toMatchObject({ status: 'NON_HONORE' });
  expect((await orientations.get(osnp, id)).history.at(-1)).toMatchObject({ event: 'amend', from: 'HONORE', to: 'NON_HONORE', reason: 'wrong-line' });
  const [entry] = await rows(`select from_state, to_state, payload from foundation.journal where object_id = $1 and event = 'amend'`, [id]);
  expect(entry).toMatchObject({ from_state: 'HONORE', to_state: 'NON_HONORE', payload: { reason: 'wrong-line' } });
});

test('[RDV-10] on the day after at 08:00 there, one question a receiver and day, whatever restarts; the answers given are not asked', async () => {
  const { orientations, asking, newAsking, effecteur, clock, book, messages, rows } = await setUp();
  const told = await book();
  const first = await book();
  await book({ start: '2026-01-14T22:30:00Z' });
  await book({ nationalId: null, structureId });
  clock.set('2026-01-14T23:30:00Z');
  await orientations.act(effecteur, told.id, 'honoured', {});
  clock.set('2026-01-15T06:59:59Z');
  await asking.askDue();
  expect(messages).toEqual([]);
  clock.set('2026-01-15T07:00:00Z');
  await asking.askDue();
  const ask = { template: 'outcomes-to-tell', territory: '86', day: '2026-01-15' };
  expect(messages).toEqual([
    { ...ask, count: 2, receiver: { nationalId: doctor, structureId: null } }, { ...ask, count: 1, receiver: { nationalId: null, structureId } },
  ]);
  clock.advance({ hours: 3 });
  await newAsking().askDue();
  expect(messages).toHaveLength(2);
  expect((await orientations.get(effecteur, first.id)).history.at(-1)).toMatchObject({ event: 'outcome-asked', to: 'PRIS' });
  expect(await rows(`select count(*)::int as n from foundation.journal where event = 'outcomes-asked'`)).toEqual([{ n: 2 }]);
});

test('[RDV-10] two processes at once ask once; a stop of three days asks the morning it ends', async () => {
  const { asking, newAsking, clock, book, messages } = await setUp();
  await book();
  await book({ start: '2026-01-15T07:00:00Z' });
  clock.set('2026-01-18T10:00:00Z');
  await Promise.all([asking.askDue(), newAsking().askDue(), newAsking().askDue()]);
  expect(messages).toMatchObject([{ count: 2, day: '2026-01-18' }]);
});

test('[RDV-10] [RDV-09] nobody tells for seven days: NON_RENSEIGNE at midnight there, told later all the same; the LRM hears nothing new', async () => {
  const { orientations, asking, effecteur, clock, book, rows } = await setUp();
  const { id } = await book();
  const sent = () => rows('select count(*)::int as n from foundation.outbox');
  const before = await sent();
  clock.set('2026-01-21T22:59:59Z');
  expect(await asking.closeUntold()).toBe(0);
  clock.set('2026-01-21T23:00:00Z');
  expect(await asking.closeUntold()).toBe(1);
  expect(await asking.closeUntold()).toBe(0);
  expect((await orientations.get(effecteur, id)).history.at(-1)).toMatchObject({ event: 'untold', by: 'system', to: 'NON_RENSEIGNE' });
  expect(await sent()).toEqual(before);
  expect(await orientations.act(effecteur, id, 'honoured', {})).toMatchObject({ status: 'HONORE' });
});

test("[RDV-10] a vendor's appointment is told in its software: neither asked here nor told here, yet closed", async () => {
  const { orientations, intake, asking, seal, osnp, effecteur, clock, messages, rows } = await setUp();
  const { id } = await orientations.create(osnp, { slotId: seal() }, newKey());
  const start = Temporal.Instant.from('2026-01-13T15:00:00Z');
  const editor = { ...effecteur, roles: ['editor'] as const, editor: 'Rapide' };
  await intake.receive({ key: 's|1', status: 'booked', start, end: start.add({ minutes: 20 }), created: null, operator: { kind: 'technical', value: osnp.accountId }, practitionerId: doctor }, 'create', editor);
  clock.set('2026-01-14T09:00:00Z');
  await asking.askDue();
  expect(messages).toEqual([]);
  await expect(orientations.act(effecteur, id, 'honoured', {})).rejects.toMatchObject({ code: 'transition-impossible' });
  clock.set('2026-01-30T09:00:00Z');
  await asking.closeUntold();
  expect(await rows('select status from orientation.orientation')).toEqual([{ status: 'NON_RENSEIGNE' }]);
});

test('[RDV-12] the effecteur is told of what is booked, moved and cancelled in his agenda, once each; notified only when somebody was told', async () => {
  const { orientations, tellAll, osnp, effecteur, database, book, messages, reachable, rows } = await setUp();
  const { id } = await book();
  await tellAll();
  await tellAll();
  await orientations.act(osnp, id, 'move', { slotId: await insertSlot(database, { start: '2026-01-14T16:00:00Z' }) });
  await Promise.all([tellAll(), tellAll()]);
  await orientations.act(osnp, id, 'cancel', {});
  await tellAll();
  expect(messages.map(({ template }) => template)).toEqual(['appointment-booked', 'appointment-moved', 'appointment-cancelled']);
  await orientations.act(effecteur, (await book()).id, 'cancel', {});
  await tellAll();
  expect(messages, 'what he cancels before he hears of it is not told').toHaveLength(3);
  reachable.now = false;
  const silent = await book();
  await tellAll();
  expect(await rows('select notified_at from orientation.orientation where id = $1', [silent.id])).toEqual([{ notified_at: null }]);
  expect(await rows('select notified_at is not null as notified from orientation.orientation where id = $1', [id])).toEqual([{ notified: true }]);
});

test('[RDV-09] an appointment goes to another free slot of the same doctor: taken and freed together, its history kept', async () => {
  const { orientations, osnp, effecteur, database, clock, book, rows } = await setUp();
  const booked = await book();
  const later = await insertSlot(database, { start: '2026-01-14T16:00:00Z' });
  const foreign = await insertSlot(database, { start: '2026-01-14T16:00:00Z', nationalId: otherDoctor });
  const far = await insertSlot(database, { start: '2026-01-16T16:00:00Z' });
  const taken = () => rows(`select taken from availability.slot where start_at <> '2026-01-16T16:00:00Z' and national_id = '${doctor}' order by start_at`);
  const refusal = (body: object) => orientations.act(osnp, booked.id, 'move', body).then(() => null, (error) => error.code);
  expect(await refusal({ slotId: foreign })).toBe('slot-of-another');
  expect(await refusal({ slotId: far })).toBe('late-reason-missing');
  expect(await taken()).toEqual([{ taken: 1 }, { taken: 0 }]);
  expect((await orientations.freeSlots(osnp, booked.id)).map(({ id }) => id)).toEqual([later, far]);
  expect(await orientations.act(osnp, booked.id, 'move', { slotId: later })).toMatchObject({ status: 'MODIFIE', start: '2026-01-14T16:00:00Z', beyond48h: false });
  expect(await taken()).toEqual([{ taken: 0 }, { taken: 1 }]);
  expect(await orientations.act(effecteur, booked.id, 'move', { slotId: far, lateReason: 'patient-choice' })).toMatchObject({ status: 'MODIFIE', beyond48h: true, lateReason: 'patient-choice' });
  expect((await orientations.get(osnp, booked.id)).history.map(({ event }) => event)).toEqual(['created', 'move', 'move']);
  clock.set('2026-01-17T08:00:00Z');
  expect(await refusal({ slotId: later })).toBe('appointment-past');
});

test('[RDV-09] two people move two appointments to the same place: one has it, the other keeps his own', async () => {
  const { orientations, osnp, database, book } = await setUp();
  const [one, two] = [await book(), await book()];
  const slotId = await insertSlot(database, { start: '2026-01-14T16:00:00Z' });
  const results = await Promise.allSettled([one, two].map(({ id }) => orientations.act(osnp, id, 'move', { slotId })));
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(results.find((result) => result.status === 'rejected')).toMatchObject({ reason: { code: 'slot-taken' } });
  const statuses = await Promise.all([one, two].map(async ({ id }) => (await orientations.get(osnp, id)).status));
  expect(statuses.sort()).toEqual(['MODIFIE', 'PRIS']);
});
