import sql from 'sql-template-tag';
import type { Database } from '../../../foundation/db/database.ts';
import type { PersonalData, PersonalSection } from '../../../foundation/personal-data.ts';

/** How many openings somebody declared, or had declared for him, by month. */
export const openingData = (database: Database): PersonalData => async ({ accountId, nationalId }) => [{
  title: 'Disponibilités déclarées',
  rows: await database.for('availability').query<PersonalSection['rows'][number]>(sql`
    select to_char(day, 'YYYY-MM') as "Mois", territory as "Territoire", count(*) as "Plages", count(removed_at) as "Dont retirées"
    from availability.opening where national_id = ${nationalId} or created_by = ${accountId} group by 1, 2 order by 1, 2`),
}];
