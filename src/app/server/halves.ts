import type { FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import type { BackgroundTask } from '../../foundation/background.ts';
import type { Transaction } from '../../foundation/db/database.ts';
import { registerRoutes } from '../../foundation/http/register.ts';
import type { createAuthentication } from '../../identity/server/authentication.ts';
import { fhirRoutes } from '../../interop/fhir/appointment/routes.ts';
import { type HubTransport, openHubTransport } from '../../interop/hub-sante/index.ts';
import { editorHandlers } from '../../platform/availability/server/editor-routes.ts';
import { interfacingHandlers } from '../../platform/availability/server/interfacing-routes.ts';
import { openingHandlers } from '../../platform/availability/server/opening-routes.ts';
import { vendorAccountHandlers } from '../../platform/availability/server/vendor-account-routes.ts';
import { careMapHandlers } from '../../platform/directory/server/care-map-routes.ts';
import { inventoryHandlers } from '../../platform/directory/server/inventory-routes.ts';
import { directoryHandlers } from '../../platform/directory/server/routes.ts';
import { orientationHandlers } from '../../platform/orientation/server/orientation-routes.ts';
import { requestHandlers } from '../../platform/orientation/server/request-routes.ts';
import { searchHandlers } from '../../platform/orientation/server/search-routes.ts';
import { participationHandlers } from '../../platform/participation/server/participation-routes.ts';
import { dossierHandlers } from '../../regulation/dossier/server/index.ts';
import { protocolHandlers } from '../../regulation/protocol/server/index.ts';
import { telephonyHandlers } from '../../regulation/telephony/server/index.ts';
import { agendaRoutes } from '../agenda.ts';
import { tellAppointments } from '../appointment-messages.ts';
import { assembleOutcomes } from '../outcomes.ts';
import { receiverTeller } from '../receivers.ts';
import { assemblePlatform, type PlatformDependencies, vendorOfCertificate, vendorOfToken } from '../platform.ts';
import { assembleRoom } from '../room.ts';
import { routeTables } from '../routes.ts';

export interface HalfDependencies extends PlatformDependencies {
  readonly authentication: ReturnType<typeof createAuthentication>;
  /** Address users type. */
  readonly publicUrl: string;
}

/** One of the two systems of a SAS, as a server process carries it. */
export interface Half {
  readonly name: 'platform' | 'regulation';
  readonly tasks: readonly BackgroundTask[];
  /** Adds its routes to the server that people use. */
  mount(server: FastifyInstance): void;
  /** Adds those of machines that show a certificate. */
  mountMachines?(server: FastifyInstance): void;
  /** Told of each person who has signed in; it makes nobody wait. */
  onSignedIn?(accountId: string): void;
  /** Told, in its transaction, of a change to a regulator's account. */
  regulatorChanged?(tx: Transaction, accountId: string): Promise<void>;
  /** Lets go of what is outside; called before the background work stops. */
  letGo(): Promise<void>;
  /** Ends what is left; called after. */
  close(): Promise<void>;
}

function hubOf({ database, clock, log, environment }: HalfDependencies, clientId: string): Promise<HubTransport> {
  const { HUB_AMQP_URL: url, HUB_TLS_CERT: cert, HUB_TLS_KEY: key, HUB_TLS_CA: ca } = environment;
  const read = (path: string) => readFileSync(path, 'utf8');
  const tls = cert && key ? { tls: { cert: read(cert), key: read(key), ...(ca && { ca: read(ca) }) } } : {};
  return openHubTransport({ database, clock, log, clientId }, url ? { url, ...tls } : null);
}

/** The digital platform. */
export async function platformHalf(dependencies: HalfDependencies): Promise<Half> {
  const { database, clock, log, environment, authentication, publicUrl } = dependencies;
  const platform = await assemblePlatform(dependencies);
  const hub = await hubOf(dependencies, environment.HUB_PLATFORM_ID);
  const messages = tellAppointments({ ...dependencies, directory: platform.directory, hub });
  const outcomes = await assembleOutcomes(dependencies, platform, receiverTeller(dependencies));
  const { receive } = platform.intake;
  return {
    name: 'platform',
    tasks: [...platform.tasks, ...outcomes.tasks, ...messages.tasks],
    mount(server) {
      registerRoutes(server, routeTables.directory, directoryHandlers(platform.directory), authentication);
      registerRoutes(server, routeTables.interfacing, interfacingHandlers(platform.interfacing), authentication);
      registerRoutes(server, routeTables.inventory, inventoryHandlers(platform.inventory), authentication);
      registerRoutes(server, routeTables.careMap, careMapHandlers(platform.careMap), authentication);
      registerRoutes(
        server, routeTables.availability,
        {
          ...vendorAccountHandlers(platform.vendorAccounts),
          ...openingHandlers({ database, clock, openings: platform.openings }),
          ...agendaRoutes(dependencies, platform),
          ...editorHandlers({
            database, clock, log, aggregation: platform.aggregation, certificateExpiry: platform.certificateExpiry,
            participants: () => platform.participations.professionals(clock.now()),
          }),
        },
        authentication,
      );
      registerRoutes(
        server, routeTables.orientation,
        { ...searchHandlers(platform.search, log), ...orientationHandlers(platform.orientations), ...requestHandlers(platform.orientations.requests) },
        authentication,
      );
      registerRoutes(server, routeTables.outcome, outcomes.handlers, authentication);
      registerRoutes(server, routeTables.participation, participationHandlers(platform.participation.useCases), authentication);
      fhirRoutes(server, { publicUrl, receive, authenticate: async (request) => vendorOfToken(await authentication.actorOf(request)) });
    },
    mountMachines: (server) => fhirRoutes(server, { publicUrl, receive, authenticate: async (request) => vendorOfCertificate(request, environment) }),
    onSignedIn: platform.vendorAccounts.onSignIn,
    regulatorChanged: platform.vendorAccounts.regulatorChanged,
    letGo: messages.close,
    async close() {
      await hub.close();
      await platform.close();
    },
  };
}

/** The regulation room of a territory. */
export async function regulationHalf(dependencies: HalfDependencies & { readonly territory: string }): Promise<Half> {
  const { database, clock, environment, authentication, publicUrl } = dependencies;
  const hub = await hubOf(dependencies, environment.HUB_ROOM_ID);
  const room = await assembleRoom({ ...dependencies, platformUrl: environment.SAS_PLATFORM_URL ?? publicUrl, hub });
  return {
    name: 'regulation',
    tasks: room.tasks,
    mount(server) {
      registerRoutes(server, routeTables.telephony, telephonyHandlers(room.telephony), authentication);
      registerRoutes(server, routeTables.dossier, dossierHandlers(room.dossiers, { database, clock }), authentication);
      registerRoutes(server, routeTables.protocol, protocolHandlers(room.protocols), authentication);
    },
    letGo: room.close,
    close: () => hub.close(),
  };
}
