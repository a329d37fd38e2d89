import { useState } from 'react';
import { z } from 'zod';
import { roleLabels } from '../../../../identity/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { useApi } from '../../../../ui/query.ts';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { ProblemState } from '../../../../ui/states.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { inventoryRoutes } from '../../contract.ts';
import { useTerritoryChoice } from '../territory-choice.tsx';
import { Centres } from './centres.tsx';
import { Effectors } from './effectors.tsx';
import { Figures } from './figures.tsx';
import { ListPanel } from './list-panel.tsx';
import css from './inventory.module.css';

const viewSchema = z.object({ territory: z.string().max(8).optional().catch(undefined), view: z.enum(['effectors', 'centres']).catch('effectors') });
const TITLE = 'Inventaire des effecteurs';

/** Who takes unscheduled care in a territory, listed by whom, with which software, under which convention. */
export default function InventoryScreen() {
  const [view, write] = useUrlState(viewSchema);
  const [importing, setImporting] = useState(false);
  const { code, instead, field } = useTerritoryChoice(view.territory, (territory) => write({ territory }, { replace: true }));
  const query = useApi(inventoryRoutes.inventory, { query: { territory: code ?? '' } }, { enabled: code !== undefined, topics: ['inventory', 'participation'], keepPrevious: true });
  const writes = mayCall(useAccount(), inventoryRoutes.importList);
  if (instead) return <Page title={TITLE}>{instead}</Page>;
  if (query.error && !query.data) return <Page title={TITLE}><ProblemState problem={query.error} roleNames={roleLabels} onRetry={() => void query.refetch()} /></Page>;
  return (
    <Page
      title={TITLE}
      intro="Les généralistes du territoire et tous ceux que l’URPS, le CDOM, l’Assurance maladie ou l’ARS ont recensés : leur logiciel, leur convention, leur participation."
      actions={writes && <Button look="main" onPress={() => setImporting(true)}>Importer une liste</Button>}
    >
      {field && <div className={css.choice}>{field}</div>}
      {query.data && <Figures effectors={query.data.effectors} />}
      <Tabs
        label="Inventaire"
        value={view.view}
        onChange={(next) => write({ view: next }, { replace: true })}
        items={[
          { id: 'effectors', label: 'Effecteurs', count: query.data?.effectors.length ?? 0, content: <Effectors territory={code!} effectors={query.data?.effectors} writes={writes} /> },
          { id: 'centres', label: 'Centres de soins non programmés', count: query.data?.centres.length ?? 0, content: <Centres centres={query.data?.centres} writes={writes} /> },
        ]}
      />
      {importing && <ListPanel territory={code!} onClose={() => setImporting(false)} />}
    </Page>
  );
}
