import type { Transaction } from '../../foundation/db/database.ts';
import type { RefusalReason } from '../contract.ts';

/** Who receives a message, and the page that it leads to. */
export interface AccountLetter {
  readonly to: string;
  readonly name: string;
  /** Path of a page of the site. */
  readonly path: string;
  /** Names the cause: the same letter asked twice is sent once. */
  readonly key: string;
}

/** The e-mails about accounts, written in the transaction of what causes them. */
export interface AccountMessages {
  /** Confirms an address at a first connection (24 h). */
  sendConfirmation(tx: Transaction, letter: AccountLetter): Promise<void>;
  /** Invites somebody to choose his password and enrol his telephone (7 days): who invites, and to what. */
  sendInvitation(tx: Transaction, letter: AccountLetter & { readonly by: string; readonly what: string }): Promise<void>;
  /** Lets somebody choose another password (1 h). */
  sendPasswordReset(tx: Transaction, letter: AccountLetter): Promise<void>;
  /** Tells somebody that his account was validated. */
  tellOpened(tx: Transaction, letter: AccountLetter): Promise<void>;
  /** Tells somebody that he may act for somebody else, and the last day (`YYYY-MM-DD`). */
  tellDelegation(tx: Transaction, letter: AccountLetter & { readonly giver: string; readonly until: string }): Promise<void>;
  /** Tells somebody that he acts no more for somebody else, since a wall-clock moment (`YYYY-MM-DDTHH:MM`). */
  tellDelegationRevoked(tx: Transaction, letter: Omit<AccountLetter, 'path'> & { readonly giver: string; readonly moment: string }): Promise<void>;
  /** Tells whoever asked for an account why it was refused. */
  tellRefusal(tx: Transaction, letter: Omit<AccountLetter, 'path'> & { readonly structure: string; readonly reason: RefusalReason }): Promise<void>;
}

/** A structure that somebody manages. */
export interface ManagedStructure {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly territory: string;
}

/** What accounts need from outside and from contexts that themselves know them: handed in by the application. */
export interface IdentityOutside {
  readonly messages: AccountMessages;
  readonly territories: () => Promise<{ readonly code: string; readonly name: string; readonly timeZone: string }[]>;
  /** Territories where a professional of the directory practises; none when he is unknown there. */
  readonly practiceTerritories: (nationalId: string) => Promise<string[]>;
  /** The structures of a territory that have a manager (CPTS, MSP, centres de santé, SOS Médecins). */
  readonly structuresOf: (territory: string) => Promise<ManagedStructure[]>;
  /** Null when it does not exist. */
  readonly structure: (id: string) => Promise<ManagedStructure | null>;
  /** A regulator's account changed in a way that vendors must know (INT_R02). */
  readonly regulatorChanged: (tx: Transaction, accountId: string) => Promise<void>;
}
