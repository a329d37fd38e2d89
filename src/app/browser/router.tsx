import { createRootRoute, createRoute, createRouter, Navigate, type AnyRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, type ComponentType, type ReactNode } from 'react';
import { roleLabels, type Role } from '../../identity/contract.ts';
import { Button } from '../../ui/button.tsx';
import type { Screen } from '../../ui/screen.ts';
import { mayOpen, useAccount } from '../../ui/session.ts';
import { EmptyState, Loading } from '../../ui/states.tsx';
import { parseSearch, stringifySearch } from '../../ui/url.ts';
import css from './app.module.css';

/** The router of the screens served. */
export function createAppRouter(screens: readonly Screen[]): AnyRouter {
  const root = createRootRoute({ notFoundComponent: NotFound });
  const routes = screens.map((screen) =>
    createRoute({ getParentRoute: () => root, path: screen.path, component: guarded(screen, lazy(screen.load)) }),
  );
  const home = createRoute({ getParentRoute: () => root, path: '/', component: () => <Home screens={screens} /> });
  return createRouter({
    routeTree: root.addChildren([home, ...routes]),
    parseSearch, stringifySearch,
    defaultPreload: 'intent',
    defaultPendingComponent: Opening,
    defaultErrorComponent: Broken,
  });
}

function guarded(screen: Screen, Content: ComponentType): () => ReactNode {
  return function Guarded() {
    const account = useAccount();
    useEffect(() => {
      document.title = `${screen.title} · SAS`;
    }, []);
    if (mayOpen(account, screen.roles)) return <Suspense fallback={<Opening />}><Content /></Suspense>;
    return (
      <EmptyState title="Cette page ne vous est pas ouverte" tone="bad" page>
        <p>Elle est réservée aux rôles : {(screen.roles as readonly Role[]).map((role) => roleLabels[role]).join(', ')}.</p>
        <p>L’administrateur de votre territoire peut vous l’ouvrir. Vous êtes connecté comme {account.displayName}.</p>
      </EmptyState>
    );
  };
}

function Home({ screens }: { screens: readonly Screen[] }) {
  const account = useAccount();
  const first = screens.find((screen) => screen.menu && (screen.home || screen.menu.group !== 'account') && mayOpen(account, screen.roles));
  if (first) return <Navigate to={first.path as string} replace />;
  return (
    <EmptyState title={`Bonjour ${account.displayName}`} page>
      <p>Aucun écran n’est encore ouvert à votre rôle. L’administrateur de votre territoire peut vous en ouvrir.</p>
    </EmptyState>
  );
}

const Opening = () => <div className={css.opening}><Loading lines={8} label="Ouverture de l’écran" /></div>;

function NotFound() {
  return (
    <EmptyState title="Cette page n’existe pas" page>
      <p>Vérifiez l’adresse, ou ouvrez la palette avec <kbd>Ctrl</kbd> <kbd>K</kbd> pour aller où vous voulez.</p>
    </EmptyState>
  );
}

function Broken({ error }: ErrorComponentProps) {
  return (
    <EmptyState title="Cet écran s’est arrêté" tone="bad" page action={<Button onPress={() => window.location.reload()}>Recharger la page</Button>}>
      <p>Rien de ce qui a été enregistré n’est perdu. Si cela se reproduit, transmettez ceci : {String(error)}</p>
    </EmptyState>
  );
}
