import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, ButtonLink } from '../../../../ui/button.tsx';
import { useAction } from '../../../../ui/query.ts';
import { mayOpen, useAccount } from '../../../../ui/session.ts';
import { Loading, ProblemState } from '../../../../ui/states.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { type Dossier, routes } from '../../contract.ts';
import { DossierFile } from '../file/dossier-file.tsx';
import { History } from '../file/history.tsx';
import { isWritable } from '../file/patient-rules.ts';
import { useDossier } from '../file/use-dossier.ts';
import { shortNumber } from '../file/words.ts';
import { PhoneBar } from '../phone/phone-bar.tsx';
import { usePost } from '../phone/use-post.ts';
import { BreakGlass } from './break-glass.tsx';
import css from './dossier-screen.module.css';

/** One dossier, read whole; completed by those who may. */
export default function DossierScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { query } = useDossier(id);
  return (
    <div className={css.screen}>
      <PhoneBar />
      <h1 className={css.title}>Dossier {query.data ? shortNumber(query.data.number) : ''}</h1>
      {query.data && <Opened dossier={query.data} />}
      {query.isPending && <Loading lines={8} />}
      {!query.data && query.error && (query.error.code === 'dossier-out-of-scope'
        ? <BreakGlass id={id} onOpened={() => void query.refetch()} />
        : <ProblemState problem={query.error} onRetry={() => void query.refetch()} />)}
    </div>
  );
}

const deskRoles = ['arm', 'arm-coordonnateur'] as const;

function Opened({ dossier }: { dossier: Dossier }) {
  const navigate = useNavigate();
  const account = useAccount();
  const post = usePost();
  const go = (id: string) => void navigate({ to: '/dossiers/$id', params: { id } as never });
  const follow = useAction(routes.openDossier, { onSuccess: ({ id }) => go(id), onError: ({ message }) => toast({ tone: 'bad', words: message }) });
  const suite = (suiteOf: string) => follow.mutate({ body: { suiteOf } });
  const hasDesk = mayOpen(account, deskRoles);
  return (
    <div className={css.two}>
      <div className={css.file}><DossierFile key={dossier.id} dossier={dossier} /></div>
      <div className={css.side}>
        {hasDesk && <ButtonLink look="main" href={`/poste/arm?dossier=${dossier.id}`}>Ouvrir sur mon poste</ButtonLink>}
        {hasDesk && !isWritable(dossier) && <Button isPending={follow.isPending} onPress={() => suite(dossier.id)}>Ouvrir une suite</Button>}
        <History key={dossier.id} dossier={dossier} callId={post.call?.id ?? null} onOpen={go} {...(hasDesk ? { onFollow: suite } : {})} />
      </div>
    </div>
  );
}
