import { useState } from 'react';
import { type Column, DataTable } from '../../../../ui/data-table.tsx';
import { SegmentField } from '../../../../ui/field.tsx';
import { Moment, useZone } from '../../../../ui/moments.tsx';
import { PriorityMark } from '../../../../ui/priority-mark.tsx';
import { useApi } from '../../../../ui/query.ts';
import { EmptyState, QueryView } from '../../../../ui/states.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { now } from '../../../../ui/time.ts';
import { routes, type Usage } from '../../contract.ts';
import { share } from '../words.ts';
import { DaysFigure } from './days-figure.tsx';
import css from './protocols.module.css';

type Row<Key extends 'versions' | 'outcomes' | 'overrides'> = Usage[Key][number];

const periods = { 7: '7 jours', 30: '30 jours', 90: '90 jours' } as const;
type Period = `${keyof typeof periods}`;

const counted: readonly Column<Row<'versions'> | Row<'outcomes'>>[] = [
  { id: 'uses', label: 'Utilisations', align: 'end', value: ({ uses }) => uses },
  { id: 'overridden', label: 'Écarts', align: 'end', value: ({ overridden }) => overridden },
  { id: 'share', label: 'Part d’écarts', align: 'end', value: ({ uses, overridden }) => (uses === 0 ? null : Math.round((overridden / uses) * 100)), render: ({ uses, overridden }) => share(overridden, uses) },
  { id: 'requalified', label: 'Requalifiés ensuite', align: 'end', value: ({ requalified }) => requalified },
];

const versionColumns: readonly Column<Row<'versions'>>[] = [
  { id: 'title', label: 'Protocole', value: ({ title }) => title, render: ({ title }) => <strong>{title}</strong> },
  { id: 'version', label: 'Version', align: 'end', value: ({ version }) => version },
  ...counted,
];

const outcomeColumns = (titleOf: (id: string) => string): readonly Column<Row<'outcomes'>>[] => [
  { id: 'title', label: 'Protocole', value: ({ id, version }) => `${titleOf(id)}, v${version}` },
  { id: 'priority', label: 'Priorité', value: ({ priority }) => priority, render: ({ priority }) => (priority ? <PriorityMark priority={priority} /> : '—') },
  { id: 'label', label: 'Issue', value: ({ label }) => label },
  ...counted,
];

const overrideColumns = (titleOf: (id: string) => string): readonly Column<Row<'overrides'>>[] => [
  { id: 'at', label: 'Quand', value: ({ at }) => at, render: ({ at }) => <Moment at={at} day /> },
  { id: 'title', label: 'Protocole', value: ({ id, version }) => `${titleOf(id)}, v${version}` },
  { id: 'proposed', label: 'Proposé', value: ({ proposed }) => (proposed ? `${proposed.priority} ${proposed.filiere}` : 'quitté avant la fin') },
  { id: 'retained', label: 'Retenu', value: ({ retained }) => `${retained.priority} ${retained.filiere}` },
  { id: 'reason', label: 'Motif', value: ({ reason }) => reason || 'passage en P0, sans motif demandé' },
];

/** How often each protocol served, where it was not followed and why, and what was requalified afterwards (PROT-07). */
export function UsageSection({ onOpen }: { onOpen: (line: { id: string; version: number }) => void }) {
  const [period, setPeriod] = useState<Period>('30');
  const [tab, setTab] = useState('versions');
  const zone = useZone();
  const today = now().toZonedDateTimeISO(zone).toPlainDate();
  const from = today.subtract({ days: Number(period) - 1 }).toString();
  const query = useApi(routes.protocolUsage, { query: { from, to: today.toString() } }, { topics: ['protocol-use'], keepPrevious: true });
  const choice = <SegmentField<Period> label="Période" value={period} onChange={setPeriod} choices={Object.entries(periods).map(([value, label]) => ({ value: value as Period, label }))} />;
  return (
    <QueryView query={query}>
      {(usage) => {
        const titleOf = (id: string) => usage.versions.find((one) => one.id === id)?.title ?? id;
        const none = <EmptyState title="Rien sur cette période"><p>Chaque chemin suivi au premier décroché se compte ici.</p></EmptyState>;
        return (
          <div className={css.usage}>
            <div className={css.top}>{choice}<DaysFigure usage={usage} /></div>
            <Tabs
              label="Usage des protocoles" value={tab} onChange={setTab}
              items={[
                { id: 'versions', label: 'Par protocole', content: <DataTable label="Usage par protocole" rows={usage.versions} columns={versionColumns} rowKey={({ id, version }) => `${id} ${version}`} onOpen={onOpen} exportName="usage-protocoles" empty={none} /> },
                { id: 'outcomes', label: 'Par issue', content: <DataTable label="Usage par issue" rows={usage.outcomes} columns={outcomeColumns(titleOf)} rowKey={({ id, version, outcome }) => `${id} ${version} ${outcome}`} filterLabel="Filtrer" exportName="usage-issues" empty={none} /> },
                { id: 'overrides', label: 'Écarts', count: usage.overrides.length, content: <DataTable label="Écarts et leurs motifs" rows={usage.overrides} columns={overrideColumns(titleOf)} rowKey={({ id, at, reason }) => `${id} ${at} ${reason}`} filterLabel="Filtrer" exportName="ecarts-protocoles" empty={none} /> },
              ]}
            />
          </div>
        );
      }}
    </QueryView>
  );
}
