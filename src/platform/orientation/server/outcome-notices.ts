import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { type Known, noticeFor } from '../domain/outcome-notice.ts';
import { type OrientationRow, selectOrientations } from './orientations-store.ts';
import type { TellReceiver } from './outcome-receivers.ts';

const BATCH = 50;

/**
 * Tells receivers of the appointments of their agenda that were booked, moved or cancelled since the last look, and keeps what
 * they know. Safe in several processes at once and after a stop: what is to be told is written with the change itself. Gives the
 * number of changes looked at.
 */
export function createNotices({ database, clock, tellReceiver }: { readonly database: Database; readonly clock: Clock; readonly tellReceiver: TellReceiver }) {
  const db = database.for('orientation');

  async function tell(tx: Transaction, row: OrientationRow): Promise<void> {
    const known = await tx.maybeOne<Known>(sql`select told, start_at as start from orientation.notice where orientation_id = ${row.id}`);
    const template = noticeFor(known, row);
    if (!template || !row.start) return;
    const now = clock.now();
    const { nationalId, structureId, territory, start, placeLabel, modality } = row;
    const told = await tellReceiver(tx, { template, receiver: { nationalId, structureId }, territory, orientationId: row.id, start, placeLabel, modality }, now);
    if (!told) return;
    const state = template === 'appointment-cancelled' ? 'cancelled' : 'booked';
    await tx.run(sql`
      insert into orientation.notice (orientation_id, told, start_at, at) values (${row.id}, ${state}, ${start}, ${now})
      on conflict (orientation_id) do update set told = excluded.told, start_at = excluded.start_at, at = excluded.at`);
    await tx.run(sql`update orientation.orientation set notified_at = coalesce(notified_at, ${now}) where id = ${row.id}`);
  }

  const lookAtSome = () =>
    db.transaction(async (tx) => {
      // Those of one orientation go together, under its lock: two processes never tell the same thing.
      const due = await tx.query<{ id: number; orientationId: string }>(sql`
        select id, orientation_id as "orientationId" from orientation.notice_due order by id limit ${BATCH} for update skip locked`);
      if (due.length === 0) return 0;
      const ids = [...new Set(due.map(({ orientationId }) => orientationId))];
      for (const row of await selectOrientations(tx, sql`o.id = any(${ids})`, sql`order by o.id for update`)) await tell(tx, row);
      await tx.run(sql`delete from orientation.notice_due where id = any(${due.map(({ id }) => id)})`);
      return due.length;
    });

  return async (): Promise<number> => {
    let total = 0;
    for (;;) {
      const count = await lookAtSome();
      total += count;
      if (count < BATCH) return total;
    }
  };
}
