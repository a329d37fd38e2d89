import type { Handlers } from '../../foundation/http/register.ts';
import type { Actor } from '../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { Retention } from './retention.ts';

/** Handlers of the retention and data rights routes. */
export function privacyHandlers({ retention }: { retention: Retention }): Handlers<typeof routes, Actor> {
  return {
    retention: ({ params, actor }) => retention.overview(params.territory, actor),
    saveRetentionRule: ({ params, body, actor }) => retention.saveRule(params.territory, params.category, body.days, actor),
    retentionForecast: ({ params, query, actor }) => retention.forecast(params.territory, params.category, query.days, actor),
    placeHold: ({ params, body, actor }) => retention.hold(params.territory, body, actor),
    liftHold: ({ params, actor }) => retention.lift(params.territory, params.id, actor),
  };
}
