import { Link } from '@tanstack/react-router';
import { useApi } from '../../../../ui/query.ts';
import { routes } from '../../contract.ts';
import { VendorState } from './vendor-state.tsx';
import { countsAt } from './words.ts';
import css from './vendor-accounts.module.css';

/** How the regulators' accounts stand at one vendor, in one line. */
export function VendorAccountsSummary({ editor }: { editor: string }) {
  const { data } = useApi(routes.vendorAccounts, {}, { topics: ['vendor-account'] });
  if (!data) return null;
  return (
    <ul className={css.counts}>
      {countsAt(editor, data.accounts).map(({ words, count }) => <li key={words.label}><strong>{count}</strong><VendorState words={words} /></li>)}
      <li><Link to={'/comptes-editeurs' as string}>Voir les comptes</Link></li>
    </ul>
  );
}
