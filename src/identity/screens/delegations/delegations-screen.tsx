import { Page, Section } from '../../../ui/frame.tsx';
import { useApi } from '../../../ui/query.ts';
import { EmptyState, QueryView } from '../../../ui/states.tsx';
import { delegationRoutes } from '../../contract.ts';
import { DelegationForm } from './delegation-form.tsx';
import { DelegationList } from './delegation-list.tsx';

/** Who acts for whom: those given, those received, and a new one. */
export default function DelegationsScreen() {
  const query = useApi(delegationRoutes.delegations, {}, { topics: ['delegation', 'account'] });
  return (
    <Page title="Délégations" intro="Quelqu’un agit pour un effecteur ou une structure seulement par une délégation explicite, datée, que l’on retire quand on veut.">
      <QueryView query={query} isEmpty={({ given, received, subjects }) => given.length + received.length + subjects.length === 0} empty={<EmptyState title="Aucune délégation"><p>Vous n’avez personne à représenter, et personne ne vous a délégué.</p></EmptyState>}>
        {({ given, received, subjects }) => (
          <>
            {received.length > 0 && <Section title="J’agis pour"><DelegationList delegations={received} side="received" /></Section>}
            {subjects.length > 0 && (
              <Section title="Agissent pour moi">
                {given.length > 0 ? <DelegationList delegations={given} side="given" /> : <EmptyState title="Personne n’agit pour vous" />}
              </Section>
            )}
            {subjects.length > 0 && <Section title="Nouvelle délégation"><DelegationForm subjects={subjects} /></Section>}
          </>
        )}
      </QueryView>
    </Page>
  );
}
