import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { ContextDatabase, Transaction } from '../../../foundation/db/database.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Logger } from '../../../foundation/log.ts';
import type { Editor } from '../contract.ts';
import {
  type AccountCommand, afterWriting, commandFor, type Known, pendingAction, type Regulator, retryAfter, type SendAccount, type SendOutcome, type VendorAction,
} from '../domain/vendor-account.ts';
import type { Editors } from './editors.ts';

export interface SendDependencies {
  readonly db: ContextDatabase;
  readonly clock: Clock;
  readonly log: Logger;
  readonly editors: Pick<Editors, 'list'>;
  readonly send: SendAccount;
}

interface Claim {
  readonly accountId: string;
  readonly vendor: Editor;
  readonly action: VendorAction;
  readonly before: Known;
  readonly command: AccountCommand;
}

/** Longer than a call may take: past it, whoever claimed is gone. */
const CLAIM_SECONDS = 60;
const CALL_MS = 15_000;
const AT_ONCE = 4;
const INCOMPLETE = "Il manque à ce compte une adresse électronique, un nom ou un prénom : l'éditeur les exige.";

/** Sends everything that is due, a few at once: a vendor that is slow does not hold the others back. */
export async function sendDue(dependencies: SendDependencies): Promise<void> {
  const vendors = new Map((await dependencies.editors.list()).map((vendor) => [vendor.name, vendor]));
  const worker = async () => {
    for (let claimed = await claim(dependencies, vendors); claimed !== 'nothing'; claimed = await claim(dependencies, vendors)) {
      if (claimed !== 'set-aside') await carryOut(dependencies, claimed);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function carryOut(dependencies: SendDependencies, claimed: Claim): Promise<void> {
  const { db, log, send } = dependencies;
  const outcome = await send(claimed.vendor, claimed.command, AbortSignal.timeout(CALL_MS));
  if (outcome.kind !== 'done') log.warn({ editor: claimed.vendor.name, account: claimed.accountId, status: outcome.status }, 'vendor account not written');
  await db.transaction((tx) => record(tx, claimed, outcome, dependencies.clock.now()));
}

/**
 * Takes one writing that is due and notes what is attempted before it is: should this process die, the next attempt knows
 * that the account may be there.
 */
function claim({ db, clock }: SendDependencies, vendors: ReadonlyMap<string, Editor>): Promise<Claim | 'set-aside' | 'nothing'> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    const row = await tx.maybeOne<Known & { accountId: string; editor: string; action: VendorAction; regulator: Regulator }>(sql`
      select v.account_id as "accountId", v.editor, v.pending as action, v.held, v.attempted, r.wanted as regulator
      from availability.vendor_account v join availability.regulator_account r on r.account_id = v.account_id
      where v.due_at <= ${now} and v.pending is not null and (v.claimed_until is null or v.claimed_until < ${now}) and v.editor = any(${[...vendors.keys()]})
      order by v.due_at, v.account_id, v.editor limit 1 for update of v skip locked`);
    if (!row) return 'nothing';
    const { accountId, action, regulator, held, attempted } = row;
    const vendor = vendors.get(row.editor)!;
    const where = sql`where account_id = ${accountId} and editor = ${vendor.name}`;
    const command = commandFor(action, regulator, { held, attempted }, vendor.baseUrl);
    if (!command) {
      await tx.run(sql`update availability.vendor_account set due_at = null, last_status = null, last_error = ${INCOMPLETE} ${where}`);
      return 'set-aside';
    }
    await tx.run(sql`
      update availability.vendor_account set attempted = ${JSON.stringify(command.account)}, attempts = attempts + 1, last_attempt_at = ${now},
        claimed_until = ${now.add({ seconds: CLAIM_SECONDS })} ${where}`);
    return { accountId, vendor, action, before: { held, attempted }, command };
  });
}

async function record(tx: Transaction, claimed: Claim, outcome: SendOutcome, now: Temporal.Instant): Promise<void> {
  const { accountId, vendor, action } = claimed;
  const { regulator, territories, attempts } = await tx.one<{ regulator: Regulator; territories: string[]; attempts: number }>(sql`
    select r.wanted as regulator, r.territories, v.attempts from availability.vendor_account v join availability.regulator_account r on r.account_id = v.account_id
    where v.account_id = ${accountId} and v.editor = ${vendor.name} for update of v`);
  const { known, retry } = afterWriting(claimed.before, claimed.command, outcome);
  const pending = pendingAction(regulator, known, vendor.baseUrl);
  const done = outcome.kind === 'done';
  await tx.run(sql`
    update availability.vendor_account set held = ${json(known.held)}, attempted = ${json(known.attempted)}, pending = ${pending},
      due_at = ${dueAfter(pending, outcome, attempts, retry, now)}, claimed_until = null, attempts = ${done ? 0 : attempts},
      last_status = ${done ? null : outcome.status}, last_error = ${done ? null : outcome.message},
      synchronised_at = case when ${done} then ${now}::timestamptz else synchronised_at end
    where account_id = ${accountId} and editor = ${vendor.name}`);
  if (done || outcome.kind === 'refused') {
    await writeJournal(tx, {
      at: now, territory: territories[0] ?? null, actor: 'platform', objectType: 'vendor-account', objectId: accountId,
      event: done ? `vendor-account-${action}d` : 'vendor-account-refused', payload: { editor: vendor.name, ...(done ? {} : { action, status: outcome.status }) },
    });
  }
  await announce(tx, { topic: 'vendor-account', ids: { account: accountId }, audience: {} });
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** When to write next: at once for a deactivation that came meanwhile, after a wait for what failed, else at the next sign-in. */
function dueAfter(pending: VendorAction | null, outcome: SendOutcome, attempts: number, retry: boolean, now: Temporal.Instant): Temporal.Instant | null {
  if (pending === null) return null;
  if (outcome.kind === 'done') return pending === 'deactivate' ? now : null;
  const seconds = retryAfter(pending, attempts, retry);
  return seconds === null ? null : now.add({ seconds });
}
