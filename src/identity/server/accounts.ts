import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database, Queryable } from '../../foundation/db/database.ts';
import type { Actor, Delegation, Role } from '../contract.ts';
import { delegationsTo } from './delegations.ts';
import type { Account, Accounts } from './index.ts';

const columns = sql`id, display_name as "displayName", last_name as "lastName", first_name as "firstName", email,
  national_id as "nationalId", state = 'active' as active`;

interface Grant {
  role: Role;
  territory: string;
  structureId: string | null;
}

/** Reads accounts and what they may do today. */
export function createAccounts(database: Database, clock: Clock): Accounts {
  const db = database.for('identity');
  const find = (where: ReturnType<typeof sql>) => db.maybeOne<Account>(sql`select ${columns} from identity.account where ${where}`);
  return {
    byId: (id) => find(sql`id = ${id}`),
    byNationalId: (nationalId) => find(sql`national_id = ${nationalId}`),
    byEmail: (email) => find(sql`lower(email) = lower(${email})`),
    async names(ids) {
      const rows = await db.query<{ id: string; name: string }>(
        sql`select id, display_name as name from identity.account where id::text = any(${ids})`,
      );
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
    managersOf: (structureId) => db.query<Account>(sql`
      select ${columns} from identity.account where state = 'active' and id in (
        select account_id from identity.grant where role = 'gestionnaire-structure' and structure_id = ${structureId} and revoked_at is null)`),
    holders: (roles, territories) => db.query<{ id: string; displayName: string; roles: Role[] }>(sql`
      select a.id, a.display_name as "displayName", array_agg(distinct g.role order by g.role) as roles
      from identity.account a join identity.grant g on g.account_id = a.id
      where a.state = 'active' and g.revoked_at is null and (g.valid_until is null or g.valid_until > ${clock.now()}) and g.role = any(${[...roles]})
        and (${territories.includes('*')} or g.territory = '*' or g.territory = any(${[...territories]}))
      group by a.id order by a.last_name, a.first_name, a.id`),
    async actor(id) {
      const now = clock.now();
      const account = await find(sql`id = ${id}`);
      if (!account?.active) return null;
      const grants = await db.query<Grant>(sql`
        select role, territory, structure_id as "structureId" from identity.grant
        where account_id = ${id} and revoked_at is null and (valid_until is null or valid_until > ${now})`);
      return toActor(account, grants, await delegationsTo(db, id, now));
    },
  };
}

function toActor(account: Account, grants: readonly Grant[], delegations: readonly Delegation[]): Actor {
  return {
    accountId: account.id,
    displayName: account.displayName,
    email: account.email,
    // A délégataire whose delegations are over acts for nobody.
    roles: [...new Set(grants.map((grant) => grant.role))].filter((role) => role !== 'delegataire' || delegations.length > 0),
    territories: [...new Set(grants.map((grant) => grant.territory))],
    nationalId: account.nationalId,
    structureIds: grants.flatMap((grant) => grant.structureId ?? []),
    delegations,
    editor: null,
  };
}

/** The account a person signing in has: by national id, else by e-mail, never by name. */
export async function findAccount(
  db: Queryable,
  who: { nationalId: string | null; email: string | null },
): Promise<Account | null> {
  return db.maybeOne<Account>(sql`
    select ${columns} from identity.account
    where (${who.nationalId}::text is not null and national_id = ${who.nationalId})
       or (${who.email}::text is not null and lower(email) = lower(${who.email})
           and (national_id is null or ${who.nationalId}::text is null))
    order by national_id = ${who.nationalId} desc nulls last limit 1`);
}

/** Finds the account, or opens one of this name. Used by the command line and the demonstration. */
export async function ensureAccount(
  db: Queryable,
  who: { nationalId: string | null; email: string | null; displayName: string; lastName: string; firstName: string },
): Promise<Account> {
  const known = await findAccount(db, who);
  if (known) return known;
  return db.one<Account>(sql`
    insert into identity.account (id, display_name, last_name, first_name, email, national_id)
    values (${randomUUID()}, ${who.displayName}, ${who.lastName}, ${who.firstName}, ${who.email}, ${who.nationalId})
    returning ${columns}`);
}
