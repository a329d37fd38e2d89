import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';

/**
 * Where and when the slots of each professional were last seen: at the vendor that named him last, or on the platform's agenda
 * (now, while it offers some). Those never seen are absent.
 */
export async function lastSeenSlots(
  { database, clock }: { database: Database; clock: Clock }, nationalIds: readonly string[],
): Promise<Map<string, { source: string; at: Temporal.Instant }>> {
  const rows = await database.for('availability').query<{ nationalId: string; source: string; at: Temporal.Instant }>(sql`
    select distinct on ("nationalId") "nationalId", source, at from (
      select national_id as "nationalId", editor as source, seen_at as at from availability.editor_knowledge
        where national_id = any(${[...nationalIds]}) and seen_at is not null
      union all
      select national_id, 'plateforme', least(max(start_at), ${clock.now()}) from availability.slot
        where national_id = any(${[...nationalIds]}) and removed_at is null group by national_id) s
    order by "nationalId", at desc`);
  return new Map(rows.map(({ nationalId, ...seen }) => [nationalId, seen]));
}
