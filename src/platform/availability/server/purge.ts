import sql from 'sql-template-tag';
import { keepingOf, together } from '../../../foundation/retention.ts';

/** The questions asked to the vendors. */
export const editorCallKeeping = keepingOf({
  context: 'availability', table: sql`availability.editor_call`, id: sql`id::text`, settledAt: sql`at`,
});

const context = 'availability';
const territory = sql`territory`;
const gone = sql`(select id from gone)`;

/** Agendas that are past: openings with their slots and places, series once no opening comes from them, leave, closed calendar addresses. */
export const agendaKeeping = together(
  keepingOf({
    context, territory, table: sql`availability.opening`, id: sql`id::text`, settledAt: sql`(day + 1)::timestamp at time zone time_zone`,
    dependents: [
      sql`delete from availability.seat where slot_id in (select slot.id from availability.slot where opening_id in ${gone})`,
      sql`delete from availability.slot where opening_id in ${gone}`,
      sql`delete from availability.agenda_change where object_id in ${gone}`,
    ],
  }),
  keepingOf({
    context, territory, table: sql`availability.series`, id: sql`id::text`,
    settledAt: sql`least(removed_at, (last_day + 1)::timestamp at time zone time_zone)`,
    also: sql`not exists (select from availability.opening o where o.series_id = series.id)`,
    dependents: [sql`delete from availability.series_exception where series_id in ${gone}`, sql`delete from availability.agenda_change where object_id in ${gone}`],
  }),
  keepingOf({ context, territory, table: sql`availability.leave`, id: sql`id::text`, settledAt: sql`least(removed_at, to_at)` }),
  keepingOf({ context, territory, table: sql`availability.feed`, id: sql`id::text`, settledAt: sql`revoked_at` }),
);

/** The weeks in which a vendor showed slots: what the two hours a week were judged on. */
export const visibilityKeeping = keepingOf({
  context, table: sql`availability.editor_week`, id: sql`national_id || '/' || week || '/' || editor`, settledAt: sql`last_at`,
});

/** What is known of the accounts that the vendors closed. */
export const vendorAccountKeeping = keepingOf({
  context, table: sql`availability.regulator_account`, id: sql`account_id::text`,
  settledAt: sql`(select max(greatest(v.last_attempt_at, v.synchronised_at)) from availability.vendor_account v where v.account_id = regulator_account.account_id)`,
  also: sql`planned = revision and wanted->>'active' = 'false'
    and not exists (select from availability.vendor_account v where v.account_id = regulator_account.account_id and v.pending is not null)`,
  dependents: [sql`delete from availability.vendor_account where account_id in (select account_id from gone)`],
});
