import { choice, type Kind, kinds } from './kinds.ts';

/** To whom a message is written. */
export type MessageAudience = 'titulaire' | 'effecteur' | 'structure' | 'gestion' | 'assistance' | 'patient';
export type MessageChannel = 'email' | 'sms';

export interface Template {
  readonly channel: MessageChannel;
  readonly audience: MessageAudience;
  /** What it is, in a list. */
  readonly name: string;
  /** Its recipient may do without it. */
  readonly optional?: true;
  /** It holds a secret or the phone of a patient: recipient and values are erased as soon as it is sent or given up. */
  readonly erasedOnceSent?: true;
  /** Of an e-mail. */
  readonly subject?: string;
  /** Paragraphs; `{name}` stands for the parameter of this name. */
  readonly text: readonly string[];
  /** Words of the button that leads to the page given by the parameter `link`. */
  readonly action?: string;
  readonly parameters: Readonly<Record<string, Kind<any>>>;
}

const { person, label, day, hour, moment, week, count, minutes, phone, link } = kinds;

export const consultationWords = { cabinet: 'consultation au cabinet', domicile: 'visite à domicile', teleconsultation: 'téléconsultation' } as const;
export const factorWords = {
  password: 'votre mot de passe', totp: 'le code à usage unique de votre application', passkey: "votre clé d'accès", recovery: 'vos codes de secours', email: 'votre adresse électronique',
} as const;
export const managerRefusalWords = {
  unknown: "la structure n'a pas confirmé votre demande", 'already-managed': 'la structure a déjà ses gestionnaires', incomplete: 'votre demande est incomplète', 'other-territory': "la structure dépend d'un autre SAS",
} as const;
export const contactSubjectWords = {
  connexion: 'Me connecter', compte: 'Mon compte et mes droits', disponibilites: 'Mes disponibilités', participation: 'Ma participation et mes semaines', demandes: 'Demandes en sus',
  'rendez-vous': 'Rendez-vous et suites', recherche: 'Chercher et orienter', salle: 'Poste de régulation, téléphonie', annuaire: "Une erreur dans l'annuaire", donnees: 'Mes données personnelles', panne: 'Signaler une panne', idee: "Une idée d'amélioration", autre: 'Autre question',
} as const;

const account = {
  'email-confirmation': {
    channel: 'email', audience: 'titulaire', erasedOnceSent: true, name: "Confirmation d'une adresse", subject: 'Confirmez votre adresse électronique',
    text: ['Vous avez donné cette adresse pour votre compte du SAS. Confirmez-la pour continuer.', "Si vous n'avez rien demandé, ne faites rien : l'adresse ne sera pas utilisée."],
    action: 'Confirmer mon adresse', parameters: { person, link },
  },
  'account-link': {
    channel: 'email', audience: 'titulaire', erasedOnceSent: true, name: "Rattachement d'une carte à un compte", subject: 'Rattachez votre carte à votre compte du SAS',
    text: ['Une première connexion par Pro Santé Connect demande à être rattachée à votre compte.', "Si ce n'est pas vous, ne faites rien : votre compte ne change pas."],
    action: 'Rattacher ma carte', parameters: { person, link },
  },
  invitation: {
    channel: 'email', audience: 'titulaire', erasedOnceSent: true, name: 'Invitation à ouvrir un compte', subject: 'Votre compte du service d’accès aux soins vous attend',
    text: ['{by} vous invite à ouvrir un compte du service d’accès aux soins : {structure}.'],
    action: 'Ouvrir mon compte', parameters: { by: person, structure: label, link },
  },
  'password-reset': {
    channel: 'email', audience: 'titulaire', erasedOnceSent: true, name: 'Nouveau mot de passe', subject: 'Choisissez un nouveau mot de passe',
    text: ['Vous avez demandé un nouveau mot de passe.', "Si vous n'avez rien demandé, ne faites rien : votre mot de passe ne change pas."],
    action: 'Choisir un mot de passe', parameters: { person, link },
  },
  'second-factor-changed': {
    channel: 'email', audience: 'titulaire', name: 'Moyen de connexion modifié', subject: 'Un moyen de connexion de votre compte a changé',
    text: ['Le {moment}, {factor} a été modifié sur votre compte du SAS.', "Si ce n'est pas vous, prévenez tout de suite le gestionnaire des comptes de votre territoire."],
    action: 'Voir mon compte', parameters: { factor: choice(factorWords), moment, link },
  },
  'account-opened': {
    channel: 'email', audience: 'titulaire', name: 'Compte ouvert', subject: 'Votre compte du SAS est ouvert',
    text: ['Votre compte est ouvert, {person}. Vous pouvez vous connecter dès maintenant.'], action: 'Me connecter', parameters: { person, link },
  },
  'account-suspended': {
    channel: 'email', audience: 'titulaire', name: 'Compte suspendu', subject: 'Votre compte du SAS est suspendu',
    text: ['Votre compte est suspendu depuis le {moment}. Vous ne pouvez plus vous connecter.', 'Le gestionnaire des comptes de votre territoire peut vous dire pourquoi et le rouvrir.'],
    parameters: { person, moment },
  },
  'structure-manager-requested': {
    channel: 'email', audience: 'gestion', name: 'Demande de gestionnaire de structure', subject: 'Une demande de gestionnaire de structure attend votre réponse',
    text: ['{person} demande à gérer {structure}.'], action: 'Lire la demande', parameters: { person, structure: label, link },
  },
  'structure-manager-accepted': {
    channel: 'email', audience: 'titulaire', name: 'Gestionnaire de structure accepté', subject: 'Vous gérez maintenant votre structure',
    text: ['Votre demande est acceptée : vous gérez {structure}.'], action: 'Ouvrir mon espace', parameters: { structure: label, link },
  },
  'structure-manager-refused': {
    channel: 'email', audience: 'titulaire', name: 'Gestionnaire de structure refusé', subject: 'Votre demande de gestionnaire de structure est refusée',
    text: ['Votre demande de gérer {structure} est refusée : {reason}.', 'Le gestionnaire des comptes de votre territoire peut vous en dire plus.'],
    parameters: { structure: label, reason: choice(managerRefusalWords) },
  },
  'delegation-granted': {
    channel: 'email', audience: 'titulaire', name: 'Délégation donnée', subject: 'Une délégation vous est donnée',
    text: ["{giver} vous permet d'agir pour son compte jusqu'au {until}."], action: 'Voir la délégation', parameters: { giver: label, until: day, link },
  },
  'delegation-revoked': {
    channel: 'email', audience: 'titulaire', name: 'Délégation retirée', subject: 'Une délégation vous est retirée',
    text: ["Depuis le {moment}, vous n'agissez plus pour {giver}."], parameters: { giver: label, moment },
  },
  'delegation-ending': {
    channel: 'email', audience: 'titulaire', optional: true, name: 'Délégation bientôt terminée', subject: 'Une délégation se termine bientôt',
    text: ['La délégation de {giver} se termine le {until}. Elle peut être prolongée.'], action: 'Voir la délégation', parameters: { giver: label, until: day, link },
  },
} as const satisfies Record<string, Template>;

const work = {
  'en-sus-request': {
    channel: 'email', audience: 'structure', optional: true, name: 'Demande en sus à traiter', subject: 'Demande en sus : réponse attendue avant {hour}',
    text: ['{structure} a une demande en sus. Répondez avant {hour}, le {day} ; ensuite elle passe à un autre.'], action: 'Répondre à la demande', parameters: { structure: label, day, hour, link },
  },
  'en-sus-taken-elsewhere': {
    channel: 'email', audience: 'structure', optional: true, name: 'Demande en sus close', subject: 'Demande en sus close : vous n’avez plus rien à faire',
    text: ['La demande en sus adressée à {structure} est close : un autre effecteur reçoit le patient, ou la régulation l’a arrêtée.'], action: 'Voir mes demandes', parameters: { structure: label, link },
  },
  'appointment-booked': {
    channel: 'email', audience: 'effecteur', optional: true, name: 'Rendez-vous pris', subject: 'Rendez-vous pris par le SAS : {day}, {hour}',
    text: ['Le SAS a pris un rendez-vous : {day} à {hour}, {consultation}, {place}.'], action: 'Voir mes rendez-vous',
    parameters: { day, hour, place: label, consultation: choice(consultationWords), link },
  },
  'appointment-moved': {
    channel: 'email', audience: 'effecteur', optional: true, name: 'Rendez-vous déplacé', subject: 'Rendez-vous déplacé : {day}, {hour}',
    text: ['Un rendez-vous pris par le SAS est déplacé : il est maintenant le {day} à {hour}, {consultation}, {place}.'], action: 'Voir mes rendez-vous',
    parameters: { day, hour, place: label, consultation: choice(consultationWords), link },
  },
  'appointment-cancelled': {
    channel: 'email', audience: 'effecteur', optional: true, name: 'Rendez-vous annulé', subject: 'Rendez-vous annulé : {day}, {hour}',
    text: ['Le rendez-vous du {day} à {hour}, {place}, est annulé.'], action: 'Voir mes rendez-vous', parameters: { day, hour, place: label, link },
  },
  'outcomes-to-tell': {
    channel: 'email', audience: 'effecteur', optional: true, name: 'Suites à dire', subject: 'Dites ce que sont devenus vos patients du SAS',
    text: ['Nombre de rendez-vous du SAS dont la suite reste à dire : {count}. Un geste suffit pour chacun : vu, ou non venu.'], action: 'Dire les suites', parameters: { count, link },
  },
  'leave-touches-appointments': {
    channel: 'email', audience: 'effecteur', optional: true, name: 'Congé et rendez-vous', subject: 'Votre congé touche des rendez-vous déjà pris',
    text: ['Congé du {from} au {to} : nombre de rendez-vous du SAS déjà pris sur ces jours : {count}. Ils sont maintenus tant que personne ne les annule.'],
    action: 'Voir ces rendez-vous', parameters: { count, from: day, to: day, link },
  },
  'weeks-missing': {
    channel: 'email', audience: 'effecteur', optional: true, name: 'Semaine incomplète', subject: 'Il manque des heures de soins non programmés',
    text: ['{week} : {declared} déclarées pour {due} attendues.', "La semaine peut encore être complétée tant qu'elle n'est pas passée."], action: 'Compléter mes disponibilités',
    parameters: { week, declared: minutes, due: minutes, link },
  },
  'contact-received': {
    channel: 'email', audience: 'titulaire', name: 'Accusé de réception', subject: 'Votre question est arrivée',
    text: ['Votre question est arrivée : {subject}. La réponse vous sera donnée dans votre espace.'], action: 'Suivre ma question', parameters: { subject: choice(contactSubjectWords), link },
  },
  'contact-answered': {
    channel: 'email', audience: 'titulaire', name: 'Réponse à une question', subject: 'Votre question a une réponse',
    text: ['Votre question a une réponse : {subject}. Lisez-la dans votre espace.'], action: 'Lire la réponse', parameters: { subject: choice(contactSubjectWords), link },
  },
  'contact-to-support': {
    channel: 'email', audience: 'assistance', name: "Question à l'assistance", subject: 'Question à traiter : {subject}',
    text: ["Une question attend l'assistance : {subject}."], action: 'Lire la question', parameters: { subject: choice(contactSubjectWords), link },
  },
} as const satisfies Record<string, Template>;

const doctor = { ...person, otherwise: 'votre médecin' };
const address = { ...label, otherwise: 'à l’adresse donnée au téléphone' };

const patient = {
  'patient-reminder': {
    channel: 'sms', audience: 'patient', erasedOnceSent: true, name: 'Rappel de rendez-vous (SMS)',
    text: ['Rappel : rendez-vous {day} à {hour}, {doctor}, {address}. Pour annuler : {phone}.'], parameters: { day, hour, doctor, address, phone },
  },
  'patient-appointment-cancelled': {
    channel: 'sms', audience: 'patient', erasedOnceSent: true, name: 'Rendez-vous annulé (SMS)',
    text: ['Votre rendez-vous du {day} à {hour}, {doctor}, est annulé. Pour en parler : {phone}.'], parameters: { day, hour, doctor, phone },
  },
} as const satisfies Record<string, Template>;

/** Everything that the software may ever write to somebody. */
export const templates = { ...account, ...work, ...patient };
export type TemplateId = keyof typeof templates;
export const templateIds = Object.keys(templates) as [TemplateId, ...TemplateId[]];

/** What a template is filled with. */
export type ValuesOf<Id extends TemplateId> = {
  readonly [Name in keyof (typeof templates)[Id]['parameters']]: (typeof templates)[Id]['parameters'][Name] extends Kind<infer Value> ? Value : never;
};
export type Values = Readonly<Record<string, string | number>>;

export const templateOf = (id: TemplateId): Template => templates[id];
