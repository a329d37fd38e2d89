import { z } from 'zod';
import { defineRoute } from '../foundation/http/route.ts';
import { administratorRoles } from '../identity/contract.ts';
import { categoryCodes } from './domain/categories.ts';

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
} as const;
