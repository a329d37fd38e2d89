import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Dossier } from '../contract.ts';
import type { ToldAppointment } from './index.ts';
import { actorOf, qualification, RoomTable } from './room.fixture.ts';

let table: RoomTable;
let staff: RoomTable['staff'];
beforeAll(async () => {
  table = await RoomTable.open();
  staff = table.staff;
  table.at('10:00');
});
beforeEach(() => table.clock.advance({ minutes: 1 }));

let messages = 0;
const told = (appointmentId: string, more: Partial<ToldAppointment> = {}): ToldAppointment => ({
  distributionId: `fr.health.ptfsas_${++messages}`, sender: 'fr.health.ptfsas', sentAt: table.clock.now(), receivedAt: table.clock.now(), appointmentId, method: 'create', status: 'booked',
  start: Temporal.Instant.from('2026-01-13T15:00:00Z'), practitioner: 'Ada Exemple', structure: null, regulator: { name: 'Dominique', account: staff.os.accountId }, ...more,
});
const receive = (appointmentId: string, more: Partial<ToldAppointment> = {}, territory = '86') => table.dossiers.appointments.receive(territory, told(appointmentId, more));
const unattached = async (actor = staff.os) => (await table.dossiers.appointments.unattached(actor)).filter(({ appointmentId }) => appointmentId.startsWith('rdv-'));
const found = async (appointmentId: string) => (await unattached()).find((one) => one.appointmentId === appointmentId);
const outcomes = async (appointmentId: string) =>
  (await table.dossiers.appointments.messages(staff.sv)).filter((one) => one.appointmentId === appointmentId).map(({ outcome }) => outcome).reverse();
const attach = (appointmentId: string, dossier: Dossier, actor = staff.os) => table.dossiers.appointments.attach(actor, appointmentId, dossier.id);

/** An order for the OSNP: what an appointment is booked for. */
async function ordered(): Promise<Dossier> {
  return table.play(await table.waiting('SNP'), [staff.mrg, { action: 'start-regulation' }], [staff.mrg, { action: 'decide', decisions: [{ type: 'CONSULTATION', careLevel: 'R3', specialty: 'SM54' }] }]);
}

test('[INT-05] [RDV-02] R1 an appointment told is offered, attached once, and its dossier says who attached it', async () => {
  const dossier = await ordered();
  expect(await receive('rdv-1', { structure: 'Maison de santé du Clain' })).toBe('created');
  expect(await found('rdv-1')).toMatchObject({ status: 'booked', start: '2026-01-13T15:00:00+00:00', practitioner: 'Ada Exemple', structure: 'Maison de santé du Clain', regulator: 'Dominique', suggested: [] });
  const announced = await table.announced('appointment');
  expect(announced.at(-1)).toMatchObject({ ids: { appointmentId: 'rdv-1' }, audience: { territories: ['86'] } });

  const view = await attach('rdv-1', dossier);
  expect(view.appointments).toMatchObject([{ appointmentId: 'rdv-1', status: 'booked', start: '2026-01-13T15:00:00Z', practitioner: 'Ada Exemple', attachedAt: table.clock.now().toString() }]);
  expect(await found('rdv-1')).toBeUndefined();
  expect((await table.events(dossier.id)).filter(({ event }) => event === 'appointment-attached')).toMatchObject([{ actor: staff.os.accountId, payload: { appointmentId: 'rdv-1' } }]);

  const again = await attach('rdv-1', dossier);
  expect(again.version, 'attached already: nothing changes').toBe(view.version);
  await expect(attach('rdv-1', await ordered())).rejects.toMatchObject({ code: 'appointment-attached', status: 409, extra: { dossierId: dossier.id } });
  await expect(attach('rdv-unknown', dossier)).rejects.toMatchObject({ code: 'appointment-not-found', status: 404 });
});

test('[INT-05] R2 a creation of what is known is a conflict, and stays one when the same message comes again; nothing is changed', async () => {
  expect(await receive('rdv-2')).toBe('created');
  const second = told('rdv-2', { status: 'cancelled' });
  expect(await table.dossiers.appointments.receive('86', second)).toBe('conflict');
  expect(await table.dossiers.appointments.receive('86', second)).toBe('conflict');
  expect(await found('rdv-2')).toMatchObject({ status: 'booked' });
  expect(await outcomes('rdv-2')).toEqual(['created', 'conflict']);
});

test('[INT-05] R3 an update of what is not known creates it; R9 the same message again is kept once', async () => {
  const message = told('rdv-3', { method: 'update', status: 'pending' });
  expect(await table.dossiers.appointments.receive('86', message)).toBe('created');
  expect(await table.dossiers.appointments.receive('86', message)).toBe('repeated');
  expect(await outcomes('rdv-3')).toEqual(['created']);
  const together = told('rdv-3b');
  const answers = await Promise.all(Array.from({ length: 4 }, () => table.dossiers.appointments.receive('86', together)));
  expect(answers.toSorted()).toEqual(['created', 'repeated', 'repeated', 'repeated']);
});

test('[INT-05] [RDV-09] R4 R5 attached, the dossier follows by itself: moved, then cancelled with a task', async () => {
  const dossier = await ordered();
  await receive('rdv-4');
  const before = await attach('rdv-4', dossier);
  table.clock.advance({ minutes: 5 });
  expect(await receive('rdv-4', { method: 'update', start: Temporal.Instant.from('2026-01-13T17:30:00Z'), practitioner: 'Ben Modèle' })).toBe('updated');
  const moved = await table.dossiers.get(staff.os, dossier.id);
  expect(moved.appointments).toEqual([{ appointmentId: 'rdv-4', status: 'booked', start: '2026-01-13T17:30:00Z', practitioner: 'Ben Modèle', attachedAt: before.appointments[0]!.attachedAt }]);
  expect(moved.tasks).toEqual(dossier.tasks);

  await receive('rdv-4', { method: 'update', status: 'cancelled', sentAt: table.clock.now().add({ seconds: 1 }) });
  const cancelled = await table.dossiers.get(staff.os, dossier.id);
  expect(cancelled.appointments).toMatchObject([{ status: 'cancelled' }]);
  expect(cancelled.tasks).toMatchObject([{ kind: 'rdv-cancelled', assignee: 'SUIVI', doneAt: null }]);
  await receive('rdv-4', { method: 'update', status: 'cancelled', sentAt: table.clock.now().add({ seconds: 2 }) });
  expect((await table.dossiers.get(staff.os, dossier.id)).tasks, 'told twice: one task').toHaveLength(1);
});

test('[INT-05] a message sent before the last one known never undoes it, attached or not', async () => {
  const dossier = await ordered();
  const sentAt = table.clock.now();
  await receive('rdv-6', { sentAt });
  await attach('rdv-6', dossier);
  await receive('rdv-6', { method: 'update', status: 'cancelled', sentAt: sentAt.add({ seconds: 30 }) });
  expect(await receive('rdv-6', { method: 'update', status: 'booked', sentAt: sentAt.add({ seconds: 29 }) })).toBe('updated');
  expect((await table.dossiers.get(staff.os, dossier.id)).appointments).toMatchObject([{ status: 'cancelled' }]);
  expect(await outcomes('rdv-6')).toEqual(['created', 'updated', 'outdated']);

  await receive('rdv-7', { sentAt, status: 'cancelled' });
  await receive('rdv-7', { method: 'update', status: 'booked', sentAt: sentAt.subtract({ seconds: 1 }) });
  expect(await found('rdv-7')).toMatchObject({ status: 'cancelled' });
});

test('[INT-05] R6 what could not be read stays in the history, with its cause', async () => {
  await table.dossiers.appointments.keepRefused('86', { distributionId: 'fr.health.ptfsas_broken', sender: 'fr.health.ptfsas', receivedAt: table.clock.now(), cause: 'appointment.start: date attendue' });
  await table.dossiers.appointments.keepRefused('86', { distributionId: 'fr.health.ptfsas_broken', sender: 'fr.health.ptfsas', receivedAt: table.clock.now(), cause: 'appointment.start: date attendue' });
  const refused = (await table.dossiers.appointments.messages(staff.os)).filter(({ outcome }) => outcome === 'refused');
  expect(refused).toMatchObject([{ distributionId: 'fr.health.ptfsas_broken', cause: 'appointment.start: date attendue' }, { distributionId: 'fr.health.ptfsas_broken' }]);
});

test('[RDV-01] the dossiers from which whoever booked had just searched are suggested, the last first, for four hours', async () => {
  const [first, second, third] = [await ordered(), await ordered(), await ordered()];
  await table.dossiers.appointments.searchLink(staff.os, third.id);
  table.clock.advance({ hours: 4 });
  await table.dossiers.appointments.searchLink(staff.os, first.id);
  table.clock.advance({ minutes: 1 });
  await table.dossiers.appointments.searchLink(staff.mrg, third.id);
  await table.dossiers.appointments.searchLink(staff.os, second.id);
  table.clock.advance({ minutes: 1 });
  await receive('rdv-8');
  expect((await found('rdv-8'))?.suggested).toEqual([second, first].map(({ id, number }) => ({ id, number })));
  await receive('rdv-9', { regulator: { name: 'Somebody without account here', account: null } });
  expect((await found('rdv-9'))?.suggested).toEqual([]);
  expect((await table.events(second.id)).map(({ event, actor }) => [event, actor])).toContainEqual(['search-opened', staff.os.accountId]);
});

test('[RDV-01] the link says place, specialty ordered and usual doctor', async () => {
  const dossier = await ordered();
  await table.dossiers.update(staff.os, dossier.id, { base: dossier.version, patient: { usualDoctor: 'Exemple', usualDoctorRpps: '10000000011' } });
  const link = new URL(await table.dossiers.appointments.searchLink(staff.os, dossier.id));
  expect(Object.fromEntries(link.searchParams)).toEqual({
    address: '3 rue des Tilleuls', insee: '86194', city: 'Poitiers', specialty: 'SM54', usualDoctorRpps: '10000000011', usualDoctorName: 'Exemple',
  });
});

test('[ACT-20] [ACT-02] another territory sees, attaches and opens nothing', async () => {
  const dossier = await ordered();
  await receive('rdv-10');
  const neighbour = actorOf('osnp', 'Voisin', { territories: ['79'] });
  expect(await unattached(neighbour)).toEqual([]);
  expect(await table.dossiers.appointments.messages(neighbour)).toEqual([]);
  await expect(attach('rdv-10', dossier, neighbour)).rejects.toMatchObject({ code: 'dossier-not-found', status: 404 });
  await expect(table.dossiers.appointments.searchLink(neighbour, dossier.id)).rejects.toMatchObject({ status: 404 });
  expect(await receive('rdv-10', {}, '79'), 'the same id elsewhere is another appointment').toBe('created');
  expect(await found('rdv-10')).toBeDefined();
});

test('[ACT-20] [SEC-03] out of the reader’s scope: refused, nothing attached, journaled', async () => {
  const amu = await table.play(await table.opened(), [staff.n1, qualification({ filiere: 'AMU' })]);
  await receive('rdv-11');
  await expect(attach('rdv-11', amu)).rejects.toMatchObject({ code: 'dossier-out-of-scope', status: 403 });
  await expect(table.dossiers.appointments.searchLink(staff.os, amu.id)).rejects.toMatchObject({ code: 'dossier-out-of-scope' });
  expect(await found('rdv-11')).toBeDefined();
  const refusals = (await table.events(amu.id)).filter(({ event }) => event === 'refused');
  expect(refusals).toMatchObject([{ actor: staff.os.accountId, payload: { action: 'attach-appointment' } }, { actor: staff.os.accountId, payload: { action: 'search-link' } }]);
});
