import { z } from 'zod';
import { defineRoute } from '../../foundation/http/route.ts';
import { administratorRoles, roleSchema, searchRoles } from '../../identity/contract.ts';
import { vendorAccountStates, vendorActions } from './domain/vendor-account.ts';
import {
  calendarImportSchema, copiedSchema, copySchema, feedSchema, importedSchema, leaveDeclarationSchema, leaveOutcomeSchema, leaveSchema, modalitySchema,
  openingChangeSchema, ownerSchema, publicationSchema, publishedSchema, seriesChangeSchema, seriesSchema, slotTypeSchema,
} from './domain/agenda-shapes.ts';

export { modalitySchema, slotTypeSchema };
export type { Copy, Leave, LeaveDeclaration, Imported, OpeningChange, Publication, Published, Series, SeriesChange, Touched } from './domain/agenda-shapes.ts';
export type Modality = z.infer<typeof modalitySchema>;
export const modalityLabels: Record<Modality, string> = { AMB: 'au cabinet', HH: 'à domicile', VR: 'en téléconsultation' };

export type SlotType = z.infer<typeof slotTypeSchema>;

/** A free slot, from the platform's agenda or from a vendor, as the regulation sees it. Never the agenda itself. */
export const slotSchema = z.object({
  /** Platform: a UUID. Vendor: a sealed text that holds the slot; it cannot be forged. */
  id: z.string(),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
  modalities: z.array(modalitySchema),
  types: z.array(slotTypeSchema),
  withAppointment: z.boolean(),
  /** `platform` or the vendor's name. */
  source: z.string(),
  remaining: z.number().int().nullable(),
  bookingUrl: z.string().nullable(),
});
export type SlotView = z.infer<typeof slotSchema>;

export const flowSchema = z.enum(['ps', 'cpts', 'sos']);
export type Flow = z.infer<typeof flowSchema>;

export const sourceStatusSchema = z.enum(['ok', 'late', 'error', 'circuit-open']);
export type SourceStatus = z.infer<typeof sourceStatusSchema>;

/** Where an answer departs from the specification, said so that the vendor's engineer can mend it. */
export const conformityProblemSchema = z.object({
  rule: z.string(),
  /** Path of the element in the answer, e.g. `Bundle.entry[3].resource.identifier[0].value`. */
  element: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  sample: z.string().nullable(),
});
export type ConformityProblem = z.infer<typeof conformityProblemSchema>;

export const editorStateSchema = z.object({
  name: z.string(),
  status: sourceStatusSchema,
  latencyMs: z.number().int(),
  slotCount: z.number().int(),
  /** Age of the answer when it comes from the short cache, else 0. */
  ageMs: z.number().int(),
  /** What happened, in words, when the status is not `ok`. */
  detail: z.string().nullable(),
  problems: z.array(conformityProblemSchema),
});
export type EditorState = z.infer<typeof editorStateSchema>;

export const stages = ['CADRAGE', 'DEVELOPPEMENT', 'RECETTE_PROV', 'RECETTE_DEF', 'PRODUCTION', 'VSR', 'EXPLOITATION'] as const;

export const editorSchema = z.object({
  name: z.string().regex(/^[\w .'-]{1,40}$/u, 'lettres, chiffres, espaces, point ou tiret, 40 caractères au plus'),
  baseUrl: z.url({ protocol: /^https?$/ }),
  flows: z.array(flowSchema).min(1),
  origin: z.string().regex(/^[\w-]{1,30}$/).default('sas'),
  certPath: z.string().nullable().default(null),
  keyPath: z.string().nullable().default(null),
  caPath: z.string().nullable().default(null),
  concurrency: z.number().int().min(1).max(32).default(4),
  active: z.boolean().default(true),
  stage: z.enum(stages).default('CADRAGE'),
});
export type Editor = z.output<typeof editorSchema>;

const latencySchema = z.object({ p50: z.number().nullable(), p90: z.number().nullable(), p99: z.number().nullable() });

export const editorHealthSchema = editorSchema.extend({
  circuit: z.enum(['closed', 'open', 'half-open']),
  calls24h: z.number().int(),
  ok24h: z.number().int(),
  late24h: z.number().int(),
  error24h: z.number().int(),
  slots24h: z.number().int(),
  latencyMs: latencySchema,
  knownProfessionals: z.number().int(),
  lastAnswerAt: z.iso.datetime().nullable(),
  certificateExpiresAt: z.iso.datetime().nullable(),
  /** `soon` under 60 days, `urgent` under 15 (INT-11). */
  certificateAlert: z.enum(['none', 'soon', 'urgent', 'expired']),
  /** When the interfacing project entered its stage (AGR-11). */
  stageSince: z.iso.date(),
  /** Since when the vendor is left alone; null while it is asked normally. */
  suspendedSince: z.iso.datetime().nullable(),
  problemCount: z.number().int(),
});

export type EditorHealth = z.infer<typeof editorHealthSchema>;

export const openingSchema = z.object({
  id: z.string(),
  nationalId: z.string().nullable(),
  structureId: z.string().nullable(),
  placeId: z.string(),
  kind: z.enum(['single', 'range']),
  day: z.iso.date(),
  starts: z.string(),
  ends: z.string(),
  timeZone: z.string(),
  modalities: z.array(modalitySchema),
  slotTypes: z.array(slotTypeSchema),
  withAppointment: z.boolean(),
  capacity: z.number().int(),
  taken: z.number().int(),
  note: z.string().nullable(),
  /** The weekly series that gave it; null when it stands alone. */
  seriesId: z.string().nullable(),
  version: z.number().int(),
  /** Its free places are hidden: a leave covers it. */
  onLeave: z.boolean(),
  /** Its owner took it away while people were oriented there: they keep their place. */
  closed: z.boolean(),
});

/** Those who fill agendas: their own, those of their structure, those delegated to them, those of their territory. */
export const agendaRoles = ['effecteur', 'gestionnaire-structure', 'delegataire', ...administratorRoles] as const;

/** An agenda over some days, as whoever keeps it sees it. */
export const agendaSchema = z.object({
  timeZone: z.string(),
  openings: z.array(openingSchema),
  series: z.array(seriesSchema),
  leaves: z.array(leaveSchema),
  holidays: z.array(z.object({ day: z.iso.date(), name: z.string() })),
  /** Offered over these days, in minutes; what overlaps counts once. */
  offeredMinutes: z.number().int(),
});
export type Agenda = z.infer<typeof agendaSchema>;

/** An agenda that somebody keeps, and where patients may be received. */
export const keptAgendaSchema = z.object({
  nationalId: z.string().nullable(),
  structureId: z.string().nullable(),
  label: z.string(),
  /** The structure in which this professional is looked at. */
  within: z.string().nullable(),
  places: z.array(z.object({ id: z.string(), label: z.string() })),
});
export type KeptAgenda = z.infer<typeof keptAgendaSchema>;

const ownerQuery = z.object({ nationalId: z.string().optional(), structureId: z.string().optional() });
const idParams = z.object({ id: z.uuid() });
const removed = z.object({ removed: z.literal(true) });

/** One step of the conformity test of a vendor. */
export const checkStepSchema = z.object({ id: z.string(), title: z.string(), status: z.enum(['passed', 'failed', 'warning', 'skipped']), detail: z.string() });
export type CheckStep = z.infer<typeof checkStepSchema>;

/** A regulator's account at one vendor (INT_R02). */
export const vendorAccountSchema = z.object({
  editor: z.string(),
  state: z.enum(vendorAccountStates),
  /** What is left to do there. */
  pending: z.enum(vendorActions).nullable(),
  /** Failures in a row. */
  attempts: z.number().int(),
  nextAttemptAt: z.iso.datetime().nullable(),
  lastAttemptAt: z.iso.datetime().nullable(),
  synchronisedAt: z.iso.datetime().nullable(),
  /** HTTP status of the last refusal; null when the vendor did not answer. */
  lastStatus: z.number().int().nullable(),
  /** In words, with the vendor's own. */
  lastError: z.string().nullable(),
});
export type VendorAccountView = z.infer<typeof vendorAccountSchema>;

export const regulatorAtVendorsSchema = z.object({
  accountId: z.string(),
  displayName: z.string(),
  /** Empty once he is a regulator no more. */
  roles: z.array(roleSchema),
  vendors: z.array(vendorAccountSchema),
});
export type RegulatorAtVendors = z.infer<typeof regulatorAtVendorsSchema>;

/** Those who see the regulators' accounts at the vendors and send them again. */
export const vendorAccountRoles = ['gestionnaire-comptes', 'responsable-sas', ...administratorRoles] as const;

const nameParams = z.object({ name: z.string() });

export const routes = {
  hold: defineRoute({
    method: 'POST', path: '/api/v1/holds', summary: 'Retenir un créneau deux minutes pendant la saisie', access: searchRoles, status: 201,
    body: z.object({ slotId: z.uuid() }),
    response: z.object({ holdId: z.string(), slotId: z.string(), expiresAt: z.iso.datetime(), remaining: z.number().int() }),
  }),
  releaseHold: defineRoute({
    method: 'DELETE', path: '/api/v1/holds/:holdId', summary: 'Rendre un créneau retenu', access: searchRoles,
    params: z.object({ holdId: z.uuid() }), response: z.object({ released: z.boolean() }),
  }),
  slot: defineRoute({
    method: 'GET', path: '/api/v1/slots/:id', summary: "Où en est un créneau de l'agenda", access: searchRoles,
    params: z.object({ id: z.uuid() }), response: slotSchema.extend({ available: z.boolean() }),
  }),
  openings: defineRoute({
    method: 'GET', path: '/api/v1/openings', access: agendaRoles,
    summary: "Disponibilités déclarées sur l'agenda de la plateforme",
    query: z.object({ nationalId: z.string().optional(), structureId: z.string().optional(), from: z.iso.date(), to: z.iso.date() }),
    response: z.object({ openings: z.array(openingSchema) }),
  }),
  open: defineRoute({
    method: 'POST', path: '/api/v1/openings', access: agendaRoles, status: 201,
    summary: 'Déclarer un créneau ou une plage « je peux recevoir X patients »',
    body: z.object({
      nationalId: z.string().regex(/^[08]\d{9,11}$/).nullable(), structureId: z.string().nullable(), placeId: z.string().max(80),
      kind: z.enum(['single', 'range']), day: z.iso.date(), starts: z.iso.time({ precision: -1 }), ends: z.iso.time({ precision: -1 }),
      modalities: z.array(modalitySchema).min(1), withAppointment: z.boolean().default(true),
      slotTypes: z.array(slotTypeSchema).min(1).default(['SNP']),
      capacity: z.number().int().min(1).max(200).default(1),
    }),
    response: openingSchema,
  }),
  removeOpening: defineRoute({
    method: 'DELETE', path: '/api/v1/openings/:id', access: agendaRoles,
    summary: 'Retirer une disponibilité (refusé si un patient y est déjà orienté)',
    params: idParams, response: removed,
  }),
  changeOpening: defineRoute({
    method: 'PUT', path: '/api/v1/openings/:id', access: agendaRoles,
    summary: "Modifier une disponibilité, ou une occurrence d'une série (version attendue en If-Match ; 412 avec ce qui a changé et par qui)",
    params: idParams, body: openingChangeSchema, response: openingSchema,
  }),
  agendas: defineRoute({
    method: 'GET', path: '/api/v1/agendas', access: agendaRoles, summary: 'Agendas que je tiens : le mien, ceux qui me sont délégués, ceux de mes structures et de leurs membres',
    response: z.object({ agendas: z.array(keptAgendaSchema) }),
  }),
  agenda: defineRoute({
    method: 'GET', path: '/api/v1/agenda', access: agendaRoles, summary: "Un agenda sur quelques jours : disponibilités, séries, congés, jours fériés",
    query: ownerQuery.extend({ from: z.iso.date(), to: z.iso.date() }), response: agendaSchema,
  }),
  publish: defineRoute({
    method: 'POST', path: '/api/v1/agenda/publications', access: agendaRoles, status: 201,
    summary: 'Publier des disponibilités : une fois ou chaque semaine, en une plage ou découpées en créneaux', body: publicationSchema, response: publishedSchema,
  }),
  changeSeries: defineRoute({
    method: 'PUT', path: '/api/v1/agenda/series/:id', access: agendaRoles,
    summary: 'Modifier une série, entière ou à partir d’un jour ; ce qui est réservé reste en place (If-Match)', params: idParams, body: seriesChangeSchema, response: publishedSchema,
  }),
  removeSeries: defineRoute({
    method: 'DELETE', path: '/api/v1/agenda/series/:id', access: agendaRoles,
    summary: 'Retirer une série, entière ou à partir d’un jour ; ce qui est réservé reste en place (If-Match)',
    params: idParams, query: z.object({ from: z.iso.date().optional() }), response: publishedSchema,
  }),
  declareLeave: defineRoute({
    method: 'POST', path: '/api/v1/agenda/leaves', access: agendaRoles, status: 201,
    summary: 'Déclarer une indisponibilité : places libres cachées, rendez-vous concernés listés', body: leaveDeclarationSchema, response: leaveOutcomeSchema,
  }),
  leaveAppointments: defineRoute({
    method: 'GET', path: '/api/v1/agenda/leaves/:id', access: agendaRoles, summary: 'Rendez-vous concernés par une indisponibilité', params: idParams,
    response: leaveOutcomeSchema,
  }),
  removeLeave: defineRoute({
    method: 'DELETE', path: '/api/v1/agenda/leaves/:id', access: agendaRoles, summary: 'Retirer une indisponibilité : les places reviennent', params: idParams,
    response: z.object({ givenBack: z.number().int() }),
  }),
  copyAgenda: defineRoute({
    method: 'POST', path: '/api/v1/agenda/copies', access: agendaRoles, summary: 'Copier un jour ou une semaine vers d’autres dates ou d’autres agendas',
    body: copySchema, response: copiedSchema,
  }),
  importCalendar: defineRoute({
    method: 'POST', path: '/api/v1/agenda/imports', access: agendaRoles, bodyLimit: 1_200_000,
    summary: 'Lire un fichier iCalendar : aperçu, puis écriture', body: calendarImportSchema, response: importedSchema,
  }),
  feeds: defineRoute({
    method: 'GET', path: '/api/v1/agenda/feeds', access: agendaRoles, summary: "Adresses d'abonnement d'un agenda", query: ownerQuery,
    response: z.object({ feeds: z.array(feedSchema) }),
  }),
  createFeed: defineRoute({
    method: 'POST', path: '/api/v1/agenda/feeds', access: agendaRoles, status: 201,
    summary: "Créer une adresse secrète d'abonnement (dite une seule fois)", body: ownerSchema, response: feedSchema.extend({ url: z.string() }),
  }),
  revokeFeed: defineRoute({
    method: 'DELETE', path: '/api/v1/agenda/feeds/:id', access: agendaRoles, summary: "Fermer une adresse d'abonnement", params: idParams, response: removed,
  }),
  feed: defineRoute({
    method: 'GET', path: '/api/v1/calendars/:secret', access: 'public', stream: true, summary: "Agenda au format iCalendar (RFC 5545), par son adresse secrète",
    params: z.object({ secret: z.string().max(80) }), response: z.string(),
  }),
  editors: defineRoute({
    method: 'GET', path: '/api/v1/editors', access: 'signed-in', summary: 'Éditeurs interrogés et leur santé sur 24 h',
    response: z.object({
      editors: z.array(editorHealthSchema),
      /** AGR-16: share of participants interfaced, and slots a day by source. */
      interfaced: z.object({ participants: z.number().int(), interfaced: z.number().int() }),
      slotsPerDay: z.array(z.object({ day: z.iso.date(), source: z.string(), slots: z.number().int() })),
    }),
  }),
  saveEditor: defineRoute({
    method: 'PUT', path: '/api/v1/editors/:name', access: administratorRoles, summary: 'Ajouter ou modifier un éditeur',
    params: nameParams, response: editorSchema,
    /** The stage is that of a vendor being added; then it moves by `moveEditorStage` alone. */
    body: editorSchema.omit({ name: true }),
  }),
  removeEditor: defineRoute({
    method: 'DELETE', path: '/api/v1/editors/:name', access: administratorRoles, summary: "Ne plus interroger un éditeur",
    params: nameParams, response: z.object({ removed: z.literal(true) }),
  }),
  editorProblems: defineRoute({
    method: 'GET', path: '/api/v1/editors/:name/problems', access: 'signed-in',
    summary: "Écarts de conformité relevés chez un éditeur, avec l'élément et la règle",
    params: nameParams,
    response: z.object({
      problems: z.array(conformityProblemSchema.extend({ count: z.number().int(), firstSeen: z.iso.datetime(), lastSeen: z.iso.datetime() })),
      calls: z.array(z.object({ at: z.iso.datetime(), flow: flowSchema, status: sourceStatusSchema, latencyMs: z.number(), asked: z.number(), slots: z.number(), detail: z.string().nullable(), request: z.string().nullable() })),
    }),
  }),
  testEditor: defineRoute({
    method: 'POST', path: '/api/v1/editors/:name/test', access: administratorRoles, stream: true,
    summary: 'Dérouler les vérifications de conformité, étape par étape (SSE : un événement `step` par étape puis `done`)',
    params: nameParams,
    response: checkStepSchema,
  }),
  vendorAccounts: defineRoute({
    method: 'GET', path: '/api/v1/vendor-accounts', access: vendorAccountRoles, summary: 'Comptes des régulateurs chez les éditeurs (INT_R02)',
    response: z.object({ editors: z.array(z.string()), accounts: z.array(regulatorAtVendorsSchema) }),
  }),
  ownVendorAccounts: defineRoute({
    method: 'GET', path: '/api/v1/vendor-accounts/mine', access: searchRoles, summary: 'Son propre compte chez les éditeurs',
    response: z.object({ editors: z.array(z.string()), vendors: z.array(vendorAccountSchema) }),
  }),
  retryVendorAccount: defineRoute({
    method: 'POST', path: '/api/v1/vendor-accounts/:accountId/retry', access: vendorAccountRoles,
    summary: 'Renvoyer maintenant un compte à un éditeur', params: z.object({ accountId: z.uuid() }), body: z.strictObject({ editor: z.string().max(40) }),
    response: z.object({ due: z.literal(true) }),
  }),
} as const;
