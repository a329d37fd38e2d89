import { QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { routes as identity } from '../../identity/contract.ts';
import { call, sessionLost } from '../../ui/api.ts';
import { LiveProvider } from '../../ui/live.tsx';
import { createQueryClient, useApi } from '../../ui/query.ts';
import { AccountProvider } from '../../ui/session.ts';
import { Loading, ProblemState } from '../../ui/states.tsx';
import { routes as operations } from '../operations-contract.ts';
import { createAppRouter } from './router.tsx';
import { screensOf } from './screens.ts';
import { Shell } from './shell.tsx';
import { Locked, SignIn, type SignedOutReason } from './sign-in.tsx';
import { publicPage } from './sign-in-pages.tsx';
import { useIdle } from './use-idle.ts';
import css from './app.module.css';

const client = createQueryClient();

/** The application: who is signed in decides what is drawn. */
export function App() {
  return (
    <I18nProvider locale="fr-FR">
      <QueryClientProvider client={client}>
        <Gate />
      </QueryClientProvider>
    </I18nProvider>
  );
}

function Gate() {
  const session = useApi(identity.session, {}, { topics: ['account'], staleMs: 60_000 });
  const queries = useQueryClient();
  const settings = useApi(operations.settings, {}, { staleMs: Number.POSITIVE_INFINITY });
  const halves = settings.data?.halves.join();
  const screens = useMemo(() => screensOf(halves?.split(',') ?? []), [halves]);
  const router = useMemo(() => createAppRouter(screens), [screens]);
  const [left, setLeft] = useState<SignedOutReason | null>(null);

  useEffect(() => {
    const onLost = () => {
      setLeft((reason) => reason ?? 'expired');
      void queries.invalidateQueries({ queryKey: [identity.session.method, identity.session.path] });
    };
    sessionLost.addEventListener('lost', onLost);
    return () => sessionLost.removeEventListener('lost', onLost);
  }, [queries]);

  async function signOut() {
    const { providerUrl } = await call(identity.signOut, { body: undefined });
    setLeft('signed-out');
    queries.clear();
    if (providerUrl) window.location.assign(providerUrl);
    else await session.refetch();
  }

  async function lock() {
    await call(identity.lock, { body: undefined });
    queries.clear();
    await session.refetch();
  }
  useIdle(() => void lock(), Boolean(session.data?.account) && !session.data?.demonstration);

  if (session.isPending || settings.isPending) return <div className={css.alone}><Loading lines={3} label="Ouverture du SAS" /></div>;
  if (!session.data || !settings.data) {
    const again = () => void Promise.all([session.refetch(), settings.refetch()]);
    return <div className={css.alone}><ProblemState problem={(session.error ?? settings.error)!} page onRetry={again} /></div>;
  }
  const { account, locked, readOnly, signInUrl, demonstration } = session.data;
  const PublicPage = publicPage(window.location.pathname);
  if (PublicPage) return <PublicPage demonstration={demonstration} signInUrl={signInUrl} />;
  if (locked) return <Locked name={locked.displayName} signInUrl={signInUrl} demonstration={demonstration} />;
  if (!account) return <SignIn signInUrl={signInUrl} demonstration={demonstration} reason={left ?? reasonInAddress()} />;
  return (
    <AccountProvider value={account}>
      <LiveProvider url="/api/v1/events">
        <Shell screens={screens} router={router} demonstration={demonstration} readOnly={readOnly} onSignOut={() => void signOut()} onLock={() => void lock()}>
          <RouterProvider router={router} />
        </Shell>
      </LiveProvider>
    </AccountProvider>
  );
}

/** Why the server sent the person back to this page (`?connexion=…`). */
function reasonInAddress(): SignedOutReason | null {
  const reason = new URLSearchParams(window.location.search).get('connexion');
  return reason as SignedOutReason | null;
}
