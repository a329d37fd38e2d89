import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import { roleLabels } from '../../../../identity/contract.ts';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Page, Section } from '../../../../ui/frame.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { useAction, useApi } from '../../../../ui/query.ts';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { Loading, ProblemState } from '../../../../ui/states.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { type ProtocolVersion, routes, type VersionLine } from '../../contract.ts';
import { StatusBadge } from '../parts.tsx';
import { Approvals } from './approvals.tsx';
import { P0Reading } from './p0-reading.tsx';
import { Sheet } from './sheet.tsx';
import { TreeReading } from './tree-reading.tsx';
import { TrialRun } from './trial-run.tsx';
import { Versions } from './versions.tsx';
import css from './protocol.module.css';

const viewSchema = z.object({ version: z.coerce.number().int().optional().catch(undefined) });

/** A version read and tried, its approvals, and the versions before and after it. */
export default function ProtocolScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [{ version }, write] = useUrlState(viewSchema);
  const { data, error, refetch } = useApi(routes.protocol, { params: { id }, query: version === undefined ? {} : { version } }, { topics: ['protocol'], keepPrevious: true });
  if (error && !data) return <Page title="Protocole"><ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /></Page>;
  if (!data) return <Page title="Protocole"><Loading lines={8} /></Page>;
  return <ProtocolPage protocol={data.protocol} versions={data.versions} warnAbove={data.settings.warnAbove} onVersion={(next) => write({ version: next })} />;
}

function ProtocolPage({ protocol, versions, warnAbove, onVersion }: { protocol: ProtocolVersion; versions: readonly VersionLine[]; warnAbove: number; onVersion: (version: number) => void }) {
  const [tab, setTab] = useState('trial');
  const { content, questions } = protocol;
  const sheet = { id: 'sheet', label: 'Fiche et validation', content: <Sheet version={protocol} /> };
  const items = content.kind === 'arbre'
    ? [{ id: 'trial', label: 'Essayer', content: <TrialRun key={protocol.version} tree={content.tree} /> }, { id: 'tree', label: 'Lire l’arbre', content: <TreeReading tree={content.tree} /> }, sheet]
    : [{ id: 'trial', label: 'Situations', count: content.entries.length, content: <P0Reading entries={content.entries} /> }, sheet];
  return (
    <Page
      title={protocol.title}
      intro={<span className={css.intro}>Version {protocol.version} <StatusBadge status={protocol.status} /> {protocol.filieres.join(', ')}{content.kind === 'arbre' && ` · ${questions.longest} questions au plus sur un chemin, ${questions.total} en tout`}</span>}
      actions={<Actions protocol={protocol} versions={versions} />}
    >
      {content.kind === 'arbre' && questions.longest > warnAbove && (
        <Note tone="warn" icon={<WarnIcon />}>{questions.longest} questions sur le chemin le plus long : le SAS en souhaite {warnAbove} au plus.</Note>
      )}
      {protocol.reason && <Note tone="warn" title={protocol.status === 'brouillon' ? 'Renvoyé aux rédacteurs' : 'Retiré'}>{protocol.reason}</Note>}
      <div className={css.columns}>
        <Tabs label="Protocole" items={items} value={tab} onChange={setTab} />
        <div className={css.side}>
          <Section title="Validations"><Approvals version={protocol} /></Section>
          <Section title="Versions"><Versions versions={versions} shown={protocol.version} onVersion={onVersion} /></Section>
        </div>
      </div>
    </Page>
  );
}

/** What can be done next with this protocol: go on with its draft, or prepare a new version. */
function Actions({ protocol: { id, version, status }, versions }: { protocol: ProtocolVersion; versions: readonly VersionLine[] }) {
  const account = useAccount();
  const navigate = useNavigate();
  const toDraft = () => void navigate({ to: '/protocoles/$id/brouillon' as string, params: { id } as never });
  const draft = useAction(routes.draftProtocol, { onSuccess: toDraft });
  if (!mayCall(account, routes.draftProtocol)) return null;
  const prepared = versions.find((one) => one.status === 'brouillon' || one.status === 'a-valider');
  if (prepared?.status === 'brouillon') return <Button look={status === 'brouillon' ? 'main' : 'plain'} onPress={toDraft}>Modifier le brouillon{prepared.version === version ? '' : ` de la version ${prepared.version}`}</Button>;
  if (prepared) return null;
  return (
    <>
      <Button look="main" isPending={draft.isPending} onPress={() => draft.mutate({ params: { id } })}>Préparer une nouvelle version</Button>
      {draft.error && <Note tone="bad" live icon={<WarnIcon />}>{draft.error.message}</Note>}
    </>
  );
}
