import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import { administratorRoles, roleLabels } from '../../../../identity/contract.ts';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { Age, Moment, useNow } from '../../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { mayCall, mayOpen, useAccount } from '../../../../ui/session.ts';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { formatLatency } from '../../../../ui/time.ts';
import { toast } from '../../../../ui/toast.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { routes, type EditorHealth } from '../../contract.ts';
import { VendorAccountsSummary } from '../vendor-accounts/vendor-summary.tsx';
import { CallShares } from './call-shares.tsx';
import { Calls } from './calls.tsx';
import { Checks } from './checks.tsx';
import { EditorForm } from './editor-form.tsx';
import { Kits } from './kits.tsx';
import { Problems } from './problems.tsx';
import { Project } from './project.tsx';
import { CertificateBadge, StateBadge } from './state-badge.tsx';
import { flowLabels, stageLabels, stateOf } from './words.ts';
import css from './editors.module.css';

const viewSchema = z.object({ view: z.enum(['problems', 'calls', 'checks', 'project', 'kits']).catch('problems') });
const EVERY_MS = 15_000;

/** One vendor, for its engineer: what was asked, what came back, what is wrong. */
export default function EditorScreen() {
  const { name } = useParams({ strict: false }) as { name: string };
  const { data, error, refetch } = useApi(routes.editors, {}, { topics: ['editor'], everyMs: EVERY_MS });
  const editor = data?.editors.find((one) => one.name === name);
  if (editor) return <EditorPage editor={editor} />;
  return (
    <Page title={name} intro={<Link to={'/editeurs' as string}>Tous les éditeurs</Link>}>
      {data ? <EmptyState title="Cet éditeur n’est pas déclaré"><p>Il a pu être retiré. Ses appels passés restent dans le journal.</p></EmptyState>
        : error ? <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /> : <Loading lines={10} />}
    </Page>
  );
}

function EditorPage({ editor }: { editor: EditorHealth }) {
  const { name } = editor;
  const account = useAccount();
  const [{ view }, write] = useUrlState(viewSchema);
  const [open, setOpen] = useState<'edit' | 'remove' | null>(null);
  const query = useApi(routes.editorProblems, { params: { name } }, { topics: ['editor'], everyMs: EVERY_MS });
  const administers = mayOpen(account, administratorRoles);
  return (
    <Page
      title={name}
      intro={<Link to={'/editeurs' as string}>Tous les éditeurs</Link>}
      actions={administers && (
        <>
          <Button onPress={() => setOpen('edit')}>Modifier</Button>
          <Button look="danger" onPress={() => setOpen('remove')}>Retirer</Button>
        </>
      )}
    >
      <Summary editor={editor} />
      <Tabs
        label="Vues de l’éditeur"
        value={view}
        onChange={(next) => write({ view: next }, { replace: true })}
        items={[
          { id: 'problems', label: 'Écarts de conformité', count: query.data?.problems.length ?? editor.problemCount, content: <Problems name={name} query={query} /> },
          { id: 'calls', label: 'Derniers appels', content: <Calls name={name} query={query} /> },
          { id: 'checks', label: 'Vérifications', content: <Checks name={name} allowed={administers} /> },
          { id: 'project', label: 'Projet d’interfaçage', content: <Project name={name} administers={administers} /> },
          { id: 'kits', label: 'Kit de communication', content: <Kits name={name} flows={editor.flows} administers={administers} /> },
        ]}
      />
      {open === 'edit' && <EditorForm editor={editor} taken={[]} onClose={() => setOpen(null)} onSaved={() => undefined} />}
      {open === 'remove' && <RemoveDialog editor={editor} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function Summary({ editor }: { editor: EditorHealth }) {
  const seesAccounts = mayCall(useAccount(), routes.vendorAccounts);
  const { latencyMs: { p50, p90, p99 }, circuit, suspendedSince } = editor;
  const state = stateOf(editor, useNow());
  const told = circuit !== 'closed' && editor.active;
  const expiring = editor.certificateAlert !== 'none';
  return (
    <>
      {told && (
        <Note tone={state.tone} icon={<WarnIcon />} title={state.label}>{state.meaning}{suspendedSince && <> Premier échec de la série : <Moment at={suspendedSince} day />.</>}</Note>
      )}
      {expiring && (
        <Note tone={editor.certificateAlert === 'soon' ? 'warn' : 'bad'} icon={<WarnIcon />} title="Certificat à renouveler">
          {editor.certificateExpiresAt && <>Il finit <Moment at={editor.certificateExpiresAt} day />. </>}Passé cette date, l’éditeur refusera nos appels et ses créneaux disparaîtront des recherches.
        </Note>
      )}
      <div className={css.summary}>
        <Facts
          items={[
            ['État', <span key="state" className={css.inline}><StateBadge editor={editor} />{!told && <span className={css.soft}>{state.meaning}</span>}</span>],
            ['Appels, 24 h', <CallShares key="calls" editor={editor} />],
            ['Latence', p50 === null ? '—' : `p50 ${formatLatency(p50)} · p90 ${formatLatency(p90!)} · p99 ${formatLatency(p99!)}`],
            ['Dernière réponse', editor.lastAnswerAt ? <span key="last">il y a <Age since={editor.lastAnswerAt} /></span> : 'jamais'],
          ]}
        />
        <Facts
          items={[
            ['Adresse', editor.baseUrl],
            ['Demandé', editor.flows.map((flow) => flowLabels[flow]).join(', ')],
            ['Professionnels connus', editor.knownProfessionals.toLocaleString('fr-FR')],
            ['Projet', `${stageLabels[editor.stage]}, depuis le ${Temporal.PlainDate.from(editor.stageSince).toLocaleString('fr-FR', { dateStyle: 'long' })}`],
            seesAccounts && ['Régulateurs', <VendorAccountsSummary key="accounts" editor={editor.name} />],
            ['Certificat', <CertificateBadge key="certificate" editor={editor} />],
          ]}
        />
      </div>
    </>
  );
}

function RemoveDialog({ editor: { name, knownProfessionals }, onClose }: { editor: EditorHealth; onClose: () => void }) {
  const navigate = useNavigate();
  const refresh = useRefresh();
  const remove = useAction(routes.removeEditor, {
    onSuccess: () => {
      toast({ tone: 'ok', words: `${name} n’est plus interrogé.` });
      void refresh(routes.editors);
      void navigate({ to: '/editeurs' as string });
    },
  });
  return (
    <ConfirmDialog title={`Retirer ${name} ?`} open onClose={onClose} action={`Retirer ${name}`} danger pending={remove.isPending} problem={remove.error} onConfirm={() => remove.mutate({ params: { name } })}>
      <p>Les recherches ne l’interrogent plus : ses créneaux disparaissent pour tous les opérateurs.</p>
      <p>Ses appels et ses écarts restent au journal. Les rendez-vous déjà pris chez lui ne changent pas{knownProfessionals > 0 && ` ; les ${knownProfessionals} professionnels qu’il connaît seraient à réapprendre s’il revenait`}.</p>
    </ConfirmDialog>
  );
}
