import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { actorOf, bookOpening, directory, doctor, otherDoctor, structureId, territories } from '../../../../tests/support/agenda.ts';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { ManualClock } from '../../../foundation/clock.ts';
import { publicationSchema } from '../domain/agenda-shapes.ts';
import { createOpenings } from './openings.ts';
import { createPublications } from './publications.ts';
import { createSeries } from './series.ts';
import { extendSeries } from './series-horizon.ts';
import { createAgenda } from './slots.ts';

/** A Monday. */
const NOW = '2026-01-05T06:00:00Z';
const effecteur = actorOf('effecteur', { nationalId: doctor, displayName: 'Dr Exemple' });
const secretary = actorOf('delegataire', { displayName: 'Paul Secrétaire', delegations: [{ nationalId: doctor, structureId: null, scopes: ['agenda'] }] });
const mondays = publicationSchema.parse({
  nationalId: doctor, structureId: null, placeId: `place-${doctor}`, kind: 'range', capacity: 4, modalities: ['AMB'], day: '2026-01-05', starts: '09:00', ends: '11:00',
  weekly: { weekdays: [1], lastDay: null },
});
const { nationalId: _nationalId, structureId: _structureId, day: _day, id: _id, weekly, ...offer } = mondays;
const changeOf = (more: object, from: string | null = null) => ({ ...offer, weekly: weekly!, from, ...more });

async function setUp() {
  const database = await createTestDatabase();
  const clock = new ManualClock(NOW);
  const deps = { database, clock, directory, territories };
  const openings = createOpenings(deps);
  const shown = async (to = '2026-03-31') => (await openings.list(effecteur, { from: '2026-01-01', to })).map(({ day, starts, ends, taken }) => `${day.slice(5)} ${starts}-${ends}${taken > 0 ? ` ${taken}` : ''}`);
  return {
    database, clock, openings, shown, publications: createPublications(deps), series: createSeries(deps), agenda: createAgenda({ database, clock }),
    extend: () => extendSeries(deps), on: async (day: string) => (await openings.list(effecteur, { from: day, to: day }))[0]!,
  };
}

test('[AGR-07] [AGR-02] a weekly rule is bookable at once over eight weeks; the same publication again changes nothing; days that come are added', async () => {
  const { publications, shown, clock, extend, agenda } = await setUp();
  const id = '11111111-1111-4111-8111-111111111111';
  const done = await publications.publish(secretary, { ...mondays, id });
  expect(done).toMatchObject({ created: 9, skipped: [], series: { id, version: 1, timeZone: 'Europe/Paris' } });
  expect((await shown()).slice(0, 2)).toEqual(['01-05 09:00-11:00', '01-12 09:00-11:00']);
  const { slots } = await agenda.ownSlots({ professionals: [doctor], structures: [], from: clock.now(), to: clock.now().add({ hours: 48 }) });
  expect(slots.map(({ slot }) => [slot.start, slot.remaining])).toEqual([['2026-01-05T08:00:00Z', 4]]);

  expect(await publications.publish(effecteur, { ...mondays, id })).toMatchObject({ created: 0 });
  expect(await extend()).toBe(0);
  clock.set('2026-01-20T06:00:00Z');
  expect(await Promise.all([extend(), extend()])).toEqual(expect.arrayContaining([2, 0]));
  expect(await extend()).toBe(0);
  expect(await shown()).toHaveLength(11);
});

test('[AGR-07] public holidays are skipped and named; a period is cut into slots; what gives nothing is refused', async () => {
  const { publications, openings, clock } = await setUp();
  clock.set('2026-04-01T06:00:00Z');
  const easter = await publications.publish(effecteur, { ...mondays, day: '2026-04-06', slotMinutes: 30, kind: 'single', capacity: 1, weekly: { ...weekly!, lastDay: '2026-04-13' } });
  expect(easter).toMatchObject({ created: 4, skipped: [{ day: '2026-04-06', why: 'holiday', holiday: 'Lundi de Pâques' }] });
  expect((await openings.list(effecteur, { from: '2026-04-13', to: '2026-04-13' })).map(({ starts, capacity }) => `${starts} ${capacity}`)).toEqual(['09:00 1', '09:30 1', '10:00 1', '10:30 1']);
  expect(await publications.publish(effecteur, { ...mondays, day: '2026-04-07', weekly: null, slotMinutes: 60 })).toMatchObject({ series: null, created: 2 });
  const refusal = (more: object) => publications.publish(effecteur, { ...mondays, day: '2026-04-06', ...more }).then(() => null, (error) => error.fields?.map((field: { path: string }) => field.path));
  expect(await refusal({ ends: '08:00' })).toEqual(['ends']);
  expect(await refusal({ slotMinutes: 180 })).toEqual(['slotMinutes']);
  expect(await refusal({ kind: 'single', capacity: 3 })).toEqual(['capacity']);
  expect(await refusal({ weekly: { ...weekly!, lastDay: '2026-04-06' } })).toEqual(['lastDay']);
  expect(await refusal({ weekly: null, day: '2026-03-31' })).toEqual(['starts']);
});

test('[AGR-07] one occurrence changed or removed leaves its series, whose later changes pass it by', async () => {
  const { publications, openings, series, shown, on } = await setUp();
  const { series: made } = await publications.publish(effecteur, mondays);
  const second = await on('2026-01-12');
  const moved = await openings.change(effecteur, second.id, { ...offer, day: '2026-01-12', starts: '15:00', ends: '16:00' }, `"${second.version}"`);
  expect(moved).toMatchObject({ seriesId: null, starts: '15:00', version: 2 });
  await openings.remove(effecteur, (await on('2026-01-19')).id);
  await series.change(effecteur, made!.id, changeOf({ starts: '10:00', ends: '12:00' }), '"1"');
  expect(await shown('2026-01-26')).toEqual(['01-05 10:00-12:00', '01-12 15:00-16:00', '01-26 10:00-12:00']);
  await series.remove(effecteur, made!.id, undefined, '"2"');
  expect(await shown()).toEqual(['01-12 15:00-16:00']);
});

test('[AGR-07] from one day on: what comes before stays, every other week too, and the exceptions after it are kept', async () => {
  const { publications, openings, series, shown, on, extend, clock } = await setUp();
  const { series: made } = await publications.publish(effecteur, { ...mondays, weekly: { ...weekly!, everyWeeks: 2 } });
  await openings.remove(effecteur, (await on('2026-02-16')).id);
  const { series: later } = await series.change(effecteur, made!.id, changeOf({ ends: '12:00', weekly: { ...weekly!, everyWeeks: 2 } }, '2026-01-26'), '"1"');
  expect(later!.id).not.toBe(made!.id);
  expect(await shown()).toEqual(['01-05 09:00-11:00', '01-19 09:00-11:00', '02-02 09:00-12:00', '03-02 09:00-12:00']);
  clock.set('2026-01-27T06:00:00Z');
  await extend();
  expect((await shown()).at(-1), 'the weeks keep their turn').toBe('03-16 09:00-12:00');
  await series.remove(effecteur, later!.id, '2026-03-01', `"${later!.version}"`);
  expect(await shown()).toEqual(['01-05 09:00-11:00', '01-19 09:00-11:00', '02-02 09:00-12:00']);
});

test('[AGR-07] [AGR-09] what is booked stays with its patients, is listed, takes nobody else, and nothing is written over it', async () => {
  const { database, publications, series, shown, on, agenda, clock } = await setUp();
  const { series: made } = await publications.publish(effecteur, mondays);
  const booked = await on('2026-01-12');
  await bookOpening(database, agenda, booked.id, clock.now());
  const more = await series.change(effecteur, made!.id, changeOf({ capacity: 6 }), '"1"');
  expect(more, 'its patients see no difference').toMatchObject({ created: 0, removed: 0, kept: [] });
  expect(await on('2026-01-12')).toMatchObject({ capacity: 6, taken: 1, closed: false });

  const moved = await series.change(effecteur, made!.id, changeOf({ starts: '10:00', ends: '12:00' }), '"2"');
  expect(moved.kept).toEqual([{ openingId: booked.id, day: '2026-01-12', starts: '09:00', ends: '11:00', booked: 1 }]);
  expect(await shown('2026-01-19')).toEqual(['01-05 10:00-12:00', '01-12 09:00-11:00 1', '01-19 10:00-12:00']);
  expect(await on('2026-01-12')).toMatchObject({ closed: true });
  await expect(bookOpening(database, agenda, booked.id, clock.now())).rejects.toMatchObject({ code: 'slot-taken' });

  const gone = await series.remove(effecteur, made!.id, undefined, '"3"');
  expect(gone).toMatchObject({ removed: 8, series: null });
  expect(await shown()).toEqual(['01-12 09:00-11:00 1']);
});

test('[AGR-07] a booking and a removal at the same moment: the patient has a place, or is told there is none', async () => {
  const { database, publications, series, on, agenda, clock } = await setUp();
  for (let round = 0; round < 5; round++) {
    const { series: made } = await publications.publish(effecteur, mondays);
    const opening = await on('2026-01-12');
    const [book] = await Promise.allSettled([bookOpening(database, agenda, opening.id, clock.now()), series.remove(effecteur, made!.id, undefined, '"1"')]);
    const left = (await on('2026-01-12')) as { id: string; taken: number } | undefined;
    if (book!.status === 'fulfilled') expect(left).toMatchObject({ id: opening.id, taken: 1 });
    else expect(left).toBeUndefined();
    await database.owner.pool.query(`update availability.opening set removed_at = now(); update availability.slot set removed_at = now(), taken = 0; delete from availability.seat`);
  }
});

test('[ACT-18] [AGR-02] a doctor and his delegate change the same series: the second is told who changed what, and loses nothing', async () => {
  const { publications, series, openings, on } = await setUp();
  const { series: made } = await publications.publish(effecteur, mondays);
  await series.change(secretary, made!.id, changeOf({ starts: '10:00', capacity: 2 }), '"1"');
  await expect(series.change(effecteur, made!.id, changeOf({ capacity: 8 }), '"1"')).rejects.toMatchObject({
    status: 412, code: 'agenda-moved-on', message: expect.stringContaining('Paul Secrétaire'),
    extra: { version: 2, changes: [{ by: 'Paul Secrétaire', changed: { starts: ['09:00', '10:00'], capacity: [4, 2] } }] },
  });
  await expect(series.change(effecteur, made!.id, changeOf({}), undefined)).rejects.toMatchObject({ status: 428 });
  const one = await on('2026-01-12');
  await openings.change(secretary, one.id, { ...offer, day: '2026-01-12', starts: '14:00', ends: '15:00' }, `"${one.version}"`);
  await expect(openings.remove(effecteur, one.id, `"${one.version}"`)).rejects.toMatchObject({ status: 412 });
});

test('[SEC-05] [ACT-02] somebody else’s series is refused, and the refusal is journaled', async () => {
  const { database, publications, series } = await setUp();
  const { series: made } = await publications.publish(effecteur, mondays);
  const manager = actorOf('gestionnaire-structure', { structureIds: [structureId] });
  const stranger = actorOf('effecteur', { nationalId: otherDoctor });
  for (const actor of [stranger, manager, actorOf('administrateur', { territories: ['79'] })]) {
    await expect(publications.publish(actor, mondays)).rejects.toMatchObject({ code: 'opening-not-yours' });
    await expect(series.change(actor, made!.id, changeOf({ capacity: 9 }), '"1"')).rejects.toMatchObject({ code: 'opening-not-yours' });
    await expect(series.remove(actor, made!.id, undefined, '"1"')).rejects.toMatchObject({ code: 'opening-not-yours' });
  }
  const { refused } = await database.for('foundation').one<{ refused: number }>(sql`select count(*)::int as refused from foundation.journal where object_type = 'agenda' and event = 'refused'`);
  expect(refused).toBe(9);
  expect(await publications.publish(manager, { ...mondays, structureId, placeId: 'place-msp' })).toMatchObject({ created: 9 });
});
