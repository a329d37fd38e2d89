import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { careMapRoutes } from '../contract.ts';
import type { CareMap } from './care-map.ts';

/** What answers the route of the map of who organises unscheduled care. */
export const careMapHandlers = (careMap: CareMap): Handlers<typeof careMapRoutes, Actor> => ({
  careMap: async ({ query, actor }) => ({ areas: await careMap.read(query.territory, actor) }),
});
