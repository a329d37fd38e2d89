import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Dossier as DossierView } from '../contract.ts';
import { assistants, automaton, roleAs } from '../domain/actors.ts';
import { type Dossier, isFrozen } from '../domain/dossier.ts';
import { newTask } from '../domain/effects-medical.ts';
import { nextDue } from '../domain/life.ts';
import type { AttachedAppointment } from './index.ts';
import { frozen } from './read.ts';
import { type Deed, recordChange, tellDossier } from './record.ts';
import { followAppointments, planCancellation } from './reminders.ts';
import { deedOf, outOfScope, type Room, seeDossier } from './room.ts';
import { loadDossier, updateDossier } from './store.ts';

const automaticDeed = (at: Temporal.Instant, event: string, payload: Record<string, unknown>): Deed => ({
  at, accountId: automaton.accountId, name: automaton.name, role: null, event, payload,
});

/** What other contexts tell a dossier, inside their own transaction, and what they ask of it. */
export function createLinks(room: Room) {
  const { clock } = room;

  async function change(tx: Transaction, id: string, event: string, payload: Record<string, unknown>, work: (dossier: Dossier, now: Temporal.Instant) => Dossier): Promise<Dossier | null> {
    const mine = tx.for('dossier');
    const dossier = await loadDossier(mine, id, ['*'], true);
    if (!dossier) return null;
    const now = clock.now();
    const { rules } = await room.settings.of(mine, dossier.territory);
    return recordChange(mine, dossier, { ...work(dossier, now), updatedAt: now.toString() }, rules, automaticDeed(now, event, payload));
  }

  return {
    /** The technical reference that leaves for other systems, back to the dossier: its id or its national number. */
    async find(tx: Transaction, reference: string): Promise<{ id: string; territory: string } | null> {
      const byNumber = /^DRFR15[0-9A-Z]{13}$/.test(reference);
      const byId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(reference);
      if (!byNumber && !byId) return null;
      return tx.for('dossier').maybeOne(byId ? sql`select id, territory from dossier.dossier where id = ${reference}` : sql`select id, territory from dossier.dossier where number = ${reference}`);
    },

    /**
     * Attaches an appointment, or follows its life: the same id again changes it. One cancelled makes a follow-up task; what is
     * owed to the patient follows.
     */
    async attachAppointment(tx: Transaction, dossierId: string, appointment: AttachedAppointment): Promise<boolean> {
      let held: Dossier['appointments'][number] | null = null;
      const after = await change(tx, dossierId, 'appointment', { ...appointment, start: appointment.start.toString() }, (dossier, now) => {
        const known = dossier.appointments.find((one) => one.appointmentId === appointment.appointmentId);
        held = known ?? null;
        const told = { ...appointment, start: appointment.start.toString(), attachedAt: known?.attachedAt ?? now.toString() };
        const appointments = known ? dossier.appointments.map((one) => (one === known ? told : one)) : [...dossier.appointments, told];
        const lost = known?.status !== told.status && told.status === 'cancelled' && !isFrozen(dossier);
        const task = { kind: 'rdv-cancelled', label: 'Rendez-vous annulé : proposer une autre solution', dueAt: now.toString(), assignee: 'SUIVI' };
        return { ...dossier, appointments, tasks: [...dossier.tasks, ...(lost ? [newTask({ newId: randomUUID, now }, task)] : [])] };
      });
      if (!after) return false;
      const mine = tx.for('dossier');
      const settings = await room.settings.of(mine, after.territory);
      await followAppointments(room, mine, after, settings);
      if (held && appointment.status === 'cancelled') await planCancellation(room, mine, after, held, settings);
      return true;
    },

    /**
     * Keeps the path that somebody took in a protocol: its version, the questions and answers, whether it was overridden and why.
     * @throws not-found `dossier-not-found`; forbidden `dossier-out-of-scope`; conflict `dossier-frozen`
     */
    async recordProtocol(tx: Transaction, actor: Actor, dossierId: string, protocol: NonNullable<DossierView['protocol']>, reason: string | null): Promise<void> {
      const mine = tx.for('dossier');
      const { dossier, author, settings, because } = await seeDossier(room, mine, actor, dossierId, true);
      if (because === null) throw outOfScope();
      if (isFrozen(dossier)) throw frozen();
      const now = clock.now();
      const deed = deedOf(actor, now, 'protocol', { role: roleAs(author, assistants), payload: { ...protocol }, reason, careContext: because });
      await recordChange(mine, dossier, { ...dossier, protocol, updatedAt: now.toString() }, settings.rules, deed);
    },

    /** Which of these dossiers changed filière after the instant given with each. */
    async requalified(territory: string, since: readonly { dossierId: string; at: Temporal.Instant }[]): Promise<ReadonlySet<string>> {
      const rows = await room.db.query<{ id: string }>(sql`
        select distinct d.id from jsonb_to_recordset(${JSON.stringify(since)}::jsonb) as asked("dossierId" uuid, at timestamptz)
        join dossier.dossier d on d.territory = ${territory} and d.id = asked."dossierId"
        where exists (
          select 1 from jsonb_array_elements(d.body->'filieres') with ordinality as gone(through, rank)
          where rank > 1 and (through->>'since')::timestamptz > asked.at)`);
      return new Set(rows.map(({ id }) => id));
    },

    /** A call of a dossier is over. Cut off on a P0 or a P1, it makes a call-back task at once (requirements 6.1, C8). */
    async callEnded(tx: Transaction, callId: string, ending: { at: Temporal.Instant; planned: boolean }): Promise<boolean> {
      const mine = tx.for('dossier');
      const row = await mine.maybeOne<{ dossierId: string }>(sql`
        update dossier.call set ended_at = ${ending.at} where call_id = ${callId} and ended_at is null returning dossier_id as "dossierId"`);
      const dossier = row && (await loadDossier(mine, row.dossierId, ['*'], true));
      if (!dossier) return false;
      const cut = !ending.planned && dossier.state === 'ACTIF' && (dossier.priority === 'P0' || dossier.priority === 'P1');
      if (!cut) {
        const { rules } = await room.settings.of(mine, dossier.territory);
        await updateDossier(mine, dossier, dossier, nextDue(dossier, rules)?.at ?? null);
        await tellDossier(mine, dossier, { callId });
        return true;
      }
      const cutShort = await change(tx, dossier.id, 'call-cut', { callId }, (one, now) => ({
        ...one,
        tasks: [...one.tasks, newTask({ newId: randomUUID, now }, { kind: 'rappel-coupure', label: "Appel coupé : rappeler tout de suite", dueAt: now.toString(), assignee: one.owner?.accountId ?? one.queue ?? 'N1' })],
      }));
      return cutShort !== null;
    },

    /** A call that had ended is on the line again, or a new leg was linked. */
    async callResumed(tx: Transaction, callId: string): Promise<void> {
      await tx.for('dossier').run(sql`update dossier.call set ended_at = null where call_id = ${callId}`);
    },
  };
}
