import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { actorOf, RoomTable } from './room.fixture.ts';

const period = { from: '2026-01-13', to: '2026-01-14' };

test('[RDV-15] [RDV-14] appointments after a call and calls again within 72 hours, on the same dossier or from the same number; nobody in the file', async () => {
  const table = await RoomTable.open();
  const { staff, clock, dossiers } = table;
  table.at('10:00');
  let messages = 0;
  const bookedFor = async (caller: string, inHours: number) => {
    const dossier = await table.opened(staff.n1, caller);
    const appointmentId = `rdv-${++messages}`;
    clock.advance({ minutes: 5 });
    await dossiers.appointments.receive('86', {
      distributionId: `m-${messages}`, sender: 's', sentAt: clock.now(), receivedAt: clock.now(), appointmentId, method: 'create', status: 'booked',
      start: clock.now().add({ hours: inHours }), practitioner: 'Ada Exemple', structure: null, regulator: { name: 'Dominique', account: staff.os.accountId },
    });
    await dossiers.appointments.attach(staff.n1, appointmentId, dossier.id);
  };
  await bookedFor('+33549000011', 4);
  await bookedFor('+33549000012', 80);
  await bookedFor('+33549000013', 4);
  await dossiers.appointments.receive('86', {
    distributionId: 'm-0', sender: 's', sentAt: clock.now(), receivedAt: clock.now(), appointmentId: 'rdv-0', method: 'create', status: 'booked', start: clock.now(),
    practitioner: 'Ada Exemple', structure: null, regulator: { name: 'Dominique', account: null },
  });
  clock.advance({ hours: 30 });
  await table.opened(staff.n1, '+33549000011');
  clock.advance({ hours: 60 });
  await table.opened(staff.n1, '+33549000013');

  expect(await dossiers.recallStudy.figures(staff.head, period)).toEqual({ received: 4, attached: 3, within72h: 2, recalled: 1, recallRate: 1 / 3 });
  const file = (await buffer(await dossiers.recallStudy.csv(staff.head, period))).toString();
  const rows = parse(file.replace('\ufeff', ''), { columns: true, delimiter: ';' }) as Record<string, string>[];
  expect(rows.map((row) => [row['Pseudonyme'], row['Rendez-vous dans les 72 heures'], row['Rappel dans les 72 heures'], row['Heures entre l’appel et le rappel'], row['Rappel sur le même dossier']])).toEqual([
    ['pseudonym-of-1-vdr', 'oui', 'oui', '30', 'non'], ['pseudonym-of-2-vdr', 'non', 'non', '', ''], ['pseudonym-of-3-vdr', 'oui', 'non', '', ''],
  ]);
  for (const told of ['5490000', 'Exemple', 'Dominique', '2026-01-13', 'rdv-']) expect(file).not.toContain(told);
  expect((await table.events('2026-01-13/2026-01-14')).map(({ event, actor }) => [event, actor])).toEqual([['study-exported', staff.head.accountId]]);
  expect((await dossiers.recallStudy.figures(actorOf('superviseur', 'Ailleurs', { territories: ['79'] }), period)).received, 'another territory').toBe(0);
});
