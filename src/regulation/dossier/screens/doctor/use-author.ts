import { useApi } from '../../../../ui/query.ts';
import { mayOpen, useAccount } from '../../../../ui/session.ts';
import type { Role } from '../../../../identity/contract.ts';
import { routes } from '../../contract.ts';
import type { Author } from '../../domain/actors.ts';

/** The doctor signed in, as the rules see him: a specialised one with the filières recorded for him. */
export function useAuthor(): Author {
  const account = useAccount();
  const regulators = useApi(routes.regulators, {}, { staleMs: 600_000, enabled: mayOpen(account, ['medecin-specialise']) });
  const mine = regulators.data?.regulators.find(({ accountId }) => accountId === account.id);
  return { accountId: account.id, name: account.displayName, roles: account.roles as readonly Role[], status: mine?.status ?? null, filieres: mine?.filieres ?? [] };
}
