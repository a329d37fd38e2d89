import { randomUUID } from 'node:crypto';
import type { Clock } from '../../foundation/clock.ts';
import type { Logger } from '../../foundation/log.ts';
import { buildAcknowledgement, buildError, type Sending } from './build.ts';
import { type HubErrorName, hubErrors } from './codes.ts';
import { type HubAppointment, type IncomingMessage, readMessage, type Unreadable } from './read.ts';
import type { Consumption, HubTransport, Settlement } from './transport.ts';

/** An appointment as it came, with what orders and identifies the message. */
export interface ReceivedAppointmentMessage {
  readonly distributionId: string;
  readonly senderId: string;
  readonly sentAt: Temporal.Instant;
  readonly receivedAt: Temporal.Instant;
  readonly appointment: HubAppointment;
}

/**
 * What the regulation software made of it. `created`: unknown until then, whatever the method. `conflict`: to create, and
 * known already. `repeated`: this very message (`distributionId`) was kept before.
 */
export type StoreOutcome = 'created' | 'updated' | 'conflict' | 'repeated';

/** A message that could not be read, for the history. */
export interface RefusedMessage {
  readonly distributionId: string | null;
  readonly senderId: string | null;
  readonly receivedAt: Temporal.Instant;
  readonly error: HubErrorName;
  readonly cause: string;
}

export interface AppointmentReceiverDependencies {
  readonly transport: HubTransport;
  readonly clock: Clock;
  readonly log: Logger;
  /** Zone in which answers are dated. */
  readonly zone: string;
  /**
   * Keeps the message, its result, and the appointment when `sentAt` is not older than what is known. It is called again
   * with the same message when we stop between keeping and answering; a conflict stays one. When it throws, the message
   * comes back.
   */
  readonly store: (message: ReceivedAppointmentMessage) => Promise<StoreOutcome>;
  readonly keepRefused: (refused: RefusedMessage) => Promise<void>;
}

/** The regulation's side of INT_L02: keeps each appointment, then answers with the final acknowledgement or an error. */
export function receiveAppointments({ transport, clock, log, zone, store, keepRefused }: AppointmentReceiverDependencies): Consumption {
  const to = (recipientId: string): Sending => ({ senderId: transport.clientId, recipientId, uniqueId: randomUUID(), at: clock.now(), zone });

  async function refuse(error: HubErrorName, { distributionId, senderId, cause, source }: Omit<Unreadable, 'error'>): Promise<void> {
    await keepRefused({ distributionId, senderId, receivedAt: clock.now(), error, cause });
    if (senderId && distributionId) {
      await transport.publish(buildError(to(senderId), { error, cause, referenced: distributionId, source: source ?? undefined }));
    } else log.warn({ cause }, 'unreadable hub message, of an unknown sender');
  }

  async function treat(message: IncomingMessage): Promise<Settlement> {
    const { distributionId, senderId, sentAt, kind, content } = message;
    // An acknowledgement is never acknowledged, nor an error answered by an error: two softwares would talk for ever.
    if (kind === 'Ack' || kind === 'Error') return 'ack';
    if (content.type !== 'appointment') {
      const root = content.type === 'other' ? content.root : content.type;
      await refuse('UNROUTABLE_MESSAGE', { distributionId, senderId, cause: `The content "${root}" is not treated here.`, source: null });
      return 'reject';
    }
    const outcome = await store({ distributionId, senderId, sentAt, receivedAt: clock.now(), appointment: content.appointment });
    if (outcome === 'conflict') {
      const cause = `The appointment ${content.appointment.appointmentId} exists already.`;
      await transport.publish(buildError(to(senderId), { error: 'CONFLICT', cause, referenced: distributionId }));
    } else {
      await transport.publish(buildAcknowledgement(to(senderId), { distributionID: distributionId, step: 'INTEGRE' }));
    }
    return 'ack';
  }

  /** The hub may not know the error 409: the refusal then travels as an acknowledgement that says so (guide, 11-M). */
  async function answerRefused({ content }: IncomingMessage): Promise<void> {
    if (content.type !== 'error' || !content.error.sourceMessage) return;
    const original = readMessage(JSON.stringify(content.error.sourceMessage));
    if (!original.ok || original.message.content.type !== 'error') return;
    const { errorCode, referencedDistributionID } = original.message.content.error;
    if (errorCode.statusCode !== hubErrors.CONFLICT) return;
    const reference = { distributionID: referencedDistributionID, refused: true, errorDistributionID: original.message.distributionId, step: 'ERREUR' as const };
    await transport.publish(buildAcknowledgement(to(original.message.recipientId), reference));
  }

  return transport.consume(['message', 'ack', 'info'], async ({ queue, body }) => {
    const reading = readMessage(body);
    if (queue !== 'message') {
      if (queue === 'info' && reading.ok) {
        log.warn({ error: reading.message.content }, 'the hub refused an answer of ours');
        await answerRefused(reading.message);
      }
      return reading.ok ? 'ack' : 'reject';
    }
    if (reading.ok) return treat(reading.message);
    await refuse(reading.unreadable.error, reading.unreadable);
    return 'reject';
  });
}
