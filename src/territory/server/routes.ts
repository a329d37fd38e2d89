import type { Handlers } from '../../foundation/http/register.ts';
import type { Actor } from '../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { Territories } from './index.ts';

/** What answers the routes of the territory context. */
export function territoryHandlers(territories: Territories): Handlers<typeof routes, Actor> {
  return {
    listTerritories: async () => ({ territories: await territories.list() }),
    saveTerritory: ({ params, body, actor }) => territories.save({ ...body, code: params.code }, actor),
    locate: ({ query }) => territories.locate(query.q, query.limit),
    communes: async ({ params }) => ({ communes: await territories.communes(params.code) }),
    calendar: async ({ params, query }) => {
      const day = (text: string) => Temporal.PlainDate.from(text);
      const periods = await territories.calendar(params.code, day(query.from), day(query.to));
      return { periods: periods.map((period) => ({ ...period, from: period.from.toString(), to: period.to.toString() })) };
    },
  };
}
