import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { conflict } from '../../../foundation/errors.ts';
import type { Actor } from '../../../identity/contract.ts';
import { type Step, undone } from '../domain/outcome.ts';
import { roleOf } from './booking.ts';
import { orientationNotFound, refuseAct } from './orientations-acts.ts';
import { partiesOf } from './orientations-parties.ts';
import { recordChange } from './orientations-record.ts';
import { type OrientationRow, selectOrientations, updateOrientation } from './orientations-store.ts';

const tooLate = () =>
  conflict('undo-too-late', "Ce geste ne se reprend plus : le délai est passé, ou quelque chose a changé depuis. Rien n'a été modifié ; corrigez la suite depuis la fiche de l'orientation.");

/**
 * Takes back, for some seconds, an outcome that the same person just told: the appointment is as before, both gestures stay in
 * its history. @throws conflict `undo-too-late`; forbidden `transition-forbidden`, journaled; not-found
 */
export function createUndo({ database, clock }: { readonly database: Database; readonly clock: Clock }) {
  const db = database.for('orientation');

  return async (actor: Actor, id: string): Promise<OrientationRow> => {
    const { row, allowed } = await db.transaction(async (tx) => {
      const [found] = await selectOrientations(tx, sql`o.id = ${id}`, sql`for update`);
      if (!found) throw orientationNotFound();
      if (!partiesOf(actor, found).some((party) => party !== 'sas')) return { row: found, allowed: false };
      const last = await tx.one<Step>(sql`
        select at, actor, event, from_status as from from orientation.orientation_event where orientation_id = ${id} order by id desc limit 1`);
      const now = clock.now();
      const status = undone(last, actor.accountId, now);
      if (status === null) throw tooLate();
      const after = { ...found, status, updatedAt: now };
      const event = { at: now, actor: actor.accountId, event: 'undo', from: found.status, to: status };
      await updateOrientation(tx, after, event);
      await recordChange(tx, after, event, roleOf(actor));
      return { row: after, allowed: true };
    });
    return allowed ? row : refuseAct(db, actor, row, 'undo', clock.now());
  };
}
