import { administratorRoles } from '../../identity/contract.ts';
import { configurationRoles, doctorRoles, regulationRoles } from '../../regulation/dossier/contract.ts';
import { protocolReaders, protocolWriters } from '../../regulation/protocol/contract.ts';
import { staff } from '../../regulation/telephony/contract.ts';
import { defineScreen, type Screen } from '../../ui/screen.ts';

const supervision = ['superviseur', 'arm-coordonnateur', ...administratorRoles] as const;

/** Screens of the regulation room, in the order of the menu. */
export const roomScreens: readonly Screen[] = [
  defineScreen({
    path: '/poste/arm', title: 'Poste ARM', help: 'arm#le-decroche-n1', roles: ['arm', 'arm-coordonnateur'], menu: { label: 'Mon poste', group: 'main' },
    load: () => import('../../regulation/dossier/screens/arm/arm-screen.tsx'),
  }),
  defineScreen({
    path: '/poste/medecin', title: 'Poste du médecin', help: 'medecin-regulateur#l-ecran', roles: doctorRoles, menu: { label: 'Mon poste', group: 'main' },
    load: () => import('../../regulation/dossier/screens/doctor/doctor-screen.tsx'),
  }),
  defineScreen({
    path: '/poste/osnp', title: 'Poste de l’OSNP', help: 'osnp#votre-poste', roles: ['osnp'], menu: { label: 'Mon poste', group: 'main' },
    load: () => import('../../regulation/dossier/screens/osnp/osnp-screen.tsx'),
  }),
  defineScreen({
    path: '/salle', title: 'Salle', help: 'superviseur#lire-la-salle', roles: supervision, menu: { label: 'Supervision', group: 'room' }, load: () => import('./room/room-screen.tsx'),
  }),
  defineScreen({
    path: '/dossiers', title: 'Dossiers', roles: regulationRoles, menu: { label: 'Dossiers', group: 'main' },
    load: () => import('../../regulation/dossier/screens/search/search-screen.tsx'),
  }),
  defineScreen({
    path: '/dossiers/$id', title: 'Dossier', roles: regulationRoles, load: () => import('../../regulation/dossier/screens/search/dossier-screen.tsx'),
  }),
  defineScreen({
    path: '/salle/mur', title: 'Mur d’écrans', help: 'superviseur#mur-d-ecrans', roles: [...supervision, 'responsable-sas'], bare: true, menu: { label: 'Mur d’écrans', group: 'room' },
    load: () => import('../../regulation/telephony/screens/wallboard/wallboard-screen.tsx'),
  }),
  defineScreen({
    path: '/salle/rappels', title: 'Rappels', help: 'superviseur#rappels', roles: staff, menu: { label: 'Rappels', group: 'room' },
    load: () => import('./room/callbacks-screen.tsx'),
  }),
  defineScreen({
    path: '/salle/absences', title: 'Absences', roles: [...configurationRoles, 'arm-coordonnateur'], menu: { label: 'Absences', group: 'room' },
    load: () => import('../../regulation/dossier/screens/absences/absences-screen.tsx'),
  }),
  defineScreen({
    path: '/transmission', title: 'Transmission', help: 'superviseur#transmission', roles: regulationRoles, menu: { label: 'Transmission', group: 'room' },
    load: () => import('../../regulation/dossier/screens/handover/handover-screen.tsx'),
  }),
  defineScreen({
    path: '/degrade', title: 'Mode dégradé', help: 'mode-degrade#pendant', roles: regulationRoles, menu: { label: 'Mode dégradé', group: 'room' }, offline: true,
    load: () => import('../../regulation/dossier/screens/degraded/degraded-screen.tsx'),
  }),
  defineScreen({
    path: '/salle/telephonie', title: 'Téléphonie', help: 'superviseur#reglages-menu-administration', roles: supervision, menu: { label: 'Téléphonie', group: 'administration' },
    load: () => import('../../regulation/telephony/screens/configuration/configuration-screen.tsx'),
  }),
  defineScreen({
    path: '/reglement', title: 'Règlement intérieur', help: 'superviseur#reglages-menu-administration', roles: configurationRoles, menu: { label: 'Règlement intérieur', group: 'administration' },
    load: () => import('../../regulation/dossier/screens/rules/rules-screen.tsx'),
  }),
  defineScreen({
    path: '/protocoles', title: 'Protocoles', help: 'protocoles', roles: protocolReaders, menu: { label: 'Protocoles', group: 'administration' },
    load: () => import('../../regulation/protocol/screens/list/protocols-screen.tsx'),
  }),
  defineScreen({
    path: '/protocoles/$id', title: 'Protocole', help: 'protocoles#faire-valider', roles: protocolReaders,
    load: () => import('../../regulation/protocol/screens/view/protocol-screen.tsx'),
  }),
  defineScreen({
    path: '/protocoles/$id/brouillon', title: 'Brouillon de protocole', help: 'protocoles#ecrire-l-arbre', roles: protocolWriters,
    load: () => import('../../regulation/protocol/screens/editor/editor-screen.tsx'),
  }),
];
