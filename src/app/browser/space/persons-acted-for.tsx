import { Link } from '@tanstack/react-router';
import { mayOpen, useAccount } from '../../../ui/session.ts';

/** Whose space it is, said to a délégataire: what he does here is done in somebody else's name. */
export function PersonsActedFor() {
  const account = useAccount();
  if (!mayOpen(account, ['delegataire']) || account.delegations.length === 0) return null;
  const count = account.delegations.length;
  return <>Vous agissez par délégation pour {count === 1 ? 'un professionnel ou une structure' : `${count} professionnels ou structures`} : <Link to={'/delegations' as string}>voir vos délégations</Link>.</>;
}
