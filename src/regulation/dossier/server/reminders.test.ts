import { beforeEach, expect, test } from 'vitest';
import type { Dossier } from '../contract.ts';
import { defaultRules } from '../domain/rules.ts';
import { actorOf, RoomTable } from './room.fixture.ts';

let table: RoomTable;
beforeEach(async () => void (table = (await RoomTable.open()).at('10:00')));

const paris = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Paris').toInstant();
const MOBILE = '0612345612';

/** The dossier of an order for the OSNP, its patient reached at this number. */
async function ordered(callback = MOBILE): Promise<Dossier> {
  const waiting = await table.waiting('SNP', { callback });
  return table.play(waiting, [table.staff.mrg, { action: 'start-regulation' }], [table.staff.mrg, { action: 'decide', decisions: [{ type: 'CONSULTATION', careLevel: 'R3', specialty: 'SM54' }] }]);
}

const tell = (dossier: Dossier, status: string, start = '2026-01-14T10:30') =>
  table.database.for('dossier').transaction((tx) => table.dossiers.links.attachAppointment(tx, dossier.id, { appointmentId: `rdv-${dossier.id}`, status, start: paris(start), practitioner: 'Ada Exemple' }));

/** Lives until this wall clock, and reminds those whose time has come. */
async function until(text: string): Promise<void> {
  table.clock.set(paris(text).toString());
  await Promise.all([table.dossiers.remindDue(), table.dossiers.remindDue()]);
}
const tasks = async (actor = table.staff.os) => (await table.dossiers.patientTasks.list(actor)).tasks;

test('[RDV-11] a patient with a mobile receives one SMS the day before, with the hour and the doctor', async () => {
  const dossier = await ordered();
  await tell(dossier, 'booked');
  await until('2026-01-13T16:29');
  expect(table.reminded).toEqual([]);
  await until('2026-01-13T16:30');
  await until('2026-01-13T18:00');
  expect(table.reminded).toMatchObject([{ phone: MOBILE, start: paris('2026-01-14T10:30'), practitioner: 'Ada Exemple', callBack: '116117', timeZone: 'Europe/Paris' }]);
  expect(Object.keys(table.reminded[0]!).toSorted()).toEqual(['appointmentId', 'callBack', 'phone', 'practitioner', 'start', 'structure', 'timeZone']);
  expect(await tasks()).toEqual([]);
  expect(await table.events(dossier.id)).toContainEqual(expect.objectContaining({ event: 'reminder', payload: expect.objectContaining({ by: 'sms' }) }));
});

test.each([
  ['moved', async (dossier: Dossier): Promise<void> => void (await tell(dossier, 'booked', '2026-01-16T11:00')), ['2026-01-15T17:00']],
  ['cancelled', async (dossier: Dossier): Promise<void> => void (await tell(dossier, 'cancelled')), []],
  ['not wanted', async (dossier: Dossier): Promise<void> => void (await table.dossiers.update(table.staff.os, dossier.id, { base: (await table.dossiers.get(table.staff.os, dossier.id)).version, reminder: 'none' })), []],
] as const)('[RDV-11] the appointment %s, the reminder follows', async (_what, change, sentAt) => {
  const dossier = await ordered();
  await tell(dossier, 'booked');
  await change(dossier);
  const sent: string[] = [];
  for (const hour of ['2026-01-13T16:30', '2026-01-15T16:59', '2026-01-15T17:00', '2026-01-17T12:00']) {
    const before = table.reminded.length;
    await until(hour);
    if (table.reminded.length > before) sent.push(hour);
  }
  expect(sent).toEqual(sentAt);
});

test('[RDV-11] no mobile, or a call preferred: an OSNP finds the task at the hour of the reminder, and ends it', async () => {
  const landline = await ordered('0549000001');
  await tell(landline, 'booked');
  const asked = await ordered();
  await table.dossiers.update(table.staff.os, asked.id, { base: asked.version, reminder: 'call' });
  await tell(asked, 'booked');
  expect(await tasks()).toEqual([]);
  await until('2026-01-13T16:30');
  expect(table.reminded).toEqual([]);
  const [first, second] = await tasks();
  expect([first, second].map((task) => task!.dossierId).toSorted()).toEqual([landline.id, asked.id].toSorted());
  expect((await table.dossiers.patientTasks.list(table.staff.os)).dossiers).toHaveLength(2);

  await table.dossiers.patientTasks.close(table.staff.os, first!.id, 'joint');
  await expect(table.dossiers.patientTasks.close(table.staff.os, first!.id, 'joint')).rejects.toMatchObject({ code: 'patient-task-done' });
  await tell(second!.dossierId === asked.id ? asked : landline, 'cancelled');
  expect(await tasks()).toEqual([]);
});

test('[RDV-11] booked too late to be reminded, or reminders off for everybody: nothing', async () => {
  const soon = await ordered();
  await tell(soon, 'booked', '2026-01-13T18:00');
  await table.dossiers.settings.saveRules(table.staff.head, '86', { ...defaultRules, reminder: { ...defaultRules.reminder, by: 'none' } }, 'COPIL du 12 janvier');
  await tell(await ordered(), 'booked');
  await until('2026-01-14T09:00');
  expect([table.reminded, await tasks()]).toEqual([[], []]);
});

test.each([
  ['before its reminder', '2026-01-13T12:00', ['2026-01-13T12:00']], ['after its reminder', '2026-01-13T18:00', ['2026-01-13T18:00']],
  ['by night', '2026-01-13T23:00', ['2026-01-14T08:00']],
] as const)('[INT-08] an appointment cancelled %s is told by SMS to the patient who counted on it: once, by day', async (_when, cancelledAt, toldAt) => {
  const dossier = await ordered();
  await tell(dossier, 'booked');
  await until(cancelledAt);
  await tell(dossier, 'cancelled');
  await tell(dossier, 'cancelled');
  const told: string[] = [];
  for (const hour of [cancelledAt, '2026-01-14T07:59', '2026-01-14T08:00', '2026-01-14T10:00']) {
    const before = table.cancelledTold.length;
    await until(hour);
    if (table.cancelledTold.length > before) told.push(hour);
  }
  expect(told).toEqual(toldAt);
  expect(table.cancelledTold).toMatchObject([{ phone: MOBILE, start: paris('2026-01-14T10:30'), callBack: '116117' }]);
  expect(await table.events(dossier.id)).toContainEqual(expect.objectContaining({ event: 'cancellation-told' }));
});

test('[INT-08] who wants no SMS, was not to be reminded, or has his appointment back, is not told of a cancellation', async () => {
  const unwilling = await ordered();
  await table.dossiers.update(table.staff.os, unwilling.id, { base: unwilling.version, reminder: 'call' });
  const soon = await ordered();
  for (const status of ['booked', 'cancelled']) await tell(soon, status, '2026-01-13T18:00');
  await until('2026-01-13T10:05');
  const back = await ordered();
  for (const dossier of [unwilling, back]) await tell(dossier, 'booked');
  await until('2026-01-13T21:00');
  for (const dossier of [unwilling, back]) await tell(dossier, 'cancelled');
  await tell(back, 'booked');
  await until('2026-01-14T08:00');
  expect(table.cancelledTold).toEqual([]);
});

test('[RDV-13] a patient who did not come is looked for although his dossier is closed; the reason is kept, and counted', async () => {
  const dossier = await ordered();
  await tell(dossier, 'booked');
  await table.dossiers.act(table.staff.os, dossier.id, { action: 'execute' }, '*');
  await table.database.for('dossier').transaction((tx) => table.dossiers.links.callEnded(tx, dossier.calls[0]!.id, { at: table.clock.now(), planned: true }));
  for (let hour = 0; hour < 60; hour++) {
    table.clock.advance({ hours: 1 });
    await table.dossiers.due();
  }
  expect((await table.database.owner.pool.query('select state from dossier.dossier where id = $1', [dossier.id])).rows).toEqual([{ state: 'CLOTURE' }]);
  const stranger = actorOf('osnp', 'Un autre OSNP');
  await expect(table.dossiers.get(stranger, dossier.id)).rejects.toMatchObject({ code: 'dossier-out-of-scope' });

  await tell(dossier, 'noshow');
  await tell(dossier, 'noshow');
  const [task, ...others] = await tasks();
  expect([task, others]).toMatchObject([{ kind: 'rdv-noshow', dossierId: dossier.id }, []]);
  expect((await table.dossiers.get(stranger, dossier.id)).callback).toBe(MOBILE);
  const period = { from: '2026-01-14', to: '2026-01-14' };
  expect((await table.dossiers.patientTasks.absences(table.staff.sv, period)).toCheck).toBe(1);

  await expect(table.dossiers.patientTasks.close(stranger, task!.id, 'joint')).rejects.toMatchObject({ code: 'outcome-unknown' });
  await table.dossiers.patientTasks.close(stranger, task!.id, 'csnp');
  const { reasons, toCheck } = await table.dossiers.patientTasks.absences(table.staff.sv, period);
  expect(reasons).toEqual([{ reason: 'autre-soin', count: 0 }, { reason: 'csnp', count: 1 }, { reason: 'retabli', count: 0 }, { reason: 'injoignable', count: 0 }]);
  expect(toCheck).toBe(0);
  await expect(table.dossiers.get(stranger, dossier.id)).rejects.toMatchObject({ code: 'dossier-out-of-scope' });
});

test('[RDV-13] the tasks of a territory are not those of another', async () => {
  const dossier = await ordered();
  await tell(dossier, 'noshow');
  const elsewhere = actorOf('osnp', 'OSNP du 79', { territories: ['79'] });
  expect(await tasks(elsewhere)).toEqual([]);
  const [task] = await tasks();
  await expect(table.dossiers.patientTasks.close(elsewhere, task!.id, 'csnp')).rejects.toMatchObject({ code: 'patient-task-not-found' });
});
