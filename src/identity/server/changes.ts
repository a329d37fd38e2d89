import sql from 'sql-template-tag';
import type { Queryable, Transaction } from '../../foundation/db/database.ts';
import { conflict } from '../../foundation/errors.ts';
import { announce } from '../../foundation/events.ts';
import { writeJournal } from '../../foundation/journal.ts';
import type { Role } from '../contract.ts';
import { type AccountEvent, type AccountState, accountStateLabels, nextState } from '../domain/account-state.ts';
import { teamRoles } from '../domain/team.ts';
import type { IdentityOutside } from './outside.ts';

/** An account as its changes need it. */
export interface AccountRow {
  readonly id: string;
  readonly displayName: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string | null;
  readonly nationalId: string | null;
  readonly state: AccountState;
}

const columns = sql`id, display_name as "displayName", last_name as "lastName", first_name as "firstName", email, national_id as "nationalId", state`;

/** The account of this id, or null. */
export const accountById = (db: Queryable, id: string): Promise<AccountRow | null> =>
  db.maybeOne<AccountRow>(sql`select ${columns} from identity.account where id = ${id}`);

/** The account of this id, locked until the end of the transaction; null when there is none. */
export const lockAccount = (tx: Transaction, id: string): Promise<AccountRow | null> =>
  tx.maybeOne<AccountRow>(sql`select ${columns} from identity.account where id = ${id} for update`);

/** The account that has this address, whatever the case; the one that can sign in when several have it. */
export const accountOfEmail = (db: Queryable, email: string): Promise<AccountRow | null> =>
  db.maybeOne<AccountRow>(sql`
    select ${columns} from identity.account where lower(email) = lower(${email}) order by (state = 'active') desc, created_at limit 1`);

/** The account of whoever signs in at the provider: by his card; without one, by the address that the provider vouches for. Never by name. */
export const accountOfPerson = (db: Queryable, who: { readonly nationalId: string | null; readonly email: string | null }): Promise<AccountRow | null> => {
  if (who.nationalId) return db.maybeOne<AccountRow>(sql`select ${columns} from identity.account where national_id = ${who.nationalId}`);
  return who.email ? accountOfEmail(db, who.email) : Promise.resolve(null);
};

/** Two accounts are never opened at once for one address: the second waits here and finds the first. */
export const holdEmail = (tx: Transaction, email: string): Promise<number> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`account ${email.toLowerCase()}`}, 0))`);

/** Who does it, and when. */
export interface Deed {
  readonly at: Temporal.Instant;
  readonly actor: string;
  readonly role?: Role | null;
  readonly territory?: string | null;
  readonly reason?: string | null;
}

/** Journals what happened to an account and tells open screens: the person's own, and the lists. */
export async function recordOnAccount(tx: Transaction, accountId: string, event: string, deed: Deed, payload: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await writeJournal(tx, { ...deed, objectType: 'account', objectId: accountId, event, payload });
  await tellAccount(tx, accountId);
}

async function tellAccount(tx: Transaction, accountId: string): Promise<void> {
  await announce(tx, { topic: 'account', ids: { accountId }, audience: { accounts: [accountId] } });
  await announce(tx, { topic: 'accounts', ids: { accountId }, audience: { roles: teamRoles } });
}

/**
 * Has an account go through an event. Whoever may no longer sign in is out at once.
 * @throws conflict `account-state` when the event is impossible from where the account stands.
 */
export async function moveAccount(tx: Transaction, account: AccountRow, event: AccountEvent, deed: Deed, outside: Pick<IdentityOutside, 'regulatorChanged'>): Promise<AccountState> {
  const to = nextState(account.state, event);
  if (!to) throw conflict('account-state', `Ce compte est « ${accountStateLabels[account.state].toLowerCase()} » : cette action n'est plus possible. Rien n'a été changé.`);
  await tx.run(sql`update identity.account set state = ${to}, closed_at = ${to === 'suspended' ? deed.at : null} where id = ${account.id}`);
  if (to !== 'active') await tx.run(sql`delete from identity.session where account_id = ${account.id}`);
  await writeJournal(tx, { ...deed, objectType: 'account', objectId: account.id, event, from: account.state, to });
  await tellAccount(tx, account.id);
  await outside.regulatorChanged(tx, account.id);
  return to;
}
