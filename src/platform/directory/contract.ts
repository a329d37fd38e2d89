import { z } from 'zod';
import { defineRoute } from '../../foundation/http/route.ts';
import { administratorRoles, searchRoles } from '../../identity/contract.ts';
import { agendaModels, conventionStatuses, inventorySources, listSources, opinionStatuses, SOFTWARE } from './domain/inventory.ts';

export {
  agendaLabels, type AgendaModel, conventionLabels, inventoryFigures, type InventorySource, opinionLabels, sourceLabels,
} from './domain/inventory.ts';

export const structureKinds = ['CPTS', 'MSP', 'CDS', 'SOS', 'CSNP', 'MMG', 'SU', 'ES', 'HOPITAL_PROXIMITE', 'PHARMACIE'] as const;
export const structureKindSchema = z.enum(structureKinds);
export type StructureKind = z.infer<typeof structureKindSchema>;

export const structureKindLabels: Record<StructureKind, string> = {
  CPTS: 'Communauté professionnelle territoriale de santé',
  MSP: 'Maison de santé pluriprofessionnelle',
  CDS: 'Centre de santé',
  SOS: 'SOS Médecins',
  CSNP: 'Centre de soins non programmés',
  MMG: 'Maison médicale de garde',
  SU: "Service d'urgence",
  ES: 'Établissement de santé',
  HOPITAL_PROXIMITE: 'Hôpital de proximité',
  PHARMACIE: 'Pharmacie',
};

/** TRE_R38: médecine générale, and general practitioners qualified or specialised. */
export const generalPractice: readonly string[] = ['SM54', 'SM53', 'SM26'];

const time = z.iso.time({ precision: -1 });

export const specialtySchema = z.object({ code: z.string(), label: z.string() });

/** A professional at one of his places of practice: what a search ranks. */
export const candidateSchema = z.object({
  nationalId: z.string(),
  rpps: z.string().nullable(),
  lastName: z.string(),
  firstName: z.string(),
  profession: z.string(),
  specialties: z.array(specialtySchema),
  sector: z.string().nullable(),
  place: z.object({
    id: z.string(), name: z.string(), address: z.string(), city: z.string(), postcode: z.string(), insee: z.string(),
    lat: z.number().nullable(), lon: z.number().nullable(), phone: z.string().nullable(),
  }),
  distanceM: z.number().int().nullable(),
});
export type Candidate = z.infer<typeof candidateSchema>;

const weekRangesSchema = z.array(z.object({ day: z.number().int().min(1).max(7), from: z.string(), to: z.string() }));

export const structureSchema = z.object({
  id: z.string(),
  kind: structureKindSchema,
  name: z.string(),
  territory: z.string(),
  address: z.string(), city: z.string(), postcode: z.string(), insee: z.string(),
  lat: z.number().nullable(), lon: z.number().nullable(),
  phone: z.string().nullable(),
  contactChannel: z.string().nullable(),
  contact: z.string().nullable(),
  hours: weekRangesSchema,
  /** ANN-11: asked only once identified. */
  identifiedAt: z.iso.datetime().nullable(),
  coordinated: z.boolean().nullable(),
  distanceM: z.number().int().nullable(),
  /** Its consultation places (SOS Médecins, centres de santé), as a search shows them. */
  places: z.array(candidateSchema.shape.place.extend({
    /** Its own; empty: those of the structure. */
    hours: weekRangesSchema,
  })),
});
export type Structure = z.infer<typeof structureSchema>;


export const routes = {
  findProfessionals: defineRoute({
    method: 'GET', path: '/api/v1/directory/professionals', access: 'signed-in',
    summary: 'Chercher un professionnel par nom, profession ou spécialité, accents et fautes de frappe pardonnés',
    query: z.object({
      q: z.string().trim().min(2).max(100).optional(),
      specialty: z.string().max(20).optional(),
      lat: z.coerce.number().optional(), lon: z.coerce.number().optional(), radiusKm: z.coerce.number().positive().max(200).optional(),
      department: z.string().max(3).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    response: z.object({ professionals: z.array(candidateSchema) }),
  }),
  findStructures: defineRoute({
    method: 'GET', path: '/api/v1/directory/structures', access: 'signed-in',
    summary: 'Chercher une structure (CPTS, MSP, CDS, SOS Médecins, pharmacie…)',
    query: z.object({
      q: z.string().trim().min(2).max(100).optional(),
      kind: structureKindSchema.optional(),
      lat: z.coerce.number().optional(), lon: z.coerce.number().optional(), radiusKm: z.coerce.number().positive().max(200).optional(),
      territory: z.string().max(8).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ structures: z.array(structureSchema) }),
  }),
  suggest: defineRoute({
    method: 'GET', path: '/api/v1/directory/suggestions', access: 'signed-in',
    summary: 'Suggestions de la barre « quoi » : spécialités, professions, structures, noms',
    query: z.object({ q: z.string().trim().min(1).max(100), limit: z.coerce.number().int().min(1).max(20).default(10) }),
    response: z.object({
      suggestions: z.array(z.object({ kind: z.enum(['specialty', 'structure', 'professional']), code: z.string(), label: z.string(), detail: z.string().nullable() })),
    }),
  }),
  identifyStructure: defineRoute({
    method: 'PUT', path: '/api/v1/directory/structures/:id/contact', access: administratorRoles,
    summary: "Identifier une structure au SAS : canal et horaires de sollicitation (ANN-11)",
    params: z.object({ id: z.string() }),
    body: z.object({
      contactChannel: z.enum(['phone', 'web']), contact: z.string().min(3).max(120),
      hours: structureSchema.shape.hours,
    }),
    response: structureSchema,
  }),
  enrich: defineRoute({
    method: 'PUT', path: '/api/v1/directory/places/:id/enrichment', access: administratorRoles,
    summary: "Corriger à la main un lieu d'exercice ; la correction survit aux imports",
    params: z.object({ id: z.string() }),
    body: z.object({ phone: z.string().max(30).optional(), lat: z.number().optional(), lon: z.number().optional(), name: z.string().max(120).optional() }),
    response: z.object({ saved: z.literal(true) }),
  }),
  saveStructurePlace: defineRoute({
    method: 'PUT', path: '/api/v1/directory/structures/:id/places/:placeId', access: ['gestionnaire-structure', 'delegataire', ...administratorRoles],
    summary: "Adresse, téléphone et horaires d'un lieu de consultation de la structure que l'on gère ; la saisie survit aux imports (STR-04)",
    params: z.object({ id: z.string().max(40), placeId: z.string().max(80) }),
    body: z.strictObject({
      address: z.string().trim().min(3).max(120), postcode: z.string().regex(/^\d{5}$/, 'un code postal a cinq chiffres'), city: z.string().trim().min(1).max(80),
      phone: z.string().trim().max(30).nullable(),
      hours: z.array(z.object({ day: z.number().int().min(1).max(7), from: time, to: time })).max(42),
    }),
    response: z.object({
      /** Whether the address was found, or its commune alone: the place is then shown at its centre. */
      located: z.enum(['unchanged', 'address', 'commune']),
    }),
  }),
  imports: defineRoute({
    method: 'GET', path: '/api/v1/directory/imports', access: administratorRoles, summary: "Imports de l'annuaire et lignes refusées",
    response: z.object({
      imports: z.array(z.object({
        id: z.string(), kind: z.string(), fileName: z.string(), startedAt: z.iso.datetime(), finishedAt: z.iso.datetime().nullable(),
        created: z.number(), updated: z.number(), ended: z.number(), rejected: z.number(),
        rejections: z.array(z.object({ line: z.number(), field: z.string().nullable(), reason: z.string() })),
      })),
    }),
  }),
} as const;

/** The inventory of effectors (ANN-04, ANN-08, ANN-12). */
export const inventoryReaders = ['responsable-sas', 'ars', ...administratorRoles] as const;
export const inventoryWriters = ['responsable-sas', ...administratorRoles] as const;

const statedSchema = z.strictObject({
  agenda: z.enum(agendaModels).nullable(),
  software: z.string().trim().regex(SOFTWARE, 'un nom de logiciel, 60 caractères au plus').nullable(),
});
const effectorSchema = statedSchema.extend({
  nationalId: z.string(),
  name: z.string(),
  city: z.string().nullable(),
  /** False: a list names him and the national directory does not know him. */
  inDirectory: z.boolean(),
  structures: z.array(z.string()),
  sources: z.array(z.enum(inventorySources)),
  convention: z.enum(conventionStatuses).nullable(),
  conventionSince: z.iso.date().nullable(),
  declaredAt: z.iso.datetime().nullable(),
  /** How he takes part in the SAS, in words; null when he does not. */
  participation: z.string().nullable(),
  /** Where his slots were last seen. */
  seen: z.object({ source: z.string(), at: z.iso.datetime() }).nullable(),
});
export type InventoryEffector = z.infer<typeof effectorSchema>;

const csnpSchema = z.object({
  id: z.string(), name: z.string(), city: z.string(),
  sharedAgenda: z.boolean(), dedicatedSlots: z.boolean(), coordinated: z.boolean(),
  /** Newest first. */
  opinions: z.array(z.object({ status: z.enum(opinionStatuses), givenOn: z.iso.date() })),
});
export type InventoryCentre = z.infer<typeof csnpSchema>;

export const listResultSchema = z.object({
  lines: z.number().int(), created: z.number().int(), updated: z.number().int(), unchanged: z.number().int(),
  rejected: z.array(z.object({ line: z.number().int(), reason: z.string() })),
});
export type ListResult = z.infer<typeof listResultSchema>;

const territoryQuery = z.object({ territory: z.string().max(8) });
const LIST_BYTES = 2_000_000;

export const inventoryRoutes = {
  inventory: defineRoute({
    method: 'GET', path: '/api/v1/inventory', access: inventoryReaders, summary: 'Inventaire des effecteurs de soins non programmés et de leurs logiciels',
    query: territoryQuery, response: z.object({ effectors: z.array(effectorSchema), centres: z.array(csnpSchema) }),
  }),
  saveEffector: defineRoute({
    method: 'PUT', path: '/api/v1/inventory/effectors/:nationalId', access: inventoryWriters, summary: 'Compléter la fiche d’un effecteur',
    params: z.object({ nationalId: z.string().regex(/^[08][\dAB]{9,11}$/) }),
    body: statedSchema.extend({ territory: z.string().max(8), convention: z.enum(conventionStatuses).nullable(), conventionSince: z.iso.date().nullable() }),
    response: z.object({ saved: z.literal(true) }),
  }),
  importList: defineRoute({
    method: 'POST', path: '/api/v1/inventory/lists', access: inventoryWriters, bodyLimit: LIST_BYTES * 2,
    summary: 'Importer une liste d’effecteurs (CSV) avec sa source ; la même liste deux fois ne change rien',
    body: z.strictObject({ territory: z.string().max(8), source: z.enum(listSources), content: z.string().max(LIST_BYTES) }),
    response: listResultSchema,
  }),
  saveCentre: defineRoute({
    method: 'PUT', path: '/api/v1/inventory/centres/:id', access: inventoryWriters, summary: "Coordination d'un CSNP avec le SAS, et avis de la commission départementale",
    params: z.object({ id: z.string().max(20) }),
    body: z.strictObject({
      sharedAgenda: z.boolean(), dedicatedSlots: z.boolean(),
      opinion: z.strictObject({ status: z.enum(opinionStatuses), givenOn: z.iso.date() }).nullable(),
    }),
    response: z.object({ saved: z.literal(true) }),
  }),
  ownSoftware: defineRoute({
    method: 'GET', path: '/api/v1/inventory/own', access: ['effecteur'], summary: "L'agenda et le logiciel que l'on utilise",
    response: statedSchema.extend({ declaredAt: z.iso.datetime().nullable(), known: z.array(z.string()) }),
  }),
  declareSoftware: defineRoute({
    method: 'PUT', path: '/api/v1/inventory/own', access: ['effecteur'], summary: "Dire l'agenda et le logiciel que l'on utilise",
    body: statedSchema, response: z.object({ saved: z.literal(true) }),
  }),
} as const;

/** Those to whom the map of who organises unscheduled care is open (ANN-06). */
export const careMapReaders = [...searchRoles, 'superviseur', 'responsable-sas', 'gestionnaire-structure', ...administratorRoles] as const;

const areaSchema = z.object({
  id: z.string(),
  kind: z.enum(['cpts', 'pdsa', 'none']),
  name: z.string(),
  /** INSEE codes. */
  communes: z.array(z.string()),
  contactChannel: z.string().nullable(),
  hours: structureSchema.shape.hours,
  /** How it answers beyond its slots, in words. */
  onCall: z.string().nullable(),
  participants: z.array(z.object({ mode: z.string(), count: z.number().int(), enSus: z.number().int() })),
});
export type OrganisedArea = z.infer<typeof areaSchema>;

export const careMapRoutes = {
  careMap: defineRoute({
    method: 'GET', path: '/api/v1/organisation', access: careMapReaders, summary: 'Qui organise les soins non programmés, par CPTS et à défaut par secteur de PDSA',
    query: territoryQuery, response: z.object({ areas: z.array(areaSchema) }),
  }),
} as const;
