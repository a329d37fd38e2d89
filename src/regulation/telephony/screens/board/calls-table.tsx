import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { SegmentField } from '../../../../ui/field.tsx';
import { Section } from '../../../../ui/frame.tsx';
import { Moment, useNow } from '../../../../ui/moments.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import { useApi } from '../../../../ui/query.ts';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import { type Call, routes } from '../../contract.ts';
import { callStateWords, flowWords, formatWait, levelShort, secondsBetween } from '../words.ts';
import { agentOfCall } from './board-model.ts';

export type ShownCalls = 'en-cours' | 'recents';
const choices = [{ value: 'en-cours', label: 'En cours' }, { value: 'recents', label: 'Récents' }] as const;
const RECENT = 200;

const columnsAt = (now: string): Column<Call>[] => [
  { id: 'at', label: 'Reçu', value: (call) => call.presentedAt, render: (call) => <Moment at={call.presentedAt} /> },
  { id: 'state', label: 'État', value: (call) => callStateWords[call.state] },
  { id: 'level', label: 'Niveau', value: (call) => levelShort[call.waiting?.level ?? call.level] },
  { id: 'line', label: 'Ligne', value: (call) => (call.callback ? 'Appel sortant' : `${flowWords[call.flow]} ${call.dnis}`.trim()) },
  // A caller's number leaves the room with no file: what is exported is counted, not called.
  { id: 'caller', label: 'Appelant', value: (call) => call.caller && formatPhone(call.caller), render: (call) => (call.caller ? formatPhone(call.caller) : 'masqué'), exported: false },
  { id: 'wait', label: 'Attente', align: 'end', value: (call) => secondsBetween(call.presentedAt, call.answeredAt ?? call.endedAt ?? now), render: (call) => formatWait(secondsBetween(call.presentedAt, call.answeredAt ?? call.endedAt ?? now)) },
  { id: 'duration', label: 'Durée', align: 'end', value: (call) => call.answeredAt && secondsBetween(call.answeredAt, call.endedAt ?? now), render: (call) => (call.answeredAt ? formatWait(secondsBetween(call.answeredAt, call.endedAt ?? now)) : '–') },
  { id: 'agent', label: 'Avec', value: agentOfCall },
  { id: 'dossier', label: 'Dossier', value: (call) => (call.dossierId ? 'oui' : 'non') },
];

/** Calls under way, or the last ones; one opens with its legs. */
export function CallsTable({ shown, onShown, open, onOpen }: { shown: ShownCalls; onShown: (shown: ShownCalls) => void; open: string | null; onOpen: (id: string) => void }) {
  const { data, error, refetch } = useApi(routes.calls, { query: { live: shown === 'en-cours' ? 'true' : 'false', limit: RECENT } }, { topics: ['call'], keepPrevious: true });
  const now = useNow(shown === 'en-cours' ? 1_000 : 60_000).toString();
  return (
    <Section title="Appels">
      {error && !data ? <ProblemState problem={error} onRetry={() => void refetch()} /> : (
        <DataTable
          label={shown === 'en-cours' ? 'Appels en cours' : 'Appels récents'}
          rows={data?.calls}
          columns={columnsAt(now)}
          rowKey={(call) => call.id}
          onOpen={(call) => onOpen(call.id)}
          selectedKey={open}
          filterLabel="Filtrer"
          exportName="appels"
          tools={<SegmentField label="Montrer" choices={choices} value={shown} onChange={onShown} />}
          empty={<EmptyState title={shown === 'en-cours' ? 'Aucun appel en cours' : 'Aucun appel pour l’instant'}><p>Les appels apparaissent ici dès qu’ils sonnent.</p></EmptyState>}
        />
      )}
    </Section>
  );
}
