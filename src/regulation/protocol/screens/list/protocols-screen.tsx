import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { roleLabels } from '../../../../identity/contract.ts';
import { Badge, Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { type Column, DataTable } from '../../../../ui/data-table.tsx';
import { SegmentField } from '../../../../ui/field.tsx';
import { Page, Section } from '../../../../ui/frame.tsx';
import { ClockIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import { mayApproveAs, protocolKindLabels, protocolStatusLabels, routes, type VersionLine } from '../../contract.ts';
import { ApprovalMarks, StatusBadge } from '../parts.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { UsageSection } from './usage-section.tsx';
import css from './protocols.module.css';

const columnsFor = (warnAbove: number): readonly Column<VersionLine>[] => [
  { id: 'title', label: 'Protocole', value: ({ title }) => title, render: ({ title, kind }) => <div className={css.two}><strong>{title}</strong><span>{protocolKindLabels[kind]}</span></div> },
  { id: 'version', label: 'Version', align: 'end', value: ({ version }) => version },
  { id: 'status', label: 'Statut', value: ({ status }) => protocolStatusLabels[status], render: ({ status }) => <StatusBadge status={status} /> },
  { id: 'filieres', label: 'Filières', value: ({ filieres }) => filieres.join(', ') || '—' },
  {
    id: 'questions', label: 'Questions', align: 'end', value: ({ kind, questions }) => (kind === 'arbre' ? questions.longest : null),
    render: (line) => (line.kind === 'arbre' ? <QuestionCount line={line} warnAbove={warnAbove} /> : `${line.questions.total} situations`),
  },
  { id: 'approvals', label: 'Validations', value: ({ missing }) => missing.length, render: (line) => <ApprovalMarks version={line} /> },
  { id: 'since', label: 'Depuis', value: (line) => line.inForceAt ?? line.updatedAt, render: (line) => <Moment at={line.endedAt ?? line.inForceAt ?? line.submittedAt ?? line.updatedAt} day /> },
];

function QuestionCount({ line: { questions: { longest, total } }, warnAbove }: { line: VersionLine; warnAbove: number }) {
  const long = longest > warnAbove;
  return <span className={css.count} title={`${longest} questions au plus sur un chemin, ${total} en tout`}>{long ? <Badge tone="warn">{longest} au plus</Badge> : `${longest} au plus`}</span>;
}

const ended = ({ status }: VersionLine) => status === 'remplacee' || status === 'retiree';

/** Every protocol of the territory: where each stands, who is still missing, what use is made of it. */
export default function ProtocolsScreen() {
  const account = useAccount();
  const navigate = useNavigate();
  const [shown, setShown] = useState<'now' | 'all'>('now');
  const [creating, setCreating] = useState(false);
  const { data, error, refetch } = useApi(routes.protocolVersions, { query: {} }, { topics: ['protocol'] });
  const open = ({ id, version }: { id: string; version: number }) => void navigate({ to: '/protocoles/$id' as string, params: { id } as never, search: { version } as never });
  if (error && !data) return <Page title="Protocoles"><ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /></Page>;
  const mine = data?.versions.filter((line) => line.status === 'a-valider' && mayApproveAs({ accountId: account.id, roles: account.roles }, line.approvals).length > 0) ?? [];
  const mayWrite = mayCall(account, routes.createProtocol);
  return (
    <Page
      title="Protocoles"
      intro="Les questions posées au premier décroché et ce qui en sort, décidés ensemble par les deux filières et la gouvernance."
      actions={mayWrite && <Button look="main" onPress={() => setCreating(true)}>Nouveau protocole</Button>}
    >
      {mine.map((line) => (
        <Note key={`${line.id} ${line.version}`} tone="warn" icon={<ClockIcon />} title="Votre validation est attendue" action={<Button small onPress={() => open(line)}>Lire et valider</Button>}>
          {line.title}, version {line.version}
        </Note>
      ))}
      <DataTable
        label="Protocoles"
        rows={data?.versions.filter((line) => shown === 'all' || !ended(line))}
        columns={columnsFor(data?.settings.warnAbove ?? 7)}
        rowKey={({ id, version }) => `${id} ${version}`}
        onOpen={open}
        filterLabel="Filtrer"
        exportName="protocoles"
        tools={<SegmentField label="Versions" value={shown} onChange={setShown} choices={[{ value: 'now', label: 'actuelles' }, { value: 'all', label: 'toutes' }]} />}
        empty={<EmptyState title="Aucun protocole"><p>{mayWrite ? 'Commencez-en un : il reste un brouillon tant que les deux filières et la gouvernance ne l’ont pas validé.' : 'Les médecins régulateurs et le responsable du SAS les écrivent.'}</p></EmptyState>}
      />
      {mayCall(account, routes.protocolUsage) && <Section title="Usage"><UsageSection onOpen={open} /></Section>}
      {creating && <CreateDialog onClose={() => setCreating(false)} onCreated={({ id }) => void navigate({ to: '/protocoles/$id/brouillon' as string, params: { id } as never })} />}
    </Page>
  );
}
