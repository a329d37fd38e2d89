import { administratorRoles, searchRoles } from '../../identity/contract.ts';
import { configurationRoles, doctorRoles, regulationRoles } from '../../regulation/dossier/contract.ts';
import { protocolReaders, protocolWriters } from '../../regulation/protocol/contract.ts';
import { staff } from '../../regulation/telephony/contract.ts';
import { defineScreen, type Screen } from '../../ui/screen.ts';

/** Those who read orientations: the regulation, its managers, those who receive. */
const orientationReaders = [...searchRoles, 'superviseur', 'responsable-sas', ...administratorRoles, 'effecteur', 'gestionnaire-structure', 'delegataire'] as const;
const proofReaders = [...searchRoles, 'superviseur', 'responsable-sas', 'ars', ...administratorRoles] as const;
const supervision = ['superviseur', 'arm-coordonnateur', ...administratorRoles] as const;
const agendaKeepers = ['effecteur', 'gestionnaire-structure', 'delegataire'] as const;

/**
 * Every screen, in the order of the menu. To add one: a component as the default export of a module in its context's
 * `screens/`, and an entry here. The first that a person may open is where `/` leads.
 */
export const screens: readonly Screen[] = [
  defineScreen({
    path: '/poste/arm', title: 'Poste ARM', roles: ['arm', 'arm-coordonnateur'], menu: { label: 'Mon poste', group: 'main' },
    load: () => import('../../regulation/dossier/screens/arm/arm-screen.tsx'),
  }),
  defineScreen({
    path: '/poste/medecin', title: 'Poste du médecin', roles: doctorRoles, menu: { label: 'Mon poste', group: 'main' },
    load: () => import('../../regulation/dossier/screens/doctor/doctor-screen.tsx'),
  }),
  defineScreen({
    path: '/poste/osnp', title: 'Poste de l’OSNP', roles: ['osnp'], menu: { label: 'Mon poste', group: 'main' },
    load: () => import('../../regulation/dossier/screens/osnp/osnp-screen.tsx'),
  }),
  defineScreen({
    path: '/salle', title: 'Salle', roles: supervision, menu: { label: 'Supervision', group: 'room' }, load: () => import('./room/room-screen.tsx'),
  }),
  defineScreen({
    path: '/dossiers', title: 'Dossiers', roles: regulationRoles, menu: { label: 'Dossiers', group: 'main' },
    load: () => import('../../regulation/dossier/screens/search/search-screen.tsx'),
  }),
  defineScreen({
    path: '/dossiers/$id', title: 'Dossier', roles: regulationRoles, load: () => import('../../regulation/dossier/screens/search/dossier-screen.tsx'),
  }),
  defineScreen({
    path: '/recherche', title: 'Recherche', roles: searchRoles, menu: { label: 'Recherche', group: 'main' },
    load: () => import('../../platform/orientation/screens/search/search-screen.tsx'),
  }),
  defineScreen({
    path: '/sas/recherche', title: 'Recherche', roles: searchRoles,
    load: () => import('../../platform/orientation/screens/search/lrm-entry-screen.tsx'),
  }),
  defineScreen({
    path: '/orientations', title: 'Orientations', roles: orientationReaders, menu: { label: 'Orientations', group: 'main' },
    load: () => import('../../platform/orientation/screens/orientations/orientations-screen.tsx'),
  }),
  defineScreen({
    path: '/recherches/$id/preuve', title: 'Preuve de neutralité', roles: proofReaders,
    load: () => import('../../platform/orientation/screens/proof/proof-screen.tsx'),
  }),
  defineScreen({
    path: '/disponibilites', title: 'Mes disponibilités', roles: agendaKeepers, menu: { label: 'Mes disponibilités', group: 'main' },
    load: () => import('../../platform/availability/screens/openings/openings-screen.tsx'),
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
    path: '/salle/mur', title: 'Mur d’écrans', roles: [...supervision, 'responsable-sas'], bare: true, menu: { label: 'Mur d’écrans', group: 'room' },
    load: () => import('../../regulation/telephony/screens/wallboard/wallboard-screen.tsx'),
  }),
  defineScreen({
    path: '/salle/rappels', title: 'Rappels', roles: staff, menu: { label: 'Rappels', group: 'room' },
    load: () => import('../../regulation/telephony/screens/callbacks/callbacks-screen.tsx'),
  }),
  defineScreen({
    path: '/transmission', title: 'Transmission', roles: regulationRoles, menu: { label: 'Transmission', group: 'room' },
    load: () => import('../../regulation/dossier/screens/handover/handover-screen.tsx'),
  }),
  defineScreen({
    path: '/degrade', title: 'Mode dégradé', roles: regulationRoles, menu: { label: 'Mode dégradé', group: 'room' }, offline: true,
    load: () => import('../../regulation/dossier/screens/degraded/degraded-screen.tsx'),
  }),
  defineScreen({
    path: '/salle/telephonie', title: 'Téléphonie', roles: supervision, menu: { label: 'Téléphonie', group: 'administration' },
    load: () => import('../../regulation/telephony/screens/configuration/configuration-screen.tsx'),
  }),
  defineScreen({
    path: '/reglement', title: 'Règlement intérieur', roles: configurationRoles, menu: { label: 'Règlement intérieur', group: 'administration' },
    load: () => import('../../regulation/dossier/screens/rules/rules-screen.tsx'),
  }),
  defineScreen({
    path: '/protocoles', title: 'Protocoles', roles: protocolReaders, menu: { label: 'Protocoles', group: 'administration' },
    load: () => import('../../regulation/protocol/screens/list/protocols-screen.tsx'),
  }),
  defineScreen({
    path: '/protocoles/$id', title: 'Protocole', roles: protocolReaders,
    load: () => import('../../regulation/protocol/screens/view/protocol-screen.tsx'),
  }),
  defineScreen({
    path: '/protocoles/$id/brouillon', title: 'Brouillon de protocole', roles: protocolWriters,
    load: () => import('../../regulation/protocol/screens/editor/editor-screen.tsx'),
  }),
  defineScreen({
    path: '/administration/territoires', title: 'Territoires', roles: administratorRoles, menu: { label: 'Territoires', group: 'administration' },
    load: () => import('../../territory/screens/territories/territories-screen.tsx'),
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
  defineScreen({
    path: '/administration/messages', title: 'Messages', roles: administratorRoles, menu: { label: 'Messages', group: 'administration' },
    load: () => import('./operations/messages-screen.tsx'),
  }),
  defineScreen({ path: '/composants', title: 'Composants', roles: 'any', load: () => import('./catalogue.tsx') }),
];
