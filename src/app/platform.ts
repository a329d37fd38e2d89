import type { FastifyRequest } from 'fastify';
import type { TLSSocket } from 'node:tls';
import type { BackgroundTask } from '../foundation/background.ts';
import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../foundation/db/database.ts';
import { forbidden } from '../foundation/errors.ts';
import type { Logger } from '../foundation/log.ts';
import type { Metrics } from '../foundation/metrics.ts';
import { secretKey } from '../foundation/secrets.ts';
import { type Actor, hasRole } from '../identity/contract.ts';
import type { Accounts } from '../identity/server/index.ts';
import { createAccountSender } from '../interop/fhir/accounts/client.ts';
import { bookingUrl } from '../interop/fhir/booking-url.ts';
import { createFhirEditorClient } from '../interop/fhir/editor/client.ts';
import { clientCertificateVerdict } from '../interop/tls/client-certificate.ts';
import { certificateExpiry } from '../interop/tls/options.ts';
import { createAggregation } from '../platform/availability/server/aggregation.ts';
import type { Availability } from '../platform/availability/server/index.ts';
import { createInterfacing } from '../platform/availability/server/interfacing.ts';
import { createOpenings } from '../platform/availability/server/openings.ts';
import { releaseExpiredHolds } from '../platform/availability/server/seats-holds.ts';
import { extendSeries } from '../platform/availability/server/series-horizon.ts';
import { createAgenda } from '../platform/availability/server/slots.ts';
import { createVendorAccounts } from '../platform/availability/server/vendor-accounts.ts';
import { createDirectory } from '../platform/directory/server/directory.ts';
import { createAppointmentIntake } from '../platform/orientation/server/appointments.ts';
import { createOrientations } from '../platform/orientation/server/orientations.ts';
import { createSearch } from '../platform/orientation/server/search.ts';
import { chosen } from '../platform/orientation/server/search-log.ts';
import { createParticipations } from '../platform/participation/server/index.ts';
import type { Territories } from '../territory/server/index.ts';
import type { Environment } from './config.ts';
import { conformityRun } from './editors.ts';
import type { AppMessages } from './messages.ts';
import { closedTeller, requestTeller } from './request-messages.ts';
import { assembleParticipation, withoutRefusedUploads } from './participation.ts';
import { assembleInventory } from './inventory.ts';
import { assembleCareMap } from './care-map.ts';

export interface PlatformDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly accounts: Accounts;
  readonly territories: Territories;
  readonly environment: Environment;
  readonly messages: AppMessages;
}

export type Platform = Awaited<ReturnType<typeof assemblePlatform>>;

const HOLDS_EVERY_MS = 2_000;
const SERIES_EVERY_MS = 600_000;
const REQUESTS_EVERY_MS = 1_000;

/** Builds the platform half: each context receives what it needs from the others and from outside. */
export async function assemblePlatform({ database, clock, log, metrics, accounts, territories, environment, messages }: PlatformDependencies) {
  const directory = createDirectory({ database, clock, territories });
  const participations = createParticipations({ database });

  const askVendor = createFhirEditorClient({ clock, log, metrics });
  const aggregation = createAggregation({
    database, clock, log, metrics, ask: askVendor, bookingUrl,
    checkEditor: conformityRun(askVendor, clock),
    deadlineMs: environment.EDITOR_DEADLINE_MS, maxConcurrency: environment.EDITOR_CONCURRENCY,
    sealKey: await secretKey(database, 'slot-seal'),
  });
  const vendorAccounts = createVendorAccounts({
    database, clock, log, accounts, editors: aggregation.editors, send: createAccountSender(askVendor.http),
  });
  const agenda = createAgenda({ database, clock });
  const availability: Availability = {
    ...agenda, vendorNames: aggregation.vendorNames, ...withoutRefusedUploads(aggregation, { participations, clock }),
  };
  const interfacing = createInterfacing({ database, clock });
  const inventory = assembleInventory({ database, clock, territories, directory, participations, vendorNames: aggregation.vendorNames });
  const careMap = assembleCareMap({ database, clock, territories, directory, participations });
  const openings = createOpenings({ database, clock, directory, territories });

  const search = createSearch({ database, clock, log, territories, directory, participations, availability });
  const orientations = createOrientations({
    database, clock, log, metrics, availability, directory, participations, accounts, territories, chosen, bookingUrl, tellRequested: requestTeller(messages),
    tellClosed: closedTeller(messages),
  });
  const intake = createAppointmentIntake({
    database, clock, metrics, directory, accounts, territories, forgetSlots: aggregation.forget,
  });

  const participation = assembleParticipation({ database, clock, directory, territories, askVendors: availability.askVendors });
  const tasks: BackgroundTask[] = [
    ...participation.tasks,
    { name: 'expired-holds', everyMs: HOLDS_EVERY_MS, work: () => releaseExpiredHolds({ database, clock }) },
    { name: 'weekly-availabilities', everyMs: SERIES_EVERY_MS, work: () => extendSeries({ database, clock, territories }) },
    { name: 'requests-over', everyMs: REQUESTS_EVERY_MS, work: () => orientations.requests.expireDue() },
    ...aggregation.tasks,
    ...vendorAccounts.tasks,
  ];
  return {
    directory, participations, participation, aggregation, vendorAccounts, interfacing, inventory, careMap, availability, openings, search, orientations, intake, tasks,
    certificateExpiry: async (path: string) => {
      try {
        return certificateExpiry(path);
      } catch {
        return null;
      }
    },
    async close() {
      await aggregation.flush();
      await askVendor.close();
    },
  };
}

/** Whether a client certificate may use the vendors' interface, and as whom: the vendor named by its CN. */
export function vendorOfCertificate(request: FastifyRequest, environment: Environment): Actor {
  const verdict = clientCertificateVerdict(request.raw.socket as TLSSocket, {
    allowedCn: orNull(environment.TLS_ALLOWED_CN), allowedOu: orNull(environment.TLS_ALLOWED_OU),
  });
  if (!verdict.accepted) throw forbidden(verdict.code, verdict.reason);
  return {
    accountId: `certificate:${verdict.commonName}`, displayName: verdict.commonName, email: null, roles: ['editor'], territories: ['*'],
    nationalId: null, structureIds: [], delegations: [], editor: verdict.commonName,
  };
}

const orNull = (list: readonly string[]) => (list.length === 0 ? null : list);

/** The actor of a bearer token, when it may speak for a vendor. */
export function vendorOfToken(actor: Actor | null): Actor | null {
  if (!actor) return null;
  if (!hasRole(actor, 'editor')) throw forbidden('permission-denied', "Ce jeton n'a pas le rôle « editor ».");
  return actor;
}
