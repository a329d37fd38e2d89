import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { Requests } from './requests.ts';

type RequestRoutes = Pick<
  typeof routes,
  'requests' | 'request' | 'inbox' | 'requestFairness' | 'requestStatement' | 'members' | 'duties' | 'saveDuties' | 'answerDelays' | 'saveAnswerDelays'
>;

/** Handlers of the requests en sus. */
export function requestHandlers({ views, figures, duties, delays, members }: Requests): Handlers<RequestRoutes, Actor> {
  return {
    requests: async ({ actor, query }) => ({ requests: await views.list(actor, query) }),
    request: ({ actor, params }) => views.get(actor, params.id),
    inbox: ({ actor }) => views.inbox(actor),
    requestFairness: async ({ actor, query }) => ({ lines: await figures.fairness(actor, query) }),
    requestStatement: ({ actor, query }) => figures.statement(actor, query),
    members: async ({ actor, params }) => ({ members: await members(actor, params.structureId) }),
    duties: ({ actor, params, query }) => duties.read(actor, params.structureId, query),
    saveDuties: ({ actor, params, body }) => duties.save(actor, params.structureId, body),
    answerDelays: ({ params }) => delays.read(params.territory),
    saveAnswerDelays: ({ actor, params, body }) => delays.save(actor, params.territory, body.minutes),
  };
}
