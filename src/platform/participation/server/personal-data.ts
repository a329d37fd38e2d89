import sql from 'sql-template-tag';
import type { Database } from '../../../foundation/db/database.ts';
import type { PersonalData, PersonalSection } from '../../../foundation/personal-data.ts';

/** What a professional declared of his participation, past and present. */
export const participationData = (database: Database): PersonalData => async ({ nationalId }) => [{
  title: 'Participation au SAS',
  rows: await database.for('participation').query<PersonalSection['rows'][number]>(sql`
    select territory as "Territoire", via as "Par", via_structure_id as "Structure", case when en_sus then 'oui' else 'non' end as "En sus",
      contact as "Contact", note as "Note à la régulation", valid_from as "Du", valid_to as "Au"
    from participation.participation where national_id = ${nationalId} order by valid_from`),
}];
