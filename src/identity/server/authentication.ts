import type {} from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import { AppError, forbidden } from '../../foundation/errors.ts';
import type { Authentication } from '../../foundation/http/register.ts';
import type { AnyRoute } from '../../foundation/http/route.ts';
import { writeJournal } from '../../foundation/journal.ts';
import type { Actor } from '../contract.ts';
import type { Accounts } from './index.ts';
import type { Sessions } from './sessions.ts';
import { actorOfToken } from './tokens.ts';

export const SESSION_COOKIE = 'sas_session';
/** How the session's cookie is set: unreadable by scripts, sent to this site alone. */
export const sessionCookie = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure }) as const;
const SESSION_ROUTES = '/api/v1/session';

/** Tells who calls: the bearer token when there is one, else the session cookie. */
export function createAuthentication(
  database: Database,
  clock: Clock,
  accounts: Accounts,
  sessions: Sessions,
): Authentication<Actor> {
  return {
    async actorOf(request) {
      const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (bearer) {
        const actor = await actorOfToken(database, clock, bearer.trim());
        if (!actor) throw new AppError('unauthenticated', 'token-invalid', "Ce jeton n'est pas valable ou n'est plus valable.");
        return actor;
      }
      const cookie = request.cookies[SESSION_COOKIE];
      if (!cookie) return null;
      refuseForeignSite(request);
      const session = await sessions.find(cookie);
      if (!session || session.locked) return null;
      if (session.readOnly) refuseWriting(request);
      return accounts.actor(session.accountId);
    },
    rolesOf: (actor) => actor.roles,
    async onRefused(actor, request, route, refusal) {
      await database.for('identity').transaction((tx) =>
        writeJournal(tx, {
          at: clock.now(), territory: actor.territories[0] ?? null, actor: actor.accountId, role: actor.roles[0] ?? null,
          objectType: 'route', objectId: `${route.method} ${route.path}`, event: 'refused',
          payload: { path: request.url.split('?')[0], ...(refusal && { code: refusal.code }) },
        }),
      );
      if (!refusal) await refuseEndedDelegation(database, clock, actor, route);
    },
  };
}

/** A délégataire whose delegations are over is told so, rather than that his role is missing. */
async function refuseEndedDelegation(database: Database, clock: Clock, actor: Actor, { access }: AnyRoute): Promise<void> {
  if (typeof access === 'string' || !access.includes('delegataire') || actor.roles.includes('delegataire')) return;
  const ended = await database.for('identity').maybeOne(sql`
    select 1 as one from identity.delegation where account_id::text = ${actor.accountId} and (valid_until <= ${clock.now()} or revoked_at is not null) limit 1`);
  if (!ended) return;
  throw forbidden('delegation-ended', 'Votre délégation a pris fin : cette action n’a pas été faite, ce que vous aviez enregistré est gardé. Demandez une nouvelle délégation à la personne que vous représentiez.');
}

/** A page of another site must not act with the user's cookie, whatever the browser lets through. */
function refuseForeignSite(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site === 'cross-site' && request.method !== 'GET') {
    throw forbidden('cross-site-request', 'Cette action vient d’un autre site : elle est refusée.');
  }
}

/** What a session opened without the identity provider may do: read, lock, leave. */
function refuseWriting(request: FastifyRequest): void {
  if (request.method === 'GET' || request.url.startsWith(SESSION_ROUTES)) return;
  throw forbidden('emergency-read-only', "Lecture d'urgence : Pro Santé Connect ne répondait pas à votre connexion. Rien n'a été modifié ; reconnectez-vous pour agir.");
}
