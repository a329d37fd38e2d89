import { createContext, useContext } from 'react';
import type { AnyRoute } from '../foundation/http/route.ts';

/** Who is signed in, as far as screens need it. Roles and territories are codes of the public contract. */
export interface SignedIn {
  readonly id: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  /** `'*'` stands for every territory. */
  readonly territories: readonly string[];
  readonly nationalId: string | null;
  /** Prefixed national ids of the structures this person manages. */
  readonly structureIds: readonly string[];
  /** Those who let him act for them now, and for what. */
  readonly delegations: readonly { readonly nationalId: string | null; readonly structureId: string | null; readonly scopes: readonly string[] }[];
}

const AccountContext = createContext<SignedIn | null>(null);
export const AccountProvider = AccountContext;

/** The person signed in. Screens exist only when somebody is. */
export function useAccount(): SignedIn {
  const account = useContext(AccountContext);
  if (!account) throw new Error('useAccount outside of a signed-in page');
  return account;
}

/** True when the person holds one of the roles; `any` is everybody signed in. */
export const mayOpen = (account: SignedIn, roles: 'any' | readonly string[]): boolean =>
  roles === 'any' || account.roles.some((role) => roles.includes(role));

/** True when the person's rights cover the territory. */
export const covers = (account: SignedIn, territory: string): boolean =>
  account.territories.includes('*') || account.territories.includes(territory);

/** True when the person's roles open the route; the object is checked by the server. */
export const mayCall = (account: SignedIn, { access }: AnyRoute): boolean =>
  typeof access === 'string' || account.roles.some((role) => access.includes(role));
