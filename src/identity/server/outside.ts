import type { Transaction } from '../../foundation/db/database.ts';

/** Who receives a message, and the address that it leads to. */
export interface LinkMessage {
  readonly to: string;
  readonly name: string;
  readonly url: string;
}

/** The e-mails about accounts, written in the transaction of what causes them. */
export interface AccountMessages {
  /** Confirms an address at a first connection (24 h). */
  sendConfirmation(tx: Transaction, message: LinkMessage): Promise<void>;
  /** Invites somebody to choose his password and enrol his telephone (7 days). */
  sendInvitation(tx: Transaction, message: LinkMessage): Promise<void>;
  /** Lets somebody choose another password (1 h). */
  sendPasswordReset(tx: Transaction, message: LinkMessage): Promise<void>;
  /** Tells somebody that he may act for somebody else from now on, and until when. */
  tellDelegation(tx: Transaction, message: LinkMessage & { readonly subject: string; readonly until: Temporal.Instant }): Promise<void>;
  /** Tells whoever asked for an account why it was refused. */
  tellRefusal(tx: Transaction, message: { readonly to: string; readonly name: string; readonly reason: string }): Promise<void>;
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
  /** Address users type. */
  readonly publicUrl: string;
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
