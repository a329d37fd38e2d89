import sql from 'sql-template-tag';
import type { Database } from '../../../foundation/db/database.ts';
import type { PersonalData, PersonalSection } from '../../../foundation/personal-data.ts';

type Row = PersonalSection['rows'][number];

/** Somebody's agenda, by month for its openings; when vendors showed his slots; a regulator's accounts at the vendors. */
export const openingData = (database: Database): PersonalData => async ({ accountId, nationalId }) => {
  const db = database.for('availability');
  const mine = sql`(national_id = ${nationalId} or created_by = ${accountId})`;
  const [openings, series, leaves, feeds, weeks, vendors] = await Promise.all([
    db.query<Row>(sql`
      select to_char(day, 'YYYY-MM') as "Mois", territory as "Territoire", count(*) as "Plages", count(removed_at) as "Dont retirées"
      from availability.opening where ${mine} group by 1, 2 order by 1, 2`),
    db.query<Row>(sql`
      select array_to_string(weekdays, ', ') as "Jours de la semaine", to_char(starts, 'HH24:MI') as "De", to_char(ends, 'HH24:MI') as "À", first_day as "Du", last_day as "Au", removed_at as "Retirée le"
      from availability.series where ${mine} order by first_day, id`),
    db.query<Row>(sql`select from_at as "Du", to_at as "Au", created_by_name as "Déclaré par", removed_at as "Retiré le" from availability.leave where ${mine} order by from_at`),
    db.query<Row>(sql`select created_at as "Créée le", last_read_at as "Lue le", revoked_at as "Fermée le" from availability.feed where ${mine} order by created_at`),
    db.query<Row>(sql`select week as "Semaine du", editor as "Éditeur" from availability.editor_week where national_id = ${nationalId} order by week, editor`),
    db.query<Row>(sql`
      select editor as "Éditeur", coalesce(held, attempted)::text as "Ce qu'il a reçu", synchronised_at as "Confirmé le", last_attempt_at as "Dernier envoi"
      from availability.vendor_account where account_id::text = ${accountId} order by editor`),
  ]);
  return [
    { title: 'Disponibilités déclarées', rows: openings }, { title: 'Disponibilités de chaque semaine', rows: series }, { title: 'Congés', rows: leaves },
    { title: "Adresses d'abonnement à l'agenda", rows: feeds }, { title: 'Semaines visibles chez un éditeur', rows: weeks }, { title: 'Comptes chez les éditeurs', rows: vendors },
  ];
};
