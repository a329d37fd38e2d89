import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { Secret, TOTP } from 'otpauth';
import sql from 'sql-template-tag';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { ManualClock } from '../../foundation/clock.ts';
import { toProblem } from '../../foundation/http/problem.ts';
import { registerRoutes } from '../../foundation/http/register.ts';
import { silentLogger } from '../../foundation/log.ts';
import { secretKey } from '../../foundation/secrets.ts';
import { accountRoutes, type Actor, delegationRoutes, personRoutes, type Role, routes } from '../contract.ts';
import { accountHandlers, delegationHandlers, personHandlers } from './account-routes.ts';
import { createAccountRequests } from './account-requests.ts';
import { createAccounts, ensureAccount } from './accounts.ts';
import { createAttempts } from './attempts.ts';
import { createAuthentication, SESSION_COOKIE } from './authentication.ts';
import { createDelegating } from './delegating.ts';
import { createFirstConnection } from './first-connection.ts';
import { createKeeping } from './keeping.ts';
import { createLocalSignIn } from './local-sign-in.ts';
import type { IdentityOutside } from './outside.ts';
import { createPeople } from './people.ts';
import { identityHandlers } from './routes.ts';
import { createSessions } from './sessions.ts';
import { type IdentityProvider, mountSignIn, type SignedInPerson } from './sign-in.ts';
import { actorOfToken } from './tokens.ts';

export const zoe = { nationalId: '810000000017', email: 'zoe@demo.example', displayName: 'Zoé Exemple', lastName: 'Exemple', firstName: 'Zoé' };
export const practising = '810000000025';
export const sos = { id: '399900000000000', name: 'SOS Médecins fictif', city: 'Poitiers', territory: '86' };

export interface Letter {
  readonly kind: 'confirmation' | 'invitation' | 'password' | 'opened' | 'delegation' | 'delegation-revoked' | 'refusal';
  readonly to: string;
  readonly name: string;
  readonly path?: string;
  readonly reason?: string;
}

/** The sign-in and the accounts on a real server, with what leaves the house kept in `letters` and `regulators`. */
export async function openIdentity(options: { begin?: IdentityProvider['begin']; answers?: boolean } = {}) {
  const database = await createTestDatabase();
  const clock = new ManualClock('2026-01-13T08:00:00Z');
  const letters: Letter[] = [];
  const regulators: string[] = [];
  const signedIn: string[] = [];
  let person: SignedInPerson = { nationalId: zoe.nationalId, email: null, lastName: 'Exemple', firstName: 'Zoé', providerSession: 'opaque' };
  const keep = (kind: Letter['kind']) => async (_tx: unknown, letter: Omit<Letter, 'kind'>) => void letters.push({ ...letter, kind });
  const outside: IdentityOutside = {
    messages: {
      sendConfirmation: keep('confirmation'), sendInvitation: keep('invitation'), sendPasswordReset: keep('password'), tellOpened: keep('opened'),
      tellDelegation: keep('delegation'), tellDelegationRevoked: keep('delegation-revoked'), tellRefusal: keep('refusal'),
    },
    territories: async () => [{ code: '86', name: 'Vienne', timeZone: 'Europe/Paris' }, { code: '79', name: 'Deux-Sèvres', timeZone: 'Europe/Paris' }],
    practiceTerritories: async (nationalId) => (nationalId === practising ? ['86'] : []),
    structuresOf: async (territory) => (territory === sos.territory ? [sos] : []),
    structure: async (id) => (id === sos.id ? sos : null),
    regulatorChanged: async (_tx, accountId) => void regulators.push(accountId),
  };
  const accounts = createAccounts(database, clock);
  const sessions = createSessions(database, clock);
  const attempts = createAttempts(database, clock);
  const firstConnection = createFirstConnection({ database, clock, attempts, outside });
  const local = createLocalSignIn({ database, clock, attempts, sessions, outside, key: await secretKey(database, 'sign-in'), cost: { logN: 8, r: 8, p: 1 } });
  const keeping = createKeeping({ database, clock, outside });
  const requests = createAccountRequests({ database, clock, attempts, keeping, outside });
  const delegating = createDelegating({ database, clock, keeping, outside });
  const people = createPeople({ database, clock, keeping, outside });
  const provider: IdentityProvider = {
    begin: options.begin ?? (async () => ({ url: 'https://psc.example/authorize', secret: 's3cret' })),
    complete: async (_url, secret) => {
      if (secret !== 's3cret') throw new Error('state mismatch');
      return person;
    },
    answers: async () => options.answers ?? true,
    signOutUrl: async (session) => `https://psc.example/logout?hint=${session}`,
  };
  const server = Fastify();
  await server.register(cookie);
  server.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.url, request.id);
    return reply.status(problem.status).send(problem);
  });
  const authentication = createAuthentication(database, clock, accounts, sessions);
  const services = { keeping, requests, delegating, people };
  mountSignIn(server, { database, clock, log: silentLogger, sessions, provider, firstConnection, outside, publicUrl: 'http://localhost:8086' });
  registerRoutes(server, routes, identityHandlers({
    sessions, accounts, provider, firstConnection, local, requests, outside, demonstration: true, secure: false,
    onSignedIn: (id) => void signedIn.push(id), actorOfCode: (code) => actorOfToken(database, clock, code),
  }), authentication);
  registerRoutes(server, accountRoutes, accountHandlers(services), authentication);
  registerRoutes(server, delegationRoutes, delegationHandlers(services), authentication);
  registerRoutes(server, personRoutes, personHandlers(services), authentication);

  const db = database.for('identity');
  return {
    database, clock, accounts, sessions, server, letters, regulators, signedIn, outside, ...services,
    /** Who shows a card from now on. */
    shows: (next: Partial<SignedInPerson>) => {
      person = { ...person, ...next };
    },
    /** An account with these rights; gives its actor, read again at each call of `again`. */
    async person(name: string, grants: readonly [role: Role, territory: string, structureId?: string][], more: { nationalId?: string } = {}): Promise<Actor> {
      const id = await db.transaction(async (tx) => {
        const account = await ensureAccount(tx, { nationalId: more.nationalId ?? null, email: `${name.toLowerCase()}@demo.example`, displayName: name, lastName: name, firstName: 'Prénom' });
        for (const [role, territory, structureId] of grants) {
          await tx.run(sql`insert into identity.grant (account_id, role, territory, structure_id) values (${account.id}, ${role}, ${territory}, ${structureId ?? null})`);
        }
        return account.id;
      });
      return (await accounts.actor(id))!;
    },
    /** Calls the API as somebody in session; without an actor, as a visitor. */
    async api(actor: Actor | null, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, cookies: Record<string, string> = {}) {
      const session: Record<string, string> = actor ? { [SESSION_COOKIE]: await sessions.open(actor.accountId, null) } : {};
      return server.inject({ method, url, cookies: { ...cookies, ...session }, ...(payload ? { payload } : {}) });
    },
    /** The token of the last letter of this kind. */
    token: (kind: Letter['kind']): string => letters.findLast((letter) => letter.kind === kind)!.path!.split('#')[1]!,
    journal: async (event: string) => (await database.owner.pool.query('select actor, object_id, payload, territory from foundation.journal where event = $1 order by seq', [event])).rows,
  };
}

/** What the telephone's application shows at that instant for this key. */
export const codeOf = (key: string, at: Temporal.Instant): string =>
  new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) }).generate({ timestamp: at.epochMilliseconds });

