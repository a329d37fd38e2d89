import { accountRoutes, administratorRoles, personRoutes } from '../../identity/contract.ts';
import { defineScreen, type Screen } from '../../ui/screen.ts';
import { helpScreens } from './help-screens.ts';
import { platformScreens } from './platform-screens.ts';
import { roomScreens } from './room-screens.ts';

const accountScreens: readonly Screen[] = [
  defineScreen({
    path: '/comptes', title: 'Comptes', help: 'gestionnaire-de-comptes#ce-qui-vous-attend', roles: accountRoutes.accounts.access as readonly string[], menu: { label: 'Comptes', group: 'administration' },
    load: () => import('../../identity/screens/accounts/accounts-screen.tsx'),
  }),
];

const commonScreens: readonly Screen[] = [
  defineScreen({
    path: '/administration/territoires', title: 'Territoires', roles: administratorRoles, menu: { label: 'Territoires', group: 'administration' },
    load: () => import('../../territory/screens/territories/territories-screen.tsx'),
  }),
  defineScreen({
    path: '/administration/messages', title: 'Messages', roles: administratorRoles, menu: { label: 'Messages', group: 'administration' },
    load: () => import('./operations/messages-screen.tsx'),
  }),
  defineScreen({
    path: '/mon-compte', title: 'Mon compte', roles: 'any', menu: { label: 'Mon compte', group: 'account' },
    load: () => import('./space/account-screen.tsx'),
  }),
  defineScreen({
    path: '/delegations', title: 'Délégations', help: 'effecteur#deleguer', roles: 'any', menu: { label: 'Délégations', group: 'account' },
    load: () => import('../../identity/screens/delegations/delegations-screen.tsx'),
  }),
  defineScreen({
    path: '/acteurs', title: 'Acteurs du SAS', roles: personRoutes.actors.access as readonly string[], menu: { label: 'Acteurs du SAS', group: 'account' },
    load: () => import('../../identity/screens/actors/actors-screen.tsx'),
  }),
  defineScreen({ path: '/composants', title: 'Composants', roles: 'any', load: () => import('./catalogue.tsx') }),
];

/**
 * The screens of the halves that the server carries, in the order of the menu. To add one: a component as the default export of a module
 * in its context's `screens/`, and an entry in the list of its half. The first that a person may open is where `/` leads.
 */
export const screensOf = (halves: readonly string[]): readonly Screen[] => [
  ...(halves.includes('regulation') ? roomScreens : []), ...accountScreens, ...(halves.includes('platform') ? platformScreens : []), ...commonScreens, ...helpScreens,
];
