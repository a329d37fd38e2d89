import type { Actor, Role } from '../contract.ts';

export interface Account {
  readonly id: string;
  readonly displayName: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string | null;
  readonly nationalId: string | null;
  readonly active: boolean;
}

/** What other contexts may ask about people who use the software. */
export interface Accounts {
  byId(id: string): Promise<Account | null>;
  /** By prefixed national id. */
  byNationalId(nationalId: string): Promise<Account | null>;
  /** By e-mail, whatever its case. */
  byEmail(email: string): Promise<Account | null>;
  /** Display names by account id, for lists. */
  names(ids: string[]): Promise<Map<string, string>>;
  /** Active accounts that manage this structure today: its prefixed national id. */
  managersOf(structureId: string): Promise<Account[]>;
  /** Active accounts that hold one of these roles today in one of these territories (`'*'`: any), by name. */
  holders(roles: readonly Role[], territories: readonly string[]): Promise<{ readonly id: string; readonly displayName: string; readonly roles: Role[] }[]>;
  /** The actor an account is, with its grants of today; null when unknown or inactive. */
  actor(id: string): Promise<Actor | null>;
}
