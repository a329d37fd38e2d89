import sql from 'sql-template-tag';
import { keepingOf, together } from '../../../foundation/retention.ts';

const context = 'participation';

/** What no longer holds: participations closed or changed, full-time equivalents replaced, conventions ended. */
export const participationKeeping = together(
  keepingOf({ context, table: sql`participation.participation`, id: sql`id::text`, settledAt: sql`valid_to` }),
  keepingOf({
    context, table: sql`participation.full_time_equivalent`, id: sql`structure_id || '/' || national_id || '/' || valid_from`,
    settledAt: sql`(select min(later.valid_from)::timestamptz from participation.full_time_equivalent later
      where later.structure_id = full_time_equivalent.structure_id and later.national_id = full_time_equivalent.national_id and later.valid_from > full_time_equivalent.valid_from)`,
  }),
  keepingOf({
    context, table: sql`participation.convention`, id: sql`id::text`, settledAt: sql`updated_at`, also: sql`status = 'REMPLACE'`,
    dependents: [sql`delete from participation.convention_event where convention_id in (select id from gone)`],
  }),
);
