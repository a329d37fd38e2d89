import type { FastifyInstance } from 'fastify';
import type { BackgroundTask } from '../foundation/background.ts';
import type { Clock } from '../foundation/clock.ts';
import type { Database, Transaction } from '../foundation/db/database.ts';
import { AppError } from '../foundation/errors.ts';
import { registerRoutes } from '../foundation/http/register.ts';
import type { Logger } from '../foundation/log.ts';
import { secretKey } from '../foundation/secrets.ts';
import { accountHandlers, delegationHandlers, personHandlers } from '../identity/server/account-routes.ts';
import { createAccountRequests } from '../identity/server/account-requests.ts';
import { createAttempts } from '../identity/server/attempts.ts';
import type { createAuthentication } from '../identity/server/authentication.ts';
import { createDelegating } from '../identity/server/delegating.ts';
import { createFirstConnection } from '../identity/server/first-connection.ts';
import type { Accounts } from '../identity/server/index.ts';
import { createKeeping } from '../identity/server/keeping.ts';
import { createLocalSignIn } from '../identity/server/local-sign-in.ts';
import type { IdentityOutside, ManagedStructure } from '../identity/server/outside.ts';
import { createPeople } from '../identity/server/people.ts';
import { identityHandlers } from '../identity/server/routes.ts';
import { PASSWORD_COST } from '../identity/server/secrets.ts';
import type { Sessions } from '../identity/server/sessions.ts';
import { type IdentityProvider, mountSignIn } from '../identity/server/sign-in.ts';
import { actorOfToken } from '../identity/server/tokens.ts';
import type { Structure } from '../platform/directory/contract.ts';
import { createDirectory, type Directory } from '../platform/directory/server/index.ts';
import type { Territories } from '../territory/server/index.ts';
import { accountMessages } from './account-messages.ts';
import type { AppMessages } from './messages.ts';
import { routeTables } from './routes.ts';

export interface IdentityDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly authentication: ReturnType<typeof createAuthentication>;
  readonly territories: Territories;
  readonly provider: IdentityProvider;
  readonly messages: AppMessages;
  /** Address users type. */
  readonly publicUrl: string;
  readonly demonstration: boolean;
  readonly regulatorChanged: (tx: Transaction, accountId: string) => Promise<void>;
  readonly onSignedIn: (accountId: string) => void;
}

const UPKEEP_EVERY_MS = 600_000;

/** Sign-in, accounts, delegations: their services, ready to be mounted. */
export async function assembleIdentity(dependencies: IdentityDependencies) {
  const { database, clock, log, accounts, sessions, provider, publicUrl, authentication, onSignedIn } = dependencies;
  const outside = outsideOf(dependencies);
  const attempts = createAttempts(database, clock);
  const firstConnection = createFirstConnection({ database, clock, attempts, outside });
  const local = createLocalSignIn({ database, clock, attempts, sessions, outside, key: await secretKey(database, 'sign-in'), cost: PASSWORD_COST });
  const keeping = createKeeping({ database, clock, outside });
  const requests = createAccountRequests({ database, clock, attempts, keeping, outside });
  const delegating = createDelegating({ database, clock, keeping, outside });
  const services = { keeping, requests, delegating, people: createPeople({ database, clock, keeping, outside }) };
  const tasks: BackgroundTask[] = [
    { name: 'identity-upkeep', everyMs: UPKEEP_EVERY_MS, work: async () => Promise.all([attempts.purge(), firstConnection.purge()]) },
  ];
  return {
    tasks,
    /** Adds the pages of the sign-in journey and the routes. */
    mount(server: FastifyInstance): void {
      mountSignIn(server, { database, clock, log, sessions, provider, publicUrl, firstConnection, outside, onSignedIn });
      registerRoutes(server, routeTables.identity, identityHandlers({
        sessions, accounts, provider, firstConnection, local, requests, outside, onSignedIn, demonstration: dependencies.demonstration,
        secure: publicUrl.startsWith('https:'), actorOfCode: (code) => actorOfToken(database, clock, code),
      }), authentication);
      registerRoutes(server, routeTables.account, accountHandlers(services), authentication);
      registerRoutes(server, routeTables.delegation, delegationHandlers(services), authentication);
      registerRoutes(server, routeTables.person, personHandlers(services), authentication);
    },
  };
}

/** Those that have a manager's account (STR-01). */
const managedKinds = ['CPTS', 'MSP', 'CDS', 'SOS'] as const;
const MOST_STRUCTURES = 200;

function outsideOf({ database, clock, territories, messages, regulatorChanged }: IdentityDependencies): IdentityOutside {
  const directory: Directory = createDirectory({ database, clock, territories });
  const managed = ({ id, name, city, territory }: Structure): ManagedStructure => ({ id, name, city, territory });
  return {
    messages: accountMessages(messages), regulatorChanged,
    territories: () => territories.list(),
    async practiceTerritories(nationalId) {
      const places = await directory.placesOf(nationalId);
      const found = await Promise.all([...new Set(places.map(({ place }) => place.insee))].map((insee) => territories.ofCommune(insee)));
      return [...new Set(found.flatMap((territory) => territory?.code ?? []))];
    },
    async structuresOf(territory) {
      const found = await Promise.all(managedKinds.map((kind) => directory.findStructures({ kind, territory, limit: MOST_STRUCTURES })));
      return found.flat().map(managed).toSorted((a, b) => a.name.localeCompare(b.name, 'fr'));
    },
    async structure(id) {
      try {
        return managed(await directory.structure(id));
      } catch (error) {
        if (error instanceof AppError && error.family === 'not-found') return null;
        throw error;
      }
    },
  };
}
