import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { actorOf, doctor, insertSlot, structureId } from '../../../../tests/support/agenda.ts';
import { newKey, setUpOrientations } from '../../../../tests/support/orientations.ts';
import { verifyJournal } from '../../../foundation/journal.ts';
import type { TestDatabase } from '../../../../tests/support/database.ts';

const START = '2026-01-13T14:00:00Z';
const osnp = actorOf('osnp');

const count = async (database: TestDatabase, table: string) =>
  Number((await database.owner.pool.query(`select count(*) from ${table}`)).rows[0].count);

/** Everything a booking writes: places, orientations, their history, journal, announcements, messages. */
const written = async (database: TestDatabase) => ({
  places: (await database.for('availability').one<{ n: number }>(sql`select coalesce(sum(taken), 0)::int as n from availability.slot`)).n,
  seats: await count(database, "availability.seat where state = 'booked'"),
  orientations: await count(database, 'orientation.orientation'),
  events: await count(database, 'orientation.orientation_event'),
  journal: await count(database, "foundation.journal where object_type = 'orientation'"),
  messages: await count(database, 'foundation.outbox'),
});

test('[RDV-02] a place of the agenda is booked with its orientation, history, journal, announcements and message in one go', async () => {
  const { database, orientations } = await setUpOrientations();
  const slotId = await insertSlot(database, { start: START });
  const made = await orientations.create(osnp, { slotId, lrmReference: 'DRM-86-0001' }, newKey());
  expect(made).toMatchObject({
    status: 'PRIS', kind: 'slot', category: 'PS', nationalId: doctor, label: 'Exemple Ada', placeLabel: 'Cabinet Exemple, Poitiers', specialty: 'SM54',
    modality: 'AMB', territory: '86', start: START, beyond48h: false, lrmReference: 'DRM-86-0001', possible: ['cancel', 'move'],
    by: { accountId: osnp.accountId, name: 'Camille Exemple', role: 'osnp' },
  });
  expect(await written(database)).toEqual({ places: 1, seats: 1, orientations: 1, events: 1, journal: 1, messages: 1 });
  const { rows } = await database.owner.pool.query('select channel, recipient, payload from foundation.outbox');
  expect(rows[0]).toMatchObject({
    channel: 'lrm-appointment', recipient: '86',
    payload: { appointmentId: made.id, method: 'create', status: 'booked', start: START, category: 'PS', practitionerId: doctor, regulator: osnp.accountId, lrmReference: 'DRM-86-0001' },
  });
  const events = await database.owner.pool.query('select topic from foundation.event order by topic');
  expect(events.rows.map((row) => row.topic)).toEqual(['orientation', 'slot']);
  expect((await verifyJournal(database)).broken).toBeNull();
});

test('[RDV-02] the same key gives the same orientation, another body under it is refused, a missing key too', async () => {
  const { database, orientations, clock } = await setUpOrientations();
  const slotId = await insertSlot(database, { start: START, capacity: 3 });
  const key = newKey();
  const first = await orientations.create(osnp, { slotId, lrmReference: 'DRM-1' }, key);
  expect(await orientations.create(osnp, { lrmReference: 'DRM-1', slotId }, key)).toEqual(first);
  await expect(orientations.create(osnp, { slotId }, key)).rejects.toMatchObject({ code: 'idempotency-key-reused', status: 422 });
  for (const wrong of [undefined, '', 'x'.repeat(256)]) {
    await expect(orientations.create(osnp, { slotId }, wrong)).rejects.toMatchObject({ code: 'idempotency-key-missing', status: 400 });
  }
  const other = await orientations.create(actorOf('mrg'), { slotId, lrmReference: 'DRM-1' }, key);
  expect(other.id).not.toBe(first.id);
  clock.set('2026-01-13T15:00:00Z');
  expect((await orientations.create(osnp, { slotId, lrmReference: 'DRM-1' }, key)).id, 'also when the slot is past').toBe(first.id);
  expect(await written(database)).toEqual({ places: 2, seats: 2, orientations: 2, events: 2, journal: 2, messages: 2 });
});

test.each([1, 4])('[RDV-02] eight concurrent duplicates on a slot of %i: one booking, eight times the same answer', async (capacity) => {
  const { database, orientations } = await setUpOrientations();
  const slotId = await insertSlot(database, { start: START, capacity });
  const key = newKey();
  const answers = await Promise.all(Array.from({ length: 8 }, () => orientations.create(osnp, { slotId }, key)));
  expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
  expect(await written(database)).toEqual({ places: 1, seats: 1, orientations: 1, events: 1, journal: 1, messages: 1 });
});

test('[AGR-09] [NFR-04] eight operators fight through the whole use case: every place once, nothing half written', async () => {
  const { database, orientations } = await setUpOrientations();
  const capacities = [1, 2, 3, 5, 8, 1, 1, 4];
  const slots = await Promise.all(capacities.map((capacity) => insertSlot(database, { start: START, capacity })));
  const places = capacities.reduce((a, b) => a + b);
  const refused = new Set<string>();
  await Promise.all(Array.from({ length: 8 }, async (_, client) => {
    const actor = actorOf('osnp');
    for (let round = 0; round < 40; round++) {
      await orientations.create(actor, { slotId: slots[(round + client) % slots.length]! }, newKey()).catch((error) => refused.add(error.code));
    }
  }));
  expect([...refused]).toEqual(['slot-taken']);
  expect(await written(database)).toEqual({ places, seats: places, orientations: places, events: places, journal: places, messages: places });
}, 60_000);

test('[NFR-04] a connection killed in the middle of a booking leaves nothing half done, and says that the database is away', async () => {
  const { database, orientations, agenda } = await setUpOrientations();
  const slotId = await insertSlot(database, { start: START });
  const taken: unknown[] = [];
  const killer = database.owner.pool;
  const interrupted = database.for('orientation').transaction(async (tx) => {
    taken.push(await agenda.takeSeat(tx, { slotId, actor: osnp.accountId, now: Temporal.Instant.from('2026-01-13T08:00:00Z') }));
    const { pid } = await tx.one<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await killer.query('select pg_terminate_backend($1)', [pid]);
    await tx.run(sql`select 1`);
  });
  await expect(interrupted).rejects.toMatchObject({ code: 'database-unavailable', status: 503 });
  expect(taken).toHaveLength(1);
  expect(await written(database)).toEqual({ places: 0, seats: 0, orientations: 0, events: 0, journal: 0, messages: 0 });
  expect(await orientations.create(osnp, { slotId }, newKey()), 'and the place can be booked at once').toMatchObject({ status: 'PRIS' });
});

test('[RDV-05] later than 48 hours: refused without a reason, flagged with it', async () => {
  const { database, orientations } = await setUpOrientations();
  const slotId = await insertSlot(database, { start: '2026-01-15T08:00:01Z' });
  await expect(orientations.create(osnp, { slotId }, newKey())).rejects.toMatchObject({ code: 'late-reason-missing', status: 422, fields: [{ path: 'lateReason' }] });
  expect(await orientations.create(osnp, { slotId, lateReason: 'patient-choice' }, newKey())).toMatchObject({ beyond48h: true, lateReason: 'patient-choice' });
  const near = await insertSlot(database, { start: START });
  expect(await orientations.create(osnp, { slotId: near, lateReason: 'patient-choice' }, newKey())).toMatchObject({ beyond48h: false, lateReason: null });
});

test('[RDV-02] a level of the charter passed over asks for a reason; level and distance are kept', async () => {
  const { database, orientations, choice } = await setUpOrientations();
  const searchId = randomUUID();
  await database.owner.pool.query(`insert into orientation.search (id, at, territory, actor, role, criteria, seed, ranking, specialty, candidate_count, candidates)
    values ($1, now(), '86', 'a', 'osnp', '{}', 's', 'neutral', 'SM54', 0, '[]')`, [searchId]);
  const slotId = await insertSlot(database, { start: START });
  Object.assign(choice, { level: 3, distanceM: 1200, skipped: true });
  await expect(orientations.create(osnp, { slotId, searchId }, newKey())).rejects.toMatchObject({ code: 'charter-level-skipped', status: 422, fields: [{ path: 'skipReason' }] });
  expect(await written(database)).toMatchObject({ places: 0, orientations: 0 });
  expect(await orientations.create(osnp, { slotId, searchId, skipReason: 'too-far' }, newKey())).toMatchObject({ charterLevel: 3, distanceM: 1200, skipReason: 'too-far', searchId });
});

test('[RDV-02] what cannot be booked is refused with its reason: past, unknown, forged, without slot, wrong modality', async () => {
  const { database, orientations, clock } = await setUpOrientations();
  const slotId = await insertSlot(database, { start: START });
  const refusal = (body: unknown) => orientations.create(osnp, body, newKey()).then(() => null, (error) => error.code);
  expect(await refusal({ slotId: randomUUID() })).toBe('slot-not-found');
  expect(await refusal({ slotId: 'e1.forged.seal' })).toBe('slot-id-invalid');
  expect(await refusal({})).toBe('invalid-input');
  expect(await refusal({ slotId, modality: 'VR' })).toBe('invalid-input');
  clock.set(START);
  expect(await refusal({ slotId })).toBe('slot-past');
  await orientations.create(osnp, { slotId: await insertSlot(database, { start: '2026-01-13T16:00:00Z' }) }, newKey());
});

test('[RDV-03] a vendor\'s slot becomes a reservation with the address to go to, `origin` added', async () => {
  const { orientations, seal, database } = await setUpOrientations();
  const slotId = seal();
  const key = newKey();
  const made = await orientations.create(osnp, { slotId }, key);
  expect(made).toMatchObject({
    status: 'RESERVATION', kind: 'editor', editor: 'Rapide', redirectUrl: 'https://editeur.example/rdv?s=1&origin=sas-test', label: 'Exemple Ada',
    placeLabel: 'Cabinet du Test, Poitiers', nationalId: doctor, category: 'PS', possible: ['cancel'],
  });
  expect(await orientations.create(osnp, { slotId }, key)).toEqual(made);
  expect(await count(database, 'foundation.outbox'), 'nothing to tell the LRM yet').toBe(0);
  const refusal = (slot: Parameters<typeof seal>[0]) => orientations.create(osnp, { slotId: seal(slot) }, newKey()).then(() => null, (error) => error.code);
  expect(await refusal({ bookingUrl: null })).toBe('slot-without-booking');
  expect(await refusal({ bookingUrl: 'javascript:alert(1)' })).toBe('slot-without-booking');
  expect(await refusal({ start: Temporal.Instant.from('2026-01-20T08:00:00Z') })).toBe('late-reason-missing');
  expect(await orientations.act(osnp, made.id, 'cancel', {})).toMatchObject({ status: 'ANNULE_SAS', redirectUrl: null });
  expect(await count(database, 'foundation.outbox')).toBe(0);
});

test('[RDV-09] a request beyond the agendas goes from the structure asked to the doctor named', async () => {
  const { orientations } = await setUpOrientations();
  const asked = await orientations.create(osnp, { enSus: { structureId, at: START, reason: 'doctor-decision' } }, newKey());
  expect(asked).toMatchObject({ status: 'DEMANDE', kind: 'surnumeraire', category: 'MSP', label: 'Maison de santé du Clain', territory: '86' });
  const manager = actorOf('gestionnaire-structure', { structureIds: [structureId] });
  expect(await orientations.act(manager, asked.id, 'accept', {})).toMatchObject({ status: 'ACCEPTE_SANS_NOM', possible: ['name', 'cancel'] });
  await expect(orientations.act(manager, asked.id, 'name', { nationalId: '810000000029' })).rejects.toMatchObject({ code: 'professional-not-member' });
  expect(await orientations.act(manager, asked.id, 'name', { nationalId: doctor })).toMatchObject({ status: 'ACCEPTE_NOMME', nationalId: doctor, label: 'Exemple Ada' });
  expect(await orientations.act(osnp, asked.id, 'accept', {})).toMatchObject({ status: 'PRIS' });
  const solicited = await orientations.create(osnp, { enSus: { rpps: doctor.slice(1), at: START, reason: 'doctor-decision' } }, newKey());
  expect(solicited).toMatchObject({ status: 'SOLLICITE', nationalId: doctor });
  expect(await orientations.act(actorOf('effecteur', { nationalId: doctor }), solicited.id, 'refuse', {})).toMatchObject({ status: 'REFUSE' });
  const refusal = (enSus: object) => orientations.create(osnp, { enSus }, newKey()).then(() => null, (error) => error.fields[0].path);
  expect(await refusal({ rpps: '10000099999', at: START })).toBe('enSus.rpps');
  expect(await refusal({ structureId: '1000', at: START })).toBe('enSus.structureId');
  expect(await refusal({ structureId, at: '2026-01-12T08:00:00Z' })).toBe('enSus.at');
});
