import type { AnyRouter } from '@tanstack/react-router';
import { RouterContextProvider, useRouterState } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { RouterProvider as AriaRouter } from 'react-aria-components';
import { roleLabels, type Role } from '../../identity/contract.ts';
import { routes as territory } from '../../territory/contract.ts';
import { Note } from '../../ui/badge.tsx';
import { Frame, type HelpTarget, type MenuEntry } from '../../ui/frame.tsx';
import { rememberScreen } from '../../ui/last-screen.ts';
import { ZoneProvider } from '../../ui/moments.tsx';
import { useApi } from '../../ui/query.ts';
import type { Screen } from '../../ui/screen.ts';
import { mayOpen, useAccount } from '../../ui/session.ts';
import { DemonstrationBand } from '../../ui/status-band.tsx';
import { Toasts } from '../../ui/toast.tsx';
import { helpAddress } from './help.ts';
import css from './app.module.css';

interface ShellProps {
  readonly screens: readonly Screen[];
  readonly router: AnyRouter;
  readonly demonstration: boolean;
  /** Opened while the identity provider was away. */
  readonly readOnly: boolean;
  readonly onSignOut: () => void;
  readonly onLock: () => void;
  readonly children: ReactNode;
}

/** The frame around the screens, with the menu of the person's roles and the time zone of the SAS. */
export function Shell({ screens, router, demonstration, readOnly, onSignOut, onLock, children }: ShellProps) {
  const account = useAccount();
  const { data } = useApi(territory.listTerritories, {}, { topics: ['territory'], staleMs: 300_000 });
  const own = data?.territories.find(({ code }) => account.territories.includes(code));
  const entries = screens.flatMap((screen): MenuEntry[] => (screen.menu && mayOpen(account, screen.roles) ? [{ path: screen.path, ...screen.menu }] : []));
  const bare = useRouterState({ router, select: ({ location }) => screens.some((screen) => screen.bare && screen.path === location.pathname) });
  const help = useHelp(screens, router);
  useEffect(() => {
    for (const screen of screens) if (screen.offline && mayOpen(account, screen.roles)) void screen.load().catch(() => undefined);
  }, [account, screens]);
  const go = (path: string) => void router.navigate({ to: path });
  return (
    <RouterContextProvider router={router}>
      <AriaRouter navigate={go}>
        <ZoneProvider value={own?.timeZone ?? 'Europe/Paris'}>
          {bare ? <div className={css.bare}>{demonstration && <header><DemonstrationBand /></header>}{children}<Toasts /></div> : (
            <Frame
              place={own ? `${own.name} (${own.code})` : account.territories.includes('*') ? 'National' : account.territories.join(', ')}
              entries={entries}
              person={{ name: account.displayName, roles: account.roles.map((role) => roleLabels[role as Role]).join(', ') }}
              demonstration={demonstration}
              refuge={entries.find(({ path }) => screens.some((screen) => screen.offline && screen.path === path))}
              help={help}
              onGo={go}
              onSignOut={onSignOut}
              onLock={onLock}
            >
              {readOnly && <EmergencyBand />}
              {children}
            </Frame>
          )}
        </ZoneProvider>
      </AriaRouter>
    </RouterContextProvider>
  );
}

/** What explains the present screen: its own help, or all the guides. A screen of help needs none. */
function useHelp(screens: readonly Screen[], router: AnyRouter): HelpTarget | undefined {
  const pattern = useRouterState({ router, select: ({ matches }) => String(matches.at(-1)?.fullPath ?? '') });
  const screen = screens.find(({ path }) => path === pattern);
  const isHelp = pattern === '/contact' || pattern === '/aide' || pattern.startsWith('/aide/');
  useEffect(() => {
    if (screen && !isHelp) rememberScreen(screen.path);
  }, [screen, isHelp]);
  if (isHelp) return undefined;
  const help = screen?.help;
  return help ? helpAddress(help) : { path: '/aide' };
}

const EmergencyBand = () => (
  <Note tone="warn" title="Lecture d’urgence">
    Pro Santé Connect ne répondait pas à votre connexion : vous pouvez lire pendant une heure, sans rien modifier. Chaque lecture est journalisée.
  </Note>
);
