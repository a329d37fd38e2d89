import type { Handlers } from '../../foundation/http/register.ts';
import { AppError, conflict } from '../../foundation/errors.ts';
import { type Actor, hasRole, type routes } from '../contract.ts';
import type { AccountRequests } from './account-requests.ts';
import { SESSION_COOKIE, sessionCookie } from './authentication.ts';
import type { FirstConnection } from './first-connection.ts';
import type { Accounts } from './index.ts';
import type { LocalSignIn } from './local-sign-in.ts';
import type { IdentityOutside } from './outside.ts';
import type { Sessions } from './sessions.ts';
import { type IdentityProvider, NEWCOMER_COOKIE, SIGN_IN_PATH } from './sign-in.ts';

export interface IdentityHandlerDependencies {
  readonly sessions: Sessions;
  readonly accounts: Pick<Accounts, 'byId'>;
  readonly provider: Pick<IdentityProvider, 'signOutUrl' | 'answers'>;
  readonly firstConnection: FirstConnection;
  readonly local: LocalSignIn;
  readonly requests: Pick<AccountRequests, 'ask'>;
  readonly outside: Pick<IdentityOutside, 'territories' | 'structuresOf'>;
  readonly demonstration: boolean;
  readonly secure: boolean;
  /** Told of each person who has signed in, after the session is open. */
  readonly onSignedIn: (accountId: string) => void;
  /** The actor of a code handed out beforehand (`sas token issue`), or null. */
  readonly actorOfCode: (code: string) => Promise<Actor | null>;
}

/** Handlers of the session routes. */
export function identityHandlers(deps: IdentityHandlerDependencies): Handlers<typeof routes, Actor | null> {
  const { sessions, provider, firstConnection, local, outside } = deps;
  const territories = async () => (await outside.territories()).map(({ code, name }) => ({ code, name }));

  async function emergency(code: string): Promise<string> {
    if (await provider.answers()) throw conflict('provider-answers', 'Pro Santé Connect répond : connectez-vous normalement.');
    const actor = await deps.actorOfCode(code);
    if (!actor || hasRole(actor, 'editor', 'lrm', 'telephony')) throw new AppError('unauthenticated', 'code-invalid', "Ce code n'est pas valable, ou ne l'est plus. Demandez-en un à votre administrateur.");
    return sessions.openEmergency(actor.accountId);
  }

  return {
    async session({ actor, request }) {
      const cookie = request.cookies[SESSION_COOKIE];
      const session = cookie ? await sessions.find(cookie) : null;
      const waiting = session?.locked ? await deps.accounts.byId(session.accountId) : null;
      return {
        account: actor && {
          id: actor.accountId, displayName: actor.displayName, email: actor.email, roles: [...actor.roles], territories: [...actor.territories],
          nationalId: actor.nationalId, structureIds: [...actor.structureIds],
          delegations: actor.delegations.map(({ scopes, ...subject }) => ({ ...subject, scopes: [...scopes] })),
        },
        locked: waiting && { displayName: waiting.displayName },
        readOnly: session?.readOnly ?? false,
        signInUrl: SIGN_IN_PATH,
        demonstration: deps.demonstration,
      };
    },
    async lock({ request }) {
      const cookie = request.cookies[SESSION_COOKIE];
      if (cookie) await sessions.lock(cookie);
      return { locked: true };
    },
    async emergencySignIn({ body, reply }) {
      reply.setCookie(SESSION_COOKIE, await emergency(body.code), sessionCookie(deps.secure));
      return { signedIn: true };
    },
    async localSignIn({ body, request, reply }) {
      const former = request.cookies[SESSION_COOKIE];
      const { cookie, accountId } = await local.signIn({ ...body, address: request.ip });
      if (former) await sessions.close(former);
      reply.setCookie(SESSION_COOKIE, cookie, sessionCookie(deps.secure));
      deps.onSignedIn(accountId);
      return { signedIn: true };
    },
    firstConnection: async ({ request }) => ({ person: await firstConnection.newcomerOf(request.cookies[NEWCOMER_COOKIE]), territories: await territories() }),
    async askConfirmation({ body, request }) {
      await firstConnection.askConfirmation(request.cookies[NEWCOMER_COOKIE], body);
      return { sent: true };
    },
    readLink: ({ body }) => local.readLink(body.token),
    async confirmFirstConnection({ body, reply }) {
      const outcome = await firstConnection.confirm(body.token);
      reply.clearCookie(NEWCOMER_COOKIE, { path: '/' });
      return { outcome };
    },
    async acceptInvitation({ body, reply }) {
      const { cookie, accountId, recoveryCodes } = await local.acceptInvitation(body);
      reply.setCookie(SESSION_COOKIE, cookie, sessionCookie(deps.secure));
      deps.onSignedIn(accountId);
      return { recoveryCodes };
    },
    async forgetPassword({ body, request }) {
      await local.forgetPassword(body.email, request.ip);
      return { sent: true };
    },
    async resetPassword({ body }) {
      await local.resetPassword(body);
      return { saved: true };
    },
    requestChoices: async ({ query }) => ({
      territories: await territories(),
      structures: query.territory ? (await outside.structuresOf(query.territory)).map(({ id, name, city }) => ({ id, name, city })) : [],
    }),
    async requestAccount({ body, request }) {
      await deps.requests.ask(body, request.ip);
      return { received: true };
    },
    signOut: async ({ request, reply }) => {
      const cookie = request.cookies[SESSION_COOKIE];
      const closed = cookie ? await sessions.close(cookie) : null;
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
      const providerUrl = closed?.providerSession ? await provider.signOutUrl(closed.providerSession).catch(() => null) : null;
      return { signedOut: true, providerUrl };
    },
  };
}
