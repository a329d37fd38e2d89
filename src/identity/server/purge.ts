import sql from 'sql-template-tag';
import { keepingOf } from '../../foundation/retention.ts';

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
