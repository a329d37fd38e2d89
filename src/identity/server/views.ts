import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database, Queryable } from '../../foundation/db/database.ts';
import type { AccountView } from '../contract.ts';
import { accountEvents, type AccountState, nextState } from '../domain/account-state.ts';
import { type HeldRole, mayKeep } from '../domain/granting.ts';
import type { Team } from '../domain/team.ts';
import type { IdentityOutside } from './outside.ts';

export interface LiveGrant extends HeldRole {
  readonly id: string;
  readonly accountId: string;
  readonly structureId: string | null;
  readonly grantedAt: Temporal.Instant;
  readonly validUntil: Temporal.Instant | null;
}

/** The rights that accounts have at that instant. */
export const liveGrants = (db: Queryable, accountIds: readonly string[], at: Temporal.Instant): Promise<LiveGrant[]> =>
  db.query<LiveGrant>(sql`
    select id, account_id as "accountId", role, territory, structure_id as "structureId", granted_at as "grantedAt", valid_until as "validUntil"
    from identity.grant where account_id = any(${[...accountIds]}) and revoked_at is null and (valid_until is null or valid_until > ${at})
    order by granted_at, role, territory`);

interface StoredAccount {
  readonly id: string;
  readonly displayName: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string | null;
  readonly nationalId: string | null;
  readonly state: AccountState;
  readonly phone: string | null;
  readonly department: string | null;
  readonly team: Team | null;
  readonly available: number | null;
  readonly availableUnit: 'percent' | 'half-days' | null;
  readonly createdAt: Temporal.Instant;
  readonly invitedAt: Temporal.Instant | null;
}

/** Accounts as screens read them. */
export function createAccountViews(database: Database, clock: Clock, outside: Pick<IdentityOutside, 'structure'>) {
  const db = database.for('identity');

  /** Accounts that hold or held a right in one of these territories, or asked to join it. */
  const belongs = (territories: readonly string[]) => sql`(${territories.includes('*')}
    or a.asked_territory = any(${[...territories]})
    or exists (select 1 from identity.grant g where g.account_id = a.id and g.territory = any(${[...territories]})))`;

  async function namesOfStructures(grants: readonly LiveGrant[]): Promise<Map<string, string>> {
    const ids = [...new Set(grants.flatMap(({ structureId }) => structureId ?? []))];
    const found = await Promise.all(ids.map((id) => outside.structure(id)));
    return new Map(found.flatMap((one) => (one ? [[one.id, one.name]] : [])));
  }

  return {
    /** Display names by account id, for histories; those that are no account are left out. */
    async names(ids: readonly string[]): Promise<Map<string, string>> {
      const rows = await db.query<{ id: string; name: string }>(sql`select id, display_name as name from identity.account where id::text = any(${[...ids]})`);
      return new Map(rows.map(({ id, name }) => [id, name]));
    },

    /** True when the account is one of these territories'. */
    async isOf(db: Queryable, id: string, territories: readonly string[]): Promise<boolean> {
      return (await db.maybeOne(sql`select 1 as one from identity.account a where a.id = ${id} and ${belongs(territories)}`)) !== null;
    },

    /** The accounts of these territories. Those opened for a token are a machine's, nobody's. */
    async idsOf(territories: readonly string[]): Promise<string[]> {
      const rows = await db.query<{ id: string }>(sql`
        select a.id from identity.account a where ${belongs(territories)} and coalesce(a.email, '') not like '%.invalid'
        order by a.last_name, a.first_name, a.id`);
      return rows.map(({ id }) => id);
    },

    /** Those accounts, with what a reader who holds these rights may do to each. */
    async read(held: readonly HeldRole[], readerId: string, ids: readonly string[]): Promise<AccountView[]> {
      const accounts = await db.query<StoredAccount>(sql`
        select a.id, display_name as "displayName", last_name as "lastName", first_name as "firstName", email, national_id as "nationalId", state, phone, department,
          team, available, available_unit as "availableUnit", created_at as "createdAt",
          (select max(l.created_at) from identity.link l where l.account_id = a.id and l.purpose = 'invitation') as "invitedAt"
        from identity.account a where a.id = any(${[...ids]}) order by last_name, first_name, a.id`);
      const grants = await liveGrants(db, ids, clock.now());
      const structures = await namesOfStructures(grants);
      const byAccount = Map.groupBy(grants, ({ accountId }) => accountId);
      return accounts.map(({ available, availableUnit, createdAt, invitedAt, ...account }) => {
        const theirs = byAccount.get(account.id) ?? [];
        const changeable = account.id !== readerId && mayKeep(held, theirs);
        return {
          ...account,
          available: available === null ? null : { amount: available, unit: availableUnit! },
          createdAt: createdAt.toString(), invitedAt: invitedAt?.toString() ?? null,
          grants: theirs.map(({ accountId: _, grantedAt, validUntil, ...grant }) => ({
            ...grant, structureName: structures.get(grant.structureId ?? '') ?? null, grantedAt: grantedAt.toString(), validUntil: validUntil?.toString() ?? null,
          })),
          possible: changeable ? accountEvents.filter((event) => event !== 'follow-invitation' && nextState(account.state, event) !== null) : [],
        };
      });
    },
  };
}
export type AccountViews = ReturnType<typeof createAccountViews>;

