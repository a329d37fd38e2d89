import type { CategoryCode } from './categories.ts';

/** One thing kept about a user, told to him in plain words (GDPR art. 13). */
export interface NoticeLine {
  readonly what: string;
  readonly why: string;
  readonly whoSees: string;
  readonly kept: CategoryCode | 'account';
  /** Roles that it concerns; everybody when absent. */
  readonly roles?: readonly string[];
}

const searchers = ['osnp', 'mrg', 'mru', 'ioa'];
const room = ['arm', 'arm-coordonnateur', 'superviseur', 'osnp', 'mrg', 'mru', 'medecin-specialise'];
const town = ['effecteur', 'gestionnaire-structure', 'delegataire'];

const lines: readonly NoticeLine[] = [
  { what: 'Votre compte : nom, adresse professionnelle, identifiant national, rôles', why: 'Vous ouvrir ce qui vous revient, et rien d’autre', whoSees: 'Administrateurs et gestionnaires de comptes de votre territoire', kept: 'account' },
  { what: 'Vos sessions', why: 'Vous garder connecté le temps d’une vacation', whoSees: 'Personne', kept: 'sessions' },
  { what: 'Vos actes, dans le journal', why: 'Savoir qui a fait quoi, en cas de réclamation ou d’incident', whoSees: 'Ceux qui peuvent lire l’objet concerné ; administrateurs', kept: 'journal' },
  { what: 'Vos délégations', why: 'Savoir qui agit pour qui', whoSees: 'Celui qui délègue, son délégataire, les gestionnaires de comptes', kept: 'delegations', roles: town },
  { what: 'Votre participation, vos disponibilités, votre numéro direct', why: 'Vous adresser des patients comme vous l’avez choisi', whoSees: 'La régulation ; le gestionnaire de votre structure', kept: 'account', roles: town },
  { what: 'Les orientations que vous avez reçues, jamais le patient', why: 'Suivre les rendez-vous donnés et votre engagement', whoSees: 'La régulation et les responsables de votre SAS', kept: 'orientations', roles: town },
  { what: 'Vos recherches', why: 'Prouver que l’ordre montré est neutre', whoSees: 'La régulation, les responsables de votre SAS, l’ARS', kept: 'searches', roles: searchers },
  { what: 'Les orientations que vous avez faites', why: 'Suivre les rendez-vous donnés', whoSees: 'La régulation, l’effecteur concerné, les responsables de votre SAS', kept: 'orientations', roles: searchers },
  { what: 'Vos actes dans les dossiers et au téléphone', why: 'Tenir le dossier de régulation ; conduire la salle', whoSees: 'L’équipe de régulation, les superviseurs', kept: 'dossiers', roles: room },
  { what: 'Vos demandes d’assistance', why: 'Vous répondre', whoSees: 'Administrateurs et gestionnaires de comptes de votre territoire', kept: 'contacts' },
  { what: 'Vos demandes sur vos données', why: 'Les traiter dans le mois et en rendre compte', whoSees: 'Administrateurs de votre territoire', kept: 'rights-requests' },
];

/** What is kept about somebody of these roles. */
export const noticeFor = (roles: readonly string[]): readonly NoticeLine[] =>
  lines.filter((line) => !line.roles || line.roles.some((role) => roles.includes(role)));
