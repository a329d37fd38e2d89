import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { organisationRoutes } from '../contract.ts';
import type { Organisation } from './organisation.ts';

/** What answers the route of the map of who organises unscheduled care. */
export const organisationHandlers = (organisation: Organisation): Handlers<typeof organisationRoutes, Actor> => ({
  organisation: async ({ query, actor }) => ({ areas: await organisation.read(query.territory, actor) }),
});
