import type { AnyRouter } from '@tanstack/react-router';
import { RouterContextProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { RouterProvider as AriaRouter } from 'react-aria-components';
import { roleLabels, type Role } from '../../identity/contract.ts';
import { routes as territory } from '../../territory/contract.ts';
import { Frame, type MenuEntry } from '../../ui/frame.tsx';
import { ZoneProvider } from '../../ui/moments.tsx';
import { useApi } from '../../ui/query.ts';
import { mayOpen, useAccount } from '../../ui/session.ts';
import { screens } from './screens.ts';

/** The frame around the screens, with the menu of the person's roles and the time zone of the SAS. */
export function Shell({ router, demonstration, onSignOut, children }: { router: AnyRouter; demonstration: boolean; onSignOut: () => void; children: ReactNode }) {
  const account = useAccount();
  const { data } = useApi(territory.listTerritories, {}, { topics: ['territory'], staleMs: 300_000 });
  const own = data?.territories.find(({ code }) => account.territories.includes(code));
  const entries = screens.flatMap((screen): MenuEntry[] => (screen.menu && mayOpen(account, screen.roles) ? [{ path: screen.path, ...screen.menu }] : []));
  const go = (path: string) => void router.navigate({ to: path });
  return (
    <RouterContextProvider router={router}>
      <AriaRouter navigate={go}>
        <ZoneProvider value={own?.timeZone ?? 'Europe/Paris'}>
          <Frame
            place={own ? `${own.name} (${own.code})` : account.territories.includes('*') ? 'National' : account.territories.join(', ')}
            entries={entries}
            person={{ name: account.displayName, roles: account.roles.map((role) => roleLabels[role as Role]).join(', ') }}
            demonstration={demonstration}
            onGo={go}
            onSignOut={onSignOut}
          >
            {children}
          </Frame>
        </ZoneProvider>
      </AriaRouter>
    </RouterContextProvider>
  );
}
