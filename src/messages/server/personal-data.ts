import sql from 'sql-template-tag';
import type { Database } from '../../foundation/db/database.ts';
import type { PersonalData, PersonalSection } from '../../foundation/personal-data.ts';
import { templateName } from '../contract.ts';

type Row = PersonalSection['rows'][number];

/** What was written to somebody and is still kept, and what he does not want to receive. */
export const messageData = (database: Database): PersonalData => async ({ accountId, nationalId }) => {
  const db = database.for('messages');
  const named = (rows: readonly { readonly template: string }[]) => rows.map(({ template, ...row }) => ({ Message: templateName(template), ...row }) as Row);
  return [
    {
      title: 'Courriels reçus du SAS',
      rows: named(await db.query<Row & { template: string }>(sql`
        select template, asked_at as "Écrit", sent_at as "Envoyé" from messages.sending
        where recipient->>'accountId' = ${accountId} or recipient->>'professionalId' = ${nationalId} order by asked_at`)),
    },
    { title: 'Courriels refusés', rows: named(await db.query<Row & { template: string }>(sql`select template, at as "Depuis" from messages.refusal where account_id = ${accountId} order by at`)) },
  ];
};
