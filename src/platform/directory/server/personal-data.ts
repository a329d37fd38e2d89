import sql from 'sql-template-tag';
import type { Database } from '../../../foundation/db/database.ts';
import type { PersonalData, PersonalSection } from '../../../foundation/personal-data.ts';

/** What the national directory publishes about a professional, as it was imported. */
export const directoryData = (database: Database): PersonalData => async ({ nationalId }) => [{
  title: 'Annuaire santé (source publique : à corriger auprès de votre ordre)',
  rows: await database.for('directory').query<PersonalSection['rows'][number]>(sql`
    select p.last_name as "Nom", p.first_name as "Prénom", a.specialty_label as "Spécialité", l.name as "Lieu", l.address as "Adresse", l.city as "Commune"
    from directory.professional p left join directory.activity a on a.national_id = p.national_id left join directory.place l on l.id = a.place_id
    where p.national_id = ${nationalId} order by a.specialty_label, l.name`),
}];
