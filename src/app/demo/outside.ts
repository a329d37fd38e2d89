import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type DemoAccount, demoNewcomers } from '../../../db/demo/accounts.ts';
import { demoEditors, editorCatalogs } from '../../../db/demo/editors.ts';
import type { EditorName, World } from '../../../db/demo/model.ts';
import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import { roleLabels } from '../../identity/contract.ts';
import { CALLBACK_PATH } from '../../identity/server/sign-in.ts';
import { issueToken } from '../../identity/server/tokens.ts';
import { freePort, type Simulator, startSimulator, writePrivate } from './simulators.ts';

const behaviours: Record<EditorName, string> = {
  AgendaRapide: 'rapide', DoucLent: 'lent', RdvInstable: 'instable', PlanNegligent: 'negligent',
};
const PLATFORM_CLIENT = 'sas-plateforme';
/** Seconds between a booking at a simulated vendor and what becomes of it. */
const OUTCOME_AFTER_SECONDS = '600';
const TOKEN_TTL = '30d';

export interface OutsideWorld {
  readonly signIn: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };
  /** Address of the simulated phone network. */
  readonly phoneUrl: string;
  readonly mail: { readonly pagesUrl: string; readonly smtpUrl: string; readonly smsUrl: string };
  readonly editors: readonly { readonly name: EditorName; readonly baseUrl: string; readonly flows: readonly ('ps' | 'cpts' | 'sos')[] }[];
  stop(): Promise<void>;
}

export interface OutsideOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly world: World;
  readonly accounts: readonly DemoAccount[];
  readonly publicUrl: string;
  readonly dataDirectory: string;
  readonly onExit: (program: string, code: number | null) => void;
}

/** Starts the programs standing for Pro Santé Connect, the vendors, the phone network and the mail server, each knowing the others' addresses. */
export async function startOutsideWorld(options: OutsideOptions): Promise<OutsideWorld> {
  const directory = join(options.dataDirectory, 'simulators');
  const ports = new Map<EditorName, number>();
  for (const { name } of demoEditors) ports.set(name, await freePort());
  const secrets = new Map(demoEditors.map(({ name }) => [name, newSecret()]));
  const platformSecret = newSecret();

  // What was started is stopped also when a later one does not start.
  await using started = new AsyncDisposableStack();
  const begun = async (starting: Promise<Simulator>): Promise<Simulator> => started.adopt(await starting, (simulator) => simulator.stop());
  const provider = await begun(startProvider(options, directory, platformSecret, ports, secrets));
  const catalogs = editorCatalogs(options.world);
  const vendors = await Promise.all(
    demoEditors.map(async ({ name, flows }) => {
      const token = await issueToken(options.database, options.clock, { role: 'editor', territory: '86', editor: name, ttl: TOKEN_TTL, email: `${slugOf(name)}@editeur.invalid` });
      const catalog = writePrivate(directory, `${name}.catalogue.json`, JSON.stringify(catalogs[name]));
      const tokenFile = writePrivate(directory, `${name}.jeton`, token);
      const args = [
        '--name', name, '--behaviour', behaviours[name], '--catalog', catalog, '--port', String(ports.get(name)), '--seed', String(options.world.seed),
        '--platform', options.publicUrl, '--token-file', tokenFile, '--issuer', provider.url, '--client-id', clientOf(name),
        '--client-secret', secrets.get(name)!, '--vie', OUTCOME_AFTER_SECONDS, '--state', join(directory, `${name}.etat.json`),
      ];
      const simulator = await begun(startSimulator('editors/main.ts', args, (code) => options.onExit(name, code)));
      return { name, flows, simulator };
    }),
  );
  const phone = await begun(startSimulator(
    'phone-network/main.ts',
    ['--seed', String(options.world.seed), '--state', join(directory, 'telephone.jsonl'), '--load', '0'],
    (code) => options.onExit('téléphone', code),
  ));
  const smtpPort = await freePort();
  const mail = await begun(startSimulator(
    'mail-server/main.ts', ['--smtp-port', String(smtpPort), '--state', join(directory, 'courriels.jsonl')], (code) => options.onExit('courriels', code),
  ));
  const running = started.move();
  return {
    signIn: { issuer: provider.url, clientId: PLATFORM_CLIENT, clientSecret: platformSecret },
    phoneUrl: phone.url,
    mail: { pagesUrl: mail.url, smtpUrl: `smtp://127.0.0.1:${smtpPort}`, smsUrl: `${mail.url}/sms` },
    editors: vendors.map(({ name, flows, simulator }) => ({ name, flows, baseUrl: `${simulator.url}/fhir` })),
    stop: () => running.disposeAsync(),
  };
}

/** In hexadecimal: a dash at its start would read as an option. */
const newSecret = () => randomBytes(24).toString('hex');
const slugOf = (name: string) => name.toLowerCase();
const clientOf = (name: string) => `editeur-${slugOf(name)}`;

async function startProvider(
  { accounts, world, publicUrl, onExit }: OutsideOptions,
  directory: string,
  platformSecret: string,
  ports: ReadonlyMap<EditorName, number>,
  secrets: ReadonlyMap<EditorName, string>,
): Promise<Simulator> {
  const accountsFile = writePrivate(directory, 'comptes.json', JSON.stringify([
    ...accounts.map((account) => ({ ...account, roleLabel: roleLabels[account.role] })),
    ...demoNewcomers(world).map((newcomer) => ({ ...newcomer, roleLabel: 'Sans compte : première connexion' })),
  ]));
  const clients = [
    { clientId: PLATFORM_CLIENT, clientSecret: platformSecret, redirectUris: [`${publicUrl}${CALLBACK_PATH}`], postLogoutRedirectUris: [`${publicUrl}/`] },
    ...[...ports].map(([name, port]) => ({ clientId: clientOf(name), clientSecret: secrets.get(name)!, redirectUris: [`http://localhost:${port}/retour`] })),
  ];
  const clientsFile = writePrivate(directory, 'clients.json', JSON.stringify(clients));
  return startSimulator('pro-sante-connect/main.ts', ['--accounts', accountsFile, '--clients', clientsFile, '--port', String(await freePort())], (code) =>
    onExit('Pro Santé Connect', code),
  );
}
