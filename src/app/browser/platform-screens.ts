import { administratorRoles, searchRoles } from '../../identity/contract.ts';
import { vendorAccountRoles } from '../../platform/availability/contract.ts';
import { careMapReaders, inventoryReaders } from '../../platform/directory/contract.ts';
import { leaderRoles } from '../../platform/participation/contract.ts';
import { defineScreen, type Screen } from '../../ui/screen.ts';

/** Those who read orientations: the regulation, its managers, those who receive. */
const orientationReaders = [...searchRoles, 'superviseur', 'responsable-sas', ...administratorRoles, 'effecteur', 'gestionnaire-structure', 'delegataire'] as const;
const proofReaders = [...searchRoles, 'superviseur', 'responsable-sas', 'ars', ...administratorRoles] as const;
const agendaKeepers = ['effecteur', 'gestionnaire-structure', 'delegataire'] as const;

/** Screens of the digital platform, in the order of the menu. */
export const platformScreens: readonly Screen[] = [
  defineScreen({
    path: '/mon-espace', title: 'Mon espace personnel', help: 'effecteur#mon-espace-personnel', roles: agendaKeepers, home: true, menu: { label: 'Mon espace personnel', group: 'account' },
    load: () => import('./space/space-screen.tsx'),
  }),
  defineScreen({
    path: '/recherche', title: 'Recherche', help: 'osnp#chercher', roles: searchRoles, menu: { label: 'Recherche', group: 'main' },
    load: () => import('../../platform/orientation/screens/search/search-screen.tsx'),
  }),
  defineScreen({
    path: '/sas/recherche', title: 'Recherche', help: 'osnp#chercher', roles: searchRoles,
    load: () => import('../../platform/orientation/screens/search/lrm-entry-screen.tsx'),
  }),
  defineScreen({
    path: '/orientations', title: 'Orientations', help: 'osnp#suivre', roles: orientationReaders, menu: { label: 'Orientations', group: 'main' },
    load: () => import('../../platform/orientation/screens/orientations/orientations-screen.tsx'),
  }),
  defineScreen({
    path: '/mes-patients', title: 'Mes patients', help: 'effecteur#dire-ce-qu-est-devenu-chaque-patient', roles: agendaKeepers, menu: { label: 'Mes patients', group: 'main' },
    load: () => import('../../platform/orientation/screens/outcomes/patients-screen.tsx'),
  }),
  defineScreen({
    path: '/suivi-orientations', title: 'Suivi des orientations', roles: ['superviseur', 'responsable-sas', 'ars', ...administratorRoles], menu: { label: 'Suivi', group: 'main' },
    load: () => import('../../platform/orientation/screens/supervision/follow-up-screen.tsx'),
  }),
  defineScreen({
    path: '/demandes', title: 'Demandes du SAS', help: 'effecteur#repondre-a-une-demande-en-sus', roles: agendaKeepers, menu: { label: 'Demandes', group: 'main' },
    load: () => import('../../platform/orientation/screens/requests/requests-screen.tsx'),
  }),
  defineScreen({
    path: '/equite', title: 'Équité des demandes en sus', roles: ['superviseur', 'responsable-sas', ...administratorRoles], menu: { label: 'Équité', group: 'administration' },
    load: () => import('../../platform/orientation/screens/requests/fairness-screen.tsx'),
  }),
  defineScreen({
    path: '/recherches/$id/preuve', title: 'Preuve de neutralité', roles: proofReaders,
    load: () => import('../../platform/orientation/screens/proof/proof-screen.tsx'),
  }),
  defineScreen({
    path: '/disponibilites', title: 'Disponibilités', help: 'effecteur#tenir-ses-disponibilites', roles: agendaKeepers, menu: { label: 'Mes disponibilités', group: 'main' },
    load: () => import('../../platform/availability/screens/openings/openings-screen.tsx'),
  }),
  defineScreen({
    path: '/eligibilite', title: 'Éligibilité', roles: leaderRoles, menu: { label: 'Éligibilité', group: 'administration' },
    load: () => import('../../platform/participation/screens/eligibility/eligibility-screen.tsx'),
  }),
  defineScreen({
    path: '/conventions', title: 'Conventions', roles: ['gestionnaire-structure', ...leaderRoles], menu: { label: 'Conventions', group: 'administration' },
    load: () => import('../../platform/participation/screens/conventions/conventions-screen.tsx'),
  }),
  defineScreen({
    path: '/editeurs', title: 'Éditeurs', roles: 'any', menu: { label: 'Éditeurs', group: 'main' },
    load: () => import('../../platform/availability/screens/editors/editors-screen.tsx'),
  }),
  defineScreen({
    path: '/editeurs/$name', title: 'Éditeur', roles: 'any',
    load: () => import('../../platform/availability/screens/editors/editor-screen.tsx'),
  }),
  defineScreen({
    path: '/comptes-editeurs', title: 'Comptes chez les éditeurs', help: 'gestionnaire-de-comptes#les-comptes-chez-les-editeurs', roles: vendorAccountRoles, menu: { label: 'Comptes éditeurs', group: 'administration' },
    load: () => import('../../platform/availability/screens/vendor-accounts/vendor-accounts-screen.tsx'),
  }),
  defineScreen({
    path: '/mes-comptes-editeurs', title: 'Mon compte chez les éditeurs', roles: searchRoles, menu: { label: 'Mon compte chez les éditeurs', group: 'account' },
    load: () => import('../../platform/availability/screens/vendor-accounts/own-vendor-accounts.tsx'),
  }),
  defineScreen({
    path: '/organisation', title: 'Organisation des soins non programmés', roles: careMapReaders, menu: { label: 'Organisation', group: 'administration' },
    load: () => import('../../platform/directory/screens/care-map/care-map-screen.tsx'),
  }),
  defineScreen({
    path: '/inventaire', title: 'Inventaire des effecteurs', roles: inventoryReaders, menu: { label: 'Inventaire', group: 'administration' },
    load: () => import('../../platform/directory/screens/inventory/inventory-screen.tsx'),
  }),
  defineScreen({
    path: '/administration/charte', title: 'Charte d’adressage', roles: ['responsable-sas', ...administratorRoles], menu: { label: 'Charte', group: 'administration' },
    load: () => import('../../platform/orientation/screens/charter/charter-screen.tsx'),
  }),
  defineScreen({
    path: '/administration/structures', title: 'Structures', roles: administratorRoles, menu: { label: 'Structures', group: 'administration' },
    load: () => import('../../platform/directory/screens/structures/structures-screen.tsx'),
  }),
  defineScreen({
    path: '/administration/imports', title: 'Imports de l’annuaire', roles: administratorRoles, menu: { label: 'Imports', group: 'administration' },
    load: () => import('../../platform/directory/screens/imports/imports-screen.tsx'),
  }),
];
