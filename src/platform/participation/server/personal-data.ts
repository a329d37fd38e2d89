import sql from 'sql-template-tag';
import type { Database } from '../../../foundation/db/database.ts';
import type { PersonalData, PersonalSection } from '../../../foundation/personal-data.ts';

type Row = PersonalSection['rows'][number];

/** What a professional declared of his participation, past and present, and the time that his structures declared for him. */
export const participationData = (database: Database): PersonalData => async ({ nationalId }) => {
  const db = database.for('participation');
  const [declared, times] = await Promise.all([
    db.query<Row>(sql`
      select territory as "Territoire", status as "État", via as "Par", via_structure_id as "Structure", array_to_string(place_ids, ', ') as "Lieux",
        case when en_sus then 'oui' else 'non' end as "En sus", case when reorientation then 'oui' else 'non' end as "Réorientation des urgences",
        contact as "Contact", note as "Note à la régulation", preferred_hours::text as "Heures préférées", array_to_string(shown, ', ') as "Montré à la régulation",
        statement as "Attestation", statement_at as "Attestée le", reason as "Motif", author_name as "Enregistrée par", valid_from as "Du", valid_to as "Au"
      from participation.participation where national_id = ${nationalId} order by valid_from`),
    db.query<Row>(sql`
      select structure_id as "Structure", etp as "Équivalent temps plein", valid_from as "À partir du", author_name as "Déclaré par"
      from participation.full_time_equivalent where national_id = ${nationalId} order by valid_from`),
  ]);
  return [{ title: 'Participation au SAS', rows: declared }, { title: 'Temps de travail déclaré par vos structures', rows: times }];
};
