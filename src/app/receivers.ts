import type { Accounts } from '../identity/server/index.ts';
import type { Recipient } from '../messages/server/index.ts';
import type { Modality } from '../platform/availability/contract.ts';
import type { Receiver, TellReceiver } from '../platform/orientation/server/outcome-receivers.ts';
import type { Territories } from '../territory/server/index.ts';
import type { AppMessages } from './messages.ts';

const consultations = { AMB: 'cabinet', HH: 'domicile', VR: 'teleconsultation' } as const satisfies Record<Modality, string>;
const PATIENTS_PAGE = '/mes-patients';

/** Tells those who receive of their appointments, by e-mail, in the hours of their territory. */
export function receiverTeller({ messages, accounts, territories }: {
  readonly messages: Pick<AppMessages, 'tellAppointmentBooked' | 'tellAppointmentMoved' | 'tellAppointmentCancelled' | 'tellOutcomesToTell'>;
  readonly accounts: Pick<Accounts, 'byNationalId' | 'managersOf'>;
  readonly territories: Pick<Territories, 'get'>;
}): TellReceiver {
  const told = {
    'appointment-booked': messages.tellAppointmentBooked, 'appointment-moved': messages.tellAppointmentMoved, 'appointment-cancelled': messages.tellAppointmentCancelled,
  } as const;
  return async (tx, message, at) => {
    const to = await recipientOf(accounts, message.receiver);
    if (!to) return false;
    if (message.template === 'outcomes-to-tell') {
      const { receiver, day, count } = message;
      return messages.tellOutcomesToTell(tx, { to, values: { count, link: PATIENTS_PAGE }, key: `outcomes/${receiver.nationalId ?? receiver.structureId}/${day}` });
    }
    const { template, territory, orientationId, start, placeLabel, modality } = message;
    const local = start.toZonedDateTimeISO((await territories.get(territory)).timeZone);
    return told[template](tx, {
      to, key: `${template}/${orientationId}/${at}`,
      values: {
        day: local.toPlainDate().toString(), hour: local.toPlainTime().toString({ smallestUnit: 'minute' }), place: placeLabel,
        consultation: consultations[modality ?? 'AMB'], link: PATIENTS_PAGE,
      },
    });
  };
}

/** The professional when he is known, else those who manage the structure; null when nobody of them has an address. */
async function recipientOf(accounts: Pick<Accounts, 'byNationalId' | 'managersOf'>, { nationalId, structureId }: Receiver): Promise<Recipient | null> {
  const account = nationalId ? await accounts.byNationalId(nationalId) : null;
  if (account?.active && account.email) return { accountId: account.id };
  const managers = structureId ? await accounts.managersOf(structureId) : [];
  return structureId && managers.some(({ email }) => email) ? { structureId } : null;
}
