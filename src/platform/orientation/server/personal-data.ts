import sql from 'sql-template-tag';
import type { Database } from '../../../foundation/db/database.ts';
import type { PersonalData, PersonalSection } from '../../../foundation/personal-data.ts';

type Row = PersonalSection['rows'][number];
const MOST = 5_000;

/** The orientations that somebody made or received, and his searches. No patient is known to the platform. */
export const orientationData = (database: Database): PersonalData => async ({ accountId, nationalId }) => {
  const db = database.for('orientation');
  const [orientations, searches] = await Promise.all([
    db.query<Row>(sql`
      select case when actor = ${accountId} then 'faite' else 'reçue' end as "Orientation", created_at as "Le", territory as "Territoire",
        label as "Vers", place_label as "Lieu", start_at as "Rendez-vous", status as "État"
      from orientation.orientation where actor = ${accountId} or national_id = ${nationalId} order by created_at desc limit ${MOST}`),
    db.query<Row>(sql`
      select to_char(at, 'YYYY-MM') as "Mois", territory as "Territoire", count(*) as "Recherches" from orientation.search
      where actor = ${accountId} group by 1, 2 order by 1, 2`),
  ]);
  return [{ title: 'Orientations', rows: orientations }, { title: 'Recherches', rows: searches }];
};
