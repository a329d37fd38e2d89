import type { Handlers } from '../../foundation/http/register.ts';
import { AppError, conflict } from '../../foundation/errors.ts';
import { type Actor, hasRole, type routes } from '../contract.ts';
import { SESSION_COOKIE, sessionCookie } from './authentication.ts';
import type { Accounts } from './index.ts';
import type { Sessions } from './sessions.ts';
import { type IdentityProvider, SIGN_IN_PATH } from './sign-in.ts';

export interface IdentityHandlerDependencies {
  readonly sessions: Sessions;
  readonly accounts: Pick<Accounts, 'byId'>;
  readonly provider: Pick<IdentityProvider, 'signOutUrl' | 'answers'>;
  readonly demonstration: boolean;
  readonly secure: boolean;
  /** The actor of a code handed out beforehand (`sas token issue`), or null. */
  readonly actorOfCode: (code: string) => Promise<Actor | null>;
}

/** Handlers of the session routes. */
export function identityHandlers(deps: IdentityHandlerDependencies): Handlers<typeof routes, Actor | null> {
  const { sessions, provider } = deps;

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
    signOut: async ({ request, reply }) => {
      const cookie = request.cookies[SESSION_COOKIE];
      const closed = cookie ? await sessions.close(cookie) : null;
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
      const providerUrl = closed?.providerSession ? await provider.signOutUrl(closed.providerSession).catch(() => null) : null;
      return { signedOut: true, providerUrl };
    },
  };
}
