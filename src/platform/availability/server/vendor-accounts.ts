import sql from 'sql-template-tag';
import type { BackgroundTask } from '../../../foundation/background.ts';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { conflict, forbidden, notFound } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Logger } from '../../../foundation/log.ts';
import { type Actor, searchRoles } from '../../../identity/contract.ts';
import type { Accounts } from '../../../identity/server/index.ts';
import type { RegulatorAtVendors, VendorAccountView } from '../contract.ts';
import { type Regulator, type SendAccount, stateOf, type VendorAccount, type VendorAction } from '../domain/vendor-account.ts';
import type { Editors } from './editors.ts';
import { noteChange, noteLost, planChanged } from './vendor-accounts-plan.ts';
import { sendDue } from './vendor-accounts-send.ts';

export interface VendorAccountsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly accounts: Pick<Accounts, 'byId' | 'actor' | 'holders'>;
  readonly editors: Pick<Editors, 'list'>;
  readonly send: SendAccount;
}

/** Regulators' accounts at the vendors (INT_R02). */
export interface VendorAccounts {
  /** To call when somebody has signed in: what is pending for him goes now. Never fails and never makes him wait. */
  onSignIn(accountId: string): void;
  /** To call in the transaction that changes an account or its rights: a deactivation goes at once, the rest at his next sign-in. */
  regulatorChanged(tx: Transaction, accountId: string): Promise<void>;
  /** The regulators of the territories that the actor covers, and how things stand at each vendor. */
  list(actor: Actor): Promise<{ editors: string[]; accounts: RegulatorAtVendors[] }>;
  /** The same for oneself. */
  own(actor: Actor): Promise<{ editors: string[]; vendors: VendorAccountView[] }>;
  /** Sends now what waits. @throws not-found `vendor-account-not-found`, conflict `nothing-pending`, forbidden `territory-out-of-reach` */
  retry(accountId: string, editor: string, actor: Actor): Promise<void>;
  /** One turn of the work: reads what changed, sends what is due. */
  work(): Promise<void>;
  readonly tasks: readonly BackgroundTask[];
}

const WORK_EVERY_MS = 2_000;
const LOST_EVERY_MS = 60_000;

interface Row {
  accountId: string;
  editor: string;
  pending: VendorAction | null;
  held: VendorAccount | null;
  attempts: number;
  dueAt: Temporal.Instant | null;
  lastStatus: number | null;
  lastError: string | null;
  lastAttemptAt: Temporal.Instant | null;
  synchronisedAt: Temporal.Instant | null;
}

const rowsOf = sql`select v.account_id as "accountId", v.editor, v.pending, v.held, v.attempts, v.due_at as "dueAt", v.last_status as "lastStatus",
  v.last_error as "lastError", v.last_attempt_at as "lastAttemptAt", v.synchronised_at as "synchronisedAt"
  from availability.vendor_account v join availability.editor e on e.name = v.editor and e.removed_at is null`;

export function createVendorAccounts(dependencies: VendorAccountsDependencies): VendorAccounts {
  const { database, clock, log, accounts, editors } = dependencies;
  const db = database.for('availability');
  const tools = { ...dependencies, db };

  async function work(): Promise<void> {
    await planChanged(tools);
    await sendDue(tools);
  }

  const askedNames = async () => (await editors.list()).filter(({ active }) => active).map(({ name }) => name);

  return {
    onSignIn(accountId) {
      noteChange(db, accountId, true)
        .then(work)
        .catch((error: unknown) => log.warn({ err: error, account: accountId }, 'vendor accounts not looked at after a sign-in; the background work does it'));
    },

    regulatorChanged: (tx, accountId) => noteChange(tx.for('availability'), accountId, false),

    async list(actor) {
      const everywhere = actor.territories.includes('*');
      const [holders, known, names] = await Promise.all([
        accounts.holders(searchRoles, actor.territories),
        db.query<{ accountId: string; wanted: Regulator }>(sql`
          select account_id as "accountId", wanted from availability.regulator_account
          where wanted is not null and (${everywhere} or territories && ${[...actor.territories]})`),
        askedNames(),
      ]);
      const ids = [...new Set([...holders.map(({ id }) => id), ...known.map(({ accountId }) => accountId)])];
      const rows = await db.query<Row>(sql`${rowsOf} where v.account_id = any(${ids}::uuid[]) order by v.editor`);
      const regulators = ids.map((accountId): RegulatorAtVendors => {
        const holder = holders.find(({ id }) => id === accountId);
        const displayName = holder?.displayName ?? known.find((one) => one.accountId === accountId)!.wanted.displayName;
        return { accountId, displayName, roles: holder?.roles ?? [], vendors: rows.filter((row) => row.accountId === accountId).map(viewOf) };
      });
      const shown = [...new Set([...names, ...rows.map(({ editor }) => editor)])].toSorted();
      return { editors: shown, accounts: regulators.toSorted((a, b) => a.displayName.localeCompare(b.displayName, 'fr')) };
    },

    async own(actor) {
      const rows = await db.query<Row>(sql`${rowsOf} where v.account_id = ${actor.accountId} order by v.editor`);
      return { editors: await askedNames(), vendors: rows.map(viewOf) };
    },

    async retry(accountId, editor, actor) {
      const row = await db.maybeOne<{ pending: VendorAction | null; territories: string[] }>(sql`
        select v.pending, r.territories from availability.vendor_account v join availability.regulator_account r on r.account_id = v.account_id
        where v.account_id = ${accountId} and v.editor = ${editor}`);
      if (!row) throw notFound('vendor-account-not-found', `Rien n'est connu de ce compte chez « ${editor} » : il y sera créé à sa prochaine connexion.`);
      const reached = actor.territories.includes('*') || row.territories.some((territory) => actor.territories.includes(territory));
      const entry = {
        at: clock.now(), territory: row.territories[0] ?? null, actor: actor.accountId, role: actor.roles[0] ?? null,
        objectType: 'vendor-account', objectId: accountId, payload: { editor },
      };
      if (!reached) {
        await db.transaction((tx) => writeJournal(tx, { ...entry, event: 'vendor-account-retry-refused' }));
        throw forbidden('territory-out-of-reach', "Ce régulateur n'est pas de vos territoires. Rien n'a été envoyé.");
      }
      if (row.pending === null) throw conflict('nothing-pending', `Ce compte est à jour chez « ${editor} » : rien à renvoyer.`);
      await db.transaction(async (tx) => {
        await tx.run(sql`update availability.vendor_account set due_at = ${clock.now()}, attempts = 0 where account_id = ${accountId} and editor = ${editor}`);
        await writeJournal(tx, { ...entry, event: 'vendor-account-retried' });
        await announce(tx, { topic: 'vendor-account', ids: { account: accountId }, audience: {} });
      });
    },

    work,
    tasks: [
      { name: 'vendor-accounts', everyMs: WORK_EVERY_MS, work },
      { name: 'vendor-accounts-lost', everyMs: LOST_EVERY_MS, work: () => noteLost(tools) },
    ],
  };
}

function viewOf(row: Row): VendorAccountView {
  const { editor, pending, held, attempts, dueAt, lastStatus, lastError, lastAttemptAt, synchronisedAt } = row;
  return {
    editor, pending, attempts, lastStatus, lastError,
    state: stateOf({ pending, active: held?.active ?? null, due: dueAt !== null, failed: lastError !== null }),
    nextAttemptAt: dueAt?.toString() ?? null, lastAttemptAt: lastAttemptAt?.toString() ?? null, synchronisedAt: synchronisedAt?.toString() ?? null,
  };
}
