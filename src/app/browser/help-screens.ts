import { administratorRoles } from '../../identity/contract.ts';
import { supportRoles } from '../../help/contract.ts';
import { retentionReaders } from '../../privacy/contract.ts';
import { defineScreen, type Screen } from '../../ui/screen.ts';

/** Help, and what people may know and ask about their data: for everybody, whatever half is served. */
export const helpScreens: readonly Screen[] = [
  defineScreen({
    path: '/aide', title: 'Aide et espace de formation', roles: 'any', menu: { label: 'Aide et formation', group: 'account' }, offline: true,
    load: () => import('../../help/screens/guides/help-screen.tsx'),
  }),
  defineScreen({ path: '/aide/$guide', title: 'Guide', roles: 'any', offline: true, load: () => import('../../help/screens/guides/guide-screen.tsx') }),
  defineScreen({
    path: '/contact', title: 'Demander de l’aide', roles: 'any', menu: { label: 'Demander de l’aide', group: 'account' },
    load: () => import('../../help/screens/contact/contact-screen.tsx'),
  }),
  defineScreen({
    path: '/mes-donnees', title: 'Mes données', help: 'faq#patients-et-donnees', roles: 'any', menu: { label: 'Mes données', group: 'account' },
    load: () => import('../../privacy/screens/my-data/my-data-screen.tsx'),
  }),
  defineScreen({
    path: '/administration/contacts', title: 'Assistance', help: 'gestionnaire-de-comptes#repondre-aux-demandes-d-aide', roles: supportRoles, menu: { label: 'Assistance', group: 'administration' },
    load: () => import('../../help/screens/contact/inbox-screen.tsx'),
  }),
  defineScreen({
    path: '/administration/droits', title: 'Droits des personnes', roles: administratorRoles, menu: { label: 'Droits des personnes', group: 'administration' },
    load: () => import('../../privacy/screens/requests/requests-screen.tsx'),
  }),
  defineScreen({
    path: '/administration/conservation', title: 'Conservation des données', roles: retentionReaders, menu: { label: 'Conservation', group: 'administration' },
    load: () => import('../../privacy/screens/retention/retention-screen.tsx'),
  }),
  defineScreen({
    path: '/administration/registre', title: 'Registre des traitements', roles: retentionReaders, menu: { label: 'Registre des traitements', group: 'administration' },
    load: () => import('../../privacy/screens/register/register-screen.tsx'),
  }),
];
