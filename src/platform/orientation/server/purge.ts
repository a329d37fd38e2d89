import sql from 'sql-template-tag';
import { keepingOf } from '../../../foundation/retention.ts';

/** Orientations with their life. */
export const orientationKeeping = keepingOf({
  context: 'orientation', table: sql`orientation.orientation`, id: sql`id::text`, settledAt: sql`greatest(updated_at, end_at)`, territory: sql`territory`,
  dependents: [
    sql`delete from orientation.orientation_event where orientation_id in (select id from gone)`,
    sql`delete from orientation.notice where orientation_id in (select id from gone)`,
    sql`delete from orientation.notice_due where orientation_id in (select id from gone)`,
  ],
});

/** Searches with their proof, once no orientation refers to them any more. */
export const searchKeeping = keepingOf({
  context: 'orientation', table: sql`orientation.search`, id: sql`id::text`, settledAt: sql`at`, territory: sql`territory`,
  also: sql`not exists (select from orientation.orientation o where o.search_id = search.id)`,
  dependents: [sql`delete from orientation.search_event where search_id in (select id from gone)`],
});
