import { z } from 'zod';
import { defineRoute } from '../foundation/http/route.ts';

/** The closed list of role codes (ACT-01, public contract). */
export const roles = [
  'arm', 'arm-coordonnateur', 'superviseur', 'osnp', 'mru', 'mrg', 'medecin-specialise', 'ioa', 'effecteur', 'delegataire',
  'gestionnaire-structure', 'gestionnaire-comptes', 'responsable-sas', 'ars', 'dgos', 'cpam', 'administrateur',
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
} as const;
