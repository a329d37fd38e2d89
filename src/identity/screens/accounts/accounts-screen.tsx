import { useState } from 'react';
import { z } from 'zod';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { SelectField } from '../../../ui/field.tsx';
import { Page } from '../../../ui/frame.tsx';
import { useApi } from '../../../ui/query.ts';
import { EmptyState, ProblemState } from '../../../ui/states.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { useUrlState } from '../../../ui/url.ts';
import { accountRoutes, roleLabels, type AccountView } from '../../contract.ts';
import { accountStateLabels, accountStates } from '../../domain/account-state.ts';
import { teamLabels } from '../../domain/team.ts';
import { AccountPanel } from './account-panel.tsx';
import { NewAccountPanel } from './new-account-panel.tsx';
import { ToTreat } from './to-treat.tsx';
import { rolesInWords, StateBadge } from './words.tsx';
import css from './accounts.module.css';

const viewSchema = z.object({
  tab: z.enum(['to-treat', 'all']).catch('to-treat'), state: z.enum(['all', ...accountStates]).catch('all'), territory: z.string().max(8).optional().catch(undefined),
});
const stateChoices = [{ value: 'all', label: 'Tous' }, ...accountStates.map((value) => ({ value, label: accountStateLabels[value] }))];

const columns: readonly Column<AccountView>[] = [
  { id: 'name', label: 'Nom', value: ({ lastName, firstName }) => `${lastName} ${firstName}`, render: ({ displayName, nationalId }) => <div className={css.two}><strong>{displayName}</strong>{nationalId && <span>{nationalId}</span>}</div> },
  { id: 'state', label: 'État', value: ({ state }) => accountStateLabels[state], render: ({ state }) => <StateBadge state={state} /> },
  { id: 'roles', label: 'Rôles', value: ({ grants }) => rolesInWords(grants) || null },
  { id: 'email', label: 'E-mail', value: ({ email }) => email },
  { id: 'phone', label: 'Téléphone', value: ({ phone }) => phone },
  { id: 'team', label: 'Groupe', value: ({ team }) => team && teamLabels[team] },
];

/** The accounts of one's territories: what waits, and the whole list. */
export default function AccountsScreen() {
  const [view, write] = useUrlState(viewSchema);
  const [open, setOpen] = useState<string | null>(null);
  const [creating, setCreating] = useState(false);
  const list = useApi(accountRoutes.accounts, { query: view.territory ? { territory: view.territory } : {} }, { topics: ['accounts'], keepPrevious: true });
  const rows = list.data?.accounts.filter(({ state }) => view.state === 'all' || state === view.state);
  const all = list.error && !list.data ? <ProblemState problem={list.error} roleNames={roleLabels} onRetry={() => void list.refetch()} /> : (
    <DataTable
      label="Comptes" rows={rows} columns={columns} rowKey={({ id }) => id} onOpen={({ id }) => setOpen(id)} selectedKey={open} initialSort={{ column: 'name', descending: false }}
      filterLabel="Filtrer" exportName="comptes" empty={<EmptyState title="Aucun compte dans cet état" />}
      tools={<div className={css.choice}><SelectField label="État" choices={stateChoices} value={view.state as string} onChange={(state) => write({ state }, { replace: true })} /></div>}
    />
  );
  return (
    <Page title="Comptes" intro="Ouvrir, valider, suspendre les comptes de vos territoires, et leurs rôles. Chaque geste est journalisé." actions={<Button look="main" onPress={() => setCreating(true)}>Nouveau compte</Button>}>
      <Tabs
        label="Comptes" value={view.tab} onChange={(tab) => write({ tab }, { replace: true })}
        items={[{ id: 'to-treat', label: 'À traiter', content: <ToTreat onOpen={setOpen} /> }, { id: 'all', label: 'Tous les comptes', content: all }]}
      />
      {open && <AccountPanel key={open} id={open} onClose={() => setOpen(null)} />}
      {creating && <NewAccountPanel onClose={() => setCreating(false)} />}
    </Page>
  );
}
