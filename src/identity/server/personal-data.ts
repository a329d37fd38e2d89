import sql from 'sql-template-tag';
import type { Database } from '../../foundation/db/database.ts';
import type { PersonalData, PersonalSection } from '../../foundation/personal-data.ts';

type Row = PersonalSection['rows'][number];

/** The account, its rights, the delegations given and received, the sessions and tokens still kept. */
export const accountData = (database: Database): PersonalData => async ({ accountId, nationalId }) => {
  const db = database.for('identity');
  const [account, rights, delegations, sessions, tokens, requests] = await Promise.all([
    db.query<Row>(sql`
      select last_name as "Nom", first_name as "Prénom", display_name as "Nom affiché", email as "Adresse électronique", national_id as "Identifiant national",
        phone as "Téléphone", department as "Département", team as "Groupe", available as "Temps disponible", available_unit as "Unité",
        case state when 'active' then 'ouvert' when 'suspended' then 'suspendu' when 'pending' then 'à valider' else 'invitation envoyée' end as "État",
        created_at as "Ouvert le", terms_version as "Conditions d'utilisation", terms_accepted_at as "Acceptées le"
      from identity.account where id = ${accountId}`),
    db.query<Row>(sql`
      select role as "Rôle", territory as "Territoire", structure_id as "Structure", granted_at as "Donné le", valid_until as "Jusqu'au", revoked_at as "Retiré le"
      from identity.grant where account_id = ${accountId} order by granted_at`),
    db.query<Row>(sql`
      select case when account_id = ${accountId} then 'reçue' else 'donnée' end as "Délégation", array_to_string(scopes, ', ') as "Pour",
        coalesce(national_id, structure_id) as "Au nom de", valid_from as "Du", valid_until as "Au", revoked_at as "Retirée le"
      from identity.delegation where account_id = ${accountId} or granted_by = ${accountId} or national_id = ${nationalId} order by valid_from`),
    db.query<Row>(sql`
      select created_at as "Ouverte", expires_at as "Fin", method as "Moyen" from identity.session where account_id = ${accountId} order by created_at`),
    db.query<Row>(sql`
      select role as "Rôle", territory as "Territoire", created_at as "Émis", expires_at as "Expire", revoked_at as "Retiré"
      from identity.token where account_id = ${accountId} order by created_at`),
    db.query<Row>(sql`
      select asked_at as "Demandé le", territory as "Territoire", structure_id as "Structure", state as "État", decided_at as "Répondu le"
      from identity.account_request where account_id = ${accountId} order by asked_at`),
  ]);
  return [
    { title: 'Compte', rows: account }, { title: 'Droits', rows: rights }, { title: 'Délégations', rows: delegations },
    { title: 'Sessions encore gardées', rows: sessions }, { title: 'Jetons et codes de secours', rows: tokens }, { title: 'Demandes de compte', rows: requests },
  ];
};
