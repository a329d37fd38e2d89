import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { doctor, insertSlot, otherDoctor, structureId } from '../../../../tests/support/agenda.ts';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { aggregationOf, editorNamed, fullAnswer } from './aggregation.fixture.ts';
import { createVisibility } from './visibility.ts';

const from = Temporal.Instant.from('2026-01-11T23:00:00Z');
const to = Temporal.Instant.from('2026-01-18T23:00:00Z');
const ms = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

test('[PART-10] what was shown is told by agenda: booked or removed once begun it counts, removed before it or under a leave it does not', async () => {
  const database = await createTestDatabase();
  const slot = (start: string, end: string, more = {}) => insertSlot(database, { start: `2026-01-${start}:00Z`, end: `2026-01-${end}:00Z`, ...more });
  await slot('13T09:00', '13T10:00');
  await slot('12T09:00', '12T10:30', { capacity: 6, kind: 'range' });
  const early = await slot('14T09:00', '14T11:00');
  const late = await slot('15T09:00', '15T11:00');
  await slot('19T09:00', '19T11:00');
  await slot('13T09:00', '13T12:00', { nationalId: null, structureId });
  await slot('13T14:00', '13T15:00', { nationalId: otherDoctor });
  const db = database.for('availability');
  await db.run(sql`update availability.slot set removed_at = '2026-01-14T08:59:00Z' where id = ${early}`);
  await db.run(sql`update availability.slot set removed_at = '2026-01-15T09:30:00Z' where id = ${late}`);

  const leave = await slot('16T09:00', '16T11:00');
  await db.run(sql`update availability.slot set offered = false where id = ${leave}`);

  const { shown } = createVisibility({ database });
  const own = await shown({ professionals: [doctor], structures: [], from, to });
  expect(own.map((agenda) => ({ ...agenda, spans: agenda.spans.toSorted((a, b) => a.start - b.start) }))).toEqual([{
    nationalId: doctor, structureId: null, placeId: `place-${doctor}`,
    spans: [
      { start: ms('2026-01-12T09:00:00Z'), end: ms('2026-01-12T10:30:00Z') }, { start: ms('2026-01-13T09:00:00Z'), end: ms('2026-01-13T10:00:00Z') },
      { start: ms('2026-01-15T09:00:00Z'), end: ms('2026-01-15T11:00:00Z') },
    ],
  }]);
  const shared = await shown({ professionals: [], structures: [structureId], from, to });
  expect(shared.map(({ nationalId, structureId: id, spans }) => [nationalId, id, spans.length])).toEqual([[null, structureId, 1]]);
});

test("[AGR-04] [PART-10] a vendor's answer leaves the weeks in which it showed slots of whom, and no slot", async () => {
  const database = await createTestDatabase();
  const { aggregation, search } = await aggregationOf(database, [editorNamed('Rapide')], async (_, question) => fullAnswer(question));
  const { editorShowings } = createVisibility({ database });
  expect(await editorShowings([doctor], from, to)).toEqual([]);
  await search([doctor]);
  await aggregation.flush();
  const [showing] = await editorShowings([doctor, otherDoctor], from, to);
  expect(showing!.id).toBe(doctor);
  expect(showing!.instants.every((at) => at >= from.epochMilliseconds && at < to.epochMilliseconds)).toBe(true);
  expect(await editorShowings([doctor], to, to.add({ hours: 168 })), 'the week after').toEqual([]);
  await aggregation.flush();
  const [{ rows }] = await database.for('availability').query<{ rows: number }>(sql`select count(*) as rows from availability.editor_week`) as [{ rows: number }];
  expect(rows).toBe(1);
});
