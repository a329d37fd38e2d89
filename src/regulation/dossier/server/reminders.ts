import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { announce } from '../../../foundation/events.ts';
import { regulationRoles } from '../contract.ts';
import { automaton } from '../domain/actors.ts';
import type { Dossier } from '../domain/dossier.ts';
import { cancellationOf, isMobile, type PatientTaskKind, reminderOf, wayOf } from '../domain/reminders.ts';
import { writeDeed } from './record.ts';
import type { Room } from './room.ts';
import type { Settings } from './settings.ts';
import { loadDossier } from './store.ts';

const MOST_AT_ONCE = 200;

type Booking = Dossier['appointments'][number];

export const tellPatientTask = (tx: Transaction, { territory, id }: Pick<Dossier, 'territory' | 'id'>) =>
  announce(tx, { topic: 'patient-task', ids: { dossierId: id }, audience: { territories: [territory], roles: regulationRoles } });

async function addTask(tx: Transaction, { territory, id }: Dossier, { appointmentId, start }: Booking, kind: PatientTaskKind, now: Temporal.Instant): Promise<void> {
  await tx.run(sql`
    insert into dossier.patient_task (territory, dossier_id, appointment_id, kind, start_at, due_at)
    values (${territory}, ${id}, ${appointmentId}, ${kind}, ${start}::timestamptz, ${now}) on conflict do nothing`);
}

/**
 * Brings what is owed to the patient in line with the appointments of his dossier (RDV-11, RDV-13): a reminder for one that
 * holds, a task for one he did not come to, nothing for one that moved or is cancelled.
 */
export async function followAppointments({ clock }: Room, tx: Transaction, dossier: Dossier, { rules, timeZone }: Settings): Promise<void> {
  const { territory } = dossier;
  const now = clock.now();
  for (const appointment of dossier.appointments) {
    const { appointmentId, status, start } = appointment;
    await tx.run(sql`
      delete from dossier.patient_task where territory = ${territory} and appointment_id = ${appointmentId} and done_at is null
        and case kind when 'rdv-noshow' then ${status !== 'noshow'} else ${status !== 'booked'} or start_at <> ${start}::timestamptz end`);
    if (status === 'noshow') await addTask(tx, dossier, appointment, 'rdv-noshow', now);
    const due = reminderOf(dossier, appointment, { rules, timeZone, now });
    await tx.run(due
      ? sql`insert into dossier.reminder (territory, appointment_id, dossier_id, due_at) values (${territory}, ${appointmentId}, ${dossier.id}, ${due})
          on conflict (territory, appointment_id) do update set due_at = excluded.due_at, kind = excluded.kind`
      : sql`delete from dossier.reminder where territory = ${territory} and appointment_id = ${appointmentId} and (kind = 'reminder' or ${status === 'booked'})`);
  }
  if (dossier.appointments.length > 0) await tellPatientTask(tx, dossier);
}

/** Plans the news of an appointment that held and is cancelled, for the patient who counted on it (INT-08). */
export async function planCancellation({ clock }: Room, tx: Transaction, dossier: Dossier, held: Booking, { rules, timeZone }: Settings): Promise<void> {
  const due = cancellationOf(dossier, held, { rules, timeZone, now: clock.now() });
  if (!due) return;
  await tx.run(sql`
    insert into dossier.reminder (territory, appointment_id, dossier_id, due_at, kind) values (${dossier.territory}, ${held.appointmentId}, ${dossier.id}, ${due}, 'cancellation')
    on conflict (territory, appointment_id) do update set due_at = excluded.due_at, kind = excluded.kind`);
}

interface Claimed {
  readonly territory: string;
  readonly appointmentId: string;
  readonly dossierId: string;
  readonly kind: 'reminder' | 'cancellation';
}

/**
 * Writes to the patients whose time has come: reminds them by SMS, or with a task for an OSNP who rings; tells them that an
 * appointment is cancelled. Each is claimed by one process.
 */
export function createReminderWork(room: Room) {
  const { db, clock, settings, remind, tellCancelled } = room;

  async function one(tx: Transaction): Promise<boolean> {
    const now = clock.now();
    const claimed = await tx.maybeOne<Claimed>(sql`
      delete from dossier.reminder where (territory, appointment_id) = (
        select territory, appointment_id from dossier.reminder where due_at <= ${now} order by due_at limit 1 for update skip locked)
      returning territory, appointment_id as "appointmentId", dossier_id as "dossierId", kind`);
    if (!claimed) return false;
    const dossier = (await loadDossier(tx, claimed.dossierId, [claimed.territory]))!;
    const appointment = dossier.appointments.find(({ appointmentId }) => appointmentId === claimed.appointmentId);
    const ahead = appointment && Temporal.Instant.compare(appointment.start, now) > 0;
    if (ahead) await (claimed.kind === 'reminder' ? serve : serveCancelled)(tx, dossier, appointment, await settings.of(tx, dossier.territory));
    return true;
  }

  async function serveCancelled(tx: Transaction, dossier: Dossier, appointment: Booking, { rules, timeZone }: Settings): Promise<void> {
    if (wayOf(dossier, rules) !== 'sms' || tellCancelled === null || !isMobile(dossier.callback)) return;
    await tellCancelled(tx, await factsOf(tx, dossier, appointment, { timeZone, callBack: rules.reminder.phone }));
    await writeDeed(tx, dossier, {
      at: clock.now(), accountId: automaton.accountId, name: automaton.name, role: null, event: 'cancellation-told', payload: { appointmentId: appointment.appointmentId, by: 'sms' },
    });
  }

  async function serve(tx: Transaction, dossier: Dossier, appointment: Booking, { rules, timeZone }: Settings): Promise<void> {
    const now = clock.now();
    const bySms = wayOf(dossier, rules) === 'sms' && remind !== null && isMobile(dossier.callback);
    if (bySms) await remind(tx, await factsOf(tx, dossier, appointment, { timeZone, callBack: rules.reminder.phone }));
    else {
      await addTask(tx, dossier, appointment, 'rappel-rdv', now);
      await tellPatientTask(tx, dossier);
    }
    await writeDeed(tx, dossier, {
      at: now, accountId: automaton.accountId, name: automaton.name, role: null, event: 'reminder', payload: { appointmentId: appointment.appointmentId, by: bySms ? 'sms' : 'call' },
    });
  }

  async function factsOf(tx: Transaction, dossier: Dossier, { appointmentId, start, practitioner }: Booking, more: { timeZone: string; callBack: string }) {
    const told = await tx.maybeOne<{ structure: string | null }>(sql`
      select structure from dossier.appointment where territory = ${dossier.territory} and appointment_id = ${appointmentId}`);
    return { appointmentId, phone: dossier.callback!, start: Temporal.Instant.from(start), practitioner, structure: told?.structure ?? null, ...more };
  }

  /** Does all that is due; gives how many appointments it looked at. */
  return async (): Promise<number> => {
    let count = 0;
    while (count < MOST_AT_ONCE && (await db.transaction(one))) count++;
    return count;
  };
}
