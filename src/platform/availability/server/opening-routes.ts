import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { Openings } from './openings.ts';
import { createHolds } from './seats-holds.ts';
import { slotView } from './slots.ts';

type AgendaRoutes = Pick<typeof routes, 'hold' | 'releaseHold' | 'slot' | 'openings' | 'open' | 'removeOpening'>;

/** Handlers of the platform's own agenda. */
export function openingHandlers(deps: { database: Database; clock: Clock; openings: Openings }): Handlers<AgendaRoutes, Actor> {
  const { database, clock, openings } = deps;
  const holds = createHolds(deps);
  return {
    hold: ({ actor, body }) => holds.hold(actor.accountId, body.slotId),
    releaseHold: async ({ actor, params }) => ({ released: await holds.release(actor.accountId, params.holdId) }),
    slot: ({ params }) => slotView(database, params.id, clock.now()),
    openings: async ({ actor, query }) => ({ openings: await openings.list(actor, query) }),
    open: ({ actor, body }) => openings.open(actor, body),
    removeOpening: async ({ actor, params, request }) => {
      await openings.remove(actor, params.id, request.headers['if-match']);
      return { removed: true };
    },
  };
}
