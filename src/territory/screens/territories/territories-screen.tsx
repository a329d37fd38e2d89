import { useState } from 'react';
import { roleLabels } from '../../../identity/contract.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Page } from '../../../ui/frame.tsx';
import { CheckIcon, WaitIcon } from '../../../ui/icons.tsx';
import { useApi } from '../../../ui/query.ts';
import { covers, useAccount } from '../../../ui/session.ts';
import { EmptyState, ProblemState } from '../../../ui/states.tsx';
import { routes, type Territory } from '../../contract.ts';
import { TerritoryPanel } from './territory-panel.tsx';
import { holidayLabels, statusLabels } from './words.ts';

const day = (date: string) => Temporal.PlainDate.from(date).toLocaleString('fr-FR', { dateStyle: 'medium' });
const running = (status: Territory['status']) => status === 'LANCE' || status === 'NOMINAL';

const columns: readonly Column<Territory>[] = [
  { id: 'code', label: 'Code', value: ({ code }) => code, render: ({ code }) => <strong>{code}</strong> },
  { id: 'name', label: 'Nom', value: ({ name }) => name },
  { id: 'status', label: 'Avancement', value: ({ status }) => statusLabels[status], render: ({ status }) => <Badge tone={running(status) ? 'ok' : 'neutral'} icon={running(status) ? <CheckIcon size={12} /> : <WaitIcon size={12} />}>{statusLabels[status]}</Badge> },
  { id: 'launched', label: 'Lancé le', value: ({ launchedOn }) => launchedOn, render: ({ launchedOn }) => launchedOn && day(launchedOn) },
  { id: 'departments', label: 'Départements', value: ({ departments }) => departments.join(', ') },
  { id: 'radius', label: 'Rayon', align: 'end', value: ({ radiusKm }) => radiusKm, render: ({ radiusKm }) => `${radiusKm} km` },
  { id: 'zone', label: 'Fuseau', value: ({ timeZone }) => timeZone },
  { id: 'holidays', label: 'Jours fériés', value: ({ holidaySet }) => holidayLabels[holidaySet] },
];

/** The territories of the SAS: what they cover, their clock, how far they are. */
export default function TerritoriesScreen() {
  const account = useAccount();
  const [open, setOpen] = useState<string | 'new' | null>(null);
  const { data, error, refetch } = useApi(routes.listTerritories, {}, { topics: ['territory'] });
  if (error && !data) return <Page title="Territoires"><ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /></Page>;
  const national = account.territories.includes('*');
  const chosen = data?.territories.find(({ code }) => code === open) ?? null;
  return (
    <Page
      title="Territoires"
      intro="Chaque SAS, les départements qu’il couvre et l’horloge qu’il suit : les heures SAS et PDSA en dépendent."
      actions={national && <Button look="main" onPress={() => setOpen('new')}>Déclarer un territoire</Button>}
    >
      <DataTable
        label="Territoires"
        rows={data?.territories}
        columns={columns}
        rowKey={({ code }) => code}
        onOpen={({ code }) => setOpen(code)}
        selectedKey={open}
        initialSort={{ column: 'code', descending: false }}
        filterLabel="Filtrer les territoires"
        exportName="territoires"
        empty={<EmptyState title="Aucun territoire n’est déclaré"><p>Un administrateur national déclare le premier. Les recherches ne connaissent pas encore de SAS.</p></EmptyState>}
      />
      {(open === 'new' || chosen) && (
        <TerritoryPanel
          key={open}
          territory={chosen}
          taken={data?.territories.map(({ code }) => code) ?? []}
          mayEdit={chosen ? covers(account, chosen.code) : national}
          onClose={() => setOpen(null)}
        />
      )}
    </Page>
  );
}
