import sql from 'sql-template-tag';
import { conflict, notFound, ruleBroken } from '../../../foundation/errors.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { PatientTask } from '../contract.ts';
import { type PatientTaskOutcome, patientTaskOutcomes } from '../domain/reminders.ts';
import { selectLines, within } from './lists.ts';
import { writeDeed } from './record.ts';
import { tellPatientTask } from './reminders.ts';
import { deedOf, outOfScope, refuse, type Room, seeDossier } from './room.ts';

const LISTED = 200;

interface TaskRow {
  readonly dossierId: string;
  readonly kind: PatientTask['kind'];
  readonly done: boolean;
}

const columns = sql`t.id, t.dossier_id as "dossierId", t.appointment_id as "appointmentId", t.kind, to_jsonb(t.start_at) #>> '{}' as start, to_jsonb(t.due_at) #>> '{}' as "dueAt"`;

/** What OSNPs do for the patients of appointments: to ring before one, to see what became of those who did not come. */
export function createPatientTasks(room: Room) {
  const { db, clock } = room;
  const taskNotFound = () => notFound('patient-task-not-found', "Cette tâche n'existe pas, ou n'est pas de votre territoire. Rien n'a été enregistré.");

  return {
    /** Those left to do, what is due first first, with their dossiers. */
    async list(actor: Actor) {
      const tasks = await db.query<PatientTask>(sql`
        select ${columns} from dossier.patient_task t where t.done_at is null and ${within(actor.territories, sql`t`)} order by t.due_at, t.id limit ${LISTED}`);
      const ids = [...new Set(tasks.map(({ dossierId }) => dossierId))];
      const dossiers = ids.length === 0 ? [] : await selectLines(db, sql`d.id = any(${ids})`, sql`d.opened_at, d.number`, LISTED, clock.now());
      return { tasks, dossiers };
    },

    /**
     * Ends a task with one of the codes of its kind.
     * @throws not-found `patient-task-not-found`; forbidden `dossier-out-of-scope`; conflict `patient-task-done`; rule `outcome-unknown`
     */
    async close(actor: Actor, id: string, outcome: PatientTaskOutcome): Promise<void> {
      const refused = await db.transaction(async (tx) => {
        const task = await tx.maybeOne<TaskRow>(sql`
          select t.dossier_id as "dossierId", t.kind, t.done_at is not null as done from dossier.patient_task t
          where t.id = ${id} and ${within(actor.territories, sql`t`)} for update`);
        if (!task) throw taskNotFound();
        const { dossier, because } = await seeDossier(room, tx, actor, task.dossierId);
        if (because === null) return dossier;
        if (task.done) throw conflict('patient-task-done', 'Un collègue a déjà clos cette tâche. Rien n’a été modifié.');
        if (!(patientTaskOutcomes[task.kind] as readonly string[]).includes(outcome)) {
          throw ruleBroken('outcome-unknown', "Cette issue n'est pas de celles de la tâche. Rien n'a été enregistré.", [{ path: 'outcome', message: 'issue à choisir dans la liste' }]);
        }
        const now = clock.now();
        await tx.run(sql`update dossier.patient_task set done_at = ${now}, done_by = ${actor.accountId}, outcome = ${outcome} where territory = ${dossier.territory} and id = ${id}`);
        await writeDeed(tx, dossier, deedOf(actor, now, 'patient-task-closed', { careContext: because, payload: { task: id, kind: task.kind, outcome } }));
        await tellPatientTask(tx, dossier);
        return null;
      });
      if (refused) await refuse(room, actor, refused, outOfScope(), { action: 'close-patient-task' });
    },

    /** Why patients did not come, in counts, for the absences looked into from one day to another in these territories. */
    async absences(actor: Actor, { from, to }: { from: string; to: string }) {
      const here = within(actor.territories, sql`t`);
      const rows = await db.query<{ outcome: string | null; count: number }>(sql`
        select t.outcome, count(*) as count from dossier.patient_task t
        where t.kind = 'rdv-noshow' and ${here} and t.start_at >= ${from}::date and t.start_at < ${to}::date + 1 group by t.outcome`);
      const count = new Map(rows.map((row) => [row.outcome, row.count]));
      return {
        reasons: patientTaskOutcomes['rdv-noshow'].map((reason) => ({ reason, count: count.get(reason) ?? 0 })),
        toCheck: count.get(null) ?? 0,
      };
    },
  };
}
