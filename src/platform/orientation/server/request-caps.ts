import sql from 'sql-template-tag';
import type { Queryable, Transaction } from '../../../foundation/db/database.ts';
import { conflict } from '../../../foundation/errors.ts';
import { type Accepted, acceptedStatuses, type Caps, capReached, halfDayOf, weekOf } from '../domain/request-caps.ts';
import type { CapReached } from '../domain/request.ts';

/** When an appointment would be, on which wall clock, and the orientation that must not count itself. */
export interface Moment {
  readonly at: Temporal.Instant;
  readonly timeZone: string;
  readonly except?: string;
}

/** What each subject (professional or structure) already accepted en sus, in the half-day and the week of a moment. */
export async function acceptedBy(db: Queryable, subjects: readonly string[], { at, timeZone, except }: Moment): Promise<Map<string, Accepted>> {
  const half = halfDayOf(at, timeZone);
  const week = weekOf(at, timeZone);
  const rows = await db.query<Accepted & { subject: string }>(sql`
    select s.subject, count(*) as week, count(*) filter (where o.start_at >= ${half.from} and o.start_at < ${half.to}) as "halfDay"
    from unnest(${subjects}::text[]) as s (subject)
    join orientation.orientation o on o.kind = 'surnumeraire' and (o.national_id = s.subject or o.structure_id = s.subject)
    where o.start_at >= ${week.from} and o.start_at < ${week.to} and o.status = any(${acceptedStatuses}) and o.id is distinct from ${except ?? null}::uuid
    group by s.subject`);
  return new Map(rows.map(({ subject, ...accepted }) => [subject, accepted]));
}

const NONE: Accepted = { halfDay: 0, week: 0 };

/** Those who have reached what they accept, and which cap. Who says no limit is not looked at. */
export async function fullAt(db: Queryable, caps: ReadonlyMap<string, Caps>, moment: Moment): Promise<Map<string, CapReached>> {
  const limited = [...caps].filter(([, { halfDay, week }]) => halfDay !== null || week !== null);
  if (limited.length === 0) return new Map();
  const accepted = await acceptedBy(db, limited.map(([subject]) => subject), moment);
  return new Map(limited.flatMap(([subject, his]) => {
    const reached = capReached(his, accepted.get(subject) ?? NONE);
    return reached ? [[subject, reached] as const] : [];
  }));
}

const sentences: Record<CapReached, string> = {
  'half-day': 'le nombre de patients en sus accepté par demi-journée est déjà atteint',
  week: 'le nombre de patients en sus accepté par semaine est déjà atteint',
};

/**
 * Refuses an acceptance that would go beyond what somebody accepts. Acceptances of one subject wait for each other, so that
 * two at once never pass together. @throws conflict `cap-reached`
 */
export async function enforceCaps(tx: Transaction, caps: ReadonlyMap<string, Caps>, moment: Moment): Promise<void> {
  const own = tx.for('orientation');
  for (const subject of [...caps.keys()].sort()) {
    await own.query(sql`select pg_advisory_xact_lock(hashtextextended(${`en-sus:${subject}`}, 0))`);
  }
  const [full] = await fullAt(own, caps, moment);
  if (!full) return;
  const [subject, reached] = full;
  throw conflict('cap-reached', `Impossible d'accepter : ${sentences[reached]}. La demande attend toujours une réponse.`, { subject, cap: reached });
}
