import type { Editor } from '../contract.ts';

/** The id of an account at a vendor: the national one when the person has it, else the one the platform gives. */
export interface AccountIdentifier {
  readonly kind: 'national' | 'technical';
  readonly value: string;
}

/** A regulator's account as a vendor is asked to hold it (INT_R02). */
export interface VendorAccount {
  readonly identifier: AccountIdentifier;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly active: boolean;
  /** Address of the vendor that holds it: elsewhere, it has to be told again. */
  readonly baseUrl: string;
}

/** The regulator as the platform knows him; not `active` once suspended or without habilitation. */
export interface Regulator {
  readonly accountId: string;
  readonly nationalId: string | null;
  readonly displayName: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string | null;
  readonly active: boolean;
}

export const vendorActions = ['create', 'update', 'deactivate'] as const;
export type VendorAction = (typeof vendorActions)[number];

/** What a vendor confirmed, and the writing of which the answer never came. */
export interface Known {
  readonly held: VendorAccount | null;
  readonly attempted: VendorAccount | null;
}

/** One writing: a creation without `target`, else an update of the account that bears this id, created when nobody does. */
export interface AccountCommand {
  readonly target: AccountIdentifier | null;
  readonly account: VendorAccount;
}

/** What came of it. `unknown`: it may have been done (no answer, or a failure of the vendor's server). */
export type SendOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | { readonly kind: 'unknown'; readonly status: number | null; readonly message: string };

/** Writes one account at a vendor, in the vendor's own language. Must give up when `signal` aborts. */
export type SendAccount = (editor: Editor, command: AccountCommand, signal: AbortSignal) => Promise<SendOutcome>;

const identifierOf = ({ nationalId, accountId }: Regulator): AccountIdentifier =>
  nationalId ? { kind: 'national', value: nationalId } : { kind: 'technical', value: accountId };

/** The account wanted at a vendor; null when what a vendor needs is missing (e-mail, names). */
export function wantedAccount(regulator: Regulator, baseUrl: string): VendorAccount | null {
  const { lastName, firstName, email, active } = regulator;
  if (!email || !lastName.trim() || !firstName.trim()) return null;
  return { identifier: identifierOf(regulator), lastName, firstName, email, active, baseUrl };
}

const keys = ['lastName', 'firstName', 'email', 'active', 'baseUrl'] as const;
const sameIdentifier = (a: AccountIdentifier, b: AccountIdentifier) => a.kind === b.kind && a.value === b.value;
const same = (a: VendorAccount, b: VendorAccount) => sameIdentifier(a.identifier, b.identifier) && keys.every((key) => a[key] === b[key]);

/** What is left to do at a vendor whose address is `baseUrl`; null when nothing is. */
export function pendingAction(regulator: Regulator, { held, attempted }: Known, baseUrl: string): VendorAction | null {
  if (!regulator.active) return held?.active || attempted ? 'deactivate' : null;
  if (!held) return 'create';
  const wanted = wantedAccount(regulator, baseUrl);
  return attempted || !wanted || !same(held, wanted) ? 'update' : null;
}

/**
 * The writing that an action is; null when the regulator lacks what it needs. While it is not known whether a new id was
 * taken, nothing but that id is asked for: a second change of id would leave the first one open.
 */
export function commandFor(action: VendorAction, regulator: Regulator, { held, attempted }: Known, baseUrl: string): AccountCommand | null {
  const known = held ?? attempted;
  const target = known?.identifier ?? null;
  const doubtful = attempted && !(held && sameIdentifier(held.identifier, attempted.identifier)) ? attempted.identifier : null;
  const account = action === 'deactivate' && known ? { ...known, active: false, baseUrl } : wantedAccount(regulator, baseUrl);
  return account && { target, account: doubtful ? { ...account, identifier: doubtful } : account };
}

/** What is known after a writing, given what was known before it, and whether trying again by itself may succeed. */
export function afterWriting(before: Known, { target, account }: AccountCommand, outcome: SendOutcome): { known: Known; retry: boolean } {
  if (outcome.kind === 'done') return { known: { held: account, attempted: null }, retry: false };
  if (outcome.kind === 'unknown') return { known: { held: before.held, attempted: account }, retry: true };
  const other = otherIdToTry(before, target, account, outcome.status);
  return other ? { known: other, retry: true } : { known: before, retry: false };
}

/** A refusal that tells by which id the vendor knows the account after all; null when it does not. */
function otherIdToTry({ held, attempted }: Known, target: AccountIdentifier | null, account: VendorAccount, status: number): Known | null {
  const taken = status === 409 || status === 422;
  // The account that already bears our id is ours: from a writing that was not confirmed.
  if (taken && !target) return { held: null, attempted: account };
  if (taken && held && attempted && !sameIdentifier(held.identifier, attempted.identifier)) return { held: null, attempted };
  // Nobody has the id of the unconfirmed creation: it was not done.
  return status === 404 && !held && attempted ? { held: null, attempted: null } : null;
}

const RETRY_SECONDS = [10, 60, 300, 1_800, 3_600];

/** How long to wait after the n-th failure in a row, in seconds; null: no more by itself. A deactivation is never given up. */
export function retryAfter(action: VendorAction, attempts: number, retry: boolean): number | null {
  if (action === 'deactivate') return RETRY_SECONDS[attempts - 1] ?? RETRY_SECONDS.at(-1)!;
  return retry ? (RETRY_SECONDS[attempts - 1] ?? null) : null;
}

/** How things stand at a vendor, as people read it. */
export const vendorAccountStates = ['ready', 'deactivated', 'waiting-sign-in', 'sending', 'retrying', 'refused', 'none'] as const;
export type VendorAccountState = (typeof vendorAccountStates)[number];

/** The state that the facts of a row make. */
export function stateOf(row: { pending: VendorAction | null; active: boolean | null; due: boolean; failed: boolean }): VendorAccountState {
  if (row.pending === null) return row.active === null ? 'none' : row.active ? 'ready' : 'deactivated';
  if (row.due) return row.failed ? 'retrying' : 'sending';
  return row.failed ? 'refused' : 'waiting-sign-in';
}
