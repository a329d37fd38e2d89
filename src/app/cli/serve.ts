import { systemClock } from '../../foundation/clock.ts';
import { openDatabase } from '../../foundation/db/database.ts';
import { pendingMigrations } from '../../foundation/db/migrate.ts';
import { AppError } from '../../foundation/errors.ts';
import { createLogger } from '../../foundation/log.ts';
import { readServeEnvironment } from '../config.ts';
import { startServer } from '../server/start.ts';
import { buildBrowserIfStale } from './build-browser.ts';
import { untilStopped } from './signals.ts';

/** The server alone, for production. @throws ConfigurationError listing what is missing or wrong. */
export async function serve(): Promise<void> {
  const environment = readServeEnvironment();
  const log = createLogger(environment.LOG_LEVEL ?? 'info');
  await buildBrowserIfStale();
  const database = openDatabase({ connectionString: environment.DATABASE_URL });
  await database.ping();
  const pending = await pendingMigrations(database).catch(() => ['toutes']);
  if (pending.length > 0) {
    await database.close();
    throw new AppError('conflict', 'migrations-pending', `Migrations en attente (${pending.join(', ')}) : lancez d'abord « sas migrate ».`);
  }
  const server = await startServer({
    database, clock: systemClock, log, environment, publicUrl: environment.SAS_PUBLIC_URL.replace(/\/$/, ''), demonstration: false,
    signIn: { issuer: environment.OIDC_ISSUER, clientId: environment.OIDC_CLIENT_ID, clientSecret: environment.OIDC_CLIENT_SECRET },
  });
  log.info({ url: server.url }, 'ready');
  await untilStopped();
  await server.stop();
  await database.close();
}
