import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import type { Audience } from '../../foundation/events.ts';
import type { Handlers } from '../../foundation/http/register.ts';
import { writeJournal } from '../../foundation/journal.ts';
import { listOutbox, type OutboxMessage, retryDead } from '../../foundation/outbox.ts';
import type { Realtime } from '../../foundation/realtime.ts';
import { type Actor, coversTerritory } from '../../identity/contract.ts';
import { templateName } from '../../messages/contract.ts';
import type { Messages } from '../../messages/server/index.ts';
import type { routes } from '../operations-contract.ts';

export interface OperationsHandlerDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly realtime: Realtime;
  readonly basemapStyleUrl: string | null;
  readonly halves: readonly ('platform' | 'regulation')[];
  readonly messages: Pick<Messages, 'channels' | 'shown' | 'sendAgain'>;
}

export function operationsHandlers(deps: OperationsHandlerDependencies): Handlers<typeof routes, Actor> {
  const db = deps.database.for('foundation');
  return {
    async events({ actor, request, reply }) {
      const last = Number(request.headers['last-event-id']);
      reply.hijack();
      await deps.realtime.listen(reply.raw, (audience) => mayHear(actor, audience), Number.isInteger(last) && last > 0 ? last : null);
    },
    async outbox({ query }) {
      const listed = await listOutbox(db, query);
      const shown = await deps.messages.shown(listed.map(({ id }) => id));
      return { messages: listed.map((message) => view(message, shown.get(message.id), deps.messages.channels)) };
    },
    retryMessage: ({ params, actor }) =>
      db.transaction(async (tx) => {
        const now = deps.clock.now();
        await retryDead(tx, params.id, now);
        await deps.messages.sendAgain(tx, params.id);
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

/** Channels of messages to people: they wait for a setting, when the others always have their way out. */
const toPeople = (channel: string) => /(^|-)(email|sms)$/.test(channel);

function view(message: OutboxMessage, sending: { recipient: string | null; erased: boolean } | undefined, channels: ReadonlyMap<string, unknown>) {
  const { payload, acknowledgedAt: _, ...shown } = message;
  return {
    ...shown,
    recipient: sending?.recipient ?? message.recipient,
    template: sending ? templateName((payload as { template: string }).template) : null,
    erased: sending?.erased ?? false,
    unserved: message.state === 'pending' && toPeople(message.channel) && !channels.has(message.channel),
    createdAt: message.createdAt.toString(),
    nextAttemptAt: text(message.nextAttemptAt),
    sentAt: text(message.sentAt),
  };
}
