import { z } from 'zod';
import { defineRoute } from '../../foundation/http/route.ts';
import { administratorRoles, roleSchema } from '../../identity/contract.ts';
import {
  careLevels, type CommunicationDifficulty, dCodes, decisionTypes, type DecisionType, dossierStates, dossierTypes, drCodes, filieres, priorities, steps, substitutions,
} from './domain/codes.ts';
import { callerSchema, dossierActions, fieldsOfAction, locationSchema, motiveSchema, patientChangeSchema, patientSchema, phoneSchema } from './domain/fields.ts';
import { type PatientTaskOutcome, patientTaskKinds, patientTaskOutcomes, type ReminderWay, reminderWays } from './domain/reminders.ts';
import { filiereSettingsSchema, regulationRulesSchema } from './domain/rules.ts';

export type { CareLevel, CommunicationDifficulty, DecisionType, DossierState, DossierType, Filiere, Priority, Step } from './domain/codes.ts';
export type { ActionBody, DossierAction } from './domain/fields.ts';
export type { PatientTaskKind, PatientTaskOutcome, ReminderWay } from './domain/reminders.ts';
export type { FiliereSettings, RegulationRules } from './domain/rules.ts';
export { dCodes, dossierActions, drCodes, locationSchema, patientSchema, patientTaskOutcomes, reminderWays };

// National codes (HubSante nomenclatures): exported without translation.
export const dossierTypeSchema = z.enum(dossierTypes);
export const dossierStateSchema = z.enum(dossierStates);
/** Step inside ACTIF (requirements 6.2). */
export const stepSchema = z.enum(steps);
export const filiereSchema = z.enum(filieres);
export const prioritySchema = z.enum(priorities);
export const careLevelSchema = z.enum(careLevels);
/** Catalogue of responses (REG-12), with what each implies. */
export const decisionTypeSchema = z.enum(decisionTypes);

export const decisionTypeLabels: Record<DecisionType, string> = {
  CONSEIL: 'Conseil médical', ALLER_SU: 'Conseil : aller aux urgences', PMT: 'Prescription téléphonique', CONSULTATION: 'Consultation en ville',
  VISITE: 'Visite à domicile', TELECONSULTATION: 'Téléconsultation', MEDECIN_TRAITANT: 'Renvoi vers le médecin traitant', SMUR: 'Envoi du SMUR',
  AMBULANCE: 'Ambulance privée', VSAV: 'VSAV (pompiers)', ES_HORS_SU: 'Établissement hors urgences', SU: "Service d'urgence",
  SOINS_VILLE_SAS: 'Soins de ville, filière SAS', LAISSE_SUR_PLACE: 'Laissé sur place', PHARMACIE: 'Pharmacie de garde', INFORMATION: 'Information',
  PASPLUS: 'Pas de décision supplémentaire',
};

export const dCodeLabels: Record<(typeof dCodes)[number], string> = {
  'D.D-MALV.ERR': 'Erreur de numéro', 'D.D-MALV.NRP': 'Raccroché, pas de réponse', 'D.D-MALV.MALV': 'Appel malveillant, canular', 'D.D-MALV.FAX': 'Fax',
  'D.D-MALV.ITERATIF': 'Appel itératif', 'D.D-IDENT.ADMIN': 'Appel administratif', 'D.D-IDENT.PERSO': 'Appel personnel', 'D.D-IDENT.AUTRE': "Autre type d'appel",
};
export const drCodeLabels: Record<(typeof drCodes)[number], string> = {
  'DR.DREG.DRARM': 'Prise en charge ARM', 'DR.DREG.DRDAC': 'Prise en charge DAC', 'DR.DREG.DRMED': 'Information sur un médecin',
  'DR.DREG.DRPHARMA': 'Information sur une pharmacie', 'DR.DREG.DRDENT': 'Information sur un dentiste', 'DR.DREG.DRINFO': 'Information générale',
  'DR.DREG.DOS-SIS': 'Appel pour les pompiers', 'DR.DREG.DOS-FDO': "Appel pour les forces de l'ordre",
};

export const difficultyLabels: Record<CommunicationDifficulty, string> = {
  AUCUNE: 'Aucune', MUET: 'Muet ou malentendant', VISION: 'Malvoyant', LANGUE: 'Barrière de la langue', PANIQUE: 'Panique', HOSTILE: 'Hostile, agressif',
  AGITE: 'Incohérence, agitation, intoxication', AUTRE: 'Autre difficulté', IMPOSS: 'Absence de communication',
};

/** Number printed on a paper form (PCA-02): the post's letters, then a count, e.g. `K7QMP-012`. */
export const formNumberSchema = z.string().trim().toUpperCase().regex(/^[A-Z0-9]{5}-\d{3,6}$/, 'numéro de fiche attendu, par exemple K7QMP-012');

export const noteSchema = z.object({
  id: z.string(), at: z.iso.datetime(), author: z.string(), role: roleSchema, kind: z.enum(['medicale', 'logistique']), text: z.string(),
  /** Set on the re-entry of a paper form: when it was really written (PCA-02). */
  writtenAt: z.iso.datetime().nullable(),
});

export const actSchema = z.object({
  id: z.string(), at: z.iso.datetime(), author: z.string(), authorId: z.string(), role: roleSchema, status: z.string().nullable(),
  filiere: filiereSchema.nullable(), mode: z.enum(['telephone', 'validation']), careLevel: careLevelSchema.nullable(), hypothesis: z.string(), advice: z.string(),
  attribution: z.string(),
  decisions: z.array(z.object({ id: z.string(), type: decisionTypeSchema, careLevel: careLevelSchema.nullable(), details: z.record(z.string(), z.unknown()), executedAt: z.iso.datetime().nullable() })),
  /** The act that this one completes (T34); acts themselves never change. */
  amends: z.string().nullable(), reason: z.string().nullable(),
});

export const taskSchema = z.object({
  id: z.string(), kind: z.string(), label: z.string(), createdAt: z.iso.datetime(), dueAt: z.iso.datetime(),
  /** Whose task: an account, or a queue. */
  assignee: z.string(), doneAt: z.iso.datetime().nullable(), outcome: z.string().nullable(), doneBy: z.string().nullable(),
});

export const dossierSchema = z.object({
  id: z.string(), number: z.string(), territory: z.string(), version: z.number().int(),
  type: dossierTypeSchema, attribution: z.string().nullable(), state: dossierStateSchema, step: stepSchema.nullable(),
  filiere: filiereSchema.nullable(), priority: prioritySchema, careLevel: careLevelSchema.nullable(),
  motive: z.object({ code: z.string(), label: z.string() }).nullable(),
  openedAt: z.iso.datetime(), updatedAt: z.iso.datetime(), queueSince: z.iso.datetime().nullable(), dueAt: z.iso.datetime().nullable(),
  owner: z.object({ accountId: z.string(), name: z.string() }).nullable(), queue: z.string().nullable(),
  location: locationSchema.nullable(), callback: z.string().nullable(), caller: callerSchema,
  /** How the patient wants to be reminded of an appointment; null: as the règlement intérieur says (RDV-11). */
  reminder: z.enum(reminderWays).nullable(),
  patient: patientSchema,
  calls: z.array(z.object({ id: z.string(), at: z.iso.datetime(), repeated: z.boolean(), onLine: z.boolean(), number: z.string().nullable() })),
  notes: z.array(noteSchema), acts: z.array(actSchema),
  means: z.array(z.object({
    id: z.string(), type: z.string(), status: z.string(), at: z.iso.datetime(), reflex: z.boolean(), decisionId: z.string().nullable(),
    history: z.array(z.object({ status: z.string(), at: z.iso.datetime(), by: z.string() })),
  })),
  appointments: z.array(z.object({ appointmentId: z.string(), status: z.string(), start: z.iso.datetime(), practitioner: z.string(), attachedAt: z.iso.datetime() })),
  protocol: z.object({ id: z.string(), version: z.number().int(), answers: z.array(z.object({ question: z.string(), answer: z.string() })), overridden: z.boolean() }).nullable(),
  suiteOf: z.string().nullable(), mergedInto: z.string().nullable(), degraded: z.boolean(), p0: z.object({ engagedAt: z.iso.datetime(), takenAt: z.iso.datetime().nullable() }).nullable(),
  /** Start of the last active period: what T27 counts from. */
  activeSince: z.iso.datetime(),
  /** Every filière it went through, the present one last (REG-08). */
  filieres: z.array(z.object({ filiere: filiereSchema, since: z.iso.datetime(), by: z.string(), reason: z.string().nullable() })),
  tasks: z.array(taskSchema),
  /** An answer given without a doctor in line; `whitelisted`: the règlement intérieur asks no signature for it. */
  validation: z.object({
    requestedAt: z.iso.datetime(), by: z.string(), reason: z.string(), answer: z.string(), category: z.enum(drCodes).nullable(), whitelisted: z.boolean(),
  }).nullable(),
  deferral: z.object({ dueAt: z.iso.datetime(), warningSigns: z.string(), by: z.string(), returnedAt: z.iso.datetime().nullable() }).nullable(),
  substitution: z.enum(substitutions).nullable(),
  /** An OSNP suspects a P0: an assistant must engage it. */
  p0Suspected: z.boolean(),
  splitFrom: z.string().nullable(),
  /** What the screen should ask: `usual-doctor` when nobody asked whether the usual doctor was tried first (REG-14). */
  prompts: z.array(z.enum(['usual-doctor'])),
  /** What the reader may do now. */
  possible: z.array(z.string()),
  presence: z.array(z.object({ accountId: z.string(), name: z.string(), field: z.string().nullable() })),
});
export type Dossier = z.infer<typeof dossierSchema>;

/** A line of a queue or a search: what is needed to choose, nothing more. */
export const dossierLineSchema = dossierSchema.pick({
  id: true, number: true, type: true, state: true, step: true, filiere: true, priority: true, motive: true, openedAt: true, queueSince: true, dueAt: true, owner: true, version: true,
}).extend({
  city: z.string(), ageSeconds: z.number().int(), onLine: z.boolean(), summary: z.string(),
  /** What is left to do: decisions still to be carried out, follow-up tasks. */
  orders: z.array(z.object({ decisionId: z.string(), type: decisionTypeSchema, at: z.iso.datetime(), delay: z.string().nullable() })),
  tasks: z.array(taskSchema.pick({ id: true, kind: true, label: true, dueAt: true })),
});

/** An appointment told by the platform that belongs to no dossier yet (INT_L02). */
export const receivedAppointmentSchema = z.object({
  appointmentId: z.string(), status: z.enum(['pending', 'booked', 'fulfilled', 'noshow', 'cancelled']), start: z.iso.datetime({ offset: true }),
  practitioner: z.string(), structure: z.string().nullable(), regulator: z.string(), receivedAt: z.iso.datetime({ offset: true }),
  /** Dossiers from which whoever booked had just opened the search, the latest first. */
  suggested: z.array(z.object({ id: z.string(), number: z.string() })),
});
export type ReceivedAppointment = z.infer<typeof receivedAppointmentSchema>;

/** Something to do for the patient of an appointment: ring before it, or see what became of whoever did not come. */
export const patientTaskSchema = z.object({
  id: z.string(), dossierId: z.string(), appointmentId: z.string(), kind: z.enum(patientTaskKinds), start: z.iso.datetime({ offset: true }), dueAt: z.iso.datetime({ offset: true }),
});
export type PatientTask = z.infer<typeof patientTaskSchema>;
const patientTaskOutcomeSchema = z.enum([...patientTaskOutcomes['rappel-rdv'], ...patientTaskOutcomes['rdv-noshow']]);

export const reminderWords: Record<ReminderWay, string> = { sms: 'SMS', call: 'Appel', none: 'Aucun' };
export const patientTaskWords: Record<PatientTask['kind'], string> = { 'rappel-rdv': 'Rappeler le rendez-vous au patient', 'rdv-noshow': 'Patient non venu : vérifier sa situation' };
export const patientTaskOutcomeWords: Record<PatientTaskOutcome, string> = {
  joint: 'Joint, il viendra', message: 'Message laissé', 'ne-viendra-pas': 'Ne viendra pas', injoignable: 'Injoignable',
  'autre-soin': 'Autre soin trouvé', csnp: 'A consulté dans un CSNP', retabli: 'Rétabli',
};

export const dossierActionSchema = z.enum(dossierActions);

export const regulationRoles = ['arm', 'arm-coordonnateur', 'superviseur', 'osnp', 'mru', 'mrg', 'medecin-specialise'] as const;
export const doctorRoles = ['mru', 'mrg', 'medecin-specialise'] as const;
/** Those who record what the governance decided. */
export const configurationRoles = ['responsable-sas', 'superviseur', ...administratorRoles] as const;

/** Status of a regulating doctor (ACT-15), used by indicators 6 and 7. */
export const doctorStatusSchema = z.enum(['hospitalier', 'liberal', 'salarie-cds', 'remplacant', 'retraite', 'collaborateur-occasionnel']);
export const doctorStatusLabels: Record<z.infer<typeof doctorStatusSchema>, string> = {
  hospitalier: 'Hospitalier', liberal: 'Libéral', 'salarie-cds': 'Salarié de centre de santé', remplacant: 'Remplaçant', retraite: 'Retraité', 'collaborateur-occasionnel': 'Collaborateur occasionnel',
};
export const regulatorSchema = z.object({ accountId: z.string(), status: doctorStatusSchema.nullable(), filieres: z.array(filiereSchema) });
const id = z.object({ id: z.string().max(100) });

export const routes = {
  openDossier: defineRoute({
    method: 'POST', path: '/api/v1/dossiers', summary: "Ouvrir le dossier d'un appel décroché (T01)", access: regulationRoles, status: 201,
    body: z.strictObject({
      callId: z.string().max(100).optional(), suiteOf: z.string().optional(), programmedFor: z.iso.datetime({ offset: true }).optional(),
      /** Re-entry of a paper form (PCA-02): when the call was really taken. */
      degradedFrom: z.iso.datetime({ offset: true }).optional(),
      /** Number of that paper form: entered again, it gives the dossier it already opened. */
      formNumber: formNumberSchema.optional(), territory: z.string().max(8).optional(),
    }),
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
    body: z.looseObject({ action: z.string().max(40) }).describe(
      `Une action et ses champs. ${Object.entries(fieldsOfAction).map(([action, fields]) => `${action} (${fields.join(', ') || 'aucun champ'})`).join(' ; ')}.`,
    ),
    response: dossierSchema,
  }),
  updateDossier: defineRoute({
    method: 'PATCH', path: '/api/v1/dossiers/:id', summary: 'Compléter le dossier champ par champ (fusion, jamais d’écrasement muet)', access: regulationRoles, params: id,
    body: z.strictObject({ base: z.number().int(), location: locationSchema.optional(), callback: phoneSchema.optional(), reminder: z.enum(reminderWays).optional(), caller: callerSchema.optional(), patient: patientChangeSchema.optional(), motive: motiveSchema.optional() }),
    response: dossierSchema,
  }),
  addNote: defineRoute({
    method: 'POST', path: '/api/v1/dossiers/:id/notes', summary: 'Ajouter une note médicale ou logistique', access: regulationRoles, params: id, status: 201,
    body: z.strictObject({
      /** Chosen by the sender: the same note sent twice is written once. */
      id: z.uuid().optional(),
      kind: z.enum(['medicale', 'logistique']), text: z.string().trim().min(1).max(4_000), writtenAt: z.iso.datetime({ offset: true }).optional(),
    }),
    response: noteSchema,
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
    query: z.object({ q: z.string().trim().min(2).max(80).optional(), phone: z.string().max(20).optional(), birthDate: z.iso.date().optional(), state: dossierStateSchema.optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }),
    response: z.object({ dossiers: z.array(dossierLineSchema) }),
  }),
  breakGlass: defineRoute({
    method: 'POST', path: '/api/v1/dossiers/:id/break-glass', summary: 'Bris de glace : lire un dossier hors de son périmètre, avec motif et alerte', access: regulationRoles, params: id,
    body: z.strictObject({ reason: z.string().trim().min(10).max(300) }), response: dossierSchema,
  }),
  similarDossiers: defineRoute({
    method: 'GET', path: '/api/v1/dossiers/:id/similar', access: regulationRoles, params: id,
    summary: 'Dossiers qui pourraient être du même événement ou du même patient : même numéro, même identité (recherche avant création)',
    response: z.object({ dossiers: z.array(dossierLineSchema.extend({ why: z.array(z.enum(['phone', 'identity', 'birth-date', 'place'])) })) }),
  }),
  searchLink: defineRoute({
    method: 'GET', path: '/api/v1/dossiers/:id/search-link', access: regulationRoles, params: id,
    summary: "Adresse qui ouvre la recherche de la plateforme pour ce dossier (INT_L01) : lieu, spécialité, médecin traitant, jamais d'identité",
    response: z.object({ url: z.string() }),
  }),
  unattachedAppointments: defineRoute({
    method: 'GET', path: '/api/v1/appointments/unattached', summary: 'Rendez-vous reçus de la plateforme, à rattacher à un dossier', access: regulationRoles,
    response: z.object({ appointments: z.array(receivedAppointmentSchema) }),
  }),
  attachAppointment: defineRoute({
    method: 'POST', path: '/api/v1/appointments/:appointmentId/attach', summary: 'Rattacher un rendez-vous à un dossier', access: regulationRoles,
    params: z.object({ appointmentId: z.string().max(100) }), body: z.strictObject({ dossierId: z.string().max(100) }), response: dossierSchema,
  }),
  patientTasks: defineRoute({
    method: 'GET', path: '/api/v1/patient-tasks', summary: 'Patients à rappeler avant leur rendez-vous, absences à vérifier', access: regulationRoles,
    response: z.object({ tasks: z.array(patientTaskSchema), dossiers: z.array(dossierLineSchema) }),
  }),
  closePatientTask: defineRoute({
    method: 'POST', path: '/api/v1/patient-tasks/:id/close', summary: "Clore un rappel ou la vérification d'une absence, avec son issue", access: regulationRoles,
    params: z.object({ id: z.uuid() }), body: z.strictObject({ outcome: patientTaskOutcomeSchema }), response: z.object({ closed: z.literal(true) }),
  }),
  absences: defineRoute({
    method: 'GET', path: '/api/v1/absences', access: [...configurationRoles, 'arm-coordonnateur'],
    summary: "Pourquoi les patients ne sont pas venus, en nombres, pour les rendez-vous d'une période",
    query: z.object({ from: z.iso.date(), to: z.iso.date() }),
    response: z.object({ reasons: z.array(z.object({ reason: z.enum(patientTaskOutcomes['rdv-noshow']), count: z.number().int() })), toCheck: z.number().int() }),
  }),
  appointmentMessages: defineRoute({
    method: 'GET', path: '/api/v1/appointments/messages', summary: 'Historique des messages de rendez-vous reçus, avec leur suite', access: [...regulationRoles, ...administratorRoles],
    response: z.object({ messages: z.array(z.object({
      distributionId: z.string().nullable(), appointmentId: z.string().nullable(), receivedAt: z.iso.datetime({ offset: true }),
      outcome: z.enum(['created', 'updated', 'outdated', 'conflict', 'refused']), cause: z.string().nullable(),
    })) }),
  }),
  recallStudy: defineRoute({
    method: 'GET', path: '/api/v1/appointments/study', access: ['superviseur', 'responsable-sas'], stream: true,
    summary: 'Étude : suite des rendez-vous après un appel, et rappels dans les 72 heures ; une ligne par rendez-vous, sous pseudonyme, sans identité (json ou csv)',
    query: z.object({ from: z.iso.date(), to: z.iso.date(), format: z.enum(['json', 'csv']).default('json') }),
    response: z.object({
      /** Told in the period; attached to a dossier: only those can be followed. */
      received: z.number().int(), attached: z.number().int(),
      /** Among those attached. */
      within72h: z.number().int(), recalled: z.number().int(), recallRate: z.number().nullable(),
    }),
  }),
  regulationRules: defineRoute({
    method: 'GET', path: '/api/v1/regulation-rules', summary: 'Règlement intérieur appliqué par le logiciel, et filières spécialisées',
    access: [...regulationRoles, ...configurationRoles], query: z.object({ territory: z.string().max(8).optional() }),
    response: z.object({ version: z.number().int(), rules: regulationRulesSchema, filieres: z.array(filiereSettingsSchema.extend({ open: z.boolean() })) }),
  }),
  saveRegulationRules: defineRoute({
    method: 'PUT', path: '/api/v1/regulation-rules', summary: "Enregistrer une nouvelle version du règlement intérieur, approuvée par la gouvernance", access: configurationRoles,
    body: z.strictObject({ territory: z.string().max(8).optional(), rules: regulationRulesSchema, approval: z.string().trim().min(5).max(300) }),
    response: z.object({ version: z.number().int() }),
  }),
  saveFiliere: defineRoute({
    method: 'PUT', path: '/api/v1/filieres/:filiere', summary: "Ouvrir, fermer ou régler une filière spécialisée (schéma d'organisation obligatoire)", access: configurationRoles,
    params: z.object({ filiere: filiereSchema }), body: filiereSettingsSchema.omit({ filiere: true }).extend({ territory: z.string().max(8).optional() }),
    response: filiereSettingsSchema,
  }),
  regulators: defineRoute({
    method: 'GET', path: '/api/v1/regulators', summary: 'Les médecins régulateurs, leur statut et leurs filières', access: [...regulationRoles, ...configurationRoles],
    response: z.object({ regulators: z.array(regulatorSchema.extend({ name: z.string(), roles: z.array(roleSchema) })) }),
  }),
  saveRegulator: defineRoute({
    method: 'PUT', path: '/api/v1/regulators/:accountId', summary: "Enregistrer le statut d'un médecin régulateur et ses filières spécialisées", access: configurationRoles,
    params: z.object({ accountId: z.string().max(100) }), body: regulatorSchema.omit({ accountId: true }).extend({ territory: z.string().max(8).optional() }),
    response: regulatorSchema,
  }),
  handover: defineRoute({
    method: 'GET', path: '/api/v1/handover', summary: 'Dossiers à transmettre en fin de poste ou à 20 h', access: regulationRoles,
    response: z.object({
      dossiers: z.array(dossierLineSchema),
      signedBy: z.array(z.object({ name: z.string(), at: z.iso.datetime(), to: z.string(), count: z.number().int(), comment: z.string() })),
    }),
  }),
  signHandover: defineRoute({
    method: 'POST', path: '/api/v1/handover', summary: 'Signer la transmission', access: regulationRoles,
    body: z.strictObject({
      to: z.string().max(100), dossierIds: z.array(z.string()).max(500), comment: z.string().max(500).default(''),
      /** By dossier: what the colleague must know, kept in it as a note. */
      comments: z.record(z.string().max(100), z.string().trim().min(1).max(500)).default({}),
    }),
    response: z.object({ signed: z.literal(true) }),
  }),
  roomAlerts: defineRoute({
    method: 'GET', path: '/api/v1/regulation-alerts', summary: 'P0 que personne n’a pris, et bris de glace des dernières 24 heures', access: ['superviseur', 'arm-coordonnateur', 'responsable-sas'],
    response: z.object({
      p0: z.array(z.object({ dossierId: z.string(), number: z.string(), since: z.iso.datetime(), late: z.boolean() })),
      glass: z.array(z.object({ dossierId: z.string(), number: z.string(), name: z.string(), at: z.iso.datetime(), reason: z.string() })),
    }),
  }),
} as const;
