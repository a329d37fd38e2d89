import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { ContextDatabase, Transaction } from '../../../foundation/db/database.ts';
import { announce } from '../../../foundation/events.ts';
import { hasRole, searchRoles } from '../../../identity/contract.ts';
import type { Accounts } from '../../../identity/server/index.ts';
import type { Editor } from '../contract.ts';
import { type Known, pendingAction, type Regulator, type VendorAction } from '../domain/vendor-account.ts';
import type { Editors } from './editors.ts';

export interface PlanDependencies {
  readonly db: ContextDatabase;
  readonly clock: Clock;
  readonly accounts: Pick<Accounts, 'byId' | 'actor' | 'holders'>;
  readonly editors: Pick<Editors, 'list'>;
}

interface ChangedRow {
  accountId: string;
  revision: number;
  wanted: Regulator | null;
}
type VendorRow = Known & { editor: string; pending: VendorAction | null; dueAt: Temporal.Instant | null };

const BATCH = 100;

/** Asks that an account be read again: something changed in it, or he signed in. In the transaction of that change. */
export async function noteChange(tx: Pick<Transaction, 'run'>, accountId: string, signedIn: boolean): Promise<void> {
  await tx.run(sql`
    insert into availability.regulator_account as r (account_id, signed_in) values (${accountId}, ${signedIn})
    on conflict (account_id) do update set revision = r.revision + 1, signed_in = r.signed_in or excluded.signed_in`);
}

/** Reads the accounts that changed and says what is left to do for each at each vendor. */
export async function planChanged({ db, clock, accounts, editors }: PlanDependencies): Promise<void> {
  const changed = await db.query<ChangedRow>(sql`
    select account_id as "accountId", revision, wanted from availability.regulator_account where planned < revision order by account_id limit ${BATCH}`);
  if (changed.length === 0) return;
  const vendors = await editors.list();
  for (const { accountId, revision, wanted } of changed) {
    const [account, actor] = await Promise.all([accounts.byId(accountId), accounts.actor(accountId)]);
    const active = actor !== null && hasRole(actor, ...searchRoles);
    const regulator = account ? { ...namesOf(account), accountId, active } : wanted && { ...wanted, active: false };
    await db.transaction((tx) => plan(tx, { accountId, revision, regulator, territories: actor?.territories ?? null }, vendors, clock.now()));
  }
}

const namesOf = ({ nationalId, displayName, lastName, firstName, email }: Omit<Regulator, 'accountId' | 'active'>) => ({ nationalId, displayName, lastName, firstName, email });

interface Reading {
  readonly accountId: string;
  readonly revision: number;
  readonly regulator: Regulator | null;
  /** Null: unknown now, those known before stay. */
  readonly territories: readonly string[] | null;
}

async function plan(tx: Transaction, { accountId, revision, regulator, territories }: Reading, vendors: readonly Editor[], now: Temporal.Instant): Promise<void> {
  const row = await tx.maybeOne<{ revision: number; signedIn: boolean }>(sql`
    select revision, signed_in as "signedIn" from availability.regulator_account where account_id = ${accountId} for update`);
  if (row?.revision !== revision) return;
  const known = await tx.query<VendorRow>(sql`
    select editor, pending, held, attempted, due_at as "dueAt" from availability.vendor_account where account_id = ${accountId} for update`);
  if (!regulator?.active && known.length === 0) {
    await tx.run(sql`delete from availability.regulator_account where account_id = ${accountId}`);
    return;
  }
  await tx.run(sql`
    update availability.regulator_account set wanted = ${JSON.stringify(regulator)}, territories = coalesce(${territories}, territories),
      planned = ${revision}, signed_in = false where account_id = ${accountId}`);
  for (const vendor of vendors) {
    const before = known.find(({ editor }) => editor === vendor.name) ?? null;
    if (regulator && (before || vendor.active)) await planAt(tx, { regulator, vendor, before, signedIn: row.signedIn, now });
  }
  await announce(tx, { topic: 'vendor-account', ids: { account: accountId }, audience: {} });
}

async function planAt(
  tx: Transaction, { regulator, vendor, before, signedIn, now }: { regulator: Regulator; vendor: Editor; before: VendorRow | null; signedIn: boolean; now: Temporal.Instant },
): Promise<void> {
  const pending = pendingAction(regulator, before ?? { held: null, attempted: null }, vendor.baseUrl);
  const waiting = pending === before?.pending ? (before?.dueAt ?? null) : null;
  // A creation or an update goes at sign-in, a deactivation at once (interop-sas 2.6).
  const atOnce = pending === 'deactivate' ? waiting === null : signedIn && vendor.active;
  const dueAt = pending === null ? null : atOnce ? now : waiting;
  await tx.run(sql`
    insert into availability.vendor_account as v (account_id, editor, pending, due_at) values (${regulator.accountId}, ${vendor.name}, ${pending}, ${dueAt})
    on conflict (account_id, editor) do update set pending = excluded.pending, due_at = excluded.due_at,
      attempts = case when ${atOnce} or v.pending is distinct from excluded.pending then 0 else v.attempts end,
      last_error = case when excluded.pending is null then null else v.last_error end,
      last_status = case when excluded.pending is null then null else v.last_status end`);
}

/** Notes those who hold an account at a vendor and are regulators no more, should a change of rights have gone unsaid. */
export async function noteLost({ db, accounts }: PlanDependencies): Promise<void> {
  const regulators = await accounts.holders(searchRoles, ['*']);
  await db.run(sql`
    update availability.regulator_account set revision = revision + 1
    where planned = revision and (wanted->>'active')::boolean and account_id <> all(${regulators.map(({ id }) => id)}::uuid[])`);
}
