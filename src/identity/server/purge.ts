import sql, { type Sql } from 'sql-template-tag';
import { keepingOf, together } from '../../foundation/retention.ts';

/** Sessions that are over. */
export const sessionKeeping = keepingOf({
  context: 'identity', table: sql`identity.session`, id: sql`encode(id_hash, 'hex')`, settledAt: sql`expires_at`,
});

/** Tokens expired or revoked. */
export const tokenKeeping = keepingOf({
  context: 'identity', table: sql`identity.token`, id: sql`id::text`, settledAt: sql`least(expires_at, revoked_at)`,
});

/** Delegations that ended or were revoked. */
export const delegationKeeping = keepingOf({
  context: 'identity', table: sql`identity.delegation`, id: sql`id::text`, settledAt: sql`least(valid_until, revoked_at)`,
});

/** Roles taken back, or whose end has come. */
export const grantKeeping = keepingOf({
  context: 'identity', table: sql`identity.grant`, id: sql`id::text`, settledAt: sql`least(valid_until, revoked_at)`,
});

/** Links sent by e-mail, and requests for an account that were answered. */
export const linkKeeping = together(
  keepingOf({ context: 'identity', table: sql`identity.link`, id: sql`encode(hash, 'hex')`, settledAt: sql`expires_at` }),
  keepingOf({ context: 'identity', table: sql`identity.account_request`, id: sql`id::text`, settledAt: sql`decided_at` }),
);

const ofGone = (table: Sql) => sql`delete from ${table} where account_id in (select id from gone)`;

/** Accounts suspended for long, with all that opened them. The journal keeps their number, which names nobody any more. */
export const accountKeeping = keepingOf({
  context: 'identity', table: sql`identity.account`, id: sql`id::text`, settledAt: sql`closed_at`, also: sql`state = 'suspended'`,
  dependents: [
    ...[sql`identity.grant`, sql`identity.session`, sql`identity.token`, sql`identity.delegation`, sql`identity.credential`, sql`identity.recovery_code`, sql`identity.link`].map(ofGone),
    sql`update identity.account_request set account_id = null where account_id in (select id from gone)`,
  ],
});
