import { z } from 'zod';
import { defineRoute } from '../foundation/http/route.ts';
import { accountEvents, accountStates } from './domain/account-state.ts';
import { grantorRoles } from './domain/granting.ts';
import { levels, teamRoles, teams } from './domain/team.ts';

/** The closed list of role codes (ACT-01, public contract). */
export const roles = [
  'arm', 'arm-coordonnateur', 'superviseur', 'osnp', 'mru', 'mrg', 'medecin-specialise', 'ioa', 'effecteur', 'delegataire',
  'gestionnaire-structure', 'gestionnaire-comptes', 'responsable-sas', 'referent-territorial', 'ars', 'dgos', 'cpam', 'administrateur',
  'administrateur-national', 'editor', 'lrm', 'telephony',
] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** What people read for a role. */
export const roleLabels: Record<Role, string> = {
  arm: 'Assistant de régulation médicale',
  'arm-coordonnateur': 'ARM coordonnateur',
  superviseur: 'Superviseur',
  osnp: 'Opérateur de soins non programmés',
  mru: 'Médecin régulateur urgentiste',
  mrg: 'Médecin régulateur généraliste',
  'medecin-specialise': 'Médecin régulateur spécialisé',
  ioa: "Infirmier organisateur de l'accueil",
  effecteur: 'Effecteur',
  delegataire: 'Délégataire',
  'gestionnaire-structure': 'Gestionnaire de structure',
  'gestionnaire-comptes': 'Gestionnaire de comptes',
  'responsable-sas': 'Responsable du SAS',
  'referent-territorial': 'Référent territorial',
  ars: 'Agence régionale de santé',
  dgos: 'DGOS',
  cpam: "Caisse primaire d'assurance maladie",
  administrateur: 'Administrateur du territoire',
  'administrateur-national': 'Administrateur national',
  editor: 'Éditeur (machine)',
  lrm: 'Logiciel de régulation (machine)',
  telephony: 'Téléphonie (machine)',
};

/** Those who search and book for a patient on the line (RDV-02), and the triage nurse who reorients (SU-01). */
export const searchRoles = ['osnp', 'mrg', 'mru', 'ioa'] as const satisfies readonly Role[];
export const administratorRoles = ['administrateur', 'administrateur-national'] as const satisfies readonly Role[];

/** What a délégataire may do for somebody else (ACT-18). */
export const delegationScopes = ['agenda', 'participation', 'requests'] as const;
export const delegationScopeSchema = z.enum(delegationScopes);
export type DelegationScope = z.infer<typeof delegationScopeSchema>;

export const delegationScopeLabels: Record<DelegationScope, string> = {
  agenda: "Tenir l'agenda : disponibilités et congés",
  participation: 'Déclarer la participation au SAS',
  requests: 'Répondre aux demandes et dire la suite des rendez-vous',
};

/** For whom somebody acts: a professional or a structure, by prefixed national id. */
export interface Subject {
  readonly nationalId: string | null;
  readonly structureId: string | null;
}

export const delegationSchema = z.object({
  nationalId: z.string().nullable(),
  structureId: z.string().nullable(),
  scopes: z.array(delegationScopeSchema),
});
/** One in force: explicit, dated, revocable. */
export interface Delegation extends Subject {
  readonly scopes: readonly DelegationScope[];
}

/** Whoever calls: a person in session or a machine with a token. Rights hold inside the territories listed. */
export interface Actor {
  readonly accountId: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly roles: readonly Role[];
  /** Territory codes; `'*'` is every territory (national roles). */
  readonly territories: readonly string[];
  /** Prefixed national id (8 + RPPS, 0 + ADELI) of a professional. */
  readonly nationalId: string | null;
  /** Prefixed national ids of the structures this person manages. */
  readonly structureIds: readonly string[];
  /** Those that let him act for somebody else now. */
  readonly delegations: readonly Delegation[];
  /** The vendor's name, for a token of role `editor`. */
  readonly editor: string | null;
}

/** True when the actor holds one of the roles. */
export const hasRole = (actor: Actor, ...wanted: readonly Role[]): boolean =>
  actor.roles.some((role) => wanted.includes(role));

/** What tells for whom somebody acts: an actor on the server, the account signed in on a screen. */
interface Representative {
  readonly roles: readonly string[];
  readonly nationalId: string | null;
  readonly structureIds: readonly string[];
  readonly delegations: readonly (Subject & { readonly scopes: readonly string[] })[];
}

/** The professionals and structures for whom the actor may do this: himself, those he manages, those who delegated it to him. */
export function subjectsOf(actor: Representative, scope: DelegationScope): { readonly professionals: readonly string[]; readonly structures: readonly string[] } {
  const delegated = actor.roles.includes('delegataire') ? actor.delegations.filter(({ scopes }) => scopes.includes(scope)) : [];
  const own = actor.roles.includes('effecteur') && actor.nationalId !== null ? [actor.nationalId] : [];
  const managed = actor.roles.includes('gestionnaire-structure') ? actor.structureIds : [];
  return {
    professionals: [...own, ...delegated.flatMap(({ nationalId }) => nationalId ?? [])],
    structures: [...managed, ...delegated.flatMap(({ structureId }) => structureId ?? [])],
  };
}

/** True when the actor may do this for the professional, or for the structure. */
export function actsFor(actor: Representative, scope: DelegationScope, subject: Subject): boolean {
  const { professionals, structures } = subjectsOf(actor, scope);
  return (
    (subject.nationalId !== null && professionals.includes(subject.nationalId)) ||
    (subject.structureId !== null && structures.includes(subject.structureId))
  );
}

/** True when the actor's rights cover the territory. */
export const coversTerritory = (actor: Actor, territory: string): boolean =>
  actor.territories.includes('*') || actor.territories.includes(territory);

export const sessionSchema = z.object({
  account: z
    .object({
      id: z.string(),
      displayName: z.string(),
      email: z.string().nullable(),
      roles: z.array(roleSchema),
      territories: z.array(z.string()),
      nationalId: z.string().nullable(),
      /** Prefixed national ids of the structures this person manages. */
      structureIds: z.array(z.string()),
      delegations: z.array(delegationSchema),
    })
    .nullable(),
  /** The workstation is locked: who works there; `account` is then null. */
  locked: z.object({ displayName: z.string() }).nullable(),
  /** Opened while the identity provider was away: it reads, and does nothing else (SEC-10). */
  readOnly: z.boolean(),
  /** Where "Se connecter" leads. */
  signInUrl: z.string(),
  demonstration: z.boolean(),
});

const textOf = (max: number) => z.string().trim().min(1).max(max);
const nameSchema = textOf(80);
export const emailSchema = z.string().trim().toLowerCase().max(200).pipe(z.email('adresse e-mail attendue, par exemple nom@exemple.fr'));
const territoryCode = z.string().regex(/^([0-9A-Z-]{2,8}|\*)$/, 'code de territoire attendu');
const token = z.string().trim().min(20).max(100);
const instant = z.iso.datetime().nullable();
const nationalIdSchema = z.string().regex(/^(8\d{11}|0\d{9}|3\d{9}\/.{1,30})$/, 'identifiant national attendu : 8 suivi du RPPS, 0 suivi de l’ADELI, ou 3 suivi du FINESS');

/** The version of the terms of use that is in force; whoever accepted another one is asked again. */
export const TERMS_VERSION = '2026-01';

const moreSessionRoutes = {
  localSignIn: defineRoute({
    method: 'POST', path: '/api/v1/session/local', access: 'public', response: z.object({ signedIn: z.literal(true) }),
    summary: 'Se connecter sans carte : adresse, mot de passe et code à six chiffres (ou code de secours)',
    body: z.strictObject({ email: emailSchema, password: z.string().min(1).max(200), code: z.string().trim().min(6).max(20) }),
  }),
  firstConnection: defineRoute({
    method: 'GET', path: '/api/v1/first-connection', access: 'public', summary: 'Première connexion : la personne que Pro Santé Connect a reconnue',
    response: z.object({
      person: z.object({ lastName: z.string(), firstName: z.string(), nationalId: z.string() }).nullable(),
      territories: z.array(z.object({ code: z.string(), name: z.string() })),
    }),
  }),
  askConfirmation: defineRoute({
    method: 'POST', path: '/api/v1/first-connection', access: 'public', status: 202, response: z.object({ sent: z.literal(true) }),
    summary: "Première connexion : recevoir le lien qui confirme l'adresse. La réponse est la même, que l'adresse soit connue ou non",
    body: z.strictObject({ email: emailSchema, territory: territoryCode }),
  }),
  readLink: defineRoute({
    method: 'POST', path: '/api/v1/links/read', access: 'public', summary: 'Ce que fera un lien reçu par e-mail ; le lire ne le consomme pas',
    body: z.strictObject({ token }),
    response: z.object({
      purpose: z.enum(['first-connection', 'invitation', 'password']), email: z.string(), name: z.string(), nationalId: z.string().nullable(),
      /** The account that the card would be linked to, for a first connection. */
      existing: z.object({ name: z.string(), linkable: z.boolean() }).nullable(),
      /** What the telephone's application enrols, for an invitation. */
      codes: z.object({ key: z.string(), uri: z.string() }).nullable(),
    }),
  }),
  confirmFirstConnection: defineRoute({
    method: 'POST', path: '/api/v1/first-connection/confirm', access: 'public', summary: 'Première connexion : ouvrir le compte, ou le lier à la carte',
    body: z.strictObject({ token, termsAccepted: z.literal(true, "Lisez et acceptez les conditions d'utilisation.") }),
    response: z.object({ outcome: z.enum(['linked', 'opened', 'to-validate']) }),
  }),
  acceptInvitation: defineRoute({
    method: 'POST', path: '/api/v1/invitations/accept', access: 'public', summary: 'Suivre une invitation : mot de passe et application de codes',
    body: z.strictObject({
      token, password: z.string().min(1).max(200), code: z.string().trim().regex(/^\d{6}$/, 'six chiffres attendus'),
      termsAccepted: z.literal(true, "Lisez et acceptez les conditions d'utilisation."),
    }),
    response: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
  forgetPassword: defineRoute({
    method: 'POST', path: '/api/v1/password-resets', access: 'public', status: 202, response: z.object({ sent: z.literal(true) }),
    summary: "Mot de passe oublié : recevoir un lien. La réponse est la même, que l'adresse soit connue ou non",
    body: z.strictObject({ email: emailSchema }),
  }),
  resetPassword: defineRoute({
    method: 'POST', path: '/api/v1/password-resets/accept', access: 'public', summary: 'Choisir un nouveau mot de passe ; les sessions ouvertes se ferment',
    body: z.strictObject({ token, password: z.string().min(1).max(200) }), response: z.object({ saved: z.literal(true) }),
  }),
  requestChoices: defineRoute({
    method: 'GET', path: '/api/v1/account-requests/choices', access: 'public', summary: 'Territoires, et structures de l’un d’eux, pour demander un compte',
    query: z.object({ territory: z.string().max(8).optional() }),
    response: z.object({
      territories: z.array(z.object({ code: z.string(), name: z.string() })),
      structures: z.array(z.object({ id: z.string(), name: z.string(), city: z.string() })),
    }),
  }),
  requestAccount: defineRoute({
    method: 'POST', path: '/api/v1/account-requests', access: 'public', status: 202, response: z.object({ received: z.literal(true) }),
    summary: 'Demander un compte de gestionnaire de structure (STR-01)',
    body: z.strictObject({ email: emailSchema, lastName: nameSchema, firstName: nameSchema, territory: territoryCode, structureId: textOf(60) }),
  }),
} as const;

export const routes = {
  session: defineRoute({
    method: 'GET', path: '/api/v1/session', summary: 'Qui est connecté', access: 'public', response: sessionSchema,
  }),
  lock: defineRoute({
    method: 'POST', path: '/api/v1/session/lock', access: 'public', response: z.object({ locked: z.literal(true) }),
    summary: 'Verrouiller le poste : rien ne se lit ni ne se fait avant une nouvelle connexion',
  }),
  emergencySignIn: defineRoute({
    method: 'POST', path: '/api/v1/session/emergency', access: 'public', response: z.object({ signedIn: z.literal(true) }),
    summary: "Lecture d'urgence, quand Pro Santé Connect ne répond pas : avec un code remis par l'administrateur, une heure, sans rien modifier",
    body: z.strictObject({ code: z.string().trim().min(20).max(200) }),
  }),
  signOut: defineRoute({
    method: 'POST', path: '/api/v1/session/sign-out', summary: 'Se déconnecter', access: 'public',
    response: z.object({
      signedOut: z.literal(true),
      /** Where the browser goes to end the provider's session too; null when there is none. */
      providerUrl: z.string().nullable(),
    }),
  }),
  ...moreSessionRoutes,
} as const;

/** What the account managers write of somebody (ACT-13). */
const detailsSchema = z.object({
  lastName: nameSchema, firstName: nameSchema, email: emailSchema.nullable(), phone: textOf(30).nullable(),
  department: z.string().regex(/^(\d{2}|2[AB]|9[78]\d)$/, 'code de département attendu').nullable(),
  team: z.enum(teams).nullable(),
  available: z.object({ amount: z.number().positive().max(100), unit: z.enum(['percent', 'half-days']) }).nullable(),
});
export type AccountDetails = z.infer<typeof detailsSchema>;

const grantSchema = z.object({
  id: z.string(), role: roleSchema, territory: z.string(), structureId: z.string().nullable(), structureName: z.string().nullable(),
  grantedAt: z.iso.datetime(), validUntil: instant,
});
export type Grant = z.infer<typeof grantSchema>;

const newGrantSchema = z.strictObject({ role: roleSchema, territory: territoryCode, structureId: textOf(60).nullable().default(null), validUntil: z.iso.date().nullable().default(null) });
export type NewGrant = z.infer<typeof newGrantSchema>;

const accountSchema = detailsSchema.extend({
  id: z.string(), displayName: z.string(), email: z.string().nullable(), nationalId: z.string().nullable(), state: z.enum(accountStates),
  grants: z.array(grantSchema), createdAt: z.iso.datetime(), invitedAt: instant,
  /** What the reader may do to it. */
  possible: z.array(z.enum(accountEvents)),
});
export type AccountView = z.infer<typeof accountSchema>;

export const refusalReasons = ['unknown', 'already-managed', 'incomplete', 'other-territory'] as const;
export type RefusalReason = (typeof refusalReasons)[number];
export const refusalLabels: Record<RefusalReason, string> = {
  unknown: 'La structure ne confirme pas la demande', 'already-managed': 'La structure a déjà ses gestionnaires',
  incomplete: 'Demande incomplète', 'other-territory': "La structure dépend d'un autre SAS",
};

const accountRequestSchema = z.object({
  id: z.string(), email: z.string(), lastName: z.string(), firstName: z.string(), territory: z.string(),
  structureId: z.string(), structureName: z.string().nullable(), askedAt: z.iso.datetime(),
});
export type AccountRequest = z.infer<typeof accountRequestSchema>;

const delegationViewSchema = z.object({
  id: z.string(), nationalId: z.string().nullable(), structureId: z.string().nullable(), subject: z.string(),
  delegate: z.object({ accountId: z.string(), name: z.string(), email: z.string().nullable(), invited: z.boolean() }),
  scopes: z.array(delegationScopeSchema), validFrom: z.iso.datetime(), validUntil: z.iso.datetime(), grantedBy: z.string(), grantedAt: z.iso.datetime(),
  revokedAt: instant, revokedBy: z.string().nullable(), state: z.enum(['coming', 'in-force', 'ended', 'revoked']),
  /** The reader may end it now. */
  revocable: z.boolean(),
});
export type DelegationView = z.infer<typeof delegationViewSchema>;

const idParams = z.object({ id: z.uuid() });
export const accountRoutes = {
  accounts: defineRoute({
    method: 'GET', path: '/api/v1/accounts', access: grantorRoles, summary: 'Comptes des territoires dont on tient les comptes',
    query: z.object({ territory: z.string().max(8).optional() }), response: z.object({ accounts: z.array(accountSchema) }),
  }),
  toTreat: defineRoute({
    method: 'GET', path: '/api/v1/accounts/to-treat', access: grantorRoles, summary: 'Ce qui attend le gestionnaire de comptes',
    response: z.object({
      requests: z.array(accountRequestSchema), pending: z.array(accountSchema), unanswered: z.array(accountSchema), withoutEmail: z.array(accountSchema),
      endingDelegations: z.array(delegationViewSchema),
    }),
  }),
  mayGrant: defineRoute({
    method: 'GET', path: '/api/v1/accounts/grantable', access: grantorRoles, summary: 'Les rôles que l’on peut donner, par territoire', response: z.object({ territories: z.array(z.object({ territory: z.string(), roles: z.array(roleSchema) })) }),
  }),
  createAccount: defineRoute({
    method: 'POST', path: '/api/v1/accounts', access: grantorRoles, status: 201, summary: 'Ouvrir un compte et envoyer son invitation',
    body: detailsSchema.extend({ email: emailSchema, nationalId: nationalIdSchema.nullable().default(null), grants: z.array(newGrantSchema).min(1, 'au moins un rôle').max(10) }),
    response: accountSchema,
  }),
  account: defineRoute({
    method: 'GET', path: '/api/v1/accounts/:id', access: grantorRoles, summary: 'Un compte et son histoire', params: idParams,
    response: z.object({
      account: accountSchema,
      history: z.array(z.object({ at: z.iso.datetime(), by: z.string(), event: z.string(), reason: z.string().nullable(), detail: z.record(z.string(), z.unknown()) })),
    }),
  }),
  changeAccount: defineRoute({
    method: 'PUT', path: '/api/v1/accounts/:id', access: grantorRoles, summary: 'Modifier les coordonnées d’un compte', params: idParams, body: detailsSchema, response: accountSchema,
  }),
  actOnAccount: defineRoute({
    method: 'POST', path: '/api/v1/accounts/:id/:event', access: grantorRoles, summary: 'Valider, inviter de nouveau, suspendre ou rouvrir un compte',
    params: idParams.extend({ event: z.enum(['validate', 'invite', 'suspend', 'reopen']) }),
    body: z.strictObject({ grants: z.array(newGrantSchema).max(10).default([]) }), response: accountSchema,
  }),
  grantRole: defineRoute({
    method: 'POST', path: '/api/v1/accounts/:id/grants', access: grantorRoles, summary: 'Donner un rôle sur un territoire', params: idParams, body: newGrantSchema, response: accountSchema,
  }),
  revokeRole: defineRoute({
    method: 'DELETE', path: '/api/v1/accounts/:id/grants/:grantId', access: grantorRoles, summary: 'Retirer un rôle', params: idParams.extend({ grantId: z.uuid() }), response: accountSchema,
  }),
  acceptRequest: defineRoute({
    method: 'POST', path: '/api/v1/account-requests/:id/accept', access: grantorRoles, summary: 'Accepter une demande de compte : une invitation part', params: idParams, response: accountSchema,
  }),
  refuseRequest: defineRoute({
    method: 'POST', path: '/api/v1/account-requests/:id/refuse', access: grantorRoles, summary: 'Refuser une demande de compte', params: idParams, body: z.strictObject({ reason: z.enum(refusalReasons) }), response: z.object({ refused: z.literal(true) }),
  }),
} as const;

export const delegationRoutes = {
  delegations: defineRoute({
    method: 'GET', path: '/api/v1/delegations', access: 'signed-in', summary: 'Délégations données et reçues, passées comprises',
    response: z.object({
      given: z.array(delegationViewSchema), received: z.array(delegationViewSchema),
      /** For whom the reader may delegate. */
      subjects: z.array(z.object({ nationalId: z.string().nullable(), structureId: z.string().nullable(), name: z.string() })),
    }),
  }),
  delegate: defineRoute({
    method: 'POST', path: '/api/v1/delegations', access: ['effecteur', 'gestionnaire-structure'], status: 201, summary: 'Déléguer : à qui, quoi, du … au …',
    body: z.strictObject({
      email: emailSchema, lastName: nameSchema, firstName: nameSchema, nationalId: z.string().max(60).nullable().default(null), structureId: z.string().max(60).nullable().default(null),
      scopes: z.array(delegationScopeSchema).min(1, 'au moins une chose à déléguer'), from: z.iso.date(), until: z.iso.date(),
    }),
    response: delegationViewSchema,
  }),
  revokeDelegation: defineRoute({
    method: 'POST', path: '/api/v1/delegations/:id/revoke', access: 'signed-in', summary: 'Mettre fin à une délégation, à l’instant', params: idParams, response: delegationViewSchema,
  }),
} as const;

export const personRoutes = {
  myAccount: defineRoute({
    method: 'GET', path: '/api/v1/my-account', access: 'signed-in', summary: 'Mon compte : coordonnées, droits, connexions',
    response: accountSchema.omit({ possible: true, invitedAt: true }).extend({
      methods: z.object({ card: z.boolean(), password: z.object({ changedAt: z.iso.datetime(), recoveryCodesLeft: z.number().int() }).nullable() }),
      terms: z.object({ version: z.string(), acceptedAt: z.iso.datetime() }).nullable(),
      signIns: z.array(z.object({ at: z.iso.datetime(), event: z.string() })),
    }),
  }),
  changeMyDetails: defineRoute({
    method: 'PUT', path: '/api/v1/my-account', access: 'signed-in', summary: 'Modifier mon téléphone et mon temps disponible',
    body: detailsSchema.pick({ phone: true, available: true }).strict(), response: z.object({ saved: z.literal(true) }),
  }),
  acceptTerms: defineRoute({
    method: 'POST', path: '/api/v1/my-account/terms', access: 'signed-in', summary: "Accepter les conditions d'utilisation",
    body: z.strictObject({ version: z.literal(TERMS_VERSION) }), response: z.object({ accepted: z.literal(true) }),
  }),
  actors: defineRoute({
    method: 'GET', path: '/api/v1/actors', access: teamRoles, summary: 'Les acteurs du SAS : annuaire et organigramme',
    response: z.object({
      actors: z.array(detailsSchema.pick({ lastName: true, firstName: true, phone: true, department: true, team: true, available: true }).extend({
        id: z.string(), displayName: z.string(), email: z.string().nullable(), roles: z.array(roleSchema), territories: z.array(z.string()),
        level: z.enum(levels), editable: z.boolean(),
      })),
    }),
  }),
} as const;
