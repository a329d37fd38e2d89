import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type Background, startBackground } from '../../foundation/background.ts';
import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import { registerRoutes } from '../../foundation/http/register.ts';
import { chainJournal } from '../../foundation/journal.ts';
import type { Logger } from '../../foundation/log.ts';
import { createMetrics } from '../../foundation/metrics.ts';
import { startRealtime } from '../../foundation/realtime.ts';
import { helpHandlers } from '../../help/server/index.ts';
import { createAccounts } from '../../identity/server/accounts.ts';
import { createAuthentication } from '../../identity/server/authentication.ts';
import { createSessions } from '../../identity/server/sessions.ts';
import { CALLBACK_PATH } from '../../identity/server/sign-in.ts';
import { createAddressLookUp } from '../../interop/address-service/index.ts';
import { proSanteConnect } from '../../interop/pro-sante-connect/provider.ts';
import { mutualTlsOptions } from '../../interop/tls/options.ts';
import { messageHandlers } from '../../messages/server/index.ts';
import { privacyHandlers } from '../../privacy/server/index.ts';
import { createTerritories, territoryHandlers } from '../../territory/server/index.ts';
import type { Environment } from '../config.ts';
import { assembleIdentity } from '../identity.ts';
import { assembleMessages } from '../messages.ts';
import { assemblePrivacy } from '../privacy.ts';
import { openApi, routeTables } from '../routes.ts';
import { type Half, type HalfDependencies, platformHalf, regulationHalf } from './halves.ts';
import { createHttpServer } from './http.ts';
import { mountOperations } from './operations.ts';
import { operationsHandlers } from './operations-handlers.ts';
import { mountPages } from './pages.ts';

export interface ServerOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly environment: Environment;
  /** Address users type. */
  readonly publicUrl: string;
  readonly signIn: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };
  readonly demonstration: boolean;
}

export interface RunningServer {
  /** Where it listens, e.g. `http://127.0.0.1:8086`. */
  readonly url: string;
  /** Lets the requests under way end, then stops the background work. */
  stop(): Promise<void>;
}

const CHAIN_EVERY_MS = 1_000;

/** Assembles and starts one server process. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { database, clock, log, environment, publicUrl } = options;
  const metrics = createMetrics();
  const accounts = createAccounts(database, clock);
  const sessions = createSessions(database, clock);
  const authentication = createAuthentication(database, clock, accounts, sessions);
  const territories = createTerritories({
    database, clock, lookUpAddress: environment.GEOCODER_URL ? createAddressLookUp(environment.GEOCODER_URL) : null,
  });
  const messages = assembleMessages({ database, clock, log, accounts, environment, publicUrl });
  const halves = await assembleHalves({ database, clock, log, metrics, accounts, territories, environment, authentication, publicUrl, messages });
  const privacy = assemblePrivacy({ database, clock, accounts, territories, messages });
  const realtime = await startRealtime(database, log);
  let background: Background | null = null;

  const provider = proSanteConnect({ ...options.signIn, redirectUri: `${publicUrl}${CALLBACK_PATH}`, afterSignOut: `${publicUrl}/` });
  const identity = await assembleIdentity({
    database, clock, log, accounts, sessions, authentication, territories, provider, publicUrl, demonstration: options.demonstration, messages,
    regulatorChanged: async (tx, accountId) => {
      for (const half of halves) await half.regulatorChanged?.(tx, accountId);
    },
    onSignedIn: (accountId) => halves.forEach((half) => half.onSignedIn?.(accountId)),
  });
  const mapOrigins = environment.BASEMAP_STYLE_URL ? [new URL(environment.BASEMAP_STYLE_URL).origin] : [];
  const secure = publicUrl.startsWith('https:');
  const server = await createHttpServer({ log, metrics, mapOrigins, secure });

  identity.mount(server);
  mountOperations(server, { database, realtime, metrics, background: () => background, openApi });
  registerRoutes(server, routeTables.operations, operationsHandlers({
    database, clock, realtime, basemapStyleUrl: environment.BASEMAP_STYLE_URL ?? null, halves: halves.map(({ name }) => name), messages,
  }), authentication);
  registerRoutes(server, routeTables.messages, messageHandlers(messages), authentication);
  registerRoutes(server, routeTables.territory, territoryHandlers(territories), authentication);
  registerRoutes(server, routeTables.privacy, privacyHandlers(privacy), authentication);
  registerRoutes(server, routeTables.help, helpHandlers({ contacts: privacy.contacts, videos: environment.HELP_VIDEOS }), authentication);
  for (const half of halves) half.mount(server);
  await mountPages(server);

  const url = await server.listen({ port: environment.PORT, host: environment.HOST });
  const machineServer = await startMutualTls(environment, log, (tls) => {
    for (const half of halves) half.mountMachines?.(tls);
  });
  background = startBackground(
    [
      { name: 'journal-chain', everyMs: CHAIN_EVERY_MS, work: () => chainJournal(database) },
      privacy.task,
      ...messages.tasks,
      ...identity.tasks,
      ...halves.flatMap(({ tasks }) => tasks),
    ],
    log,
  );

  return {
    url,
    async stop() {
      await realtime.close();
      await Promise.all([server.close(), machineServer?.close()]);
      await Promise.all(halves.map((half) => half.letGo()));
      await background?.stop();
      await Promise.all(halves.map((half) => half.close()));
      await chainJournal(database);
    },
  };
}

/** The half or halves that this process serves (`SAS_ROLE`). */
async function assembleHalves(dependencies: HalfDependencies): Promise<Half[]> {
  const { SAS_ROLE, SAS_TERRITORY } = dependencies.environment;
  return Promise.all([
    ...(SAS_ROLE === 'regulation' ? [] : [platformHalf(dependencies)]),
    ...(SAS_ROLE === 'platform' || !SAS_TERRITORY ? [] : [regulationHalf({ ...dependencies, territory: SAS_TERRITORY })]),
  ]);
}

/** The vendors' interface over mutual TLS, on a port of its own: browsers are never asked for a certificate. */
async function startMutualTls(environment: Environment, log: Logger, mount: (server: FastifyInstance) => void): Promise<FastifyInstance | null> {
  const { TLS_CERT, TLS_KEY, TLS_CA, TLS_CRL, TLS_PORT, HOST } = environment;
  if (!TLS_CERT || !TLS_KEY || !TLS_CA) return null;
  const server = Fastify({
    loggerInstance: log as FastifyBaseLogger, logController: new LogController({ disableRequestLogging: true }),
    https: mutualTlsOptions({ cert: TLS_CERT, key: TLS_KEY, ca: TLS_CA, crl: TLS_CRL }),
  }) as unknown as FastifyInstance;
  mount(server);
  await server.listen({ port: TLS_PORT, host: HOST });
  return server;
}
