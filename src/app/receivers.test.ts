import { expect, test } from 'vitest';
import type { Transaction } from '../foundation/db/database.ts';
import type { Account } from '../identity/server/index.ts';
import { receiverTeller } from './receivers.ts';

const account = (id: string, more: Partial<Account> = {}): Account =>
  ({ id, displayName: id, lastName: id, firstName: '', email: `${id}@demo.example`, nationalId: null, active: true, ...more });

function setup({ known, managers = [] }: { known: Account | null; managers?: Account[] }) {
  const sent: { letter: string; asked: unknown }[] = [];
  const letter = (name: string) => async (_tx: Transaction, asked: unknown) => sent.push({ letter: name, asked }) > 0;
  const tell = receiverTeller({
    messages: { tellAppointmentBooked: letter('booked'), tellAppointmentMoved: letter('moved'), tellAppointmentCancelled: letter('cancelled'), tellOutcomesToTell: letter('outcomes') },
    accounts: { byNationalId: async () => known, managersOf: async () => managers },
    territories: { get: async (code) => ({ code, name: 'La Réunion', departments: ['974'], timeZone: 'Indian/Reunion', holidaySet: 'reunion', radiusKm: 30, launchedOn: null, status: 'LANCE' }) },
  });
  return { tell, sent };
}

const tx = {} as Transaction;
const at = Temporal.Instant.from('2026-01-13T05:00:00Z');
const appointment = {
  template: 'appointment-booked', receiver: { nationalId: '810000000011', structureId: '1860000001' }, territory: '974', orientationId: 'o1',
  start: Temporal.Instant.from('2026-01-13T22:00:00Z'), placeLabel: 'Cabinet Exemple', modality: 'VR',
} as const;

test('[INT-08] the professional is told in the hours of his territory, once for each change', async () => {
  const { tell, sent } = setup({ known: account('doctor') });
  expect(await tell(tx, appointment, at)).toBe(true);
  expect(sent).toEqual([{
    letter: 'booked',
    asked: {
      to: { accountId: 'doctor' }, key: 'appointment-booked/o1/2026-01-13T05:00:00Z',
      values: { day: '2026-01-14', hour: '02:00', place: 'Cabinet Exemple', consultation: 'teleconsultation', link: '/mes-patients' },
    },
  }]);
});

test('[RDV-12] without a professional to reach, those who manage the structure are told; with nobody, the appointment is not said notified', async () => {
  const suspended = account('doctor', { active: false });
  const managed = setup({ known: suspended, managers: [account('manager')] });
  expect(await managed.tell(tx, appointment, at)).toBe(true);
  expect(managed.sent[0]!.asked).toMatchObject({ to: { structureId: '1860000001' } });
  const nobody = setup({ known: suspended, managers: [account('manager', { email: null })] });
  expect(await nobody.tell(tx, appointment, at)).toBe(false);
  expect(nobody.sent).toEqual([]);
});
