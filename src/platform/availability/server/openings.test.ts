import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { actorOf, directory, doctor, otherDoctor, structureId, territories } from '../../../../tests/support/agenda.ts';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { ManualClock } from '../../../foundation/clock.ts';
import { createOpenings } from './openings.ts';
import { createHolds } from './seats-holds.ts';
import { createAgenda, slotView } from './slots.ts';

const NOW = '2026-01-13T08:00:00Z';

async function setUp() {
  const database = await createTestDatabase();
  const clock = new ManualClock(NOW);
  const openings = createOpenings({ database, clock, directory, territories });
  return { database, clock, openings, agenda: createAgenda({ database, clock }), holds: createHolds({ database, clock }) };
}

const effecteur = actorOf('effecteur', { nationalId: doctor });
const declaration = {
  nationalId: doctor, structureId: null, placeId: `place-${doctor}`, kind: 'range' as const, day: '2026-01-13', starts: '14:00', ends: '16:00',
  modalities: ['AMB' as const, 'VR' as const], withAppointment: true, slotTypes: ['SNP' as const], capacity: 3,
};
const window = { from: Temporal.Instant.from(NOW), to: Temporal.Instant.from('2026-01-15T08:00:00Z') };

test('[AGR-05] [AGR-06] [RDV-18] a declared range becomes a bookable slot with its attributes, at the right instants', async () => {
  const { openings, agenda } = await setUp();
  const opening = await openings.open(effecteur, declaration);
  expect(opening).toMatchObject({ kind: 'range', capacity: 3, taken: 0, starts: '14:00', ends: '16:00', timeZone: 'Europe/Paris', day: '2026-01-13' });
  const { slots, state } = await agenda.ownSlots({ professionals: [doctor], structures: [], ...window });
  expect(state).toMatchObject({ name: 'platform', status: 'ok', slotCount: 1 });
  expect(slots[0]).toMatchObject({
    nationalId: doctor, placeId: `place-${doctor}`,
    slot: { start: '2026-01-13T13:00:00Z', end: '2026-01-13T15:00:00Z', modalities: ['AMB', 'VR'], types: ['SNP'], withAppointment: true, remaining: 3, source: 'platform', bookingUrl: null },
  });
});

test('[AGR-03] only free slots of the window are shown: not the full, the past, the removed', async () => {
  const { database, openings, agenda, clock, holds } = await setUp();
  const find = async () => (await agenda.ownSlots({ professionals: [doctor], structures: [], ...window })).slots.map((found) => found.slot.start);
  await openings.open(effecteur, { ...declaration, kind: 'single', capacity: 1, starts: '10:00', ends: '10:20' });
  const removed = await openings.open(effecteur, { ...declaration, starts: '11:00', ends: '12:00' });
  await openings.open(effecteur, { ...declaration, day: '2026-01-16' });
  await openings.open(effecteur, { ...declaration, starts: '15:00', capacity: 1 });
  expect(await find()).toEqual(['2026-01-13T09:00:00Z', '2026-01-13T10:00:00Z', '2026-01-13T14:00:00Z']);
  await openings.remove(effecteur, removed.id);
  const [{ id }] = await database.for('availability').query<{ id: string }>(sql`select id from availability.slot where start_at = '2026-01-13T09:00:00Z'`) as [{ id: string }];
  await holds.hold('osnp', id);
  expect(await find()).toEqual(['2026-01-13T14:00:00Z']);
  clock.set('2026-01-13T14:30:00Z');
  expect(await find(), 'a range is bookable until it ends').toEqual(['2026-01-13T14:00:00Z']);
  clock.set('2026-01-13T15:00:00Z');
  expect(await find()).toEqual([]);
});

test('[SEC-05] [RDV-22] everybody keeps his own agenda only: effecteur, manager, administrator; others are refused', async () => {
  const { openings } = await setUp();
  const inStructure = { ...declaration, structureId, placeId: 'place-msp' };
  const allowed = [
    [effecteur, declaration],
    [actorOf('gestionnaire-structure', { structureIds: [structureId] }), inStructure],
    [actorOf('delegataire', { delegations: [{ nationalId: null, structureId, scopes: ['agenda', 'requests'] }] }), { ...inStructure, nationalId: null }],
    [actorOf('administrateur'), { ...declaration, nationalId: otherDoctor, placeId: `place-${otherDoctor}` }],
    [actorOf('administrateur-national', { territories: ['*'] }), declaration],
  ] as const;
  for (const [actor, body] of allowed) await openings.open(actor, body);
  const refused = [
    [actorOf('effecteur', { nationalId: otherDoctor }), declaration],
    [actorOf('gestionnaire-structure', { structureIds: ['1999999999'] }), inStructure],
    [actorOf('gestionnaire-structure', { structureIds: [structureId] }), declaration],
    [actorOf('administrateur', { territories: ['79'] }), declaration],
    [actorOf('osnp', { nationalId: doctor }), declaration],
  ] as const;
  for (const [actor, body] of refused) await expect(openings.open(actor, body)).rejects.toMatchObject({ code: 'opening-not-yours', status: 403 });

  const days = { from: '2026-01-13', to: '2026-01-13' };
  expect(await openings.list(effecteur, days)).toHaveLength(3);
  expect(await openings.list(actorOf('administrateur', { territories: ['79'] }), days)).toEqual([]);
  expect(await openings.list(actorOf('administrateur'), { ...days, nationalId: otherDoctor })).toHaveLength(1);
  await expect(openings.list(effecteur, { ...days, nationalId: otherDoctor })).rejects.toMatchObject({ code: 'opening-not-yours' });
});

test('[AGR-05] the place, the professional and his structure must be known of the directory', async () => {
  const { openings } = await setUp();
  const administrator = actorOf('administrateur');
  const refusal = (body: { [Field in keyof typeof declaration]?: string | null }) =>
    openings.open(administrator, { ...declaration, ...body } as never).then(() => null, (error) => error.fields?.[0]?.path ?? error.code);
  expect(await refusal({ placeId: 'chez Monsieur Durand' })).toBe('placeId');
  expect(await refusal({ nationalId: '810000000999' })).toBe('nationalId');
  expect(await refusal({ nationalId: null })).toBe('nationalId');
  expect(await refusal({ nationalId: otherDoctor, structureId })).toBe('structureId');
  expect(await refusal({ structureId: '1000' })).toBe('structure-not-found');
  expect(await refusal({ day: '2026-01-12' })).toBe('starts');
});

test('[AGR-09] an opening on which somebody is oriented is not removed; a mere hold falls with it', async () => {
  const { database, openings, agenda, holds, clock } = await setUp();
  const opening = await openings.open(effecteur, declaration);
  const { slots } = await agenda.ownSlots({ professionals: [doctor], structures: [], ...window });
  const slotId = slots[0]!.slot.id;
  const booked = await database.for('orientation').transaction((tx) => agenda.takeSeat(tx, { slotId, actor: 'osnp', now: clock.now() }));
  const { holdId } = await holds.hold('other', slotId);
  await expect(openings.remove(effecteur, opening.id)).rejects.toMatchObject({ code: 'opening-booked', extra: { booked: 1 } });
  await expect(openings.remove(actorOf('effecteur', { nationalId: otherDoctor }), opening.id)).rejects.toMatchObject({ code: 'opening-not-yours' });

  await database.for('orientation').transaction((tx) => agenda.releaseSeat(tx, booked.seatId));
  await openings.remove(effecteur, opening.id);
  await expect(openings.remove(effecteur, opening.id)).rejects.toMatchObject({ code: 'opening-not-found' });
  await expect(
    database.for('orientation').transaction((tx) => agenda.takeSeat(tx, { slotId, holdId, actor: 'other', now: clock.now() })),
  ).rejects.toMatchObject({ code: 'slot-taken' });
  expect(await slotView(database, slotId, clock.now())).toMatchObject({ available: false });
});
