import { administratorRoles } from '../../identity/contract.ts';
import { configurationRoles, doctorRoles, regulationRoles } from '../../regulation/dossier/contract.ts';
import { protocolReaders, protocolWriters } from '../../regulation/protocol/contract.ts';
import { staff } from '../../regulation/telephony/contract.ts';
import { defineScreen, type Screen } from '../../ui/screen.ts';

const supervision = ['superviseur', 'arm-coordonnateur', ...administratorRoles] as const;

/** Screens of the regulation room, in the order of the menu. */
export const roomScreens: readonly Screen[] = [
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
    path: '/salle/mur', title: 'Mur d’écrans', roles: [...supervision, 'responsable-sas'], bare: true, menu: { label: 'Mur d’écrans', group: 'room' },
    load: () => import('../../regulation/telephony/screens/wallboard/wallboard-screen.tsx'),
  }),
  defineScreen({
    path: '/salle/rappels', title: 'Rappels', roles: staff, menu: { label: 'Rappels', group: 'room' },
    load: () => import('./room/callbacks-screen.tsx'),
  }),
  defineScreen({
    path: '/salle/absences', title: 'Absences', roles: [...configurationRoles, 'arm-coordonnateur'], menu: { label: 'Absences', group: 'room' },
    load: () => import('../../regulation/dossier/screens/absences/absences-screen.tsx'),
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
];
