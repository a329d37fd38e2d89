import { useState } from 'react';
import { z } from 'zod';
import { roleLabels } from '../../../../identity/contract.ts';
import { Note } from '../../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { SwitchField } from '../../../../ui/field.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { useApi } from '../../../../ui/query.ts';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { routes, type RegulatorAtVendors } from '../../contract.ts';
import { RegulatorPanel } from './regulator-panel.tsx';
import { VendorState } from './vendor-state.tsx';
import { byConcern, inTrouble, stateWords } from './words.ts';

const EVERY_MS = 10_000;
const viewSchema = z.object({ care: z.literal('1').optional().catch(undefined) });
const TITLE = 'Comptes chez les éditeurs';

/** The regulators' accounts at the vendors. */
export default function VendorAccountsScreen() {
  const [{ care }, write] = useUrlState(viewSchema);
  const [open, setOpen] = useState<string | null>(null);
  const { data, error, refetch } = useApi(routes.vendorAccounts, {}, { topics: ['vendor-account', 'editor'], everyMs: EVERY_MS });
  if (error && !data) return <Page title={TITLE}><ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /></Page>;
  const troubled = inTrouble(data?.accounts ?? []);
  const opened = data?.accounts.find(({ accountId }) => accountId === open);
  return (
    <Page
      title={TITLE}
      intro="Pour prendre rendez-vous chez un éditeur, un régulateur y a un compte. La plateforme l’ouvre à sa connexion, le tient à jour, et le ferme aussitôt que ses droits cessent."
    >
      {troubled.length > 0 && !care && (
        <Note tone="warn" icon={<WarnIcon />} title={troubled.length > 1 ? `${troubled.length} régulateurs à regarder` : '1 régulateur à regarder'}>
          Un éditeur n’a pas enregistré ce qu’on lui demandait. Ouvrez une ligne pour savoir pourquoi et quoi faire.
        </Note>
      )}
      <DataTable
        label="Régulateurs et éditeurs"
        rows={data && (care ? troubled : byConcern(data.accounts))}
        columns={columnsOf(data?.editors ?? [])}
        rowKey={({ accountId }) => accountId}
        onOpen={({ accountId }) => setOpen(accountId)}
        selectedKey={open}
        filterLabel="Filtrer"
        exportName="comptes-editeurs"
        tools={<SwitchField label="À regarder seulement" isSelected={care === '1'} onChange={(on) => write({ care: on ? '1' : undefined }, { replace: true })} />}
        empty={care
          ? <EmptyState title="Tout est en ordre"><p>Chaque éditeur a enregistré ce qu’on lui demandait.</p></EmptyState>
          : <EmptyState title="Aucun régulateur dans vos territoires"><p>Ils paraissent ici dès qu’un compte d’OSNP, de médecin régulateur ou d’IOA est ouvert.</p></EmptyState>}
      />
      {opened && data && <RegulatorPanel key={opened.accountId} regulator={opened} editors={data.editors} onClose={() => setOpen(null)} />}
    </Page>
  );
}

const columnsOf = (editors: readonly string[]): readonly Column<RegulatorAtVendors>[] => [
  { id: 'name', label: 'Régulateur', value: ({ displayName }) => displayName, render: ({ displayName }) => <strong>{displayName}</strong> },
  { id: 'role', label: 'Rôle', value: ({ roles }) => rolesInWords(roles) },
  ...editors.map((editor): Column<RegulatorAtVendors> => ({
    id: editor, label: editor,
    value: ({ vendors }) => stateWords(vendors.find((view) => view.editor === editor)).label,
    render: ({ vendors }) => <VendorState words={stateWords(vendors.find((view) => view.editor === editor))} />,
  })),
];

const rolesInWords = (roles: RegulatorAtVendors['roles']): string => roles.map((role) => roleLabels[role]).join(', ') || 'n’est plus régulateur';
