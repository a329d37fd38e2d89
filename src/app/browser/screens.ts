import { searchRoles } from '../../identity/contract.ts';
import { defineScreen, type Screen } from '../../ui/screen.ts';

/**
 * Every screen, in the order of the menu. To add one: a component as the default export of a module in its context's
 * `screens/`, and an entry here. The first that a person may open is where `/` leads.
 */
export const screens: readonly Screen[] = [
  defineScreen({
    path: '/recherche', title: 'Recherche', roles: searchRoles, menu: { label: 'Recherche', group: 'main' },
    load: () => import('../../platform/orientation/screens/search/search-screen.tsx'),
  }),
  defineScreen({
    path: '/sas/recherche', title: 'Recherche', roles: searchRoles,
    load: () => import('../../platform/orientation/screens/search/lrm-entry-screen.tsx'),
  }),
  defineScreen({ path: '/composants', title: 'Composants', roles: 'any', load: () => import('./catalogue.tsx') }),
];
