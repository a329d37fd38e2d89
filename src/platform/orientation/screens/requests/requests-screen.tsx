import { useApi } from '../../../../ui/query.ts';
import { Page } from '../../../../ui/frame.tsx';
import { QueryView } from '../../../../ui/states.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { routes } from '../../contract.ts';
import { DutyScreen } from './duty-planning.tsx';
import { RequestsSection } from './requests-section.tsx';
import { StatementView } from './statement-view.tsx';

/** What the SAS asks of a structure or of a doctor, the planning of those who receive, what it came to. */
export default function RequestsScreen() {
  const inbox = useApi(routes.inbox, {}, { topics: ['request', 'orientation'] });
  return (
    <Page title="Demandes du SAS" intro="Ce que la régulation vous demande, en sus de vos disponibilités. Rien sur le patient n’est écrit ici : la régulation vous le dit.">
      <QueryView query={inbox}>
        {({ structures }) => structures.length === 0 ? <RequestsSection /> : (
          <Tabs
            label="Demandes"
            items={[
              { id: 'inbox', label: 'Demandes', content: <RequestsSection /> },
              { id: 'duty', label: 'Planning', content: <DutyScreen structures={structures} /> },
              { id: 'statement', label: 'Relevé', content: <StatementView structures={structures} /> },
            ]}
          />
        )}
      </QueryView>
    </Page>
  );
}
