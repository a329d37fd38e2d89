import { useState } from 'react';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { SelectField } from '../../../../ui/field.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { ProblemState } from '../../../../ui/states.tsx';
import { formatDuration, formatMoment } from '../../../../ui/time.ts';
import { orientationStatusLabels, type OrientationStatus, refusalLabels, routes, type Statement } from '../../contract.ts';
import type { ManagedStructure } from './duty-planning.tsx';
import css from './requests.module.css';

type Line = Statement['lines'][number];
type Period = 'month' | 'last-month' | 'quarter' | 'year';
const periods: readonly { value: Period; label: string }[] = [
  { value: 'month', label: 'Ce mois-ci' }, { value: 'last-month', label: 'Le mois dernier' }, { value: 'quarter', label: 'Ce trimestre' }, { value: 'year', label: 'Cette année' },
];

/** The days of a period, first and last included, seen from a day. */
export function daysOf(period: Period, today: Temporal.PlainDate): { from: string; to: string } {
  const month = today.with({ day: 1 });
  const span = (first: Temporal.PlainDate, months: number) => ({ from: first.toString(), to: first.add({ months }).subtract({ days: 1 }).toString() });
  switch (period) {
    case 'month':
      return span(month, 1);
    case 'last-month':
      return span(month.subtract({ months: 1 }), 1);
    case 'quarter':
      return span(month.subtract({ months: (today.month - 1) % 3 }), 3);
    case 'year':
      return span(month.with({ month: 1 }), 12);
  }
}

/** STR-08: what the structure received from the SAS, for its own activity statement. */
export function StatementView({ structures }: { structures: readonly ManagedStructure[] }) {
  const zone = useZone();
  const present = useNow(60_000);
  const [structureId, setStructureId] = useState(structures[0]!.id);
  const [period, setPeriod] = useState<Period>('month');
  const days = daysOf(period, present.toZonedDateTimeISO(zone).toPlainDate());
  const { data, error, refetch } = useApi(routes.requestStatement, { query: { structureId, ...days } }, { topics: ['request'], keepPrevious: true });
  const moment = (at: string) => formatMoment(at, zone, present);
  const columns: Column<Line>[] = [
    { id: 'asked', label: 'Reçue le', value: ({ askedAt }) => askedAt, render: ({ askedAt }) => moment(askedAt) },
    { id: 'wanted', label: 'Pour le', value: ({ wantedAt }) => wantedAt, render: ({ wantedAt }) => moment(wantedAt) },
    { id: 'city', label: 'Commune', value: ({ city }) => city ?? '' },
    { id: 'accepted', label: 'Acceptée', value: ({ accepted }) => (accepted ? 'oui' : 'non') },
    { id: 'status', label: 'Suite', value: ({ status }) => orientationStatusLabels[status as OrientationStatus] },
    { id: 'delay', label: 'Délai de réponse (min)', align: 'end', value: ({ delayMs }) => (delayMs === null ? null : Math.round(delayMs / 6_000) / 10) },
    { id: 'doctor', label: 'Médecin', value: ({ doctor }) => doctor ?? '' },
    { id: 'refusal', label: 'Motif de refus', value: ({ refusal }) => (refusal ? refusalLabels[refusal] : '') },
  ];
  if (error) return <ProblemState problem={error} onRetry={() => void refetch()} />;
  return (
    <>
      {data && (
        <dl className={css.figures}>
          <div><dt>Demandes reçues</dt><dd>{data.received}</dd></div>
          <div><dt>Acceptées</dt><dd>{data.accepted}{data.received > 0 && ` (${Math.round((100 * data.accepted) / data.received)} %)`}</dd></div>
          <div><dt>Délai médian de réponse</dt><dd>{data.medianMs === null ? '–' : formatDuration(data.medianMs)}</dd></div>
        </dl>
      )}
      <DataTable
        label="Demandes reçues du SAS" rows={data?.lines} columns={columns} rowKey={({ orientationId }) => orientationId} initialSort={{ column: 'asked', descending: true }}
        filterLabel="Filtrer" exportName={`releve-sas-${days.from}-${days.to}`} empty="Aucune demande reçue sur cette période."
        tools={
          <>
            {structures.length > 1 && <SelectField label="Structure" choices={structures.map(({ id, name }) => ({ value: id, label: name }))} value={structureId} onChange={setStructureId} />}
            <SelectField label="Période" choices={periods} value={period} onChange={setPeriod} />
          </>
        }
      />
    </>
  );
}
