import { expect, test } from 'vitest';
import { actorOf, doctor, otherDoctor } from '../../../../tests/support/agenda.ts';
import { newKey, setUpOrientations } from '../../../../tests/support/orientations.ts';
import type { ReceivedAppointment } from '../domain/appointment.ts';

const at = (text: string) => Temporal.Instant.from(text);
const START = at('2026-01-13T15:00:00Z');

async function setUp() {
  const world = await setUpOrientations();
  const operator = world.person('osnp', { nationalId: '3990000001/TEST01' });
  const editor = actorOf('editor', { editor: 'Rapide', territories: ['*'] });
  const told = (more: Partial<ReceivedAppointment> = {}): ReceivedAppointment => ({
    key: 'urn:rapide|42', status: 'booked', start: START, end: START.add({ minutes: 20 }), created: null,
    operator: { kind: 'technical', value: operator.accountId }, practitionerId: doctor, ...more,
  });
  const messages = async () =>
    (await world.database.owner.pool.query("select payload->>'method' as method, payload->>'status' as status from foundation.outbox order by created_at, ctid")).rows
      .map((row) => `${row.method} ${row.status}`);
  return {
    ...world, operator, editor, told, messages,
    receive: (more: Partial<ReceivedAppointment> = {}, method: 'create' | 'update' = 'update', from = editor) => world.intake.receive(told(more), method, from),
    click: (slot: Parameters<typeof world.seal>[0] = {}) => world.orientations.create(operator, { slotId: world.seal(slot), lrmReference: 'DRM-86-1' }, newKey()),
    read: (id: string) => world.orientations.get(operator, id),
  };
}

test('[INT-04] [RDV-03] the click becomes an appointment and follows its life: booked, moved, honoured', async () => {
  const { click, receive, read, messages, clock, forgotten } = await setUp();
  const { id } = await click();
  clock.advance({ minutes: 3 });
  expect(await receive({}, 'create')).toEqual({ outcome: 'created', orientationId: id });
  expect(await read(id)).toMatchObject({ status: 'PRIS', redirectUrl: null, lrmReference: 'DRM-86-1', flags: [], by: { name: 'Camille Exemple' } });
  expect(await receive({}, 'create'), 'the same message again').toEqual({ outcome: 'unchanged', orientationId: id });
  expect(await receive()).toEqual({ outcome: 'unchanged', orientationId: id });
  await expect(receive({ start: at('2026-01-13T16:00:00Z') }, 'create')).rejects.toMatchObject({ code: 'appointment-duplicate', status: 409 });
  expect(await receive({ start: at('2026-01-13T16:00:00Z'), end: at('2026-01-13T16:20:00Z') })).toMatchObject({ outcome: 'updated' });
  expect(await read(id)).toMatchObject({ status: 'MODIFIE', start: '2026-01-13T16:00:00Z', end: '2026-01-13T16:20:00Z' });
  expect(await receive({ status: 'fulfilled', start: at('2026-01-13T16:00:00Z'), end: at('2026-01-13T16:20:00Z') })).toMatchObject({ outcome: 'updated' });
  const { history, status, possible } = await read(id);
  expect({ status, possible }).toEqual({ status: 'HONORE', possible: [] });
  expect(history.map((line) => [line.event, line.by, line.to])).toEqual([
    ['created', 'Camille Exemple', 'RESERVATION'], ['appointment-received', 'editor:Rapide', 'PRIS'],
    ['appointment-moved', 'editor:Rapide', 'MODIFIE'], ['status-told', 'editor:Rapide', 'HONORE'],
  ]);
  expect(await messages()).toEqual(['create booked', 'update booked', 'update fulfilled']);
  expect(forgotten).toContain(doctor);
});

test('[INT-04] the operator is found by his national id too; an unknown one is refused, and so is a token that is no vendor\'s', async () => {
  const { receive, read, operator } = await setUp();
  const { orientationId } = await receive({ operator: { kind: 'national', value: operator.nationalId! } });
  expect(await read(orientationId)).toMatchObject({ status: 'PRIS', by: { accountId: operator.accountId } });
  for (const value of [crypto.randomUUID(), 'not a uuid']) {
    await expect(receive({ key: 'k|2', operator: { kind: 'technical', value } })).rejects.toMatchObject({ code: 'operator-unknown', status: 422 });
  }
  await expect(receive({ key: 'k|3' }, 'update', actorOf('editor'))).rejects.toMatchObject({ code: 'editor-required', status: 403 });
});

test('[INT-04] without a click it is an orientation of its own, flagged; so is a professional that the directory does not know', async () => {
  const { receive, read, messages } = await setUp();
  const own = await receive({}, 'create');
  expect(own.outcome).toBe('created');
  expect(await read(own.orientationId)).toMatchObject({
    status: 'PRIS', kind: 'editor', editor: 'Rapide', label: 'Exemple Ada', placeLabel: 'Cabinet Exemple, Poitiers', territory: '86', searchId: null, flags: ['sans-recherche'],
  });
  const unknown = await receive({ key: 'k|2', practitionerId: '810000000999' });
  expect(await read(unknown.orientationId)).toMatchObject({ label: '810000000999', flags: ['sans-recherche', 'professionnel-inconnu'] });
  expect(await messages()).toEqual(['create booked', 'create booked']);
});

test('[INT-04] two clicks and two appointments find each other, each once', async () => {
  const { click, receive, clock } = await setUp();
  const first = await click();
  clock.advance({ minutes: 1 });
  const second = await click({ start: at('2026-01-13T17:00:00Z'), end: at('2026-01-13T17:20:00Z') });
  const other = await click({ nationalId: otherDoctor });
  const [a, b] = await Promise.all([receive({ key: 'k|1' }), receive({ key: 'k|2', start: at('2026-01-13T17:00:00Z'), end: at('2026-01-13T17:20:00Z') })]);
  expect([a.orientationId, b.orientationId]).toEqual([first.id, second.id]);
  const third = await receive({ key: 'k|3' });
  expect([first.id, second.id, other.id]).not.toContain(third.orientationId);
});

test('[INT-04] the same appointment told eight times at once makes one orientation', async () => {
  const { click, receive, database } = await setUp();
  const { id } = await click();
  const receipts = await Promise.all(Array.from({ length: 8 }, () => receive({}, 'create')));
  expect(receipts.map((receipt) => receipt.outcome).sort()).toEqual(['created', ...Array.from({ length: 7 }, () => 'unchanged')]);
  expect(new Set(receipts.map((receipt) => receipt.orientationId))).toEqual(new Set([id]));
  expect((await database.owner.pool.query('select count(*)::int as n from orientation.orientation')).rows[0].n).toBe(1);
});

test('[INT-04] SOS Médecins: pending without a doctor, named later, and no patient is lost on the way', async () => {
  const { click, receive, read, messages } = await setUp();
  const { id } = await click({ nationalId: null, structureId: '312345678900011' });
  await receive({ status: 'pending', practitionerId: null });
  expect(await read(id)).toMatchObject({ status: 'ACCEPTE_SANS_NOM', nationalId: null, category: 'SOS', label: 'Cabinet du Test' });
  await receive({ status: 'booked' });
  expect(await read(id)).toMatchObject({ status: 'PRIS', nationalId: doctor, label: 'Exemple Ada' });
  await receive({ status: 'booked', practitionerId: otherDoctor });
  expect(await read(id)).toMatchObject({ status: 'MODIFIE', nationalId: otherDoctor, label: 'Modèle Ada' });
  expect(await messages()).toEqual(['create pending', 'update booked', 'update booked']);
});

test('[INT-04] messages out of order: a late one changes nothing and is kept; who cancelled is not known', async () => {
  const { receive, read, messages } = await setUp();
  const { orientationId } = await receive({ status: 'cancelled' });
  expect(await receive({ status: 'booked' }, 'create')).toMatchObject({ outcome: 'unchanged' });
  expect(await receive({ status: 'booked' })).toMatchObject({ outcome: 'unchanged' });
  const { status, flags, history } = await read(orientationId);
  expect(status).toBe('ANNULE_EFFECTEUR');
  expect(flags).toEqual(['sans-recherche', 'annulation-auteur-inconnu', 'message-tardif']);
  expect(history.map((line) => line.event)).toEqual(['appointment-received', 'late-message']);
  expect(await messages(), 'the LRM never heard of it').toEqual([]);
});

test('[INT-04] [SEC-05] a vendor cannot touch the appointment of another one', async () => {
  const { receive, read } = await setUp();
  const { orientationId } = await receive();
  const rival = actorOf('editor', { editor: 'Rival' });
  for (const method of ['create', 'update'] as const) {
    await expect(receive({ status: 'cancelled' }, method, rival)).rejects.toMatchObject({ code: 'appointment-of-another-editor', status: 403 });
  }
  expect(await read(orientationId)).toMatchObject({ status: 'PRIS' });
});

test('[RDV-05] an appointment taken later than 48 hours at a vendor\'s is flagged', async () => {
  const { receive, read } = await setUp();
  const { orientationId } = await receive({ start: at('2026-01-16T15:00:00Z'), end: at('2026-01-16T15:20:00Z') });
  expect(await read(orientationId)).toMatchObject({ beyond48h: true });
});
