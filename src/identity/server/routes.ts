import type { Handlers } from '../../foundation/http/register.ts';
import type { Actor, routes } from '../contract.ts';
import { SESSION_COOKIE } from './authentication.ts';
import type { Sessions } from './sessions.ts';
import { type IdentityProvider, SIGN_IN_PATH } from './sign-in.ts';

/** Handlers of the session routes. */
export function identityHandlers(
  sessions: Sessions,
  provider: Pick<IdentityProvider, 'signOutUrl'> | null,
  demonstration: boolean,
): Handlers<typeof routes, Actor | null> {
  return {
    session: async ({ actor }) => ({
      account: actor && {
        id: actor.accountId,
        displayName: actor.displayName,
        email: actor.email,
        roles: [...actor.roles],
        territories: [...actor.territories],
        nationalId: actor.nationalId,
        structureIds: [...actor.structureIds],
      },
      signInUrl: SIGN_IN_PATH,
      demonstration,
    }),
    signOut: async ({ request, reply }) => {
      const cookie = request.cookies[SESSION_COOKIE];
      const closed = cookie ? await sessions.close(cookie) : null;
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
      const providerUrl = closed?.providerSession && provider ? await provider.signOutUrl(closed.providerSession).catch(() => null) : null;
      return { signedOut: true, providerUrl };
    },
  };
}
