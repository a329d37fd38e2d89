import type { BackgroundTask } from '../foundation/background.ts';
import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../foundation/db/database.ts';
import type { Logger } from '../foundation/log.ts';
import type { Accounts } from '../identity/server/index.ts';
import type { HubAppointment, HubTransport } from '../interop/hub-sante/index.ts';
import { receiveAppointments } from '../interop/hub-sante/index.ts';
import { contextualSearchUrl } from '../interop/lrm-context/link.ts';
import { createPhoneNetworkPort } from '../interop/telephony/phone-network.ts';
import { wallClock } from '../messages/contract.ts';
import { createDossiers, type DossierDependencies } from '../regulation/dossier/server/index.ts';
import { createProtocols } from '../regulation/protocol/server/index.ts';
import { createTelephony } from '../regulation/telephony/server/index.ts';
import type { Territories } from '../territory/server/index.ts';
import type { Environment } from './config.ts';
import type { AppMessages } from './messages.ts';
import { phoneOf } from './phone.ts';
import { pseudonymsOf, studyKey } from './study.ts';

export interface RoomDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly accounts: Accounts;
  readonly territories: Territories;
  readonly environment: Environment;
  /** The territory of the room. */
  readonly territory: string;
  /** Address of the platform whose search the dossiers open. */
  readonly platformUrl: string;
  readonly hub: HubTransport;
  readonly messages: AppMessages;
}

export type RegulationRoom = Awaited<ReturnType<typeof assembleRoom>>;

/** Builds the regulation half: the room of one territory, its telephone, dossiers, protocols, and the appointments that come back. */
export async function assembleRoom({ database, clock, log, accounts, territories, environment, territory, platformUrl, hub, messages }: RoomDependencies) {
  const telephony = createTelephony({
    database, clock, log, accounts, territories, territory, port: environment.PHONE_URL ? createPhoneNetworkPort(environment.PHONE_URL) : null,
  });
  const dossiers = createDossiers({
    database, clock, territories, accounts, telephony: phoneOf(telephony, territory),
    pseudonymOf: pseudonymsOf(await studyKey(database)),
    remind: remindBy(messages), tellCancelled: tellCancelledBy(messages),
    searchAddress: (wish) => contextualSearchUrl(platformUrl, environment.HUB_ROOM_ID, wish),
  });
  telephony.onCallEnded(async (tx, { callId, at, broken }) => void (await dossiers.links.callEnded(tx, callId, { at, planned: !broken })));
  const protocols = createProtocols({
    database, clock, territories, recordOnDossier: dossiers.links.recordProtocol, requalified: dossiers.links.requalified,
  });

  // Answers bear their offset: before the territory is declared, that of Paris says the same instant.
  const zone = await territories.get(territory).then(({ timeZone }) => timeZone, () => 'Europe/Paris');
  const receiving = receiveAppointments({
    transport: hub, clock, log, zone,
    store: async ({ distributionId, senderId, sentAt, receivedAt, appointment }) =>
      dossiers.appointments.receive(territory, { distributionId, sender: senderId, sentAt, receivedAt, ...(await readingOf(appointment, accounts)) }),
    keepRefused: ({ senderId, ...refused }) => dossiers.appointments.keepRefused(territory, { ...refused, sender: senderId }),
  });
  const tasks: BackgroundTask[] = [...telephony.tasks, ...dossiers.tasks];
  return {
    telephony, dossiers, protocols, tasks,
    /** Lets go of the telephone and of the hub, so that the background work can end. */
    async close() {
      telephony.close();
      await receiving.close();
    },
  };
}

/** An SMS to a patient, when this process can send one: the hour, the doctor, the place; never the reason. */
function remindBy({ channels, remindPatient }: AppMessages): DossierDependencies['remind'] {
  if (!channels.has('patient-sms')) return null;
  return (tx, { appointmentId, phone, start, timeZone, practitioner, structure, callBack }) => {
    const { day, hour } = wallClock(start, timeZone);
    return remindPatient(tx, {
      to: { phone }, key: `reminder/${appointmentId}/${start}`, until: start, values: { day, hour, doctor: practitioner, address: structure ?? '', phone: callBack },
    });
  };
}

/** The SMS that tells a patient of a cancelled appointment. */
function tellCancelledBy({ channels, tellPatientCancelled }: AppMessages): DossierDependencies['tellCancelled'] {
  if (!channels.has('patient-sms')) return null;
  return (tx, { appointmentId, phone, start, timeZone, practitioner, callBack }) =>
    tellPatientCancelled(tx, {
      to: { phone }, key: `cancellation/${appointmentId}/${start}`, until: start, values: { ...wallClock(start, timeZone), doctor: practitioner, phone: callBack },
    });
}

/** What the room keeps of an appointment: names as they are said, and the account here of whoever booked. */
async function readingOf({ appointmentId, method, status, start, practitioner, organization, regulator }: HubAppointment, accounts: Accounts) {
  const account = regulator.regulatorId ? await accounts.byNationalId(regulator.regulatorId) : await accounts.byEmail(regulator.regulatorEmail);
  return {
    appointmentId, method, status, start,
    practitioner: practitioner ? `${practitioner.firstName} ${practitioner.lastName}` : (organization?.name ?? 'Professionnel à préciser'),
    structure: organization?.name ?? null,
    regulator: { name: `${regulator.regulatorFirstname} ${regulator.regulatorName}`, account: account?.id ?? null },
  };
}
