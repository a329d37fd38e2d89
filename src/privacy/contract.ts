import { z } from 'zod';
import { defineRoute } from '../foundation/http/route.ts';
import { administratorRoles } from '../identity/contract.ts';
import { categoryCodes } from './domain/categories.ts';
import { levels } from './domain/impact.ts';
import { requestStates } from './domain/requests.ts';

export { needsReason, type Answer, type RequestState } from './domain/requests.ts';
export { categories, categoryCodes, inWords, type CategoryCode } from './domain/categories.ts';

/** Those who see how long data is kept and that it was erased. */
export const retentionReaders = [...administratorRoles, 'responsable-sas'] as const;
const territorySchema = z.string().regex(/^(\*|[0-9A-Z-]{2,8})$/, 'code de territoire attendu');
const categorySchema = z.enum(categoryCodes);

// ---------------------------------------------------------------- retention

export const holdReasons = {
  litige: 'Litige ou réclamation en cours', requisition: 'Réquisition judiciaire ou administrative', inspection: 'Inspection ou contrôle',
  'evenement-grave': 'Événement indésirable grave en analyse', limitation: 'Limitation demandée par la personne (RGPD, art. 18)',
} as const;
export type HoldReason = keyof typeof holdReasons;

export const holdSchema = z.object({
  id: z.uuid(), territory: z.string(), category: categorySchema,
  /** Null: the whole category. */
  objectId: z.string().nullable(),
  reason: z.enum(Object.keys(holdReasons) as [HoldReason, ...HoldReason[]]),
  author: z.string(), at: z.iso.datetime(), until: z.iso.datetime().nullable(),
  liftedBy: z.string().nullable(), liftedAt: z.iso.datetime().nullable(),
});
export type HoldView = z.infer<typeof holdSchema>;

/** The proof of an erasure. */
export const runSchema = z.object({
  id: z.uuid(), territory: z.string(), category: categorySchema, ruleVersion: z.number().int(), days: z.number().int(),
  cutOff: z.iso.datetime(), startedAt: z.iso.datetime(), finishedAt: z.iso.datetime().nullable(),
  keptBefore: z.number().int(), dueBefore: z.number().int(), purged: z.number().int(), keptAfter: z.number().int().nullable(), held: z.number().int().nullable(),
  /** SHA-256 chained over the ids erased, batch after batch. */
  digest: z.string(),
});
export type Run = z.infer<typeof runSchema>;

export const ruleSchema = z.object({
  category: categorySchema,
  territory: z.string(),
  days: z.number().int(),
  /** 0: the usual duration, never changed here. */
  version: z.number().int(),
  author: z.string().nullable(),
  at: z.iso.datetime().nullable(),
  /** Whether whoever reads may change it. */
  editable: z.boolean(),
  lastRun: runSchema.nullable(),
});
export type Rule = z.infer<typeof ruleSchema>;

const forecastSchema = z.object({
  cutOff: z.iso.datetime(), days: z.number().int(), kept: z.number().int(), due: z.number().int(), held: z.number().int(),
  /** The oldest, at most 500. */
  records: z.array(z.object({ id: z.string(), at: z.iso.datetime() })),
});

const ofCategory = z.object({ territory: territorySchema, category: categorySchema });

// ---------------------------------------------------------------- data rights

export const requestKinds = {
  rectification: 'Corriger une donnée (art. 16)', effacement: 'Effacer une donnée (art. 17)',
  limitation: 'Limiter l’usage d’une donnée (art. 18)', opposition: 'M’opposer à un traitement (art. 21)',
} as const;
export type RequestKind = keyof typeof requestKinds;

export const requestSubjects = {
  compte: 'Mon compte', droits: 'Mes rôles et mes droits', delegation: 'Mes délégations', participation: 'Ma participation', disponibilites: 'Mes disponibilités',
  orientations: 'Mes orientations', annuaire: 'Ce que dit l’annuaire de moi', journal: 'Le journal de mes actes', autre: 'Autre chose',
} as const;
export type RequestSubject = keyof typeof requestSubjects;

/** Why a request is not granted, or not wholly. */
export const answerReasons = {
  'obligation-legale': 'La loi impose de garder cette donnée (art. 17.3.b)', 'source-externe': 'La donnée vient de l’Annuaire santé : elle se corrige auprès de l’ordre',
  'donnee-exacte': 'La donnée a été vérifiée : elle est exacte', 'defense-droits': 'La donnée est nécessaire à la défense de droits (art. 17.3.e)',
  'interet-public': 'Le traitement répond à une mission d’intérêt public (art. 21.1)', 'demande-excessive': 'La demande est répétée ou manifestement infondée (art. 12.5)',
  'donnee-absente': 'Le logiciel ne garde pas cette donnée',
} as const;
export type AnswerReason = keyof typeof answerReasons;
const keysOf = <T extends object>(labels: T) => Object.keys(labels) as [keyof T & string, ...(keyof T & string)[]];

export const TEXT_LIMIT = 2_000;

export const requestSchema = z.object({
  id: z.uuid(), number: z.string(), territory: z.string(),
  /** Who asks. */
  author: z.string(),
  kind: z.enum(keysOf(requestKinds)), subject: z.enum(keysOf(requestSubjects)), body: z.string(),
  at: z.iso.datetime(), dueAt: z.iso.datetime(), state: z.enum(requestStates),
  reason: z.enum(keysOf(answerReasons)).nullable(), answeredBy: z.string().nullable(), answeredAt: z.iso.datetime().nullable(),
  /** Not answered a month after. */
  late: z.boolean(),
});
export type RightsRequest = z.infer<typeof requestSchema>;

const cell = z.union([z.string(), z.number(), z.null()]);
export const personalDataSchema = z.object({
  at: z.iso.datetime(), name: z.string(),
  sections: z.array(z.object({ title: z.string(), rows: z.array(z.record(z.string(), cell)) })),
});
export type PersonalDataView = z.infer<typeof personalDataSchema>;

const processingSchema = z.object({
  name: z.string(), purposes: z.array(z.string()), legalBasis: z.string(), people: z.array(z.string()), data: z.array(z.string()), recipients: z.array(z.string()),
  kept: z.array(z.object({ label: z.string(), duration: z.string() })), security: z.array(z.string()),
});
export type ProcessingView = z.infer<typeof processingSchema>;
const riskSchema = z.object({
  risk: z.string(), people: z.string(), gravity: z.enum(levels), likelihood: z.enum(levels), measures: z.array(z.string()), left: z.string(),
});
export type RiskView = z.infer<typeof riskSchema>;

export const routes = {
  retention: defineRoute({
    method: 'GET', path: '/api/v1/retention/:territory', access: retentionReaders, summary: 'Durées de conservation, gels et preuves d’effacement d’un territoire',
    params: z.object({ territory: territorySchema }),
    response: z.object({ rules: z.array(ruleSchema), holds: z.array(holdSchema), runs: z.array(runSchema) }),
  }),
  saveRetentionRule: defineRoute({
    method: 'PUT', path: '/api/v1/retention/:territory/rules/:category', access: administratorRoles, summary: 'Changer une durée, dans ses bornes légales',
    params: ofCategory, body: z.strictObject({ days: z.number().int().min(0).max(40_000) }), response: ruleSchema,
  }),
  retentionForecast: defineRoute({
    method: 'GET', path: '/api/v1/retention/:territory/forecast/:category', access: retentionReaders, summary: 'Ce qui serait effacé maintenant, sans rien effacer',
    params: ofCategory, query: z.object({ days: z.coerce.number().int().min(0).max(40_000).optional() }), response: forecastSchema,
  }),
  placeHold: defineRoute({
    method: 'POST', path: '/api/v1/retention/:territory/holds', access: administratorRoles, status: 201, summary: 'Geler un objet ou une catégorie : rien n’en est effacé',
    params: z.object({ territory: territorySchema }),
    body: z.strictObject({
      category: categorySchema,
      objectId: z.string().trim().regex(/^[A-Za-z0-9._:/-]{1,120}$/, 'identifiant attendu').nullable(),
      reason: z.enum(Object.keys(holdReasons) as [HoldReason, ...HoldReason[]]),
      until: z.iso.datetime({ offset: true }).nullable(),
    }),
    response: holdSchema,
  }),
  liftHold: defineRoute({
    method: 'POST', path: '/api/v1/retention/:territory/holds/:id/lift', access: administratorRoles, summary: 'Lever un gel',
    params: z.object({ territory: territorySchema, id: z.uuid() }), response: holdSchema,
  }),
  privacyNotice: defineRoute({
    method: 'GET', path: '/api/v1/privacy/notice', access: 'signed-in', summary: 'Ce qui est gardé sur moi, pourquoi, combien de temps, et qui le voit',
    response: z.object({ lines: z.array(z.object({ what: z.string(), why: z.string(), whoSees: z.string(), howLong: z.string() })) }),
  }),
  myData: defineRoute({
    method: 'GET', path: '/api/v1/privacy/my-data', access: 'signed-in', summary: 'Tout ce qui est gardé sur moi (RGPD, art. 15 et 20)', response: personalDataSchema,
  }),
  myRequests: defineRoute({
    method: 'GET', path: '/api/v1/privacy/my-requests', access: 'signed-in', summary: 'Mes demandes sur mes données', response: z.object({ requests: z.array(requestSchema) }),
  }),
  askRequest: defineRoute({
    method: 'POST', path: '/api/v1/privacy/my-requests', access: 'signed-in', status: 201, summary: 'Demander une correction, un effacement, une limitation, ou s’opposer',
    body: z.strictObject({
      kind: z.enum(keysOf(requestKinds)), subject: z.enum(keysOf(requestSubjects)),
      body: z.string().trim().min(1, 'dites ce qui est à changer').max(TEXT_LIMIT, `${TEXT_LIMIT} caractères au plus`),
    }),
    response: requestSchema,
  }),
  requests: defineRoute({
    method: 'GET', path: '/api/v1/privacy/requests', access: administratorRoles, summary: 'Demandes à traiter sur les données personnelles',
    response: z.object({ requests: z.array(requestSchema) }),
  }),
  answerRequest: defineRoute({
    method: 'POST', path: '/api/v1/privacy/requests/:id/answer', access: administratorRoles, summary: 'Répondre à une demande',
    params: z.object({ id: z.uuid() }),
    body: z.strictObject({ answer: z.enum(['accepted', 'partly', 'refused']), reason: z.enum(keysOf(answerReasons)).nullable() }),
    response: requestSchema,
  }),
  register: defineRoute({
    method: 'GET', path: '/api/v1/privacy/register/:territory', access: retentionReaders, summary: 'Registre des traitements et éléments de l’analyse d’impact',
    params: z.object({ territory: territorySchema }),
    response: z.object({ version: z.iso.date(), processings: z.array(processingSchema), risks: z.array(riskSchema) }),
  }),
} as const;
