import sql from 'sql-template-tag';
import type { Database } from '../../../foundation/db/database.ts';
import type { PersonalData, PersonalSection } from '../../../foundation/personal-data.ts';

type Row = PersonalSection['rows'][number];
const MOST = 5_000;

/** The orientations that somebody made or received with their outcome, the requests he answered, his searches and his days on duty. No patient is known to the platform. */
export const orientationData = (database: Database): PersonalData => async ({ accountId, nationalId }) => {
  const db = database.for('orientation');
  const [orientations, requests, asks, duties, searches] = await Promise.all([
    db.query<Row>(sql`
      select case when actor = ${accountId} then 'faite' else 'reçue' end as "Orientation", created_at as "Le", territory as "Territoire",
        label as "Vers", place_label as "Lieu", start_at as "Rendez-vous", status as "État", asked_at as "Suite demandée le", notified_at as "Annoncé le"
      from orientation.orientation where actor = ${accountId} or national_id = ${nationalId} order by created_at desc limit ${MOST}`),
    db.query<Row>(sql`
      select coalesce(asked_at, r.created_at) as "Demandé le", r.territory as "Territoire", r.wanted_at as "Pour", answered_at as "Répondu le", refusal as "Motif du refus"
      from orientation.attempt a join orientation.request r on r.id = a.request_id
      where a.subject = ${nationalId} or a.answerer_id = ${nationalId} order by r.created_at desc limit ${MOST}`),
    db.query<Row>(sql`select day as "Jour", appointments as "Rendez-vous", at as "Demandé le" from orientation.outcome_ask where receiver = ${nationalId} order by day`),
    db.query<Row>(sql`select day as "Jour", half as "Demi-journée", structure_id as "Structure" from orientation.duty where national_id = ${nationalId} order by day, half`),
    db.query<Row>(sql`
      select to_char(at, 'YYYY-MM') as "Mois", territory as "Territoire", count(*) as "Recherches" from orientation.search
      where actor = ${accountId} group by 1, 2 order by 1, 2`),
  ]);
  return [
    { title: 'Orientations', rows: orientations }, { title: 'Demandes en sus reçues', rows: requests }, { title: 'Suites demandées', rows: asks },
    { title: 'Jours de permanence', rows: duties }, { title: 'Recherches', rows: searches },
  ];
};
