import sql from 'sql-template-tag';
import type { Queryable } from '../../foundation/db/database.ts';
import type { AppointmentFacts } from '../../platform/orientation/server/orientations-record.ts';

export type SendingState = 'sent' | 'acknowledged' | 'replaced' | 'error';

/** A message sent to a regulation software, and what was answered. */
export interface AppointmentSending {
  readonly distributionId: string;
  readonly outboxId: string;
  readonly appointmentId: string;
  readonly recipient: string;
  readonly territory: string;
  readonly facts: AppointmentFacts;
  readonly factsAt: Temporal.Instant;
  readonly sentAt: Temporal.Instant;
  readonly state: SendingState;
  readonly answeredAt: Temporal.Instant | null;
  readonly errorCode: number | null;
  readonly errorText: string | null;
  readonly errorCause: string | null;
}

export interface Answer {
  readonly state: Exclude<SendingState, 'sent'>;
  readonly at: Temporal.Instant;
  readonly error?: { readonly code: number; readonly text: string; readonly cause: string };
}

const columns = sql`distribution_id as "distributionId", outbox_id as "outboxId", appointment_id as "appointmentId", recipient, territory,
  facts, facts_at as "factsAt", sent_at as "sentAt", state, answered_at as "answeredAt", error_code as "errorCode",
  error_text as "errorText", error_cause as "errorCause"`;

export const latestOfOutbox = (db: Queryable, outboxId: string): Promise<AppointmentSending | null> =>
  db.maybeOne<AppointmentSending>(sql`select ${columns} from interop.hub_sending where outbox_id = ${outboxId} order by seq desc limit 1`);

/** True when newer facts of this appointment have left already. */
export async function newerSent(db: Queryable, appointmentId: string, factsAt: Temporal.Instant): Promise<boolean> {
  const { newer } = await db.one<{ newer: boolean }>(sql`
    select exists (select from interop.hub_sending where appointment_id = ${appointmentId} and facts_at > ${factsAt}) as newer`);
  return newer;
}

/** Writes that a message is about to leave; sending the same one again keeps its first line. */
export const insertSending = (db: Queryable, one: Omit<AppointmentSending, 'state' | 'answeredAt' | 'errorCode' | 'errorText' | 'errorCause'>): Promise<number> =>
  db.run(sql`
    insert into interop.hub_sending (distribution_id, outbox_id, appointment_id, recipient, territory, facts, facts_at, sent_at)
    values (${one.distributionId}, ${one.outboxId}, ${one.appointmentId}, ${one.recipient}, ${one.territory}, ${JSON.stringify(one.facts)},
      ${one.factsAt}, ${one.sentAt})
    on conflict (distribution_id) do nothing`);

/**
 * Records the answer to a message; false when it is not ours or its fate was settled before. An acknowledgement settles even
 * an error: the recipient has the message.
 */
export async function settle(db: Queryable, distributionId: string, { state, at, error }: Answer): Promise<boolean> {
  const count = await db.run(sql`
    update interop.hub_sending set state = ${state}, answered_at = ${at}, error_code = ${error?.code ?? null}, error_text = ${error?.text ?? null},
      error_cause = ${error?.cause ?? null}
    where distribution_id = ${distributionId} and (state = 'sent' or (state = 'error' and ${state} <> 'error'))`);
  return count === 1;
}

export const find = (db: Queryable, distributionId: string): Promise<AppointmentSending | null> =>
  db.maybeOne<AppointmentSending>(sql`select ${columns} from interop.hub_sending where distribution_id = ${distributionId}`);

/** Messages without their final acknowledgement, newest first, sent before `before`. */
export const listUndelivered = (db: Queryable, filter: { territory?: string; before: Temporal.Instant; limit: number }): Promise<AppointmentSending[]> =>
  db.query<AppointmentSending>(sql`
    select ${columns} from interop.hub_sending
    where state in ('sent', 'error') and (${filter.territory ?? null}::text is null or territory = ${filter.territory ?? null}) and sent_at <= ${filter.before}
    order by seq desc limit ${filter.limit}`);

/** The latest message of each appointment. */
export const latestOfAppointments = (db: Queryable, appointmentIds: readonly string[]): Promise<AppointmentSending[]> =>
  db.query<AppointmentSending>(sql`
    select distinct on (appointment_id) ${columns} from interop.hub_sending where appointment_id = any(${appointmentIds})
    order by appointment_id, facts_at desc, seq desc`);
