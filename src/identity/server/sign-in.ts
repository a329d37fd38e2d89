import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import type { Logger } from '../../foundation/log.ts';
import { writeJournal } from '../../foundation/journal.ts';
import { SESSION_COOKIE, sessionCookie } from './authentication.ts';
import { type AccountRow, accountOfPerson, moveAccount } from './changes.ts';
import { type FirstConnection, NEWCOMER_HOURS } from './first-connection.ts';
import type { IdentityOutside } from './outside.ts';
import type { Sessions } from './sessions.ts';

/** Who the identity provider says has signed in. */
export interface SignedInPerson {
  readonly nationalId: string | null;
  readonly email: string | null;
  readonly lastName: string;
  readonly firstName: string;
  readonly providerSession: string;
}

/** The identity provider, as functions; `secret` is kept in a short-lived cookie between the two steps. */
export interface IdentityProvider {
  /** `fresh`: the person proves again who he is, even in session at the provider. */
  begin(options?: { fresh: boolean }): Promise<{ url: string; secret: string }>;
  /** Whether the provider answers now. */
  answers(): Promise<boolean>;
  /** @throws when the answer does not match the question or the provider does not answer. */
  complete(callbackUrl: URL, secret: string): Promise<SignedInPerson>;
  signOutUrl(providerSession: string): Promise<string>;
}

export interface SignInDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sessions: Sessions;
  readonly provider: IdentityProvider;
  readonly firstConnection: Pick<FirstConnection, 'welcome'>;
  readonly outside: Pick<IdentityOutside, 'regulatorChanged'>;
  /** Address users type, e.g. `https://sas86.example`. */
  readonly publicUrl: string;
  /** Told of each person who has signed in, after the session is open. */
  readonly onSignedIn?: (accountId: string) => void;
}

const STATE_COOKIE = 'sas_sign_in';
export const SIGN_IN_PATH = '/connexion';
export const CALLBACK_PATH = '/connexion/retour';
/** Where somebody recognised who has no account gives his address, and the cookie that remembers him there. */
export const FIRST_CONNECTION_PATH = '/premiere-connexion';
export const NEWCOMER_COOKIE = 'sas_newcomer';

/** Pages of the sign-in journey: leave for the provider, come back, open the session, leave. */
export function mountSignIn(server: FastifyInstance, deps: SignInDependencies): void {
  const secure = deps.publicUrl.startsWith('https:');
  const cookieOptions = sessionCookie(secure);

  server.get(SIGN_IN_PATH, async (request, reply) => {
    const { next: wanted, fresh } = request.query as { next?: string; fresh?: string };
    const start = await deps.provider.begin({ fresh: fresh !== undefined }).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'identity provider unreachable');
      return null;
    });
    if (!start) return toSignInPage(reply, 'unavailable');
    const next = safeNext(wanted);
    reply.setCookie(STATE_COOKIE, Buffer.from(JSON.stringify({ secret: start.secret, next })).toString('base64url'), {
      ...cookieOptions, maxAge: 600, path: SIGN_IN_PATH,
    });
    return reply.redirect(start.url);
  });

  server.get(CALLBACK_PATH, async (request, reply) => {
    const state = readState(request);
    reply.clearCookie(STATE_COOKIE, { path: SIGN_IN_PATH });
    if (!state) return toSignInPage(reply, 'expired');
    let person: SignedInPerson;
    try {
      person = await deps.provider.complete(new URL(request.url, deps.publicUrl), state.secret);
    } catch (error) {
      deps.log.warn({ err: error }, 'sign-in failed');
      return toSignInPage(reply, 'failed');
    }
    const account = await knownPerson(deps, person);
    if (!account && person.nationalId) {
      const { nationalId, lastName, firstName } = person;
      const cookie = await deps.firstConnection.welcome({ nationalId, lastName, firstName });
      reply.setCookie(NEWCOMER_COOKIE, cookie, { ...cookieOptions, maxAge: NEWCOMER_HOURS * 3_600 });
      return reply.redirect(FIRST_CONNECTION_PATH);
    }
    if (account?.state !== 'active') {
      await journalRefused(deps, person);
      return toSignInPage(reply, account ? account.state : 'unknown');
    }
    // Whoever signs in on a locked workstation takes the place of the session that waited there.
    const former = request.cookies[SESSION_COOKIE];
    if (former) await deps.sessions.close(former);
    const cookie = await deps.sessions.open(account.id, person.providerSession);
    reply.setCookie(SESSION_COOKIE, cookie, cookieOptions);
    deps.onSignedIn?.(account.id);
    return reply.redirect(state.next);
  });
}

/** Only a path of this application: an absolute address would let a link send people elsewhere after sign-in. */
export function safeNext(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

function readState(request: FastifyRequest): { secret: string; next: string } | null {
  try {
    const raw = Buffer.from(request.cookies[STATE_COOKIE] ?? '', 'base64url').toString();
    const { secret, next } = JSON.parse(raw) as { secret: string; next: string };
    return { secret, next: safeNext(next) };
  } catch {
    return null;
  }
}

const toSignInPage = (reply: FastifyReply, reason: string) => reply.redirect(`/?connexion=${reason}`);

/** The account of whoever signs in. One invited who shows the card of his account needs no other proof: it opens. */
async function knownPerson({ database, clock, outside }: SignInDependencies, person: SignedInPerson): Promise<AccountRow | null> {
  return database.for('identity').transaction(async (tx) => {
    const account = await accountOfPerson(tx, person);
    if (account?.state !== 'invited' || account.nationalId === null) return account;
    return { ...account, state: await moveAccount(tx, account, 'follow-invitation', { at: clock.now(), actor: account.id }, outside) };
  });
}

async function journalRefused({ database, clock }: SignInDependencies, person: SignedInPerson): Promise<void> {
  await database.for('identity').transaction((tx) =>
    writeJournal(tx, {
      at: clock.now(), actor: person.nationalId ?? 'unknown', objectType: 'session', objectId: person.nationalId ?? 'unknown',
      event: 'sign-in-refused',
    }),
  );
}
