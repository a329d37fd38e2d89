import sql from 'sql-template-tag';
import type { Database } from './db/database.ts';
import type { PersonalData, PersonalSection } from './personal-data.ts';

const MOST_ENTRIES = 5_000;

/** What the journal says that somebody did: the newest entries, without what they contain. */
export const journalOf = (database: Database): PersonalData => async ({ accountId }) => [{
  title: 'Journal : vos actes (5 000 derniers)',
  rows: await database.for('foundation').query<PersonalSection['rows'][number]>(sql`
    select at as "Quand", event as "Acte", object_type as "Objet", object_id as "Identifiant",
      territory as "Territoire"
    from foundation.journal where actor = ${accountId} order by seq desc limit ${MOST_ENTRIES}`),
}];
