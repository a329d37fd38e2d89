import { useNavigate, useParams } from '@tanstack/react-router';
import { roleLabels } from '../../../../identity/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { useApi } from '../../../../ui/query.ts';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { routes } from '../../contract.ts';
import { Editor } from './editor.tsx';

/** The draft of a protocol, opened to be written. */
export default function EditorScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const known = useApi(routes.protocol, { params: { id }, query: {} }, { topics: ['protocol'] });
  const version = known.data?.versions.find(({ status }) => status === 'brouillon')?.version;
  const draft = useApi(routes.protocol, { params: { id }, query: { version: version ?? 0 } }, { topics: ['protocol'], enabled: version !== undefined });
  const close = () => void navigate({ to: '/protocoles/$id' as string, params: { id } as never, search: (version === undefined ? {} : { version }) as never });
  const problem = (!known.data && known.error) || (!draft.data && draft.error);
  if (problem) return <Page title="Protocole"><ProblemState problem={problem} roleNames={roleLabels} onRetry={() => void known.refetch()} /></Page>;
  if (!known.data || (version !== undefined && !draft.data)) return <Page title="Protocole"><Loading lines={8} /></Page>;
  if (!draft.data || version === undefined) {
    return <Page title={known.data.protocol.title}><EmptyState title="Pas de brouillon" action={<Button look="main" onPress={close}>Voir le protocole</Button>}><p>La version préparée est soumise ou abandonnée. Une nouvelle version se prépare depuis la page du protocole.</p></EmptyState></Page>;
  }
  return <Editor key={version} saved={draft.data.protocol} warnAbove={draft.data.settings.warnAbove} onClose={close} />;
}
