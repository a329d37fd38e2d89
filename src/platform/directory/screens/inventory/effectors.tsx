import { useState } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { CheckIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { EmptyState } from '../../../../ui/states.tsx';
import { conventionLabels, type InventoryEffector } from '../../contract.ts';
import { EffectorPanel } from './effector-panel.tsx';
import { shortAgendaLabels, sourcesInWords } from './words.ts';
import css from './inventory.module.css';

const columns: readonly Column<InventoryEffector>[] = [
  {
    id: 'name', label: 'Effecteur', value: ({ name }) => name,
    render: ({ name, city, inDirectory }) => <div className={css.two}><strong>{name}</strong><span>{city}</span>{!inDirectory && <Badge tone="warn" icon={<WarnIcon size={12} />}>absent de l’annuaire</Badge>}</div>,
  },
  { id: 'id', label: 'Identifiant', value: ({ nationalId }) => nationalId, render: ({ nationalId }) => <code className={css.id}>{nationalId}</code> },
  { id: 'sources', label: 'Source', value: sourcesInWords },
  { id: 'structure', label: 'Structure', value: ({ structures }) => structures.join(', ') || null },
  {
    id: 'software', label: 'Agenda et logiciel', value: ({ software, agenda }) => [software, agenda && shortAgendaLabels[agenda]].filter(Boolean).join(', ') || null,
    render: ({ software, agenda, declaredAt }) => (
      <div className={css.two}>
        <strong>{software ?? (agenda === 'papier' ? 'papier' : '—')}</strong>
        {agenda && agenda !== 'papier' && <span>{shortAgendaLabels[agenda]}</span>}
        {declaredAt && <span>dit par lui-même</span>}
      </div>
    ),
  },
  {
    id: 'convention', label: 'Convention', value: ({ convention }) => convention && conventionLabels[convention],
    render: ({ convention }) => convention && (convention === 'signee' ? <Badge tone="ok" icon={<CheckIcon size={12} />}>{conventionLabels[convention]}</Badge> : conventionLabels[convention]),
  },
  { id: 'participation', label: 'Participation', value: ({ participation }) => participation, render: ({ participation }) => participation ?? <span className={css.soft}>ne participe pas</span> },
  {
    id: 'seen', label: 'Créneaux vus', value: ({ seen }) => seen && `${seen.source} ${seen.at.slice(0, 10)}`,
    render: ({ seen }) => (seen ? <div className={css.two}><span>{seen.source}</span><span><Moment at={seen.at} day /></span></div> : <span className={css.soft}>jamais</span>),
  },
];

/** The effectors, one row each. */
export function Effectors({ territory, effectors, writes }: { territory: string; effectors: readonly InventoryEffector[] | undefined; writes: boolean }) {
  const [open, setOpen] = useState<string | null>(null);
  const opened = effectors?.find(({ nationalId }) => nationalId === open);
  return (
    <>
      <DataTable
        label="Effecteurs"
        rows={effectors}
        columns={columns}
        rowKey={({ nationalId }) => nationalId}
        {...(writes ? { onOpen: ({ nationalId }: InventoryEffector) => setOpen(nationalId) } : {})}
        selectedKey={open}
        initialSort={{ column: 'name', descending: false }}
        filterLabel="Filtrer"
        exportName={`inventaire-${territory}`}
        empty={<EmptyState title="Aucun effecteur recensé"><p>Importez l’annuaire, ou une liste de l’URPS, du CDOM, de l’Assurance maladie ou de l’ARS.</p></EmptyState>}
      />
      {opened && <EffectorPanel key={opened.nationalId} territory={territory} effector={opened} onClose={() => setOpen(null)} />}
    </>
  );
}
