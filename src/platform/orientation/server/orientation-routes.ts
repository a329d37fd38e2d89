import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { Orientations } from './orientations.ts';

type OrientationRoutes = Pick<typeof routes, 'createOrientation' | 'orientations' | 'orientation' | 'actOnOrientation'>;

/** Handlers of the orientations. Bodies go to the use cases as they came: patient data is looked for before anything else. */
export function orientationHandlers(orientations: Orientations): Handlers<OrientationRoutes, Actor> {
  return {
    createOrientation: ({ actor, body, request }) =>
      orientations.create(actor, body, request.headers['idempotency-key']),

    async orientations({ actor, query, reply }) {
      if (query.format === 'json') return reply.send(await orientations.list(actor, query));
      const file = await orientations.csv(actor, query);
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="orientations.csv"')
        .send(file);
    },

    orientation: ({ actor, params }) => orientations.get(actor, params.id),
    actOnOrientation: ({ actor, params, body }) => orientations.act(actor, params.id, params.action, body),
  };
}
