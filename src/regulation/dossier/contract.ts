import { z } from 'zod';
import { defineRoute } from '../../foundation/http/route.ts';
import { administratorRoles, roleSchema } from '../../identity/contract.ts';

// National codes (HubSante nomenclatures): exported without translation.
export const dossierTypeSchema = z.enum(['D', 'DR', 'DRM']);
export const dossierStateSchema = z.enum(['PROGRAM', 'ACTIF', 'ACHEVE', 'VALIDE', 'CLOTURE', 'CLASSE', 'ARCHIVE']);
/** Step inside ACTIF (requirements 6.2). */
export const stepSchema = z.enum([
  'OUVERT', 'QUALIFIE', 'P0_ENGAGE', 'ATTENTE_N2', 'EN_COURS_N2', 'ATTENTE_MR', 'REPORTE', 'EN_REGULATION', 'A_VALIDER_MR', 'DECIDE',
  'EN_EXECUTION', 'EN_SUIVI',
]);
export const filiereSchema = z.enum(['AMU', 'SNP', 'PSY', 'NEONAT', 'PED', 'DAC', 'GERIA', 'DENT', 'TOXICO', 'PERINAT', 'IDEL']);
export const prioritySchema = z.enum(['P0', 'P1', 'P2', 'P3', 'NR']);
export const careLevelSchema = z.enum(['R1', 'R2', 'R3', 'R4']);
export type DossierType = z.infer<typeof dossierTypeSchema>;
export type DossierState = z.infer<typeof dossierStateSchema>;
export type Step = z.infer<typeof stepSchema>;
export type Filiere = z.infer<typeof filiereSchema>;
export type Priority = z.infer<typeof prioritySchema>;
export type CareLevel = z.infer<typeof careLevelSchema>;

/** Catalogue of responses (REG-12), with what each implies. */
export const decisionTypeSchema = z.enum([
  'CONSEIL', 'ALLER_SU', 'PMT', 'CONSULTATION', 'VISITE', 'TELECONSULTATION', 'MEDECIN_TRAITANT', 'SMUR', 'AMBULANCE', 'VSAV', 'ES_HORS_SU', 'SU',
  'SOINS_VILLE_SAS', 'LAISSE_SUR_PLACE', 'PHARMACIE', 'INFORMATION', 'PASPLUS',
]);
export type DecisionType = z.infer<typeof decisionTypeSchema>;

export const decisionTypeLabels: Record<DecisionType, string> = {
  CONSEIL: 'Conseil médical', ALLER_SU: 'Conseil : aller aux urgences', PMT: 'Prescription téléphonique', CONSULTATION: 'Consultation en ville',
  VISITE: 'Visite à domicile', TELECONSULTATION: 'Téléconsultation', MEDECIN_TRAITANT: 'Renvoi vers le médecin traitant', SMUR: 'Envoi du SMUR',
  AMBULANCE: 'Ambulance privée', VSAV: 'VSAV (pompiers)', ES_HORS_SU: 'Établissement hors urgences', SU: "Service d'urgence",
  SOINS_VILLE_SAS: 'Soins de ville, filière SAS', LAISSE_SUR_PLACE: 'Laissé sur place', PHARMACIE: 'Pharmacie de garde', INFORMATION: 'Information',
  PASPLUS: 'Pas de décision supplémentaire',
};

export const locationSchema = z.object({
  address: z.string().max(200), city: z.string().max(100), insee: z.string().max(5).nullable(), lat: z.number().nullable(), lon: z.number().nullable(),
  details: z.string().max(300).default(''),
  /** "Introuvable" with its reason, when the caller cannot say where he is. */
  unknownReason: z.string().max(200).nullable().default(null),
});

export const patientSchema = z.object({
  lastName: z.string().max(80).default(''), firstName: z.string().max(80).default(''), birthDate: z.iso.date().nullable().default(null),
  age: z.number().int().min(0).max(130).nullable().default(null), sex: z.enum(['M', 'F', 'I', '']).default(''),
  /** Identitovigilance: told on the phone = provisoire; never more without a document (D7). */
  trust: z.enum(['provisoire', 'recuperee', 'validee', 'qualifiee']).default('provisoire'),
  usualDoctor: z.string().max(120).default(''), usualDoctorRpps: z.string().max(12).nullable().default(null),
  usualDoctorContact: z.enum(['contacte', 'indisponible', 'sans-mt', 'non-demande']).default('non-demande'),
  history: z.string().max(2_000).default(''), treatments: z.string().max(2_000).default(''), allergies: z.string().max(1_000).default(''),
  vulnerable: z.array(z.enum(['sociale', 'physique', 'psychique'])).default([]),
});

export const noteSchema = z.object({
  id: z.string(), at: z.iso.datetime(), author: z.string(), role: roleSchema, kind: z.enum(['medicale', 'logistique']), text: z.string(),
  /** Set on the re-entry of a paper form: when it was really written (PCA-02). */
  writtenAt: z.iso.datetime().nullable(),
});

export const actSchema = z.object({
  id: z.string(), at: z.iso.datetime(), author: z.string(), authorId: z.string(), role: roleSchema, status: z.string().nullable(),
  filiere: filiereSchema, mode: z.enum(['telephone', 'validation']), careLevel: careLevelSchema.nullable(), hypothesis: z.string(), advice: z.string(),
  attribution: z.string(),
  decisions: z.array(z.object({ id: z.string(), type: decisionTypeSchema, details: z.record(z.string(), z.unknown()), executedAt: z.iso.datetime().nullable() })),
  amends: z.string().nullable(),
});

export const dossierSchema = z.object({
  id: z.string(), number: z.string(), territory: z.string(), version: z.number().int(),
  type: dossierTypeSchema, attribution: z.string().nullable(), state: dossierStateSchema, step: stepSchema.nullable(),
  filiere: filiereSchema.nullable(), priority: prioritySchema, careLevel: careLevelSchema.nullable(),
  motive: z.object({ code: z.string(), label: z.string() }).nullable(),
  openedAt: z.iso.datetime(), updatedAt: z.iso.datetime(), queueSince: z.iso.datetime().nullable(), dueAt: z.iso.datetime().nullable(),
  owner: z.object({ accountId: z.string(), name: z.string() }).nullable(), queue: z.string().nullable(),
  location: locationSchema.nullable(), callback: z.string().nullable(), caller: z.object({ name: z.string(), relation: z.string(), difficulty: z.string().nullable() }),
  patient: patientSchema,
  calls: z.array(z.object({ id: z.string(), at: z.iso.datetime(), repeated: z.boolean(), onLine: z.boolean() })),
  notes: z.array(noteSchema), acts: z.array(actSchema),
  means: z.array(z.object({ id: z.string(), type: z.string(), status: z.string(), at: z.iso.datetime(), reflex: z.boolean() })),
  appointments: z.array(z.object({ appointmentId: z.string(), status: z.string(), start: z.iso.datetime(), practitioner: z.string(), attachedAt: z.iso.datetime() })),
  protocol: z.object({ id: z.string(), version: z.number().int(), answers: z.array(z.object({ question: z.string(), answer: z.string() })), overridden: z.boolean() }).nullable(),
  suiteOf: z.string().nullable(), mergedInto: z.string().nullable(), degraded: z.boolean(), p0: z.object({ engagedAt: z.iso.datetime(), takenAt: z.iso.datetime().nullable() }).nullable(),
  /** What the reader may do now. */
  possible: z.array(z.string()),
  presence: z.array(z.object({ accountId: z.string(), name: z.string(), field: z.string().nullable() })),
});
export type Dossier = z.infer<typeof dossierSchema>;

/** A line of a queue or a search: what is needed to choose, nothing more. */
export const dossierLineSchema = dossierSchema.pick({
  id: true, number: true, type: true, state: true, step: true, filiere: true, priority: true, motive: true, openedAt: true, queueSince: true, dueAt: true, owner: true, version: true,
}).extend({ city: z.string(), ageSeconds: z.number().int(), onLine: z.boolean(), summary: z.string() });

export const dossierActions = [
  'attach-call', 'close-as-d', 'qualify', 'engage-p0', 'send-to-n2', 'send-to-doctor', 'take', 'defer', 'start-regulation', 'decide', 'request-validation',
  'validate', 'disagree', 'requalify', 'set-priority', 'execute', 'reopen', 'follow-up', 'complete', 'hand-over', 'merge', 'split', 'amend',
] as const;
export const dossierActionSchema = z.enum(dossierActions);
export type DossierAction = z.infer<typeof dossierActionSchema>;

export const regulationRoles = ['arm', 'arm-coordonnateur', 'superviseur', 'osnp', 'mru', 'mrg', 'medecin-specialise'] as const;
export const doctorRoles = ['mru', 'mrg', 'medecin-specialise'] as const;
const id = z.object({ id: z.string() });

export const routes = {
  openDossier: defineRoute({
    method: 'POST', path: '/api/v1/dossiers', summary: "Ouvrir le dossier d'un appel décroché (T01)", access: regulationRoles, status: 201,
    body: z.strictObject({ callId: z.string().max(100).optional(), suiteOf: z.string().optional(), programmedFor: z.iso.datetime({ offset: true }).optional(), degradedFrom: z.iso.datetime({ offset: true }).optional() }),
    response: dossierSchema,
  }),
  dossier: defineRoute({
    method: 'GET', path: '/api/v1/dossiers/:id', summary: 'Un dossier (la lecture est journalisée)', access: regulationRoles, params: id,
    query: z.object({ reason: z.string().max(200).optional() }), response: dossierSchema,
  }),
  dossierJournal: defineRoute({
    method: 'GET', path: '/api/v1/dossiers/:id/journal', summary: "Journal d'un dossier", access: regulationRoles, params: id,
    response: z.object({ entries: z.array(z.object({ seq: z.number(), at: z.iso.datetime(), actor: z.string(), role: z.string().nullable(), event: z.string(), from: z.string().nullable(), to: z.string().nullable(), reason: z.string().nullable(), payload: z.record(z.string(), z.unknown()) })) }),
  }),
  actOnDossier: defineRoute({
    method: 'POST', path: '/api/v1/dossiers/:id/actions', summary: 'Faire avancer un dossier (If-Match obligatoire ; table T01 à T34)', access: regulationRoles, params: id,
    // One action among `dossierActions`, each with its own fields: checked by the use case, which names every missing field.
    body: z.looseObject({ action: z.string().max(40) }), response: dossierSchema,
  }),
  updateDossier: defineRoute({
    method: 'PATCH', path: '/api/v1/dossiers/:id', summary: 'Compléter le dossier champ par champ (fusion, jamais d’écrasement muet)', access: regulationRoles, params: id,
    body: z.strictObject({ base: z.number().int(), location: locationSchema.optional(), callback: z.string().max(20).optional(), caller: z.object({ name: z.string().max(80), relation: z.string().max(40), difficulty: z.string().max(40).nullable() }).optional(), patient: patientSchema.partial().optional(), motive: z.object({ code: z.string().max(20), label: z.string().max(120) }).optional() }),
    response: dossierSchema,
  }),
  addNote: defineRoute({
    method: 'POST', path: '/api/v1/dossiers/:id/notes', summary: 'Ajouter une note médicale ou logistique', access: regulationRoles, params: id, status: 201,
    body: z.strictObject({ kind: z.enum(['medicale', 'logistique']), text: z.string().trim().min(1).max(4_000), writtenAt: z.iso.datetime({ offset: true }).optional() }), response: noteSchema,
  }),
  presence: defineRoute({
    method: 'PUT', path: '/api/v1/dossiers/:id/presence', summary: 'Dire que je suis dans ce dossier, et dans quel champ', access: regulationRoles, params: id,
    body: z.strictObject({ field: z.string().max(60).nullable() }), response: z.object({ here: z.array(z.object({ accountId: z.string(), name: z.string(), field: z.string().nullable() })) }),
  }),
  queues: defineRoute({
    method: 'GET', path: '/api/v1/queues', summary: 'Files d’attente dans leur ordre', access: regulationRoles,
    response: z.object({ queues: z.array(z.object({ code: z.string(), label: z.string(), dossiers: z.array(dossierLineSchema), total: z.number().int() })) }),
  }),
  searchDossiers: defineRoute({
    method: 'GET', path: '/api/v1/dossiers', summary: 'Chercher un dossier (la recherche est journalisée)', access: regulationRoles,
    query: z.object({ q: z.string().trim().min(2).max(80).optional(), phone: z.string().max(20).optional(), state: dossierStateSchema.optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }),
    response: z.object({ dossiers: z.array(dossierLineSchema) }),
  }),
  breakGlass: defineRoute({
    method: 'POST', path: '/api/v1/dossiers/:id/break-glass', summary: 'Bris de glace : lire un dossier hors de son périmètre, avec motif et alerte', access: [...regulationRoles, ...administratorRoles], params: id,
    body: z.strictObject({ reason: z.string().trim().min(10).max(300) }), response: dossierSchema,
  }),
  handover: defineRoute({
    method: 'GET', path: '/api/v1/handover', summary: 'Dossiers à transmettre en fin de poste ou à 20 h', access: regulationRoles,
    response: z.object({ dossiers: z.array(dossierLineSchema), signedBy: z.array(z.object({ name: z.string(), at: z.iso.datetime() })) }),
  }),
  signHandover: defineRoute({
    method: 'POST', path: '/api/v1/handover', summary: 'Signer la transmission', access: regulationRoles,
    body: z.strictObject({ to: z.string().max(100), dossierIds: z.array(z.string()).max(500), comment: z.string().max(500).default('') }), response: z.object({ signed: z.literal(true) }),
  }),
} as const;
