import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { administratorRoles, roleLabels } from '../../../../identity/contract.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { Page, Section } from '../../../../ui/frame.tsx';
import { Age } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { mayCall, mayOpen, useAccount } from '../../../../ui/session.ts';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import { formatLatency, now } from '../../../../ui/time.ts';
import { routes, type EditorHealth } from '../../contract.ts';
import { interfacingRoutes } from '../../contract-interfacing.ts';
import { EditorForm } from './editor-form.tsx';
import { CallShares } from './call-shares.tsx';
import { LocalTools } from './local-tools.tsx';
import { SlotsFigure } from './slots-figure.tsx';
import { CertificateBadge, StateBadge } from './state-badge.tsx';
import { share, stageLabels, stateOf } from './words.ts';
import css from './editors.module.css';

const EVERY_MS = 15_000;
const count = (value: number) => value.toLocaleString('fr-FR');
const latency = (value: number | null) => (value === null ? '—' : formatLatency(value));

const columns: readonly Column<EditorHealth>[] = [
  { id: 'name', label: 'Éditeur', value: ({ name }) => name, render: ({ name, stage }) => <div className={css.two}><strong>{name}</strong><span>{stageLabels[stage]}</span></div> },
  { id: 'state', label: 'État', value: (editor) => stateOf(editor, now()).order, render: (editor) => <StateBadge editor={editor} /> },
  { id: 'calls', label: 'Appels, 24 h', value: ({ calls24h }) => calls24h, render: (editor) => <CallShares editor={editor} /> },
  {
    id: 'p50', label: 'Latence', align: 'end', value: ({ latencyMs }) => latencyMs.p50,
    render: ({ latencyMs: { p50, p90, p99 } }) => <div className={css.two}><strong>{latency(p50)}</strong>{p90 !== null && <span title="90 % et 99 % des réponses arrivent plus tôt">p90 {latency(p90)} · p99 {latency(p99)}</span>}</div>,
  },
  {
    id: 'slots', label: 'Créneaux, 24 h', align: 'end', value: ({ slots24h }) => slots24h,
    render: ({ slots24h, knownProfessionals }) => <div className={css.two}><strong>{count(slots24h)}</strong><span title="Professionnels dont il tient l’agenda">{count(knownProfessionals)} connus</span></div>,
  },
  { id: 'last', label: 'Fraîcheur', value: ({ lastAnswerAt }) => lastAnswerAt, render: ({ lastAnswerAt }) => (lastAnswerAt ? <Age since={lastAnswerAt} /> : 'jamais') },
  { id: 'problems', label: 'Écarts', align: 'end', value: ({ problemCount }) => problemCount, render: ({ problemCount }) => (problemCount > 0 ? <Badge tone="warn">{count(problemCount)}</Badge> : '0') },
  { id: 'certificate', label: 'Certificat', value: ({ certificateExpiresAt }) => certificateExpiresAt, render: (editor) => <CertificateBadge editor={editor} /> },
];

/** The vendors asked for slots, and how they did over the last 24 hours. */
export default function EditorsScreen() {
  const account = useAccount();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useApi(routes.editors, {}, { topics: ['editor'], everyMs: EVERY_MS });
  const open = (name: string) => void navigate({ to: '/editeurs/$name' as string, params: { name } as never });
  if (error && !data) return <Page title="Éditeurs"><ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /></Page>;
  return (
    <Page
      title="Éditeurs"
      intro="Les logiciels d’agenda interrogés à chaque recherche, et ce qu’ils ont répondu ces dernières 24 heures."
      actions={mayOpen(account, administratorRoles) && <Button look="main" onPress={() => setAdding(true)}>Ajouter un éditeur</Button>}
    >
      {data && <Figures editors={data.editors} interfaced={data.interfaced} />}
      <DataTable
        label="Éditeurs"
        rows={data?.editors}
        columns={columns}
        rowKey={({ name }) => name}
        onOpen={({ name }) => open(name)}
        initialSort={{ column: 'state', descending: false }}
        exportName="editeurs"
        empty={<EmptyState title="Aucun éditeur n’est déclaré"><p>Les recherches ne montrent que l’agenda du SAS. Un administrateur peut ajouter un éditeur ici.</p></EmptyState>}
      />
      {data && <Section title="Créneaux par jour et par source"><SlotsFigure counts={data.slotsPerDay} /></Section>}
      {mayCall(account, interfacingRoutes.localTools) && <LocalTools />}
      {adding && <EditorForm editor={null} taken={data?.editors.map(({ name }) => name) ?? []} onClose={() => setAdding(false)} onSaved={open} />}
    </Page>
  );
}

function Figures({ editors, interfaced: { participants, interfaced } }: { editors: readonly EditorHealth[]; interfaced: { participants: number; interfaced: number } }) {
  const active = editors.filter((editor) => editor.active);
  const suspended = active.filter(({ circuit }) => circuit === 'open').length;
  const [calls, ok] = [active.reduce((sum, { calls24h }) => sum + calls24h, 0), active.reduce((sum, { ok24h }) => sum + ok24h, 0)];
  return (
    <dl className={css.figures}>
      <div><dt>Participants dont l’agenda est interfacé</dt><dd>{share(interfaced, participants)}<span>{count(interfaced)} sur {count(participants)}</span></dd></div>
      <div><dt>Éditeurs interrogés</dt><dd>{active.length - suspended}<span>{suspended > 0 ? `sur ${active.length}, ${suspended} suspendu${suspended > 1 ? 's' : ''}` : `sur ${active.length}`}</span></dd></div>
      <div><dt>Appels répondus à temps, 24 h</dt><dd>{share(ok, calls)}<span>{count(calls)} appels</span></dd></div>
    </dl>
  );
}
