import { expect, test } from 'vitest';
import { actorOf, bookOpening, directory, doctor, otherDoctor, territories } from '../../../../tests/support/agenda.ts';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { ManualClock } from '../../../foundation/clock.ts';
import type { CalendarEntry, ReadCalendar } from '../domain/calendar-file.ts';
import { calendarImportSchema, publicationSchema } from '../domain/agenda-shapes.ts';
import { createFeeds } from './feeds.ts';
import { createImports } from './imports.ts';
import { createLeaves } from './leaves.ts';
import { createOpenings } from './openings.ts';
import { createPublications } from './publications.ts';
import { createAgenda } from './slots.ts';

/** A Monday. */
const NOW = '2026-01-05T06:00:00Z';
const effecteur = actorOf('effecteur', { nationalId: doctor });
const own = { nationalId: doctor, structureId: null };
const offer = { ...own, placeId: `place-${doctor}`, kind: 'range' as const, capacity: 3, modalities: ['AMB' as const] };

async function setUp(readCalendar: ReadCalendar = () => ({ events: [], refused: [] })) {
  const database = await createTestDatabase();
  const clock = new ManualClock(NOW);
  const deps = { database, clock, directory, territories };
  const known = { actor: effecteur as typeof effecteur | null };
  const leaves = createLeaves({ ...deps, orientationsOfSeats: async () => new Map() });
  return {
    database, clock, known, leaves, openings: createOpenings(deps), publications: createPublications(deps), agenda: createAgenda({ database, clock }),
    imports: createImports({ ...deps, readCalendar, leaves }),
    feeds: createFeeds({ ...deps, publicUrl: 'http://sas.example', actor: async () => known.actor, writeCalendar: ({ entries }) => JSON.stringify(entries) }),
  };
}
const secretOf = (url: string) => url.slice(url.lastIndexOf('/') + 1).replace('.ics', '');

test('[AGR-02] [SEC-05] the secret address shows availabilities and busy places, no patient; closed, or its author without rights, it shows nothing', async () => {
  const { database, clock, known, openings, publications, feeds, agenda, leaves } = await setUp();
  await publications.publish(effecteur, publicationSchema.parse({ ...offer, day: '2026-01-06', starts: '09:00', ends: '11:00', weekly: null }));
  const [opening] = await openings.list(effecteur, { from: '2026-01-06', to: '2026-01-06' });
  await bookOpening(database, agenda, opening!.id, clock.now());
  await leaves.declare(effecteur, { ...own, from: '2026-01-08T13:00', to: '2026-01-09T00:00', preview: false });
  const feed = await feeds.create(effecteur, own);
  const read = async () => (JSON.parse(await feeds.read(secretOf(feed.url))) as CalendarEntry[]).map(({ summary, busy }) => [summary, busy]);
  expect(await read()).toEqual([['SAS : 1 place prise (au cabinet)', true], ['SAS : disponible au cabinet, 2 sur 3', false], ['Indisponible', true]]);
  expect((await feeds.list(effecteur, own))[0]).toMatchObject({ id: feed.id, lastReadAt: '2026-01-05T06:00:00Z' });
  known.actor = actorOf('effecteur', { nationalId: otherDoctor });
  await expect(read()).rejects.toMatchObject({ code: 'feed-not-found' });
  known.actor = effecteur;
  await expect(feeds.revoke(known.actor && actorOf('effecteur', { nationalId: otherDoctor }), feed.id)).rejects.toMatchObject({ code: 'opening-not-yours' });
  await feeds.revoke(effecteur, feed.id);
  await expect(read()).rejects.toMatchObject({ code: 'feed-not-found', status: 404 });
  await expect(feeds.read('invented')).rejects.toMatchObject({ code: 'feed-not-found' });
});

test('[AGR-02] [AGR-07] a calendar file is seen, then written once: series, occurrences, each refusal with its line; read again it adds nothing', async () => {
  const { imports, openings } = await setUp(() => ({
    events: [
      { uid: 'weekly', line: 4, weekly: { weekdays: [2], lastDay: null, everyWeeks: 1 }, exceptions: ['2026-01-13'], occurrences: [{ start: '2026-01-06T09:00', end: '2026-01-06T11:00' }] },
      { uid: 'once', line: 12, weekly: null, exceptions: [], occurrences: [{ start: '2026-01-07T14:00', end: '2026-01-07T15:00' }] },
      { uid: 'holiday', line: 20, weekly: null, exceptions: [], occurrences: [{ start: '2026-01-08T00:00', end: '2026-01-09T00:00' }] },
    ],
    refused: [{ line: 30, uid: null, why: 'Événement illisible.' }],
  }));
  const request = calendarImportSchema.parse({ ...offer, as: 'availability', calendar: 'BEGIN:VCALENDAR' });
  const preview = await imports.import(effecteur, request);
  expect(preview).toMatchObject({
    applied: false,
    items: [{ line: 4, kind: 'series', first: '2026-01-06T09:00', occurrences: 7, already: false }, { line: 12, kind: 'opening', already: false }],
    refused: [{ line: 20, uid: 'holiday', why: expect.stringContaining('Journée entière') }, { line: 30 }],
  });
  const days = async () => (await openings.list(effecteur, { from: '2026-01-01', to: '2026-01-31' })).map(({ day, starts }) => `${day.slice(5)} ${starts}`);
  expect(await days()).toEqual([]);
  await imports.import(effecteur, { ...request, apply: true });
  expect(await days()).toEqual(['01-06 09:00', '01-07 14:00', '01-20 09:00', '01-27 09:00']);
  expect((await imports.import(effecteur, { ...request, apply: true })).items.every(({ already }) => already)).toBe(true);
  expect(await days()).toHaveLength(4);
  await expect(imports.import(actorOf('effecteur', { nationalId: otherDoctor }), request)).rejects.toMatchObject({ code: 'opening-not-yours' });
});

test('[AGR-08] events imported as leave hide what they cover', async () => {
  const { imports, publications, openings } = await setUp(() => ({
    events: [{ uid: 'trip', line: 4, weekly: null, exceptions: [], occurrences: [{ start: '2026-01-06T00:00', end: '2026-01-08T00:00' }] }], refused: [],
  }));
  await publications.publish(effecteur, publicationSchema.parse({ ...offer, day: '2026-01-06', starts: '09:00', ends: '11:00', weekly: null }));
  await imports.import(effecteur, calendarImportSchema.parse({ ...offer, as: 'leave', calendar: 'BEGIN:VCALENDAR', apply: true }));
  expect((await openings.list(effecteur, { from: '2026-01-06', to: '2026-01-06' }))[0]).toMatchObject({ onLeave: true });
});
