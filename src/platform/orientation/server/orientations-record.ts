import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { post } from '../../../foundation/outbox.ts';
import type { OrientationStatus } from '../contract.ts';
import { UNTOLD } from '../domain/outcome.ts';
import { concernsReceiver } from '../domain/outcome-notice.ts';
import { appointmentStatus } from '../domain/states.ts';
import type { OrientationEvent, OrientationRow } from './orientations-store.ts';

/** Channel of the messages to the regulation's software; the recipient is the territory (INT_L02). */
export const APPOINTMENT_CHANNEL = 'lrm-appointment';

/** Those whose screens show orientations; the screens read them again through the API, which checks each one. */
export const audienceRoles = [
  'osnp', 'mrg', 'mru', 'ioa', 'superviseur', 'responsable-sas', 'administrateur', 'administrateur-national', 'effecteur',
  'gestionnaire-structure', 'delegataire',
];

/** What the regulation's software is told of an appointment. People are ids: names are read when the message leaves. */
export interface AppointmentFacts {
  readonly appointmentId: string;
  readonly method: 'create' | 'update';
  readonly status: NonNullable<(typeof appointmentStatus)[OrientationStatus]>;
  readonly created: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly category: OrientationRow['category'];
  readonly practitionerId: string | null;
  readonly structureId: string | null;
  readonly specialty: string | null;
  /** Account of the regulator. */
  readonly regulator: string;
  readonly lrmReference: string | null;
}

/** The message that a change calls for; null when the regulation's software needs to know nothing. */
export function factsOf(row: OrientationRow, from: OrientationStatus | null): AppointmentFacts | null {
  const status = appointmentStatus[row.status];
  const told = from === null ? null : appointmentStatus[from];
  if (status === null || row.status === UNTOLD || (told === null && status === 'cancelled')) return null;
  return {
    appointmentId: row.id,
    method: told === null ? 'create' : 'update',
    status,
    created: (row.bookedAt ?? row.createdAt).toString(),
    start: row.start?.toString() ?? null,
    end: row.end?.toString() ?? null,
    category: row.category,
    practitionerId: row.nationalId,
    structureId: row.structureId,
    specialty: row.specialty,
    regulator: row.actor,
    lrmReference: row.lrmReference,
  };
}

const insertNoticeDue = sql`insert into orientation.notice_due (orientation_id, at)`;

/** Writes beside a change its journal entry, its announcement, its message to the regulation's software, and that the receiver may have to be told. */
export async function recordChange(tx: Transaction, row: OrientationRow, event: OrientationEvent, role: string | null): Promise<void> {
  await writeJournal(tx, {
    at: event.at, territory: row.territory, actor: event.actor, role, objectType: 'orientation', objectId: row.id, event: event.event,
    from: event.from, to: event.to, reason: row.lateReason ?? row.skipReason,
    payload: { kind: row.kind, slotId: row.slotId, editor: row.editor, start: row.start?.toString() ?? null, beyond48h: row.beyond48h, ...event.payload },
  });
  await announce(tx, { topic: 'orientation', ids: { orientationId: row.id }, audience: { roles: audienceRoles, territories: [row.territory] } });
  if (row.kind === 'slot' && concernsReceiver(row.status)) tx.for('orientation').beforeCommit(insertNoticeDue, sql`(${row.id}, ${event.at})`);
  const facts = factsOf(row, event.from);
  if (facts) await post(tx, { channel: APPOINTMENT_CHANNEL, recipient: row.territory, payload: facts, at: event.at });
}
