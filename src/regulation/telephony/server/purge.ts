import sql from 'sql-template-tag';
import { keepingOf } from '../../../foundation/retention.ts';

/** Commands that the phone system answered. A repeated one is answered alike for a day; beyond, nobody asks for it any more. */
export const commandKeeping = keepingOf({
  context: 'telephony', table: sql`telephony.command`, id: sql`id::text`, settledAt: sql`done_at`, territory: sql`territory`, also: sql`state <> 'pending'`,
});

/** Calls that led to no dossier. Those of a dossier stay as long as it. */
export const callKeeping = keepingOf({
  context: 'telephony', table: sql`telephony.call`, id: sql`id`, settledAt: sql`ended_at`, territory: sql`territory`, also: sql`dossier_id is null`,
  dependents: [
    sql`delete from telephony.leg where (territory, call_id) in (select territory, id from gone)`,
    sql`delete from telephony.call_event where (territory, call_id) in (select territory, id from gone)`,
    sql`delete from telephony.callback_call where (territory, call_id) in (select territory, id from gone)`,
  ],
});
