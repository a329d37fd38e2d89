import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiProblem } from '../../../../ui/api.ts';
import { Badge, Note } from '../../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import { formatLatency } from '../../../../ui/time.ts';
import type { EditorTrace } from './problems.tsx';
import { callLabels, flowLabels, readRequest } from './words.ts';
import css from './editors.module.css';

type Call = EditorTrace['calls'][number] & { readonly key: string };

const columns: readonly Column<Call>[] = [
  { id: 'at', label: 'Quand', value: ({ at }) => at, render: ({ at }) => <Moment at={at} day /> },
  { id: 'status', label: 'Résultat', value: ({ status }) => callLabels[status].label, render: ({ status }) => <Badge tone={callLabels[status].tone}>{callLabels[status].label}</Badge> },
  { id: 'flow', label: 'Demandé', value: ({ flow, asked }) => `${flowLabels[flow]} ${asked}`, render: ({ flow, asked }) => `${asked} ${flow === 'sos' ? 'associations' : 'professionnels'}${flow === 'cpts' ? ' et CPTS' : ''}` },
  { id: 'slots', label: 'Créneaux', align: 'end', value: ({ slots }) => slots },
  { id: 'latency', label: 'Temps', align: 'end', value: ({ latencyMs }) => latencyMs, render: ({ latencyMs, status }) => (status === 'circuit-open' ? '—' : formatLatency(latencyMs)) },
  { id: 'detail', label: 'Détail', sortable: false, value: ({ detail }) => detail, render: ({ detail }) => detail && <span className={css.detail}>{detail}</span> },
];

/** The last calls made to the vendor; one opens with the question as it was asked. */
export function Calls({ name, query }: { name: string; query: UseQueryResult<EditorTrace, ApiProblem> }) {
  const [opened, setOpened] = useState<Call | null>(null);
  if (query.error && !query.data) return <ProblemState problem={query.error} onRetry={() => void query.refetch()} />;
  const rows = query.data && keyed(query.data.calls);
  return (
    <>
      <DataTable
        label="Derniers appels"
        rows={rows}
        columns={columns}
        rowKey={({ key }) => key}
        onOpen={setOpened}
        selectedKey={opened?.key ?? null}
        filterLabel="Filtrer les appels"
        exportName={`appels-${name}`}
        empty={<EmptyState title="Aucun appel pour l’instant"><p>Les recherches l’interrogent dès qu’elles concernent un professionnel qu’il pourrait connaître.</p></EmptyState>}
      />
      {opened && <CallPanel call={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

/** Calls made at the same instant are told apart by their order. */
const keyed = (calls: EditorTrace['calls']): Call[] => {
  const seen = new Map<string, number>();
  return calls.map((call) => {
    const times = seen.get(call.at) ?? 0;
    seen.set(call.at, times + 1);
    return { ...call, key: `${call.at}#${times}` };
  });
};

function CallPanel({ call, onClose }: { call: Call; onClose: () => void }) {
  const question = call.request ? readRequest(call.request) : null;
  return (
    <SidePanel open onClose={onClose} over="Appel" title={<Moment at={call.at} day />}>
      <div className={css.panel}>
        {call.detail && <Note tone={callLabels[call.status].tone}>{call.detail}</Note>}
        <Facts
          items={[
            ['Résultat', <Badge key="status" tone={callLabels[call.status].tone}>{callLabels[call.status].label}</Badge>],
            ['Temps', call.status === 'circuit-open' ? null : formatLatency(call.latencyMs)],
            ['Créneaux reçus', String(call.slots)],
            ['Demandé', `${call.asked}, ${flowLabels[call.flow]}`],
            question?.from ? ['Du', <Moment key="from" at={question.from} day />] : null,
            question?.to ? ['Au', <Moment key="to" at={question.to} day />] : null,
          ]}
        />
        {question && (
          <section>
            <h3>Identifiants demandés</h3>
            <ul className={css.ids}>{question.ids.map((id) => <li key={id}><code>{id}</code></li>)}</ul>
          </section>
        )}
        {!question && (call.request ? <pre className={css.raw}>{call.request}</pre> : <p className={css.soft}>La question n’est gardée que pour les appels qui ont échoué ou montré un écart.</p>)}
      </div>
    </SidePanel>
  );
}
