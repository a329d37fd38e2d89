export const levels = ['limité', 'modéré', 'élevé'] as const;
export type Level = (typeof levels)[number];

/** A risk for people, with what the software does about it, and what it leaves to the organisation (DPIA, GDPR art. 35). */
export interface Risk {
  readonly risk: string;
  readonly people: string;
  /** Gravity and likelihood once the measures are in place. */
  readonly gravity: Level;
  readonly likelihood: Level;
  readonly measures: readonly string[];
  readonly left: string;
}

/** What the analysis of impact of a SAS starts from: each measure is one the software really takes. */
export const risks: readonly Risk[] = [
  {
    risk: 'Un dossier est lu par quelqu’un qui n’a pas à le lire', people: 'Patients', gravity: 'élevé', likelihood: 'limité',
    measures: ['Rôle, territoire et dossier vérifiés à chaque lecture', 'Bris de glace motivé et limité dans le temps', 'Lecture et refus journalisés', 'Poste verrouillé'],
    left: 'Relire les accès et les bris de glace chaque mois',
  },
  {
    risk: 'Une donnée de patient arrive sur la plateforme', people: 'Patients', gravity: 'élevé', likelihood: 'modéré',
    measures: ['Aucune colonne ne peut la recevoir : un essai le vérifie', 'Champs choisis dans des listes', 'Textes qui y ressemblent refusés', 'Deux bases, deux moitiés sans lien direct'],
    left: 'Un texte libre peut encore tromper la détection : former, relire la boîte d’assistance',
  },
  {
    risk: 'Un compte est utilisé par un autre', people: 'Professionnels, patients', gravity: 'élevé', likelihood: 'limité',
    measures: ['Pro Santé Connect', 'Session d’une vacation, cookie gardé en empreinte', 'Verrouillage', 'Délégations datées et révocables, jamais un compte partagé'],
    left: 'Fermer les comptes des départs le jour même',
  },
  {
    risk: 'Une donnée est perdue ou changée sans qu’on le sache', people: 'Patients, professionnels', gravity: 'élevé', likelihood: 'limité',
    measures: ['Changement, journal et message écrits ensemble', 'Journal enchaîné, vérifiable par « sas journal verify »', 'Notes et décisions seulement ajoutées'],
    left: 'Sauvegarder la base hors du site et essayer la restauration',
  },
  {
    risk: 'Une donnée est gardée trop longtemps', people: 'Tous', gravity: 'modéré', likelihood: 'limité',
    measures: ['Durée par catégorie dans des bornes légales', 'Effacement quotidien avec preuve', 'Gel motivé, daté, journalisé'],
    left: 'Décider l’élimination des dossiers de plus de vingt ans ; régler l’enregistreur téléphonique ; effacer aussi des sauvegardes',
  },
  {
    risk: 'Un effecteur est écarté ou favorisé dans l’ordre montré', people: 'Professionnels', gravity: 'modéré', likelihood: 'limité',
    measures: ['Ordre calculé par une seule règle, publiée', 'Preuve rejouable de chaque recherche', 'Écart à la charte motivé'],
    left: 'Revoir la charte d’adressage avec les professionnels',
  },
  {
    risk: 'Une personne n’obtient pas ses droits', people: 'Utilisateurs', gravity: 'modéré', likelihood: 'limité',
    measures: ['Accès immédiat à ses données', 'Demandes datées, avec leur échéance d’un mois', 'Réponse motivée et journalisée'],
    left: 'Les demandes des patients sont reçues par l’établissement : elles ne passent pas par ce logiciel',
  },
];
