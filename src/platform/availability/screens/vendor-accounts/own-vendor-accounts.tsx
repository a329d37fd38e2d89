import { roleLabels } from '../../../../identity/contract.ts';
import { Page, Section } from '../../../../ui/frame.tsx';
import { useApi } from '../../../../ui/query.ts';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { routes } from '../../contract.ts';
import { VendorState } from './vendor-state.tsx';
import { stateWords } from './words.ts';
import css from './vendor-accounts.module.css';

/** A regulator's own account at each vendor, as a page. */
export default function OwnVendorAccountsScreen() {
  return <Page title="Mon compte chez les éditeurs"><OwnVendorAccounts /></Page>;
}

/** The same as a section of another page. */
export function OwnVendorAccounts() {
  const { data, error, refetch } = useApi(routes.ownVendorAccounts, {}, { topics: ['vendor-account', 'editor'] });
  return (
    <Section title="Où vous pouvez prendre rendez-vous">
      <p className={css.soft}>Chaque éditeur vous tient un compte pour prendre rendez-vous dans son agenda. La plateforme l’ouvre et le tient à jour : rien à faire de votre côté.</p>
      {!data && (error ? <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /> : <Loading lines={3} />)}
      {data?.editors.length === 0 && <EmptyState title="Aucun éditeur n’est interrogé pour l’instant" />}
      <ul className={css.own}>
        {data?.editors.map((editor) => {
          const view = data.vendors.find((one) => one.editor === editor);
          return (
            <li key={editor}>
              <span>Votre compte chez <strong>{editor}</strong></span>
              <VendorState words={stateWords(view)} />
              {view?.state === 'refused' && <span className={css.soft}>Votre gestionnaire de comptes voit pourquoi et peut le renvoyer.</span>}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
