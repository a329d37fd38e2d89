import { randomUUID } from 'node:crypto';
import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import { notFound } from '../../foundation/errors.ts';
import type { Logger } from '../../foundation/log.ts';
import { type Deliver, post } from '../../foundation/outbox.ts';
import type { AppointmentFacts } from '../../platform/orientation/server/orientations-record.ts';
import { type AppointmentParties, appointmentFactsSchema, buildAppointmentMessage } from './appointment.ts';
import { CONFLICT_CODES } from './codes.ts';
import { type IncomingMessage, readMessage } from './read.ts';
import {
  type Answer, type AppointmentSending, find, insertSending, latestOfAppointments, latestOfOutbox, listUndelivered, newerSent, settle,
} from './sendings.ts';
import type { Consumption, HubTransport, Settlement } from './transport.ts';

/** What to think of a message, for the person who made the appointment (P28). */
export type DeliveryVerdict = 'delivered' | 'not-acknowledged' | 'error';

export interface AppointmentSenderDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly transport: HubTransport;
  /** Outbox channel of the appointments, to send one again. */
  readonly channel: string;
  /** Tells the outbox that a message is acknowledged; may be told twice. */
  readonly acknowledgeOutbox: (outboxId: string, at: Temporal.Instant) => Promise<void>;
  /** The regulation software of a territory: its client id at the hub, the zone of its dates. Throws when it has none. */
  readonly recipientOf: (territory: string) => Promise<{ readonly clientId: string; readonly zone: string }>;
  /** The people and the structure that the facts name. */
  readonly partiesOf: (facts: AppointmentFacts) => Promise<AppointmentParties>;
}

export interface AppointmentSender {
  /** Delivers one message of the outbox; it stays "sent" until the recipient's final acknowledgement. */
  readonly deliver: Deliver;
  /** Starts reading acknowledgements and errors. */
  listen(): Consumption;
  /** Messages still without their final acknowledgement after `afterMinutes`, newest first. */
  undelivered(filter: { territory?: string; afterMinutes: number; limit: number }): Promise<AppointmentSending[]>;
  /** Where the latest message of each appointment stands. */
  verdicts(appointmentIds: readonly string[]): Promise<Map<string, DeliveryVerdict>>;
  /** Sends again, as an update, a message that was lost or refused. @throws not-found `hub-sending-not-found` */
  resend(distributionId: string): Promise<void>;
}

/** The platform's side of INT_L02. */
export function createAppointmentSender(dependencies: AppointmentSenderDependencies): AppointmentSender {
  const { database, clock, log, transport, channel, acknowledgeOutbox, recipientOf, partiesOf } = dependencies;
  const db = database.for('interop');

  const deliver: Deliver = async (message) => {
    const facts = appointmentFactsSchema.parse(message.payload);
    const before = await latestOfOutbox(db, message.id);
    // Full state travels each time: facts older than those already told bring nothing, and would undo them.
    if (before?.state === 'acknowledged' || (await newerSent(db, facts.appointmentId, message.createdAt))) return 'acknowledged';
    const [recipient, parties] = await Promise.all([recipientOf(message.recipient), partiesOf(facts)]);
    const sentAt = clock.now();
    // The outbox may repeat a message whose fate it does not know: same id, so that the recipient knows it again.
    const uniqueId = before?.state === 'error' ? randomUUID() : message.id;
    const built = buildAppointmentMessage(
      { senderId: transport.clientId, recipientId: recipient.clientId, uniqueId, at: sentAt, zone: recipient.zone }, facts, parties,
    );
    await insertSending(db, {
      distributionId: built.distributionID, outboxId: message.id, appointmentId: facts.appointmentId, recipient: recipient.clientId,
      territory: message.recipient, facts, factsAt: message.createdAt, sentAt,
    });
    await transport.publish(built);
    return 'sent';
  };

  async function answered(distributionId: string, answer: Answer): Promise<void> {
    const sending = await find(db, distributionId);
    // First, so that an answer read again after a stop in between still ends the message's life in the outbox.
    if (sending && answer.state === 'acknowledged') await acknowledgeOutbox(sending.outboxId, answer.at);
    await settle(db, distributionId, answer);
  }

  /** Lets an update take over from a message; the outbox forgets the first. */
  async function replaceByUpdate(sending: AppointmentSending, answer: Answer): Promise<void> {
    await db.transaction(async (tx) => {
      if (!(await settle(tx, sending.distributionId, { ...answer, state: 'replaced' }))) return;
      if (!(await newerSent(tx, sending.appointmentId, sending.factsAt))) {
        // Dated as the facts are: a newer message that still waits in the outbox must not look older than this one.
        await post(tx, { channel, recipient: sending.territory, payload: { ...sending.facts, method: 'update' }, at: sending.factsAt });
      }
      await acknowledgeOutbox(sending.outboxId, answer.at);
    });
  }

  async function refused(distributionId: string, error: NonNullable<Answer['error']>): Promise<void> {
    const sending = await find(db, distributionId);
    const answer: Answer = { state: 'error', at: clock.now(), error };
    if (sending?.facts.method === 'create' && CONFLICT_CODES.includes(error.code)) await replaceByUpdate(sending, answer);
    else await answered(distributionId, answer);
  }

  async function treat({ content, distributionId }: IncomingMessage): Promise<Settlement> {
    if (content.type === 'error') {
      const { errorCode, errorCause, referencedDistributionID } = content.error;
      await refused(referencedDistributionID, { code: errorCode.statusCode, text: errorCode.statusString, cause: errorCause });
    } else if (content.type !== 'reference') {
      log.warn({ distributionId, content: content.type }, 'unexpected message in an answer queue of the hub');
      return 'reject';
    } else if (content.reference.refused) {
      // Without the error itself, a creation refused can only be one that is known already (guide, 11-M).
      await refused(content.reference.distributionID, { code: CONFLICT_CODES[0]!, text: 'CONFLICT', cause: 'refused by the recipient' });
    } else {
      await answered(content.reference.distributionID, { state: 'acknowledged', at: clock.now() });
    }
    return 'ack';
  }

  return {
    deliver,
    listen: () =>
      transport.consume(['ack', 'info'], async ({ body, queue }) => {
        const reading = readMessage(body);
        if (reading.ok) return treat(reading.message);
        log.warn({ queue, cause: reading.unreadable.cause }, 'unreadable answer from the hub');
        return 'reject';
      }),
    undelivered: ({ territory, afterMinutes, limit }) => listUndelivered(db, { territory, before: clock.now().subtract({ minutes: afterMinutes }), limit }),
    async verdicts(appointmentIds) {
      const latest = await latestOfAppointments(db, appointmentIds);
      return new Map(latest.map(({ appointmentId, state }) => [appointmentId, state === 'acknowledged' ? 'delivered' : state === 'error' ? 'error' : 'not-acknowledged']));
    },
    async resend(distributionId) {
      const sending = await find(db, distributionId);
      if (!sending || sending.state === 'acknowledged' || sending.state === 'replaced') {
        throw notFound('hub-sending-not-found', "Ce message n'existe pas, ou il n'est plus à renvoyer. Rien n'a été envoyé.");
      }
      await replaceByUpdate(sending, { state: 'replaced', at: clock.now() });
    },
  };
}
