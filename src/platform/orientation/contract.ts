import { z } from 'zod';
import { defineRoute } from '../../foundation/http/route.ts';
import { administratorRoles, roleSchema, searchRoles } from '../../identity/contract.ts';
import { editorStateSchema, modalitySchema, slotSchema } from '../availability/contract.ts';
import { structureKindSchema } from '../directory/contract.ts';
import { participationSchema, viaSchema } from '../participation/contract.ts';
import { openingReasonLabels } from './domain/request-lists.ts';
import {
  acceptSchema, delayedKinds, dutyPlanSchema, fairnessLineSchema, inboxItemSchema, nameSchema, reasonOf, refuseSchema, requestSchema, saveDutiesSchema,
  statementSchema,
} from './domain/request-schemas.ts';

// ---------------------------------------------------------------- search

const repeatable = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]), z.array(item).optional());

export const searchQuerySchema = z.object({
  lat: z.coerce.number().min(-90).max(90).optional(),
  lon: z.coerce.number().min(-180).max(180).optional(),
  insee: z.string().regex(/^\d[\dAB]\d{3}$/, 'code INSEE attendu').optional(),
  address: z.string().trim().min(2).max(200).optional(),
  radiusKm: z.coerce.number().positive().max(200).optional(),
  specialty: z.string().regex(/^[A-Za-z0-9:_-]{1,20}$/).default('SM54'),
  modality: repeatable(modalitySchema),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  enSus: z.stringbool().default(false),
  participating: z.stringbool().default(false),
  /** Prefixed or bare RPPS of the patient's usual doctor: shown first, when known. */
  usualDoctor: z.string().regex(/^[08]?\d{9,11}$/).optional(),
  /** Authority of the LRM that opened the search (INT_L01). */
  origin: z.string().max(60).optional(),
  seed: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/).optional(),
  /** Opaque; from `nextCursor`. It names the search, so pages share one session. */
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type SearchQuery = z.output<typeof searchQuerySchema>;

/** Why a result stands at its rank, as a code the proof replays and a sentence people read. */
export const reasonSchema = z.object({ code: z.string(), text: z.string() });

export const searchResultSchema = z.object({
  rank: z.number().int().min(1),
  professional: z
    .object({
      rpps: z.string().nullable(),
      nationalId: z.string(),
      lastName: z.string(),
      firstName: z.string(),
      specialties: z.array(z.object({ code: z.string(), label: z.string() })),
      sector: z.string().nullable(),
    })
    .nullable(),
  /** Set when the slot belongs to a structure whose doctor is not known yet (SOS Médecins), or for a CPTS; how it is asked en sus. */
  structure: z.object({ id: z.string(), kind: structureKindSchema, name: z.string(), channel: z.enum(['phone', 'web']) }).nullable(),
  place: z.object({
    id: z.string(), name: z.string(), address: z.string(), postcode: z.string(), city: z.string(), insee: z.string(),
    lat: z.number().nullable(), lon: z.number().nullable(), phone: z.string().nullable(),
  }),
  distanceM: z.number().int().nullable(),
  participation: participationSchema,
  /** Level of the charter, 0 for the usual doctor; null without charter. */
  level: z.number().int().nullable(),
  why: z.array(z.string()),
  slots: z.array(slotSchema),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

export const searchAnswerSchema = z.object({
  searchId: z.string(),
  seed: z.string(),
  ranking: z.enum(['distance', 'neutral']),
  window: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
  /** What was understood of the place. */
  location: z.object({ label: z.string(), lat: z.number(), lon: z.number(), insee: z.string().nullable(), radiusKm: z.number(), precise: z.boolean() }),
  territory: z.string().nullable(),
  charter: z.object({ version: z.number().int(), levels: z.array(z.object({ level: z.number().int(), name: z.string() })) }).nullable(),
  /** Message about the usual doctor (found, unknown, ambiguous, not given). */
  usualDoctor: z.object({ status: z.enum(['found', 'not-found', 'ambiguous', 'not-given']), message: z.string() }),
  total: z.number().int(),
  /** True when every vendor gave its slots: false as long as one is awaited, and for good when one was late or failed. */
  complete: z.boolean(),
  editors: z.array(editorStateSchema),
  /** Vendors whose answer is still awaited. */
  pending: z.array(z.string()),
  /** What the operator must know of this search: few professionals, no slot, address service away, window cut. */
  notices: z.array(reasonSchema),
  results: z.array(searchResultSchema),
  nextCursor: z.string().nullable(),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

/**
 * Events of the same search as a stream:
 * `candidates` → SearchAnswer with `complete: false`, results without slots yet; `slots` → SlotsEvent, one a source, the
 * platform's own (`source: 'platform'`) first; `editor` → EditorState, one a vendor; `done` → SearchAnswer without results;
 * `error` → problem, when the search fails after its first event.
 */
export const slotsEventSchema = z.object({
  source: z.string(),
  /** Slots to add, by rank of the result. */
  additions: z.array(z.object({ rank: z.number().int(), slots: z.array(slotSchema) })),
  /** Results that only this source knows (a place or association absent from the directory page). */
  results: z.array(searchResultSchema),
});
export type SlotsEvent = z.infer<typeof slotsEventSchema>;

export const proofSchema = z.object({
  searchId: z.string(),
  at: z.iso.datetime(),
  territory: z.string(),
  criteria: z.record(z.string(), z.unknown()),
  seed: z.string(),
  ranking: z.enum(['distance', 'neutral']),
  charterVersion: z.number().int().nullable(),
  /** The order shown then, and the order the documented function gives today from the same inputs. */
  shown: z.array(z.object({ rank: z.number().int(), key: z.string(), why: z.array(z.string()) })),
  replayed: z.array(z.object({ rank: z.number().int(), key: z.string() })),
  identical: z.boolean(),
  events: z.array(z.object({ at: z.iso.datetime(), kind: z.string(), payload: z.record(z.string(), z.unknown()) })),
});

// ---------------------------------------------------------------- charter

export const charterLevelSchema = z.object({
  name: z.string().min(1).max(80),
  /** A candidate is of this level when every criterion given holds; the first level that fits is his. */
  match: z.strictObject({
    via: z.array(viaSchema).optional(),
    structureKinds: z.array(structureKindSchema).optional(),
    sameCommune: z.boolean().optional(),
    withinKm: z.number().positive().max(200).optional(),
    participating: z.boolean().optional(),
  }),
});
export type CharterLevel = z.infer<typeof charterLevelSchema>;

export const charterSchema = z.object({
  territory: z.string(),
  version: z.number().int(),
  levels: z.array(charterLevelSchema).min(1).max(20),
  status: z.enum(['BROUILLON', 'RELU_AMU', 'RELU_MG', 'VALIDE_GOUVERNANCE', 'ACTIF', 'REMPLACE']),
  author: z.string(),
  createdAt: z.iso.datetime(),
  activeFrom: z.iso.datetime().nullable(),
});
export type Charter = z.infer<typeof charterSchema>;

// ---------------------------------------------------------------- orientations

export const orientationStatuses = [
  'BROUILLON', 'PROPOSE', 'RESERVATION', 'SOLLICITE', 'DEMANDE', 'ACCEPTE', 'ACCEPTE_SANS_NOM', 'ACCEPTE_NOMME', 'PRIS', 'MODIFIE',
  'ECHEC_CRENEAU_PRIS', 'REFUSE', 'SANS_REPONSE', 'EXPIRE', 'ANNULE_PATIENT', 'ANNULE_EFFECTEUR', 'ANNULE_SAS',
  'HONORE', 'NON_HONORE', 'NON_RENSEIGNE',
] as const;
export const orientationStatusSchema = z.enum(orientationStatuses);
export type OrientationStatus = z.infer<typeof orientationStatusSchema>;

export const orientationStatusLabels: Record<OrientationStatus, string> = {
  BROUILLON: 'Brouillon', PROPOSE: 'Proposé', RESERVATION: "En cours chez l'éditeur", SOLLICITE: 'Sollicité', DEMANDE: 'Demandé',
  ACCEPTE: 'Accepté', ACCEPTE_SANS_NOM: 'Accepté, médecin à nommer', ACCEPTE_NOMME: 'Accepté, médecin nommé', PRIS: 'Pris',
  MODIFIE: 'Modifié', ECHEC_CRENEAU_PRIS: 'Créneau déjà pris', REFUSE: 'Refusé', SANS_REPONSE: 'Sans réponse', EXPIRE: 'Expiré',
  ANNULE_PATIENT: 'Annulé par le patient', ANNULE_EFFECTEUR: "Annulé par l'effecteur", ANNULE_SAS: 'Annulé par le SAS',
  HONORE: 'Honoré', NON_HONORE: 'Non honoré', NON_RENSEIGNE: 'Non renseigné',
};

export const orientationSchema = z.object({
  id: z.string(),
  territory: z.string(),
  searchId: z.string().nullable(),
  /** The request en sus it is an attempt of. */
  requestId: z.string().nullable(),
  kind: z.enum(['slot', 'editor', 'phone', 'surnumeraire']),
  status: orientationStatusSchema,
  category: z.enum(['PS', 'CPTS', 'MSP', 'CDS', 'SOS', 'PDM']),
  nationalId: z.string().nullable(),
  structureId: z.string().nullable(),
  label: z.string(),
  placeLabel: z.string(),
  specialty: z.string().nullable(),
  modality: modalitySchema.nullable(),
  editor: z.string().nullable(),
  start: z.iso.datetime().nullable(),
  end: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  by: z.object({ accountId: z.string(), name: z.string(), role: roleSchema }),
  beyond48h: z.boolean(),
  lateReason: z.string().nullable(),
  skipReason: z.string().nullable(),
  charterLevel: z.number().int().nullable(),
  distanceM: z.number().int().nullable(),
  lrmReference: z.string().nullable(),
  flags: z.array(z.string()),
  /** Where the operator goes on to book, for a vendor's slot. */
  redirectUrl: z.string().nullable(),
  /** What may be done now, by this reader. */
  possible: z.array(z.string()),
});
export type Orientation = z.infer<typeof orientationSchema>;

/**
 * A reason in the operator's own words would invite medical text on the platform: reasons are chosen in a list.
 */
export const lateReasons = {
  'patient-choice': 'Choix du patient',
  'no-earlier-slot': 'Aucun créneau avant',
  'doctor-advice': 'Délai fixé par le médecin régulateur',
  'transport': 'Transport indisponible avant',
} as const;
export const skipReasons = {
  'patient-refused': 'Refus du patient',
  'no-answer': 'Pas de réponse',
  'too-far': 'Trop loin pour le patient',
  'modality': 'Modalité inadaptée',
  'doctor-decision': 'Décision du médecin régulateur',
} as const;

export { dutyModeLabels, type DutyMode } from './domain/duty.ts';
export type { Answerer, OpeningReason, Refusal } from './domain/request-lists.ts';
export { delayedKinds, type DelayedKind, type Duty, type DutyPlan, type FairnessLine, type InboxItem, type RequestAttempt, type RequestView, type Statement } from './domain/request-schemas.ts';
export { answererLabels, openingReasonLabels, passReasonLabels, refusalLabels, requestStateLabels } from './domain/request-lists.ts';

/** Unknown keys are refused (not dropped): nothing about a patient can slip in unseen. */
export const createOrientationSchema = z.strictObject({
  slotId: z.string().max(4_000).optional(),
  holdId: z.uuid().optional(),
  modality: modalitySchema.optional(),
  enSus: z
    .strictObject({ rpps: z.string().regex(/^8?\d{11}$/).optional(), structureId: z.string().max(20).optional(), at: z.iso.datetime({ offset: true }),
      /** SUR-02: the slot search that came back empty, or a reason. */
      emptySearchId: z.uuid().optional(), reason: reasonOf(openingReasonLabels).optional(),
    })
    .optional(),
  searchId: z.uuid().optional(),
  lrmReference: z.string().regex(/^[A-Za-z0-9._:/|-]{1,64}$/, 'identifiant technique de dossier attendu, sans espace').optional(),
  lateReason: reasonOf(lateReasons).optional(),
  skipReason: reasonOf(skipReasons).optional(),
});

const idParams = z.object({ id: z.uuid() });

export const orientationActions = [
  'ask', 'accept', 'refuse', 'decline', 'no-answer', 'name', 'cancel', 'honoured', 'no-show', 'undo', 'amend', 'move',
] as const;

/** Why an outcome already told is corrected. */
export const amendReasons = {
  'wrong-line': 'Erreur de ligne : un autre patient était visé',
  'came-later': 'Le patient est venu à un autre moment',
  'did-not-stay': 'Le patient est reparti sans être vu',
  'told-by-mistake': 'Saisie par erreur',
} as const;

const emptyBody = z.strictObject({});
/** Body of each action: who is named, at what time, who answered; whose decision a cancellation is, when it is the patient's. */
export const actionSchemas = {
  ask: emptyBody,
  accept: acceptSchema,
  refuse: refuseSchema,
  decline: emptyBody,
  'no-answer': emptyBody,
  name: nameSchema,
  cancel: z.strictObject({ by: z.enum(['self', 'patient']).default('self') }),
  honoured: emptyBody,
  'no-show': emptyBody,
  undo: emptyBody,
  amend: z.strictObject({ reason: reasonOf(amendReasons) }),
  move: z.strictObject({ slotId: z.uuid(), lateReason: reasonOf(lateReasons).optional() }),
} as const;

const requestReaders = [...searchRoles, 'superviseur', 'responsable-sas', ...administratorRoles] as const;
const fairnessReaders = ['superviseur', 'responsable-sas', ...administratorRoles] as const;
const structureParams = z.object({ structureId: z.string().max(20) });
const delaysSchema = z.object({ territory: z.string(), minutes: z.record(z.enum(delayedKinds), z.number().int()) });

export const routes = {
  search: defineRoute({
    method: 'GET', path: '/api/v1/search', access: searchRoles, stream: true,
    summary: 'Chercher une consultation : en une réponse (application/json) ou au fil des sources (text/event-stream)',
    query: searchQuerySchema, response: searchAnswerSchema,
  }),
  searchEvent: defineRoute({
    method: 'POST', path: '/api/v1/search/:id/events', access: searchRoles, status: 201,
    summary: "Noter qu'un candidat a été refusé (par le patient ou l'effecteur) dans cette recherche",
    params: idParams,
    body: z.strictObject({ kind: z.literal('refused'), rank: z.number().int().min(1), reason: reasonOf(skipReasons) }),
    response: z.object({ recorded: z.literal(true) }),
  }),
  proof: defineRoute({
    method: 'GET', path: '/api/v1/search/:id/proof', access: [...searchRoles, 'superviseur', 'responsable-sas', 'ars', ...administratorRoles],
    summary: 'Preuve de neutralité : ce qui a été proposé, refusé, choisi, et le même classement recalculé',
    params: idParams, response: proofSchema,
  }),
  unmetNeeds: defineRoute({
    method: 'GET', path: '/api/v1/search-needs', access: ['superviseur', 'responsable-sas', 'ars', ...administratorRoles],
    summary: 'Besoins sans réponse : recherches par commune, dont celles sans aucun créneau',
    query: z.object({ territory: z.string().max(8), from: z.iso.date(), to: z.iso.date() }),
    response: z.object({ communes: z.array(z.object({ insee: z.string(), city: z.string(), specialty: z.string(), searches: z.number().int(), empty: z.number().int() })) }),
  }),
  createOrientation: defineRoute({
    method: 'POST', path: '/api/v1/orientations', access: searchRoles, status: 201,
    summary: "Orienter : réserver un créneau de l'agenda, ou partir réserver chez un éditeur (en-tête Idempotency-Key obligatoire)",
    // Checked by the handler before the schema, so that a patient's data gets its own refusal (422 patient-data-refused).
    body: z.unknown(), response: orientationSchema,
  }),
  orientations: defineRoute({
    method: 'GET', path: '/api/v1/orientations', summary: 'Orientations faites, avec leur état', access: 'signed-in',
    query: z.object({
      status: repeatable(orientationStatusSchema), q: z.string().max(80).optional(), mine: z.stringbool().default(false),
      editor: z.string().max(40).optional(), from: z.iso.date().optional(), to: z.iso.date().optional(),
      sort: z.enum(['created', 'start', 'status', 'label']).default('created'), descending: z.stringbool().default(true),
      cursor: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).default(50),
      /** `csv` gives the same rows as a file. */
      format: z.enum(['json', 'csv']).default('json'),
    }),
    stream: true,
    response: z.object({ orientations: z.array(orientationSchema), nextCursor: z.string().nullable(), total: z.number().int() }),
  }),
  orientation: defineRoute({
    method: 'GET', path: '/api/v1/orientations/:id', summary: 'Une orientation et son histoire', access: 'signed-in', params: idParams,
    response: orientationSchema.extend({
      history: z.array(z.object({ at: z.iso.datetime(), by: z.string(), event: z.string(), from: orientationStatusSchema.nullable(), to: orientationStatusSchema,
        /** Of a correction. */
        reason: z.string().nullable() })),
    }),
  }),
  actOnOrientation: defineRoute({
    method: 'POST', path: '/api/v1/orientations/:id/:action', access: 'signed-in',
    summary: "Faire avancer une orientation : solliciter, accepter, refuser, décliner l'heure donnée, sans réponse, nommer, annuler, déplacer, honorée, non honorée, reprendre le dernier geste, corriger",
    params: idParams.extend({ action: z.enum(orientationActions) }),
    // Checked by the handler, like createOrientation.
    body: z.unknown(), response: orientationSchema,
  }),
  requests: defineRoute({
    method: 'GET', path: '/api/v1/requests', access: searchRoles, summary: 'Demandes en sus en cours ou finies depuis peu, faites par moi ou par mon territoire',
    query: z.object({ mine: z.stringbool().default(false), open: z.stringbool().default(true) }),
    response: z.object({ requests: z.array(requestSchema) }),
  }),
  request: defineRoute({
    method: 'GET', path: '/api/v1/requests/:id', access: requestReaders, summary: 'Une demande en sus : qui a été sollicité, qui répond, qui suit',
    params: idParams, response: requestSchema,
  }),
  inbox: defineRoute({
    method: 'GET', path: '/api/v1/requests/inbox', access: 'signed-in', summary: 'Demandes reçues : à répondre, médecin à nommer, finies depuis peu',
    response: z.object({ items: z.array(inboxItemSchema), structures: z.array(z.object({ id: z.string(), name: z.string(), kind: structureKindSchema })) }),
  }),
  requestFairness: defineRoute({
    method: 'GET', path: '/api/v1/requests/fairness', access: fairnessReaders,
    summary: 'Équité : qui a été sollicité en sus, combien de fois, ce qui a été répondu',
    query: z.object({ territory: z.string().max(8), days: z.coerce.number().int().min(1).max(366).default(30) }),
    response: z.object({ lines: z.array(fairnessLineSchema) }),
  }),
  requestStatement: defineRoute({
    method: 'GET', path: '/api/v1/requests/statement', access: 'signed-in', summary: "Relevé d'activité d'une structure : demandes reçues du SAS, acceptées, délai",
    query: z.object({ structureId: z.string().max(20), from: z.iso.date(), to: z.iso.date() }), response: statementSchema,
  }),
  members: defineRoute({
    method: 'GET', path: '/api/v1/requests/members/:structureId', access: 'signed-in', summary: "Membres d'une structure, parmi lesquels le médecin est nommé",
    params: structureParams, response: z.object({ members: z.array(z.object({ nationalId: z.string(), name: z.string() })) }),
  }),
  duties: defineRoute({
    method: 'GET', path: '/api/v1/requests/duties/:structureId', access: 'signed-in', summary: "Planning d'une structure : médecin du jour ou médecins d'astreinte",
    params: structureParams, query: z.object({ from: z.iso.date(), to: z.iso.date() }), response: dutyPlanSchema,
  }),
  saveDuties: defineRoute({
    method: 'PUT', path: '/api/v1/requests/duties/:structureId', access: 'signed-in', summary: "Remplacer le planning de ces jours",
    params: structureParams, body: saveDutiesSchema, response: dutyPlanSchema,
  }),
  answerDelays: defineRoute({
    method: 'GET', path: '/api/v1/requests/delays/:territory', access: 'signed-in', summary: 'Délais de réponse aux demandes en sus, par nature de structure',
    params: z.object({ territory: z.string().max(8) }), response: delaysSchema,
  }),
  saveAnswerDelays: defineRoute({
    method: 'PUT', path: '/api/v1/requests/delays/:territory', access: ['responsable-sas', ...administratorRoles], summary: 'Régler les délais de réponse à partir de maintenant',
    params: z.object({ territory: z.string().max(8) }), body: z.strictObject({ minutes: z.partialRecord(z.enum(delayedKinds), z.number().int().min(1).max(240)) }),
    response: delaysSchema,
  }),
  charter: defineRoute({
    method: 'GET', path: '/api/v1/charters/:territory', summary: "Charte d'adressage en vigueur et versions passées", access: 'signed-in',
    params: z.object({ territory: z.string().max(8) }),
    response: z.object({ active: charterSchema.nullable(), versions: z.array(charterSchema) }),
  }),
  saveCharter: defineRoute({
    method: 'POST', path: '/api/v1/charters/:territory', access: ['responsable-sas', ...administratorRoles], status: 201,
    summary: "Mettre en vigueur une nouvelle version de la charte d'adressage",
    params: z.object({ territory: z.string().max(8) }),
    body: z.strictObject({ levels: z.array(charterLevelSchema).min(1).max(20) }), response: charterSchema,
  }),
} as const;
