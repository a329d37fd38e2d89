import { useState } from 'react';
import { z } from 'zod';
import { roleLabels } from '../../../../identity/contract.ts';
import { routes as territory } from '../../../../territory/contract.ts';
import { Badge, Note } from '../../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { SelectField, SwitchField } from '../../../../ui/field.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { CheckIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import { useApi } from '../../../../ui/query.ts';
import { covers, useAccount } from '../../../../ui/session.ts';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { routes, structureKindLabels, structureKinds, type Structure, type StructureKind } from '../../contract.ts';
import { hoursInWords } from './hours.ts';
import { StructurePanel } from './structure-panel.tsx';
import css from './structures.module.css';

const LIMIT = 200;
/** Those that a search may ask beyond their slots: they must be identified first (ANN-11). */
const asked: readonly StructureKind[] = ['CPTS', 'MSP', 'CDS', 'SOS'];
const viewSchema = z.object({
  territory: z.string().max(8).optional().catch(undefined),
  kind: z.enum(['all', ...structureKinds]).catch('all'),
  todo: z.literal('1').optional().catch(undefined),
});
const kindChoices = [{ value: 'all', label: 'Toutes' }, ...structureKinds.map((value) => ({ value, label: structureKindLabels[value] }))];
const channelLabels: Readonly<Record<string, string>> = { phone: 'téléphone', web: 'en ligne' };

const columns: readonly Column<Structure>[] = [
  { id: 'name', label: 'Structure', value: ({ name }) => name, render: ({ name, kind }) => <div className={css.two}><strong>{name}</strong><span>{structureKindLabels[kind]}</span></div> },
  { id: 'city', label: 'Commune', value: ({ city }) => city },
  { id: 'identified', label: 'Identification', value: identification, render: (one) => <Identification structure={one} /> },
  { id: 'contact', label: 'Sollicitée par', value: ({ contact }) => contact, render: ({ contact, contactChannel }) => contact && <div className={css.two}><span>{formatPhone(contact)}</span><span className={css.soft}>{channelLabels[contactChannel ?? ''] ?? contactChannel}</span></div> },
  { id: 'hours', label: 'Horaires', sortable: false, value: ({ hours }) => hoursInWords(hours) || null },
];

function identification({ kind, identifiedAt }: Structure): string {
  return identifiedAt ? 'identifiée' : asked.includes(kind) ? 'à identifier' : 'non demandée';
}

function Identification({ structure }: { structure: Structure }) {
  const words = identification(structure);
  if (words === 'identifiée') return <Badge tone="ok" icon={<CheckIcon size={12} />}>{words}</Badge>;
  return words === 'à identifier' ? <Badge tone="warn" icon={<WarnIcon size={12} />}>{words}</Badge> : <span className={css.soft}>{words}</span>;
}

/** The structures of a territory, and how each is solicited once identified to the SAS. */
export default function StructuresScreen() {
  const account = useAccount();
  const [view, write] = useUrlState(viewSchema);
  const [open, setOpen] = useState<string | null>(null);
  const territories = useApi(territory.listTerritories, {}, { topics: ['territory'] });
  const own = territories.data?.territories.filter(({ code }) => covers(account, code)) ?? [];
  const code = own.find((one) => one.code === view.territory)?.code ?? own[0]?.code;
  const query = { territory: code, limit: String(LIMIT), ...(view.kind === 'all' ? {} : { kind: view.kind }) };
  const list = useApi(routes.findStructures, { query }, { enabled: code !== undefined, topics: ['directory'], keepPrevious: true });

  const error = territories.error ?? list.error;
  if (error && !list.data) return <Page title="Structures"><ProblemState problem={error} roleNames={roleLabels} onRetry={() => void (territories.error ? territories : list).refetch()} /></Page>;
  if (!territories.data) return <Page title="Structures"><Loading lines={8} /></Page>;
  if (!code) return <Page title="Structures"><EmptyState title="Vos droits ne couvrent aucun territoire"><p>Un administrateur national peut vous en ouvrir un.</p></EmptyState></Page>;

  const todo = list.data?.structures.filter((one) => identification(one) === 'à identifier') ?? [];
  const rows = view.todo ? list.data && todo : list.data?.structures;
  const opened = list.data?.structures.find(({ id }) => id === open);
  return (
    <Page title="Structures" intro="Une CPTS, une maison ou un centre de santé, SOS Médecins ne peuvent être sollicités qu’une fois identifiés au SAS : comment les joindre, et quand.">
      {todo.length > 0 && !view.todo && (
        <Note tone="warn" icon={<WarnIcon />} title={`${todo.length} structure${todo.length > 1 ? 's' : ''} à identifier`}>Les opérateurs ne peuvent pas encore {todo.length > 1 ? 'les' : 'la'} solliciter en sus de {todo.length > 1 ? 'leurs' : 'ses'} créneaux.</Note>
      )}
      <DataTable
        label="Structures"
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => setOpen(id)}
        selectedKey={open}
        initialSort={{ column: 'name', descending: false }}
        filterLabel="Filtrer"
        exportName={`structures-${code}`}
        tools={
          <>
            {own.length > 1 && <div className={css.choice}><SelectField label="Territoire" choices={own.map((one) => ({ value: one.code, label: `${one.code} · ${one.name}` }))} value={code} onChange={(next) => write({ territory: next }, { replace: true })} /></div>}
            <div className={css.choice}><SelectField label="Sorte" choices={kindChoices} value={view.kind as string} onChange={(kind) => write({ kind }, { replace: true })} /></div>
            <SwitchField label="À identifier seulement" isSelected={view.todo === '1'} onChange={(on) => write({ todo: on ? '1' : undefined }, { replace: true })} />
          </>
        }
        empty={view.todo
          ? <EmptyState title="Tout est identifié"><p>Chaque structure de cette liste peut être sollicitée.</p></EmptyState>
          : <EmptyState title="Aucune structure de cette sorte dans ce territoire"><p>Les structures viennent de l’import de l’annuaire.</p></EmptyState>}
        footer={list.data && list.data.structures.length >= LIMIT && <span>Les {LIMIT} premières sont montrées : choisissez une sorte pour voir les autres.</span>}
      />
      {opened && <StructurePanel key={opened.id} structure={opened} onClose={() => setOpen(null)} />}
    </Page>
  );
}
