import { resolve } from 'node:path';
import { type DemoAccount, demoAccounts, type DemoNewcomer, demoNewcomers } from '../../../db/demo/accounts.ts';
import { extendOpenings, loadWorld } from '../../../db/demo/load.ts';
import type { World } from '../../../db/demo/model.ts';
import { loadPastOrientations } from '../../../db/demo/past-orientations.ts';
import { loadDemoProtocols } from '../../../db/demo/protocols.ts';
import { demoCommunes, generateWorld } from '../../../db/demo/world.ts';
import { startBackground } from '../../foundation/background.ts';
import { systemClock } from '../../foundation/clock.ts';
import { invalid } from '../../foundation/errors.ts';
import type { Database } from '../../foundation/db/database.ts';
import { migrate } from '../../foundation/db/migrate.ts';
import { createLogger } from '../../foundation/log.ts';
import { roleLabels } from '../../identity/contract.ts';
import { startColleagues } from '../demo/colleagues.ts';
import { registerDemoEditors } from '../demo/editors.ts';
import { type OutsideWorld, startOutsideWorld } from '../demo/outside.ts';
import { ensureCommunes } from '../../territory/server/index.ts';
import { readEnvironment } from '../config.ts';
import { startServer } from '../server/start.ts';
import { buildBrowserIfStale } from './build-browser.ts';
import { untilStopped } from './signals.ts';
import { DEFAULT_DATA, openStorage } from './storage.ts';

export interface DemoOptions {
  readonly port: string;
  readonly data?: string;
  readonly seed: string;
  readonly simulators: boolean;
  readonly colleagues: boolean;
  readonly callsPerHour: string;
}

const HOUR_MS = 3_600_000;
const DEMO_TERRITORY = '86';
const MAIL_FROM = 'ne-pas-repondre@sas86.example';

/** Everything in one process group, with fictional data; stops cleanly on SIGINT or SIGTERM and loses nothing. */
export async function demo(options: DemoOptions): Promise<void> {
  const port = wholeNumber('--port', options.port, 65_535);
  const seed = wholeNumber('--seed', options.seed, 2 ** 31);
  const callsPerHour = wholeNumber('--calls-per-hour', options.callsPerHour, 3_600);
  const dataDirectory = resolve(options.data ?? DEFAULT_DATA);
  const environment = { SAS_TERRITORY: DEMO_TERRITORY, ...readEnvironment(), PORT: port };
  const publicUrl = environment.SAS_PUBLIC_URL ?? `http://localhost:${port}`;
  const log = createLogger(environment.LOG_LEVEL ?? 'warn');

  console.log('Préparation de la démonstration…');
  await buildBrowserIfStale();
  // What was started is stopped in the reverse order, also when a later step fails.
  await using started = new AsyncDisposableStack();
  const { database, close } = await openStorage(options.data ?? (environment.DATABASE_URL ? undefined : DEFAULT_DATA));
  started.defer(close);
  await migrate(database);
  const world = await loadFictionalSas(database, seed);
  const accounts = demoAccounts(world);

  const onExit = (program: string, code: number | null) => console.error(`Le simulateur ${program} s'est arrêté (code ${code}) ; le reste continue sans lui.`);
  const outside = options.simulators
    ? await startOutsideWorld({ database, clock: systemClock, world, accounts, publicUrl, dataDirectory, onExit })
    : null;
  if (outside) started.defer(outside.stop);
  await registerDemoEditors(database, systemClock, outside?.editors ?? []);
  const server = await startServer({
    database, clock: systemClock, log, publicUrl, environment: { ...environment, ...(outside && settingsOf(outside)) }, demonstration: true, signIn: outside?.signIn ?? signInFrom(environment),
  });
  started.defer(server.stop);
  const upkeep = startBackground(
    [{ name: 'demo-openings', everyMs: HOUR_MS, work: () => extendOpenings(database, world, { now: systemClock.now() }) }],
    log,
  );
  started.defer(upkeep.stop);
  if (outside && options.colleagues) {
    const colleagues = await startColleagues({
      database, clock: systemClock, territory: DEMO_TERRITORY, serverUrl: server.url, phoneUrl: outside.phoneUrl, dataDirectory, callsPerHour, onExit,
      structureIds: unheld(world, accounts),
    });
    started.defer(colleagues.stop);
  }

  announceReady(publicUrl, accounts, demoNewcomers(world), outside);
  await untilStopped();
  console.log('Arrêt…');
  await started.disposeAsync();
  console.log('Arrêté. Tout est enregistré.');
}

/** The addresses of what is simulated, as the settings of a real installation say them. */
const settingsOf = ({ phoneUrl, mail }: OutsideWorld) => ({ PHONE_URL: phoneUrl, SMTP_URL: mail.smtpUrl, SMS_URL: mail.smsUrl, MAIL_FROM });

function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > max) throw invalid('option-invalid', `${name} : « ${text} » n'est pas un nombre entier entre 0 et ${max}.`);
  return value;
}

async function loadFictionalSas(database: Database, seed: number): Promise<World> {
  await ensureCommunes(database);
  const world = generateWorld({ seed, communes: demoCommunes() });
  const now = systemClock.now();
  if ((await loadWorld(database, world, { now })) === 'already-there') await extendOpenings(database, world, { now });
  await loadPastOrientations(database, world, { now });
  await loadDemoProtocols(database, systemClock, world);
  return world;
}

/** Structures that answer by the web and that nobody who can sign in manages. */
const unheld = ({ structures }: World, accounts: readonly DemoAccount[]): string[] =>
  structures.filter(({ id, contactChannel }) => contactChannel === 'web' && !accounts.some(({ structureId }) => structureId === id)).map(({ id }) => id);

/** Without simulators, signing in needs a provider from the environment; without one, only API tokens work. */
function signInFrom(environment: ReturnType<typeof readEnvironment>) {
  return {
    issuer: environment.OIDC_ISSUER ?? 'http://localhost:1',
    clientId: environment.OIDC_CLIENT_ID ?? 'sas-plateforme',
    clientSecret: environment.OIDC_CLIENT_SECRET ?? 'absent',
  };
}

function announceReady(publicUrl: string, accounts: readonly DemoAccount[], newcomers: readonly DemoNewcomer[], outside: OutsideWorld | null): void {
  const lines = accounts.map(({ displayName, role, about }) => `  ${displayName.padEnd(28)} ${roleLabels[role].padEnd(40)} ${about}`);
  console.log(`
SAS 86 (fictif) : ${publicUrl}

Toutes les personnes sont inventées. Pour entrer : « Se connecter », puis choisir un compte :
${lines.join('\n')}

Sans compte, pour essayer la première connexion :
${newcomers.map(({ firstName, lastName, about }) => `  ${`${firstName} ${lastName}`.padEnd(28)} ${about}`).join('\n')}

${outside ? [...outside.editors, { name: 'téléphone', baseUrl: outside.phoneUrl }, { name: 'courriels, SMS', baseUrl: outside.mail.pagesUrl }].map(({ name, baseUrl }) => `  simulé : ${name.padEnd(14)} ${baseUrl}`).join('\n') : '  sans simulateurs (--no-simulators)'}

Prêt. Ctrl+C pour arrêter.`);
}
