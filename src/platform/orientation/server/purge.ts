import sql from 'sql-template-tag';
import { keepingOf, together } from '../../../foundation/retention.ts';

const asks = keepingOf({
  context: 'orientation', table: sql`orientation.outcome_ask`, id: sql`receiver || '/' || day`, settledAt: sql`at`, territory: sql`territory`,
});

/** Plannings of the structures that are past. */
export const dutyKeeping = keepingOf({
  context: 'orientation', table: sql`orientation.duty`, id: sql`structure_id || '/' || day || '/' || half || '/' || national_id`, settledAt: sql`(day + 1)::timestamptz`,
});

/** Orientations with their life, and the questions on what became of them. */
export const orientationKeeping = together(asks, keepingOf({
  context: 'orientation', table: sql`orientation.orientation`, id: sql`id::text`, settledAt: sql`greatest(updated_at, end_at)`, territory: sql`territory`,
  dependents: [
    sql`delete from orientation.orientation_event where orientation_id in (select id from gone)`,
    sql`delete from orientation.attempt where orientation_id in (select id from gone)`,
    // A request goes with the last of those asked.
    sql`delete from orientation.request r where id in (select o.request_id from orientation.orientation o where o.id in (select id from gone))
      and not exists (select from orientation.orientation o where o.request_id = r.id and o.id not in (select id from gone))`,
    sql`delete from orientation.notice where orientation_id in (select id from gone)`,
    sql`delete from orientation.notice_due where orientation_id in (select id from gone)`,
  ],
}));

/** Searches with their proof, once no orientation and no request refers to them any more. */
export const searchKeeping = keepingOf({
  context: 'orientation', table: sql`orientation.search`, id: sql`id::text`, settledAt: sql`at`, territory: sql`territory`,
  also: sql`not exists (select from orientation.orientation o where o.search_id = search.id)
    and not exists (select from orientation.request r where search.id in (r.search_id, r.empty_search_id))`,
  dependents: [sql`delete from orientation.search_event where search_id in (select id from gone)`],
});
