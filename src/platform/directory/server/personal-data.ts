import sql from 'sql-template-tag';
import type { Database } from '../../../foundation/db/database.ts';
import type { PersonalData, PersonalSection } from '../../../foundation/personal-data.ts';

type Row = PersonalSection['rows'][number];

/** What the national directory publishes about a professional, as it was imported, and what the inventory of effecteurs adds. */
export const directoryData = (database: Database): PersonalData => async ({ nationalId }) => {
  const db = database.for('directory');
  const [published, inventory] = await Promise.all([
    db.query<Row>(sql`
      select p.last_name as "Nom", p.first_name as "Prénom", a.specialty_label as "Spécialité", l.name as "Lieu", l.address as "Adresse", l.city as "Commune"
      from directory.professional p left join directory.activity a on a.national_id = p.national_id left join directory.place l on l.id = a.place_id
      where p.national_id = ${nationalId} order by a.specialty_label, l.name`),
    db.query<Row>(sql`
      select territory as "Territoire", listed_name as "Nom sur la liste", array_to_string(sources, ', ') as "Sources", agenda as "Agenda", software as "Logiciel",
        convention as "Convention", updated_at as "Mis à jour le"
      from directory.inventory where national_id = ${nationalId} order by territory`),
  ]);
  return [
    { title: 'Annuaire santé (source publique : à corriger auprès de votre ordre)', rows: published }, { title: 'Inventaire des effecteurs', rows: inventory },
  ];
};
