import { z } from 'zod';
import { defineRoute } from '../../foundation/http/route.ts';
import { administratorRoles, type Role } from '../../identity/contract.ts';
import { structureKindSchema } from '../directory/contract.ts';

export const viaSchema = z.enum(['individual', 'cpts', 'msp', 'sos', 'cds']);
export type Via = z.infer<typeof viaSchema>;

export const viaLabels: Record<Via, string> = {
  individual: 'à titre individuel',
  cpts: 'via sa CPTS',
  msp: 'via sa MSP',
  sos: 'via SOS Médecins',
  cds: 'avec son centre de santé',
};

const time = z.iso.time({ precision: -1 });
const hoursSchema = z.array(z.object({ day: z.number().int().min(1).max(7), from: time, to: time })).max(42);

/** How somebody takes part, as a search shows it. `via` null: he does not take part. */
export const participationSchema = z.object({
  via: viaSchema.nullable(),
  viaStructureId: z.string().nullable(),
  enSus: z.boolean(),
  contact: z.string().nullable(),
  /** Access details that the professional wants the regulation to read; never about a patient. */
  note: z.string().nullable(),
  /** When he would rather receive patients in excess. */
  preferredHours: hoursSchema.default([]),
  /** How many patients in excess he accepts at most; null: no limit said. */
  caps: z.object({ halfDay: z.number().int().nullable(), week: z.number().int().nullable() }),
});
export type Participation = z.infer<typeof participationSchema>;

/** Of whoever does not take part. */
export const noParticipation: Participation = { via: null, viaStructureId: null, enSus: false, contact: null, note: null, preferredHours: [], caps: { halfDay: null, week: null } };

/** Requirements 6.6. `EFFECTIF`: declared, and visible on an agenda. */
export const statusSchema = z.enum(['BROUILLON', 'DECLARE', 'EFFECTIF', 'SUSPENDU', 'RETIRE']);
export type Status = z.infer<typeof statusSchema>;
export const statusLabels: Record<Status, string> = {
  BROUILLON: 'Brouillon', DECLARE: 'Déclarée', EFFECTIF: 'Effective', SUSPENDU: 'Suspendue', RETIRE: 'Retirée',
};

export const eventSchema = z.enum(['draft', 'declare', 'change', 'become-effective', 'lose-visibility', 'suspend', 'resume', 'withdraw']);
export type ParticipationEvent = z.infer<typeof eventSchema>;
export const eventLabels: Record<ParticipationEvent, string> = {
  draft: 'Brouillon enregistré', declare: 'Déclaration', change: 'Modification', 'become-effective': 'Devenue effective',
  'lose-visibility': 'Une semaine sans les heures dues', suspend: 'Suspension', resume: 'Reprise', withdraw: 'Retrait',
};

/** PART-06: the sworn statements, word for word, by version; a version in use is never reworded. */
export const statements = {
  'individuel-1': "Je déclare sur l'honneur mettre en visibilité à minima 2 heures de disponibilité par semaine sur mon agenda de la plateforme numérique SAS",
  'sos-1': "Je déclare sur l'honneur mettre en visibilité à minima 2 heures de disponibilité par semaine pour chaque médecin généraliste de mon association SOS Médecins sur mon agenda de la plateforme numérique SAS",
  'cds-1': "Je déclare sur l'honneur mettre en visibilité à minima 2 heures de disponibilité par semaine pour chaque médecin généraliste de mon centre de santé sur mon agenda de la plateforme numérique SAS",
} as const;
export type StatementVersion = keyof typeof statements;

/** The complementary information that its owner shows to the regulation or not. */
export const complementSchema = z.enum(['contact', 'note', 'hours']);
export type Complement = z.infer<typeof complementSchema>;

/** What somebody declares in « Paramètres de participation au SAS & affichage des créneaux ». */
export const settingsSchema = z.object({
  /** « Je participe au SAS » */
  participates: z.boolean(),
  via: viaSchema,
  viaStructureId: z.string().max(40).nullable(),
  /** Places of practice attached to his CPTS. */
  placeIds: z.array(z.string().max(80)).max(20),
  /** Accepts to be called directly for patients in excess. */
  enSus: z.boolean(),
  /** His appointment software answers the platform. */
  usesEditor: z.boolean(),
  /** Its slots may be shown (AGR-04). */
  upload: z.boolean(),
  contact: z.string().trim().max(30).nullable(),
  note: z.string().trim().max(300).nullable(),
  preferredHours: hoursSchema,
  caps: z.object({ halfDay: z.number().int().min(1).max(50).nullable(), week: z.number().int().min(1).max(200).nullable() }),
  shown: z.array(complementSchema),
  /** Forfait de réorientation des urgences (PART-12). */
  reorientation: z.boolean(),
  /** An MSP that takes every request of the SAS (STR-07). */
  takesAll: z.boolean(),
  /** The version of the statement that is sworn; null: none. */
  statement: z.enum(Object.keys(statements) as [StatementVersion, ...StatementVersion[]]).nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** One row of the history: what held from `validFrom` to `validTo`. */
export const recordSchema = settingsSchema.omit({ participates: true }).extend({
  id: z.string(), status: statusSchema, event: eventSchema, reason: z.string().nullable(),
  validFrom: z.iso.datetime(), validTo: z.iso.datetime().nullable(), recordedAt: z.iso.datetime(),
  authorName: z.string(), byDelegation: z.boolean(),
  statementAt: z.iso.datetime().nullable(), statementBy: z.string().nullable(),
});
export type ParticipationRecord = z.infer<typeof recordSchema>;

export const notApplicableSchema = z.enum(['before-launch', 'before-declaration', 'withdrawn', 'partial', 'nobody']);
export type NotApplicable = z.infer<typeof notApplicableSchema>;

/** The 2 h of one ISO week. */
export const weekVerdictSchema = z.object({
  key: z.string(), monday: z.iso.date(),
  status: z.enum(['met', 'missing', 'future', 'not-applicable']),
  why: notApplicableSchema.nullable(),
  shownMinutes: z.number().int(), dueMinutes: z.number().int(),
  /** A vendor showed slots that week. */
  uploaded: z.boolean(),
  ongoing: z.boolean(),
  /** What is shown or planned is enough. */
  enough: z.boolean(),
});
export type WeekVerdict = z.infer<typeof weekVerdictSchema>;

export const refusalSchema = z.enum(['not-launched', 'not-declared', 'weeks-missing', 'no-week']);
export type Refusal = z.infer<typeof refusalSchema>;

/** Indicator 8 as far as the SAS can tell; volet 1 is the CPAM's to check. */
export const yearVerdictSchema = z.object({
  year: z.number().int(), over: z.boolean(), eligible: z.boolean(), refusals: z.array(refusalSchema),
  met: z.number().int(), missing: z.number().int(), tolerance: z.number().int(),
  /** R-O: hours were shown without « Je participe au SAS ». */
  shownUndeclared: z.boolean(),
});
export type YearVerdict = z.infer<typeof yearVerdictSchema>;

/** Where a doctor stands in the year, for those who lead the SAS. */
export const doctorStandingSchema = z.object({ nationalId: z.string(), name: z.string(), status: statusSchema.nullable(), via: viaSchema.nullable(), verdict: yearVerdictSchema });
export type DoctorStanding = z.infer<typeof doctorStandingSchema>;

export const mspRatioSchema = z.object({
  doctors: z.number().int(), participating: z.number().int(), takesAll: z.boolean(), level: z.enum(['all', 'half', 'less']), valued: z.boolean(),
});
export type MspRatio = z.infer<typeof mspRatioSchema>;

const placeSchema = z.object({ id: z.string(), name: z.string(), address: z.string(), postcode: z.string(), city: z.string(), phone: z.string().nullable() });
const structureChoiceSchema = z.object({ id: z.string(), via: viaSchema, name: z.string(), city: z.string(), contact: z.string().nullable() });

/** How somebody takes part, and what he may choose. */
export const overviewSchema = z.object({
  name: z.string(), territory: z.string(), launchedOn: z.iso.date().nullable(),
  current: recordSchema.nullable(), upcoming: recordSchema.nullable(),
  choices: z.array(structureChoiceSchema), places: z.array(placeSchema),
  /** The statement that would be sworn, by way to take part. */
  statements: z.partialRecord(viaSchema, z.object({ version: z.string(), text: z.string() })),
  mayChange: z.boolean(), maySuspend: z.boolean(),
});
export type Overview = z.infer<typeof overviewSchema>;

/** Of whom: exactly one of the two. */
const subjectShape = { nationalId: z.string().regex(/^[08]\d{9,11}$/).optional(), structureId: z.string().max(40).optional() };
const oneSubject = (subject: { nationalId?: string | undefined; structureId?: string | undefined }) =>
  (subject.nationalId === undefined) !== (subject.structureId === undefined);
const ONE_SUBJECT = 'indiquez un professionnel ou une structure';
export const subjectQuery = z.object(subjectShape).refine(oneSubject, ONE_SUBJECT);
/** A declaration as it is sent; `from` null: at once. */
export const declarationSchema = settingsSchema.extend({ ...subjectShape, from: z.iso.date().nullable().default(null) }).refine(oneSubject, ONE_SUBJECT);
export type Declaration = z.input<typeof declarationSchema>;

export const structureDoctorSchema = z.object({
  nationalId: z.string(), name: z.string(), status: statusSchema.nullable(), via: viaSchema.nullable(), etp: z.number(),
  eligible: z.boolean(), refusals: z.array(refusalSchema), missing: z.number().int(),
});

export type StructureDoctor = z.infer<typeof structureDoctorSchema>;

const weekSchema = z.array(z.object({ day: z.number().int(), from: z.string(), to: z.string() }));

/** A structure that somebody belongs to or manages, with its places; a place without hours has those of the structure. */
export const linkedStructureSchema = z.object({
  id: z.string(), kind: structureKindSchema, name: z.string(), territory: z.string(), manages: z.boolean(),
  address: z.string(), postcode: z.string(), city: z.string(), phone: z.string().nullable(),
  hours: weekSchema,
  places: z.array(placeSchema.extend({ hours: weekSchema })), status: statusSchema.nullable(), enSus: z.boolean(),
});
export type LinkedStructure = z.infer<typeof linkedStructureSchema>;

export const conventionKindSchema = z.enum(['effecteurs', 'regulation-snp']);
export const conventionKindLabels = { effecteurs: 'SAS et effecteurs', 'regulation-snp': 'Régulation des soins non programmés par une CPTS' } as const;
export const conventionStatusSchema = z.enum(['BROUILLON', 'RELU_AMU', 'RELU_MG', 'RELU', 'VALIDE_GOUVERNANCE', 'ACTIF', 'REMPLACE']);
export type ConventionStatus = z.infer<typeof conventionStatusSchema>;
export const conventionStatusLabels: Record<ConventionStatus, string> = {
  BROUILLON: 'Brouillon', RELU_AMU: 'Relue par l’AMU', RELU_MG: 'Relue par la médecine générale', RELU: 'Relue par les deux filières',
  VALIDE_GOUVERNANCE: 'Validée par la gouvernance', ACTIF: 'Active', REMPLACE: 'Remplacée',
};
export const conventionActSchema = z.enum(['read-amu', 'read-mg', 'validate', 'activate', 'replace', 'reopen']);
export type ConventionAct = z.infer<typeof conventionActSchema>;
export const conventionActLabels: Record<ConventionAct, string> = {
  'read-amu': 'Relue par l’AMU', 'read-mg': 'Relue par la médecine générale', validate: 'Valider (gouvernance)', activate: 'Mettre en vigueur',
  replace: 'Mettre fin', reopen: 'Revenir au brouillon',
};

export const signatorySchema = z.object({
  party: z.enum(['sas', 'structure', 'ars', 'cpam']), name: z.string().trim().min(2).max(120), quality: z.string().trim().max(120), signedOn: z.iso.date().nullable(),
});
export const signatoryPartyLabels = { sas: 'SAS', structure: 'Structure', ars: 'ARS', cpam: 'CPAM' } as const;

const conventionBody = z.object({
  kind: conventionKindSchema, structureId: z.string().max(40), subject: z.string().trim().min(3).max(200),
  startsOn: z.iso.date(), endsOn: z.iso.date().nullable(), signatories: z.array(signatorySchema).max(12),
});
export const conventionSchema = conventionBody.extend({
  id: z.string(), territory: z.string(), structureName: z.string(), status: conventionStatusSchema, version: z.number().int(), updatedAt: z.iso.datetime(),
  possible: z.array(conventionActSchema),
  events: z.array(z.object({ at: z.iso.datetime(), event: z.string(), to: conventionStatusSchema, authorName: z.string() })),
});
export type Convention = z.infer<typeof conventionSchema>;

/** Those who lead the SAS: they read everybody's participation in their territory, and may suspend it. */
export const leaderRoles = ['responsable-sas', ...administratorRoles] as const satisfies readonly Role[];
const ownRoles = ['effecteur', 'gestionnaire-structure', 'delegataire'] as const satisfies readonly Role[];
const readers = [...ownRoles, ...leaderRoles] as const;

export const routes = {
  participation: defineRoute({
    method: 'GET', path: '/api/v1/participation', access: readers, summary: "Participation d'un professionnel ou d'une structure, et ce qu'il peut choisir",
    query: subjectQuery,
    response: overviewSchema,
  }),
  declare: defineRoute({
    method: 'PUT', path: '/api/v1/participation', access: ownRoles, summary: 'Enregistrer ses paramètres de participation, tout de suite ou à une date',
    body: declarationSchema, response: recordSchema,
  }),
  suspendOrResume: defineRoute({
    method: 'POST', path: '/api/v1/participation/:event', access: readers, summary: 'Suspendre une participation ou la reprendre',
    params: z.object({ event: z.enum(['suspend', 'resume']) }),
    body: z.object({ ...subjectShape, reason: z.string().trim().max(300).nullable().default(null) }).refine(oneSubject, ONE_SUBJECT),
    response: recordSchema,
  }),
  participationHistory: defineRoute({
    method: 'GET', path: '/api/v1/participation/history', access: readers, summary: 'Tout ce qui a été déclaré, avec ses dates et son auteur',
    query: subjectQuery, response: z.object({ records: z.array(recordSchema) }),
  }),
  participationWeeks: defineRoute({
    method: 'GET', path: '/api/v1/participation/weeks', access: readers, summary: "Les 2 h par semaine d'une année : semaines tenues ou manquantes, éligibilité",
    query: z.object({ ...subjectShape, year: z.coerce.number().int().min(2021).max(2100).optional() }).refine(oneSubject, ONE_SUBJECT),
    response: z.object({ weeks: z.array(weekVerdictSchema), verdict: yearVerdictSchema, timeZone: z.string() }),
  }),
  eligibility: defineRoute({
    method: 'GET', path: '/api/v1/participation/eligibility', access: leaderRoles, summary: "Éligibilité de tous les participants d'un territoire",
    query: z.object({ territory: z.string().max(8), year: z.coerce.number().int().min(2021).max(2100) }),
    response: z.object({
      doctors: z.array(doctorStandingSchema),
      tolerance: z.number().int(),
    }),
  }),
  saveTolerance: defineRoute({
    method: 'PUT', path: '/api/v1/participation/tolerance', access: leaderRoles, summary: 'Nombre de semaines qui peuvent manquer dans une année, à partir d’une date',
    body: z.object({ territory: z.string().max(8), from: z.iso.date(), weeks: z.number().int().min(0).max(52) }),
    response: z.object({ saved: z.literal(true) }),
  }),
  linkedStructures: defineRoute({
    method: 'GET', path: '/api/v1/participation/structures', access: ownRoles, summary: 'Vos structures liées, leurs lieux et leur participation',
    response: z.object({ structures: z.array(linkedStructureSchema) }),
  }),
  structureDoctors: defineRoute({
    method: 'GET', path: '/api/v1/participation/structures/:id/doctors', access: [...ownRoles, ...leaderRoles], summary: "Médecins d'une structure : participation, ETP, éligibilité",
    params: z.object({ id: z.string().max(40) }),
    response: z.object({ doctors: z.array(structureDoctorSchema), etp: z.number(), dueMinutes: z.number().int(), ratio: mspRatioSchema.nullable() }),
  }),
  saveEtp: defineRoute({
    method: 'PUT', path: '/api/v1/participation/structures/:id/doctors/:nationalId', access: ownRoles, summary: "Déclarer l'équivalent temps plein d'un médecin, à partir d'une date",
    params: z.object({ id: z.string().max(40), nationalId: z.string().max(12) }),
    body: z.object({ etp: z.number().min(0).max(1).multipleOf(0.01), from: z.iso.date() }),
    response: z.object({ saved: z.literal(true) }),
  }),
  conventions: defineRoute({
    method: 'GET', path: '/api/v1/conventions', access: ['gestionnaire-structure', ...leaderRoles], summary: 'Conventions entre le SAS et les structures',
    response: z.object({ conventions: z.array(conventionSchema) }),
  }),
  createConvention: defineRoute({
    method: 'POST', path: '/api/v1/conventions', access: leaderRoles, status: 201, summary: 'Enregistrer une convention',
    body: conventionBody, response: conventionSchema,
  }),
  changeConvention: defineRoute({
    method: 'PUT', path: '/api/v1/conventions/:id', access: leaderRoles, summary: 'Modifier une convention : brouillon entier, ensuite ses signatures seules',
    params: z.object({ id: z.uuid() }),
    body: conventionBody.omit({ structureId: true, kind: true }).extend({ version: z.number().int() }), response: conventionSchema,
  }),
  actOnConvention: defineRoute({
    method: 'POST', path: '/api/v1/conventions/:id/:act', access: leaderRoles, summary: 'Faire avancer une convention',
    params: z.object({ id: z.uuid(), act: conventionActSchema }), body: z.object({ version: z.number().int() }), response: conventionSchema,
  }),
} as const;
