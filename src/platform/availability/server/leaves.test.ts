import { expect, test } from 'vitest';
import { actorOf, bookOpening, directory, doctor, otherDoctor, structureId, territories } from '../../../../tests/support/agenda.ts';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { ManualClock } from '../../../foundation/clock.ts';
import { publicationSchema } from '../domain/agenda-shapes.ts';
import { createAgendaView } from './agenda-view.ts';
import { createCopies } from './copies.ts';
import { createLeaves } from './leaves.ts';
import { createOpenings } from './openings.ts';
import { createPublications } from './publications.ts';
import { createAgenda } from './slots.ts';

/** A Monday. */
const NOW = '2026-01-05T06:00:00Z';
const effecteur = actorOf('effecteur', { nationalId: doctor, displayName: 'Dr Exemple' });
const manager = actorOf('gestionnaire-structure', { structureIds: [structureId], displayName: 'Gestion du Clain' });
const own = { nationalId: doctor, structureId: null };
const range = publicationSchema.parse({
  ...own, placeId: `place-${doctor}`, kind: 'range', capacity: 4, modalities: ['AMB'], day: '2026-01-06', starts: '09:00', ends: '11:00', weekly: null,
});
const inStructure = { ...range, structureId, placeId: 'place-msp' };

async function setUp() {
  const database = await createTestDatabase();
  const clock = new ManualClock(NOW);
  const deps = { database, clock, directory, territories };
  const openings = createOpenings(deps);
  const agenda = createAgenda({ database, clock });
  const orientationsOfSeats = async (ids: readonly string[]) => new Map(ids.map((id) => [id, `orientation-${id}`]));
  return {
    database, clock, openings, agenda, publications: createPublications(deps), copies: createCopies(deps), view: createAgendaView({ ...deps, openings }),
    leaves: createLeaves({ ...deps, orientationsOfSeats }),
    free: async () => (await agenda.ownSlots({ professionals: [doctor], structures: [structureId], from: clock.now(), to: clock.now().add({ hours: 24 * 30 }) })).slots.map(({ slot }) => slot.start),
    on: async (day: string) => openings.list(actorOf('administrateur'), { from: day, to: day }),
  };
}

test('[AGR-08] a half-day of leave hides the free places it covers, lists the appointments without a patient, and gives all back', async () => {
  const { database, clock, publications, leaves, agenda, free, on, view } = await setUp();
  await publications.publish(effecteur, range);
  await publications.publish(effecteur, { ...range, starts: '12:00', ends: '14:00', modalities: ['HH'], withAppointment: false });
  await publications.publish(effecteur, { ...range, starts: '15:00', ends: '16:00' });
  const [morning] = await on('2026-01-06');
  const seatId = await bookOpening(database, agenda, morning!.id, clock.now());
  const half = { ...own, from: '2026-01-06T00:00', to: '2026-01-06T13:00' };

  const seen = await leaves.declare(effecteur, { ...half, preview: true });
  expect(seen).toMatchObject({ leave: null, hidden: 2 });
  expect(await free(), 'a preview does nothing').toHaveLength(3);

  const told = await leaves.declare(effecteur, { ...half, preview: false });
  expect(told).toEqual({
    leave: expect.objectContaining({ ...own, from: '2026-01-05T23:00:00Z', to: '2026-01-06T12:00:00Z', by: 'Dr Exemple' }), hidden: 2,
    inPart: [expect.objectContaining({ starts: '12:00', ends: '14:00' })],
    appointments: [{ orientationId: `orientation-${seatId}`, seatId, start: '2026-01-06T08:00:00Z', end: '2026-01-06T10:00:00Z', placeId: `place-${doctor}`, nationalId: doctor, modalities: ['AMB'] }],
  });
  expect(await free()).toEqual(['2026-01-06T14:00:00Z']);
  expect((await on('2026-01-06')).map(({ onLeave, taken }) => [onLeave, taken])).toEqual([[true, 1], [true, 0], [false, 0]]);
  expect(await view.of(effecteur, { nationalId: doctor, from: '2026-01-05', to: '2026-01-11' })).toMatchObject({ offeredMinutes: 60, leaves: [{ by: 'Dr Exemple' }] });
  await expect(bookOpening(database, agenda, morning!.id, clock.now())).rejects.toMatchObject({ code: 'slot-taken' });

  expect(await publications.publish(effecteur, { ...range, starts: '10:00', ends: '10:30' }), 'what is published meanwhile is hidden too').toMatchObject({ created: 1, onLeave: 1 });
  const other = await leaves.declare(effecteur, { ...half, to: '2026-01-06T11:30', preview: false });
  expect(await leaves.remove(effecteur, told.leave!.id), 'another leave still covers two of them').toBe(1);
  expect(await leaves.remove(effecteur, other.leave!.id)).toBe(2);
  expect(await free()).toHaveLength(4);
});

test('[AGR-08] availabilities of several kinds overlap: with or without appointment, at home', async () => {
  const { publications, free } = await setUp();
  for (const more of [{}, { withAppointment: false }, { modalities: ['HH' as const] }]) await publications.publish(effecteur, { ...range, ...more });
  expect(await free()).toEqual(Array(3).fill('2026-01-06T08:00:00Z'));
});

test('[AGR-08] a structure’s leave covers all who receive there, a member’s leave there covers him there alone; nobody else declares it', async () => {
  const { publications, leaves, free } = await setUp();
  await publications.publish(effecteur, range);
  await publications.publish(manager, inStructure);
  await publications.publish(manager, { ...inStructure, nationalId: null, starts: '14:00', ends: '15:00' });
  const day = { from: '2026-01-06T00:00', to: '2026-01-07T00:00', preview: false };
  const closed = await leaves.declare(manager, { nationalId: null, structureId, ...day });
  expect(closed.hidden).toBe(2);
  expect(await free()).toEqual(['2026-01-06T08:00:00Z']);
  await leaves.remove(manager, closed.leave!.id);
  expect((await leaves.declare(manager, { nationalId: doctor, structureId, ...day })).hidden).toBe(1);
  for (const owner of [own, { nationalId: otherDoctor, structureId: null }]) await expect(leaves.declare(manager, { ...owner, ...day })).rejects.toMatchObject({ code: 'opening-not-yours' });
  await expect(leaves.remove(actorOf('effecteur', { nationalId: otherDoctor }), closed.leave!.id)).rejects.toMatchObject({ code: 'leave-not-found' });
  await expect(leaves.declare(effecteur, { ...own, from: '2026-01-07T00:00', to: '2026-01-06T00:00', preview: false })).rejects.toMatchObject({ code: 'leave-refused', fields: [{ path: 'to' }] });
});

test('[AGR-02] [STR-03] a manager copies a week to others: each agenda is told, a refusal stops no other, a second copy adds nothing', async () => {
  const { publications, copies, on, view } = await setUp();
  await publications.publish(manager, { ...inStructure, nationalId: null });
  await publications.publish(manager, { ...inStructure, nationalId: null, day: '2026-01-09', slotMinutes: 30, kind: 'single', capacity: 1 });
  const copy = {
    from: { nationalId: null, structureId }, fromDay: '2026-01-05', days: 7 as const, toDay: '2026-01-12',
    targets: [{ nationalId: null, structureId, placeId: null }, { nationalId: doctor, structureId, placeId: null }, { nationalId: otherDoctor, structureId, placeId: null }],
  };
  expect(await copies.copy(manager, copy)).toEqual({ results: [
    { nationalId: null, structureId, created: 5, already: 0, refused: null },
    { nationalId: doctor, structureId, created: 5, already: 0, refused: null },
    { nationalId: otherDoctor, structureId, created: 0, already: 0, refused: expect.stringContaining("n'est pas membre") },
  ] });
  expect((await on('2026-01-13')).map(({ nationalId, starts, capacity }) => [nationalId, starts, capacity])).toEqual(expect.arrayContaining([[null, '09:00', 4], [doctor, '09:00', 4]]));
  expect((await copies.copy(manager, copy)).results[0]).toMatchObject({ created: 0, already: 5 });
  const mine = { from: own, fromDay: '2026-01-13', days: 1 as const, toDay: '2026-01-20', targets: [{ ...own, placeId: null }] };
  expect((await copies.copy(effecteur, mine)).results[0]).toMatchObject({ created: 1, refused: null });
  expect((await on('2026-01-20')).map(({ structureId: where }) => where), 'what is inside the structure stays there').toEqual([structureId]);
  expect((await view.of(manager, { structureId, from: '2026-01-12', to: '2026-01-18' })).openings.every(({ nationalId }) => nationalId === null)).toBe(true);
  await expect(copies.copy(effecteur, copy)).rejects.toMatchObject({ code: 'opening-not-yours' });
});
