/** How long a category of data is kept, inside bounds that the law or a reference text gives. */
export interface Category {
  readonly label: string;
  /** What it holds, and about whom. */
  readonly holds: string;
  /** From when the duration runs. */
  readonly since: string;
  /** Its duration is that of each territory, or of the whole installation. */
  readonly scope: 'territory' | 'installation';
  /** `purge`: erased by itself; `decision`: a person decides; `none`: the software keeps none of it. */
  readonly ending: 'purge' | 'decision' | 'none';
  readonly days: { readonly usual: number; readonly least: number; readonly most: number };
  /** Where the bounds come from. */
  readonly source: string;
}

const YEAR = 365.25;
const years = (count: number): number => Math.ceil(count * YEAR);
const LOGS = 'CNIL, délibération 2021-122 du 14 octobre 2021 (journalisation : six mois à un an, trois ans au plus si le risque le justifie)';
const LIMITATION = 'Code civil, art. 2224 (prescription de cinq ans)';
const CONTROL = 'Code de la sécurité sociale, art. L. 133-4 (trois ans, contrôle des sommes versées)';
const NEED = 'RGPD, art. 5.1.e : pas plus longtemps que le besoin';

/** Every category that the software keeps for a time, or says that it does not keep (SEC-07). */
export const categories = {
  sessions: {
    label: 'Sessions', holds: 'Ouverture et fin des sessions des comptes', since: 'la fin de la session', scope: 'installation', ending: 'purge',
    days: { usual: 1, least: 0, most: years(1) }, source: LOGS,
  },
  tokens: {
    label: 'Jetons d’accès', holds: 'Empreintes des jetons des machines et des codes de secours', since: 'leur expiration', scope: 'installation', ending: 'purge',
    days: { usual: years(1), least: 180, most: years(3) }, source: LOGS,
  },
  delegations: {
    label: 'Délégations', holds: 'Qui a agi pour qui', since: 'leur fin', scope: 'installation', ending: 'purge',
    days: { usual: years(5), least: years(1), most: years(10) }, source: LIMITATION,
  },
  accounts: {
    label: 'Comptes fermés', holds: 'Nom, coordonnées, rôles d’un compte suspendu ; le journal n’en garde qu’un numéro', since: 'la suspension', scope: 'installation', ending: 'purge',
    days: { usual: years(5), least: years(1), most: years(10) }, source: LIMITATION,
  },
  grants: {
    label: 'Rôles retirés', holds: 'Qui avait quel rôle, où, jusqu’à quand', since: 'leur fin', scope: 'installation', ending: 'purge',
    days: { usual: years(5), least: years(1), most: years(10) }, source: LIMITATION,
  },
  'account-links': {
    label: 'Liens et demandes de compte', holds: 'Liens envoyés par courriel, demandes de compte traitées', since: 'leur expiration, ou la réponse', scope: 'installation', ending: 'purge',
    days: { usual: 90, least: 7, most: years(1) }, source: NEED,
  },
  participations: {
    label: 'Participations et conventions passées', holds: 'Ce qui a été déclaré, l’équivalent temps plein, les conventions terminées', since: 'leur remplacement ou leur fin',
    scope: 'installation', ending: 'purge', days: { usual: years(5), least: years(3), most: years(10) }, source: `${CONTROL} ; ${LIMITATION}`,
  },
  agendas: {
    label: 'Agendas passés', holds: 'Plages, créneaux, séries, congés : ce sur quoi les deux heures par semaine ont été jugées', since: 'le jour de la consultation',
    scope: 'territory', ending: 'purge', days: { usual: years(3), least: years(2), most: years(6) }, source: `${CONTROL} ; l’année jugée et la suivante au moins`,
  },
  'visible-weeks': {
    label: 'Semaines visibles chez les éditeurs', holds: 'Les semaines où un éditeur a montré des créneaux de quelqu’un', since: 'la semaine', scope: 'installation', ending: 'purge',
    days: { usual: years(3), least: years(2), most: years(6) }, source: `${CONTROL} ; l’année jugée et la suivante au moins`,
  },
  duties: {
    label: 'Plannings passés des structures', holds: 'Médecin du jour, médecins d’astreinte', since: 'le jour', scope: 'installation', ending: 'purge',
    days: { usual: years(3), least: years(1), most: years(6) }, source: CONTROL,
  },
  'vendor-accounts': {
    label: 'Comptes fermés chez les éditeurs', holds: 'Ce que chaque éditeur a reçu d’un régulateur qui ne l’est plus', since: 'la fermeture confirmée', scope: 'installation', ending: 'purge',
    days: { usual: years(1), least: 30, most: years(3) }, source: LOGS,
  },
  announcements: {
    label: 'Annonces aux écrans', holds: 'Identifiants de ce qui a changé', since: 'leur émission', scope: 'installation', ending: 'purge',
    days: { usual: 7, least: 1, most: 90 }, source: NEED,
  },
  messages: {
    label: 'Messages aux autres systèmes', holds: 'Messages envoyés ou abandonnés', since: 'leur écriture', scope: 'installation', ending: 'purge',
    days: { usual: 90, least: 30, most: years(1) }, source: NEED,
  },
  sendings: {
    label: 'Courriels et SMS aux personnes', holds: 'Ce qui a été envoyé et quand, destinataire masqué ; l’adresse et le contenu sont effacés bien avant', since: 'la demande d’envoi',
    scope: 'installation', ending: 'purge', days: { usual: years(1), least: 90, most: years(3) }, source: LOGS,
  },
  journal: {
    label: 'Journal', holds: 'Qui a fait quoi, quand', since: 'l’écriture ; vingt ans pour ce qui touche un dossier de régulation', scope: 'installation', ending: 'purge',
    days: { usual: years(5), least: years(1), most: years(20) }, source: `${LOGS} ; ${LIMITATION} ; dossiers : Code de la santé publique, art. R. 1112-7`,
  },
  imports: {
    label: 'Imports de l’annuaire', holds: 'Comptes rendus et lignes rejetées', since: 'la fin de l’import', scope: 'installation', ending: 'purge',
    days: { usual: years(1), least: 90, most: years(5) }, source: NEED,
  },
  'vendor-calls': {
    label: 'Questions aux éditeurs', holds: 'Ce qui a été demandé, en combien de temps', since: 'la question', scope: 'installation', ending: 'purge',
    days: { usual: 30, least: 7, most: years(1) }, source: NEED,
  },
  searches: {
    label: 'Recherches et leurs preuves', holds: 'Critères, ordre montré, choix ; jamais un patient', since: 'la recherche, une fois son orientation effacée', scope: 'territory', ending: 'purge',
    days: { usual: years(3), least: years(1), most: years(6) }, source: `${LIMITATION} ; preuve de la neutralité de l’ordre montré`,
  },
  orientations: {
    label: 'Orientations', holds: 'Qui a orienté vers qui, la suite et les questions posées ; jamais un patient', since: 'leur dernier changement', scope: 'territory', ending: 'purge',
    days: { usual: years(5), least: years(3), most: years(10) }, source: `${CONTROL} ; ${LIMITATION}`,
  },
  contacts: {
    label: 'Demandes d’assistance', holds: 'Question d’un utilisateur et réponse', since: 'la clôture', scope: 'territory', ending: 'purge',
    days: { usual: years(1), least: 90, most: years(3) }, source: NEED,
  },
  'rights-requests': {
    label: 'Demandes sur les données personnelles', holds: 'Demande d’une personne et réponse', since: 'la réponse', scope: 'territory', ending: 'purge',
    days: { usual: years(5), least: years(1), most: years(6) }, source: 'RGPD, art. 12 et 5.2 (en rendre compte) ; Code de procédure pénale, art. 8 (six ans)',
  },
  'phone-commands': {
    label: 'Ordres donnés à la téléphonie', holds: 'Mises en attente, transferts demandés', since: 'leur exécution', scope: 'territory', ending: 'purge',
    days: { usual: 1, least: 1, most: 30 }, source: NEED,
  },
  calls: {
    label: 'Appels sans dossier', holds: 'Numéro, heures, agents ; aucun son', since: 'la fin de l’appel', scope: 'territory', ending: 'purge',
    days: { usual: years(3), least: years(1), most: years(20) }, source: `${NEED} (indicateurs comparés sur trois ans)`,
  },
  dossiers: {
    label: 'Dossiers de régulation et leurs appels', holds: 'Identité, santé, décisions', since: 'le dernier passage', scope: 'territory', ending: 'decision',
    days: { usual: years(20), least: years(20), most: years(20) },
    source: 'Code de la santé publique, art. R. 1112-7 : vingt ans, prolongés pour un mineur ou un recours ; élimination décidée par le directeur, avec le visa des archives',
  },
  audio: {
    label: 'Enregistrements sonores', holds: 'Aucun : le logiciel n’enregistre pas le son. S’il existe, l’enregistreur téléphonique l’efface selon ses propres réglages',
    since: 'sans objet', scope: 'territory', ending: 'none', days: { usual: 0, least: 0, most: 0 }, source: 'Sans objet',
  },
} as const satisfies Record<string, Category>;

export type CategoryCode = keyof typeof categories;
export const categoryCodes = Object.keys(categories) as [CategoryCode, ...CategoryCode[]];
/** The category of a code, with the common type. */
export const categoryOf = (code: CategoryCode): Category => categories[code];

/** Why a number of days may not be the duration of the category; null when it may. */
export function durationProblem(code: CategoryCode, days: number): string | null {
  const { days: bounds, ending, label } = categoryOf(code);
  if (ending !== 'purge') return `La durée de « ${label} » ne se règle pas.`;
  if (days >= bounds.least && days <= bounds.most) return null;
  return `« ${label} » se garde entre ${inWords(bounds.least)} et ${inWords(bounds.most)} (${categoryOf(code).source}).`;
}

/** A duration as people say it: `20 ans`, `90 jours`. */
export function inWords(days: number): string {
  const count = Math.floor(days / YEAR);
  if (count >= 1 && days === years(count)) return count === 1 ? '1 an' : `${count} ans`;
  return days < 2 ? `${days} jour` : `${days} jours`;
}

/** What was settled before this instant has outlived its duration. */
export const cutOff = (now: Temporal.Instant, days: number): Temporal.Instant => now.subtract({ hours: 24 * days });

export interface Hold {
  readonly objectId: string | null;
  readonly until: Temporal.Instant | null;
  readonly liftedAt: Temporal.Instant | null;
}

/** A legal hold stands until it is lifted or ends. */
export const stands = (hold: Hold, at: Temporal.Instant): boolean =>
  hold.liftedAt === null && (hold.until === null || Temporal.Instant.compare(at, hold.until) < 0);
