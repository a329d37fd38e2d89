import type { BackgroundTask } from '../foundation/background.ts';
import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../foundation/db/database.ts';
import type { Logger } from '../foundation/log.ts';
import { acknowledge, deliverDue } from '../foundation/outbox.ts';
import type { Accounts } from '../identity/server/index.ts';
import { type AppointmentParties, createAppointmentSender, type HubTransport } from '../interop/hub-sante/index.ts';
import type { Directory } from '../platform/directory/server/index.ts';
import { APPOINTMENT_CHANNEL, type AppointmentFacts } from '../platform/orientation/server/orientations-record.ts';
import type { Territories } from '../territory/server/index.ts';
import type { Environment } from './config.ts';

export interface AppointmentMessageDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly accounts: Accounts;
  readonly territories: Territories;
  readonly directory: Directory;
  readonly environment: Environment;
  readonly hub: HubTransport;
}

const DELIVERED_EVERY_MS = 500;

/** Tells the regulation software of each appointment (INT_L02), the platform's side. */
export function tellAppointments({ database, clock, log, accounts, territories, directory, environment, hub }: AppointmentMessageDependencies) {
  async function recipientOf(territory: string) {
    if (territory !== environment.SAS_TERRITORY) throw new Error(`Aucun logiciel de régulation n'est déclaré pour le territoire ${territory}.`);
    return { clientId: environment.HUB_ROOM_ID, zone: (await territories.get(territory)).timeZone };
  }

  async function partiesOf({ regulator, practitionerId, structureId }: AppointmentFacts): Promise<AppointmentParties> {
    const account = await accounts.byId(regulator);
    if (!account) throw new Error(`Le régulateur ${regulator} n'a plus de compte : le message ne peut pas le nommer.`);
    const named = practitionerId ? (await directory.names([practitionerId])).get(practitionerId) : undefined;
    const structure = structureId ? await directory.structure(structureId) : null;
    return {
      regulator: account,
      practitioner: practitionerId && named ? { nationalId: practitionerId, ...named } : null,
      structure: structure && { id: structure.id, name: structure.name },
    };
  }

  const sender = createAppointmentSender({
    database, clock, log, transport: hub, channel: APPOINTMENT_CHANNEL, recipientOf, partiesOf,
    acknowledgeOutbox: (id, at) => acknowledge(database.for('foundation'), id, at),
  });
  const listening = sender.listen();
  const channels = new Map([[APPOINTMENT_CHANNEL, sender.deliver]]);
  const tasks: BackgroundTask[] = [{ name: 'appointment-messages', everyMs: DELIVERED_EVERY_MS, work: () => deliverDue(database, channels, { clock, log }) }];
  return { tasks, close: () => listening.close() };
}
