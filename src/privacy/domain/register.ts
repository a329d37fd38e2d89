import type { CategoryCode } from './categories.ts';

/** One processing of the register (GDPR art. 30). */
export interface Processing {
  readonly name: string;
  readonly purposes: readonly string[];
  readonly legalBasis: string;
  readonly people: readonly string[];
  readonly data: readonly string[];
  readonly recipients: readonly string[];
  /** The categories whose durations apply. */
  readonly kept: readonly CategoryCode[];
  readonly security: readonly string[];
}

/** The day this register was last read again against what the software does. */
export const registerVersion = '2026-11-20';

const PUBLIC_TASK = 'RGPD, art. 6.1.e : mission d’intérêt public (Code de la santé publique, art. L. 6311-3 et R. 6311-1 et suivants)';
const COMMON = [
  'Chaque droit vérifié sur l’objet, à chaque demande ; refus journalisés', 'Journal enchaîné, où une entrée changée se voit',
  'Connexion par Pro Santé Connect ; session d’une vacation, poste verrouillé',
];

/** What the software does with personal data. Kept with the code: a purpose that changes changes here. */
export const processings: readonly Processing[] = [
  {
    name: 'Comptes, droits et délégations',
    purposes: ['Ouvrir le logiciel à ceux qui y travaillent', 'Savoir qui agit, et pour qui'],
    legalBasis: PUBLIC_TASK, people: ['Professionnels de santé', 'Personnels de régulation', 'Gestionnaires et délégataires'],
    data: ['Nom, prénom, adresse électronique professionnelle', 'Identifiant national (RPPS, ADELI)', 'Rôles, territoires, structures, délégations', 'Sessions et jetons'],
    recipients: ['Administrateurs et gestionnaires de comptes du territoire', 'Éditeurs de logiciels d’agenda, pour les régulateurs (INT_R02)'],
    kept: ['accounts', 'grants', 'account-links', 'sessions', 'tokens', 'delegations', 'vendor-accounts'], security: [...COMMON, 'Cookies et jetons gardés sous forme d’empreinte'],
  },
  {
    name: 'Annuaire de l’offre de soins',
    purposes: ['Trouver un professionnel, une structure, leurs coordonnées professionnelles'],
    legalBasis: PUBLIC_TASK, people: ['Professionnels de santé'],
    data: ['Identité et activités publiées par l’Annuaire santé', 'Lieux d’exercice', 'Rattachement aux structures'],
    recipients: ['Régulation', 'Responsables du SAS'], kept: ['imports'], security: COMMON,
  },
  {
    name: 'Participation et disponibilités',
    purposes: ['Montrer à la régulation qui peut recevoir et quand', 'Vérifier les engagements de participation'],
    legalBasis: PUBLIC_TASK, people: ['Effecteurs', 'Membres des structures'],
    data: ['Mode et dates de participation', 'Numéro direct et note destinés à la régulation', 'Plages d’agenda et congés', 'Créneaux demandés aux éditeurs'],
    recipients: ['Régulation', 'Gestionnaire de la structure et délégataires', 'Responsables du SAS'], kept: ['participations', 'agendas', 'visible-weeks', 'duties', 'vendor-calls'], security: [...COMMON, 'Échanges avec les éditeurs chiffrés, par certificat des deux côtés'],
  },
  {
    name: 'Recherche et orientation',
    purposes: ['Proposer une consultation dans les 48 heures', 'Prouver que l’ordre montré est neutre', 'Suivre les rendez-vous donnés'],
    legalBasis: PUBLIC_TASK, people: ['Opérateurs et médecins régulateurs', 'Effecteurs'],
    data: ['Lieu approché, spécialité et période cherchés', 'Auteur, effecteur, rendez-vous, suite', 'Aucun patient : ni identité, ni téléphone, ni santé'],
    recipients: ['Régulation du territoire', 'Effecteur ou structure concernés', 'Responsables du SAS'], kept: ['searches', 'orientations', 'messages', 'announcements'],
    security: [...COMMON, 'Tout texte d’un appel de la plateforme est refusé s’il ressemble à un patient'],
  },
  {
    name: 'Dossiers de régulation médicale',
    purposes: ['Répondre à un appel, réguler, décider, transmettre', 'Tenir le dossier que la loi impose'],
    legalBasis: `${PUBLIC_TASK} ; art. 9.2.h : soins`, people: ['Patients et appelants', 'Équipes de régulation'],
    data: ['Identité, téléphone, adresse', 'Motif, éléments médicaux, décisions', 'Heures et acteurs des appels ; aucun son'],
    recipients: ['Équipe de régulation du territoire', 'Hub Santé, pour les partenaires de la prise en charge'], kept: ['dossiers', 'calls', 'phone-commands', 'audio'],
    security: [...COMMON, 'Base séparée de la plateforme', 'Chaque lecture d’un dossier journalisée ; bris de glace motivé', 'Notes et décisions que personne ne peut réécrire'],
  },
  {
    name: 'Courriels et SMS',
    purposes: ['Prévenir un professionnel de ce qu’il a à faire', 'Rappeler un rendez-vous à un patient, s’il l’accepte'],
    legalBasis: PUBLIC_TASK, people: ['Titulaires de comptes, effecteurs, gestionnaires', 'Patients qui ont un rendez-vous'],
    data: ['Adresse électronique, ou téléphone du patient', 'Modèle de message et ses valeurs : jamais un motif ni un texte libre'],
    recipients: ['Serveur de courriel et passerelle SMS de l’installation'], kept: ['sendings'],
    security: [...COMMON, 'Téléphone d’un patient et liens secrets effacés dès l’envoi, le reste en trente jours', 'Destinataires masqués à l’écran, absents des traces techniques'],
  },
  {
    name: 'Journal',
    purposes: ['Savoir qui a fait quoi', 'Établir la preuve en cas de réclamation ou d’incident'],
    legalBasis: 'RGPD, art. 6.1.c et 32 : sécurité du traitement', people: ['Tous les utilisateurs'],
    data: ['Compte, rôle, acte, objet, instant', 'Motif d’un écart'], recipients: ['Administrateurs', 'Autorités, sur réquisition'], kept: ['journal'],
    security: ['Entrées enchaînées par empreinte, ajout seul', 'Début effacé sous scellé à la fin de sa durée'],
  },
  {
    name: 'Assistance et droits des personnes',
    purposes: ['Répondre aux utilisateurs', 'Traiter les demandes des personnes sur leurs données'],
    legalBasis: 'RGPD, art. 6.1.c et 12 à 22 ; art. 6.1.e pour l’assistance', people: ['Utilisateurs'],
    data: ['Page, rôle, sujet et texte de la demande', 'Réponse et dates'], recipients: ['Administrateurs et gestionnaires de comptes du territoire'],
    kept: ['contacts', 'rights-requests'], security: [...COMMON, 'Texte refusé s’il ressemble à un patient ; aucune pièce jointe'],
  },
];
