import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import type { Audience } from '../../foundation/events.ts';
import type { Handlers } from '../../foundation/http/register.ts';
import { writeJournal } from '../../foundation/journal.ts';
import { listOutbox, type OutboxMessage, retryDead } from '../../foundation/outbox.ts';
import type { Realtime } from '../../foundation/realtime.ts';
import { type Actor, coversTerritory } from '../../identity/contract.ts';
import type { routes } from '../operations-contract.ts';

export interface OperationsHandlerDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly realtime: Realtime;
  readonly basemapStyleUrl: string | null;
  readonly halves: readonly ('platform' | 'regulation')[];
}

export function operationsHandlers(deps: OperationsHandlerDependencies): Handlers<typeof routes, Actor> {
  const db = deps.database.for('foundation');
  return {
    async events({ actor, request, reply }) {
      const last = Number(request.headers['last-event-id']);
      reply.hijack();
      await deps.realtime.listen(reply.raw, (audience) => mayHear(actor, audience), Number.isInteger(last) && last > 0 ? last : null);
    },
    outbox: async ({ query }) => ({ messages: (await listOutbox(db, query)).map(view) }),
    retryMessage: ({ params, actor }) =>
      db.transaction(async (tx) => {
        const now = deps.clock.now();
        await retryDead(tx, params.id, now);
        await writeJournal(tx, { at: now, actor: actor.accountId, objectType: 'message', objectId: params.id, event: 'retried' });
        return { queued: true };
      }),
    settings: async () => ({ basemapStyleUrl: deps.basemapStyleUrl, halves: [...deps.halves] }),
  };
}

/** A change is heard by those whose role, territory or account it concerns. */
export function mayHear(actor: Actor, audience: Audience): boolean {
  const forRole = !audience.roles || audience.roles.some((role) => (actor.roles as readonly string[]).includes(role));
  const forTerritory = !audience.territories || audience.territories.some((territory) => coversTerritory(actor, territory));
  const forAccount = !audience.accounts || audience.accounts.includes(actor.accountId);
  return forRole && forTerritory && forAccount;
}

const text = (instant: Temporal.Instant | null) => instant?.toString() ?? null;

function view(message: OutboxMessage) {
  const { payload: _, acknowledgedAt: __, ...shown } = message;
  return {
    ...shown,
    createdAt: message.createdAt.toString(),
    nextAttemptAt: text(message.nextAttemptAt),
    sentAt: text(message.sentAt),
  };
}
