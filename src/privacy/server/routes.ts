import type { Handlers } from '../../foundation/http/register.ts';
import type { Actor } from '../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { Retention } from './retention.ts';
import type { Rights } from './rights.ts';

/** Handlers of the retention and data rights routes. */
export function privacyHandlers({ retention, rights }: { retention: Retention; rights: Rights }): Handlers<typeof routes, Actor> {
  return {
    retention: ({ params, actor }) => retention.overview(params.territory, actor),
    saveRetentionRule: ({ params, body, actor }) => retention.saveRule(params.territory, params.category, body.days, actor),
    retentionForecast: ({ params, query, actor }) => retention.forecast(params.territory, params.category, query.days, actor),
    placeHold: ({ params, body, actor }) => retention.hold(params.territory, body, actor),
    liftHold: ({ params, actor }) => retention.lift(params.territory, params.id, actor),
    privacyNotice: ({ actor }) => rights.notice(actor),
    myData: ({ actor }) => rights.dataOf(actor),
    myRequests: async ({ actor }) => ({ requests: await rights.mine(actor) }),
    askRequest: ({ body, actor }) => rights.ask(body, actor),
    requests: async ({ actor }) => ({ requests: await rights.inbox(actor) }),
    answerRequest: ({ params, body, actor }) => rights.answer(params.id, body, actor),
    register: ({ params, actor }) => rights.register(params.territory, actor),
  };
}
