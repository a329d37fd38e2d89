import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { conflict, notFound } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Dossier as DossierView, ReceivedAppointment } from '../contract.ts';
import { regulationRoles } from '../contract.ts';
import type { AttachedAppointment } from './index.ts';
import type { createLinks } from './links.ts';
import { within } from './lists.ts';
import { deedOf, outOfScope, refuse, type Room, seeDossier, viewOf } from './room.ts';
import { writeDeed } from './record.ts';

/** An appointment as a message of the platform tells it. */
export interface ToldAppointment {
  readonly distributionId: string;
  readonly sender: string;
  readonly sentAt: Temporal.Instant;
  readonly receivedAt: Temporal.Instant;
  readonly appointmentId: string;
  readonly method: 'create' | 'update';
  readonly status: ReceivedAppointment['status'];
  readonly start: Temporal.Instant;
  readonly practitioner: string;
  readonly structure: string | null;
  readonly regulator: { readonly name: string; readonly account: string | null };
}

/** `conflict`: to create, and known already. `repeated`: this very message was kept before. */
export type Kept = 'created' | 'updated' | 'conflict' | 'repeated';

interface KnownRow {
  readonly dossierId: string | null;
  readonly sentAt: Temporal.Instant;
}

/** How long after a search was opened from a dossier an appointment is offered to it first. */
const SEARCH_HOURS = 4;
const LISTED = 100;

/** Appointments that come back from the platform (INT_L02): kept, offered for attachment, then followed by themselves. */
export function createAppointments(room: Room, { attachAppointment }: Pick<ReturnType<typeof createLinks>, 'attachAppointment'>) {
  const { db, clock } = room;

  const tell = (tx: Transaction, territory: string, appointmentId: string) =>
    announce(tx, { topic: 'appointment', ids: { appointmentId }, audience: { territories: [territory], roles: regulationRoles } });

  const keepMessage = (tx: Transaction, territory: string, told: ToldAppointment, outcome: 'created' | 'updated' | 'outdated' | 'conflict') =>
    tx.run(sql`
      insert into dossier.appointment_message (territory, distribution_id, appointment_id, sender, received_at, outcome)
      values (${territory}, ${told.distributionId}, ${told.appointmentId}, ${told.sender}, ${told.receivedAt}, ${outcome})`);

  async function write(tx: Transaction, territory: string, told: ToldAppointment): Promise<void> {
    await tx.run(sql`
      insert into dossier.appointment (territory, appointment_id, status, start_at, practitioner, structure, regulator, regulator_account, sent_at, received_at)
      values (${territory}, ${told.appointmentId}, ${told.status}, ${told.start}, ${told.practitioner}, ${told.structure}, ${told.regulator.name},
        ${told.regulator.account}, ${told.sentAt}, ${told.receivedAt})
      on conflict (territory, appointment_id) do update set status = excluded.status, start_at = excluded.start_at, practitioner = excluded.practitioner,
        structure = excluded.structure, sent_at = excluded.sent_at`);
  }

  async function keep(tx: Transaction, territory: string, told: ToldAppointment): Promise<Kept> {
    await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`appointment ${territory} ${told.appointmentId}`}, 0))`);
    const before = await tx.maybeOne<{ outcome: string }>(sql`
      select outcome from dossier.appointment_message where distribution_id = ${told.distributionId} and outcome <> 'refused'`);
    if (before) return before.outcome === 'conflict' ? 'conflict' : 'repeated';
    const known = await tx.maybeOne<KnownRow>(sql`
      select dossier_id as "dossierId", sent_at as "sentAt" from dossier.appointment where territory = ${territory} and appointment_id = ${told.appointmentId}`);
    const outdated = known !== null && Temporal.Instant.compare(told.sentAt, known.sentAt) < 0;
    const outcome = known === null ? 'created' : told.method === 'create' ? 'conflict' : outdated ? 'outdated' : 'updated';
    await keepMessage(tx, territory, told, outcome);
    if (outcome === 'conflict') return 'conflict';
    if (outcome === 'outdated') return 'updated';
    await write(tx, territory, told);
    if (known?.dossierId) await attachAppointment(tx, known.dossierId, attached(told));
    await tell(tx, territory, told.appointmentId);
    return outcome;
  }

  return {
    /** Keeps a message of the platform with what was made of it; an appointment already attached changes its dossier. */
    receive: (territory: string, told: ToldAppointment): Promise<Kept> => db.transaction((tx) => keep(tx, territory, told)),

    /** Keeps the trace of a message that could not be read. */
    async keepRefused(territory: string, refused: { distributionId: string | null; sender: string | null; receivedAt: Temporal.Instant; cause: string }): Promise<void> {
      await db.run(sql`
        insert into dossier.appointment_message (territory, distribution_id, sender, received_at, outcome, cause)
        values (${territory}, ${refused.distributionId}, ${refused.sender}, ${refused.receivedAt}, 'refused', ${refused.cause.slice(0, 1_000)})`);
    },

    /** Those that belong to no dossier yet, newest first, with the dossiers from which their regulator had just searched. */
    unattached: (actor: Actor): Promise<ReceivedAppointment[]> =>
      db.query<ReceivedAppointment>(sql`
        select a.appointment_id as "appointmentId", a.status, to_jsonb(a.start_at) #>> '{}' as start, a.practitioner, a.structure, a.regulator,
          to_jsonb(a.received_at) #>> '{}' as "receivedAt",
          coalesce((
            select jsonb_agg(jsonb_build_object('id', d.id, 'number', d.number) order by s.at desc)
            from (
              select dossier_id, max(at) as at from dossier.search_opening
              where territory = a.territory and account_id = a.regulator_account and at <= a.received_at
                and at > a.received_at - make_interval(hours => ${SEARCH_HOURS})
              group by dossier_id order by 2 desc limit 3
            ) s join dossier.dossier d on d.territory = a.territory and d.id = s.dossier_id
          ), '[]') as suggested
        from dossier.appointment a where a.dossier_id is null and ${within(actor.territories, sql`a`)} order by a.received_at desc limit ${LISTED}`),

    /** The latest messages received and what was made of them, newest first. */
    messages: (actor: Actor) =>
      db.query<{ distributionId: string | null; appointmentId: string | null; receivedAt: string; outcome: 'created' | 'updated' | 'outdated' | 'conflict' | 'refused'; cause: string | null }>(sql`
        select m.distribution_id as "distributionId", m.appointment_id as "appointmentId", to_jsonb(m.received_at) #>> '{}' as "receivedAt", m.outcome, m.cause
        from dossier.appointment_message m where ${within(actor.territories, sql`m`)} order by m.seq desc limit ${LISTED}`),

    /**
     * Attaches an appointment to a dossier; attached to it already, nothing changes.
     * @throws not-found `appointment-not-found`, `dossier-not-found`; forbidden `dossier-out-of-scope`; conflict `appointment-attached`
     */
    async attach(actor: Actor, appointmentId: string, dossierId: string): Promise<DossierView> {
      const result = await db.transaction(async (tx) => {
        const seen = await seeDossier(room, tx, actor, dossierId, true);
        const { territory, id } = seen.dossier;
        if (seen.because === null) return { refused: seen.dossier };
        const found = await tx.maybeOne<{ status: string; start: Temporal.Instant; practitioner: string; dossierId: string | null }>(sql`
          select status, start_at as start, practitioner, dossier_id as "dossierId" from dossier.appointment
          where territory = ${territory} and appointment_id = ${appointmentId} for update`);
        if (!found) throw notFound('appointment-not-found', "Ce rendez-vous n'est pas connu de la salle. Rien n'a été rattaché.");
        if (found.dossierId && found.dossierId !== id) {
          throw conflict('appointment-attached', 'Ce rendez-vous est déjà rattaché à un autre dossier. Rien n’a été modifié.', { dossierId: found.dossierId });
        }
        if (!found.dossierId) await attach(tx, actor, { ...found, territory, dossierId: id, appointmentId });
        return viewOf(room, tx, await seeDossier(room, tx, actor, id));
      });
      if (!('refused' in result)) return result;
      return refuse(room, actor, result.refused, outOfScope(), { action: 'attach-appointment' });
    },

    /** The address that opens the platform's search for a dossier (INT_L01); who opened it is kept. @throws as a reading */
    async searchLink(actor: Actor, id: string): Promise<string> {
      const result = await db.transaction(async (tx) => {
        const { dossier, because } = await seeDossier(room, tx, actor, id);
        if (because === null) return { refused: dossier };
        const now = clock.now();
        await tx.run(sql`
          insert into dossier.search_opening (territory, dossier_id, account_id, at) values (${dossier.territory}, ${dossier.id}, ${actor.accountId}, ${now})
          on conflict do nothing`);
        await writeDeed(tx, dossier, deedOf(actor, now, 'search-opened', { careContext: because }));
        return { dossier };
      });
      if (result.refused) return refuse(room, actor, result.refused, outOfScope(), { action: 'search-link' });
      const { location, patient, acts } = result.dossier!;
      const ordered = acts.flatMap((act) => act.decisions).findLast(({ details }) => typeof details['specialty'] === 'string');
      return room.searchAddress({
        address: location?.address || null, insee: location?.insee ?? null, city: location?.city || null, specialty: (ordered?.details['specialty'] as string | undefined) ?? null,
        usualDoctorRpps: patient.usualDoctorRpps, usualDoctorName: patient.usualDoctor || null,
      });
    },
  };

  async function attach(
    tx: Transaction, actor: Actor,
    one: { territory: string; dossierId: string; appointmentId: string; status: string; start: Temporal.Instant; practitioner: string },
  ): Promise<void> {
    const now = clock.now();
    await tx.run(sql`
      update dossier.appointment set dossier_id = ${one.dossierId}, attached_by = ${actor.accountId}, attached_at = ${now}
      where territory = ${one.territory} and appointment_id = ${one.appointmentId}`);
    await attachAppointment(tx, one.dossierId, attached(one));
    await writeJournal(tx, {
      at: now, territory: one.territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'dossier', objectId: one.dossierId,
      event: 'appointment-attached', payload: { by: actor.displayName, appointmentId: one.appointmentId },
    });
    await tell(tx, one.territory, one.appointmentId);
  }
}

/** What a dossier keeps of an appointment. */
const attached = ({ appointmentId, status, start, practitioner }: AttachedAppointment): AttachedAppointment => ({ appointmentId, status, start, practitioner });
