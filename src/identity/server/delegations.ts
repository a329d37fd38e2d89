import sql from 'sql-template-tag';
import type { Queryable } from '../../foundation/db/database.ts';
import type { Delegation } from '../contract.ts';

/** The delegations by which an account acts for others at that instant. */
export const delegationsTo = (db: Queryable, accountId: string, at: Temporal.Instant): Promise<Delegation[]> =>
  db.query<Delegation>(sql`
    select national_id as "nationalId", structure_id as "structureId", scopes from identity.delegation
    where account_id = ${accountId} and valid_from <= ${at} and valid_until > ${at} and revoked_at is null
    order by valid_from, id`);
