import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import type { Logger } from '../../foundation/log.ts';
import { type AmqpTransportOptions, openAmqpTransport } from './amqp-transport.ts';
import { openPostgresTransport } from './postgres-transport.ts';
import type { HubTransport } from './transport.ts';

export type { AppointmentParties } from './appointment.ts';
export type { HubAppointment } from './read.ts';
export { type AppointmentReceiverDependencies, receiveAppointments, type ReceivedAppointmentMessage, type RefusedMessage, type StoreOutcome } from './receive-appointments.ts';
export { type AppointmentSender, createAppointmentSender, type DeliveryVerdict } from './send-appointments.ts';
export type { AppointmentSending } from './sendings.ts';
export type { HubTransport } from './transport.ts';

/** A client of Hub Santé: on its broker when its address is set, through Postgres otherwise. */
export function openHubTransport(
  shared: { database: Database; clock: Clock; log: Logger; clientId: string },
  amqp: Pick<AmqpTransportOptions, 'url' | 'tls'> | null,
): Promise<HubTransport> {
  const { clientId, log } = shared;
  return amqp ? openAmqpTransport({ ...amqp, clientId, log }) : openPostgresTransport(shared);
}
