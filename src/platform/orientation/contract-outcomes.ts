import { z } from 'zod';
import { defineRoute } from '../../foundation/http/route.ts';
import { administratorRoles } from '../../identity/contract.ts';
import { slotSchema } from '../availability/contract.ts';
import { orientationSchema, orientationStatusSchema } from './contract.ts';

// ---------------------------------------------------------------- those who receive

const receiverRoles = ['effecteur', 'gestionnaire-structure', 'delegataire'] as const;

export const receivedSchema = orientationSchema.extend({
  /** When the receiver was asked whether the patient came; null: not yet. */
  askedAt: z.iso.datetime().nullable(),
});
export type Received = z.infer<typeof receivedSchema>;

/** `total` may be more than the appointments given. */
const sectionSchema = z.object({ total: z.number().int(), appointments: z.array(receivedSchema) });
export type ReceivedSection = z.infer<typeof sectionSchema>;

const countsSchema = z.object({
  honoured: z.number().int(), noShow: z.number().int(), untold: z.number().int(), awaited: z.number().int(), cancelled: z.number().int(),
});

/** What a professional (or a structure without a named doctor) did for the SAS in a quarter. Counts, never money. */
export const actsSchema = z.object({
  key: z.string(),
  label: z.string(),
  outcomes: countsSchema,
  /** Patients taken in excess of the agenda: accepted, and among them those who came. */
  indicator9: z.object({ accepted: z.number().int(), honoured: z.number().int(), reached: z.number().int().nullable(), missing: z.number().int().nullable() }),
  /** Acts of unscheduled care by ISO week of the quarter: done, and still to come. */
  weeks: z.array(z.object({ week: z.string(), monday: z.iso.date(), honoured: z.number().int(), awaited: z.number().int() })),
});
export type Acts = z.infer<typeof actsSchema>;

// ---------------------------------------------------------------- supervision

export const outcomeFamilies = {
  open: { label: 'En attente d’une réponse', statuses: ['RESERVATION', 'SOLLICITE', 'DEMANDE', 'ACCEPTE', 'ACCEPTE_SANS_NOM', 'ACCEPTE_NOMME'] },
  awaited: { label: 'Pris, suite à dire', statuses: ['PRIS', 'MODIFIE'] },
  honoured: { label: 'Honorés', statuses: ['HONORE'] },
  'no-show': { label: 'Non honorés', statuses: ['NON_HONORE'] },
  untold: { label: 'Non renseignés', statuses: ['NON_RENSEIGNE'] },
  cancelled: { label: 'Annulés', statuses: ['ANNULE_PATIENT', 'ANNULE_EFFECTEUR', 'ANNULE_SAS'] },
  failed: { label: 'Sans suite', statuses: ['REFUSE', 'SANS_REPONSE', 'EXPIRE', 'ECHEC_CRENEAU_PRIS', 'BROUILLON', 'PROPOSE'] },
} as const satisfies Record<string, { label: string; statuses: readonly z.infer<typeof orientationStatusSchema>[] }>;
export type OutcomeFamily = keyof typeof outcomeFamilies;
const familySchema = z.enum(Object.keys(outcomeFamilies) as [OutcomeFamily, ...OutcomeFamily[]]);

/** Where the place was taken; a vendor's name stands for itself. */
export const channelLabels: Readonly<Record<string, string>> = { slot: 'Agenda du SAS', surnumeraire: 'En sus', phone: 'Par téléphone', editor: 'Éditeur' };
export const channelInWords = (channel: string): string => channelLabels[channel] ?? channel;

const followUpQuery = z.object({
  /** Days on which the orientations were made, both included; the last 30 days without. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  territory: z.string().max(8).optional(),
  structure: z.string().max(20).optional(),
  /** `slot`, `surnumeraire`, `phone`, or a vendor's name. */
  channel: z.string().max(40).optional(),
  level: z.coerce.number().int().min(0).max(20).optional(),
  outcome: familySchema.optional(),
  beyond48h: z.stringbool().optional(),
});
export type FollowUpQuery = z.output<typeof followUpQuery>;

export const followedSchema = z.object({
  id: z.string(),
  territory: z.string(),
  createdAt: z.iso.datetime(),
  by: z.string(),
  channel: z.string(),
  status: orientationStatusSchema,
  label: z.string(),
  placeLabel: z.string(),
  structureId: z.string().nullable(),
  start: z.iso.datetime().nullable(),
  /** From the booking, and from the search opened for the call, to the appointment. */
  minutesFromBooking: z.number().int().nullable(),
  minutesFromRegulation: z.number().int().nullable(),
  distanceM: z.number().int().nullable(),
  charterLevel: z.number().int().nullable(),
  skipReason: z.string().nullable(),
  beyond48h: z.boolean(),
  lateReason: z.string().nullable(),
  notified: z.boolean(),
});
export type Followed = z.infer<typeof followedSchema>;

const rateSchema = z.object({
  key: z.string(), label: z.string(),
  honoured: z.number().int(), noShow: z.number().int(), untold: z.number().int(), unnotified: z.number().int(),
  denominator: z.number().int(),
  /** Null: too few to say ("donnée insuffisante"). */
  rate: z.number().nullable(),
});
export type RateLine = z.infer<typeof rateSchema>;

const countSchema = z.object({ key: z.string(), count: z.number().int() });
const supervisorRoles = ['superviseur', 'responsable-sas', ...administratorRoles] as const;

export const routes = {
  myAppointments: defineRoute({
    method: 'GET', path: '/api/v1/my-appointments', access: receiverRoles,
    summary: 'Mes patients adressés par le SAS : aujourd’hui, à dire, à venir, annulés',
    response: z.object({
      /** The local day. */
      day: z.iso.date(),
      today: sectionSchema, toTell: sectionSchema, upcoming: sectionSchema, cancelled: sectionSchema,
      /** A gesture may be taken back for so long. */
      undoSeconds: z.number().int(),
      /** Nobody told: closed after so many days. */
      closedAfterDays: z.number().int(),
    }),
  }),
  myActs: defineRoute({
    method: 'GET', path: '/api/v1/my-acts', access: receiverRoles,
    summary: 'Mes actes reçus du SAS dans un trimestre : paliers de l’indicateur 9, actes SNP par semaine, venus et non venus',
    query: z.object({ quarter: z.string().regex(/^20\d\d-T[1-4]$/, 'trimestre attendu, par exemple 2026-T1').optional() }),
    response: z.object({
      quarter: z.string(), from: z.iso.date(), to: z.iso.date(), week: z.string(),
      tiers: z.array(z.object({ from: z.number().int(), to: z.number().int() })), snpWeeklyCap: z.number().int(),
      acts: z.array(actsSchema),
    }),
  }),
  freeSlots: defineRoute({
    method: 'GET', path: '/api/v1/orientations/:id/free-slots', access: 'signed-in',
    summary: 'Créneaux libres chez le même effecteur, pour déplacer un rendez-vous pris dans l’agenda du SAS',
    params: z.object({ id: z.uuid() }), response: z.object({ slots: z.array(slotSchema) }),
  }),
  followUp: defineRoute({
    method: 'GET', path: '/api/v1/orientation-follow-up', access: supervisorRoles, stream: true,
    summary: 'Suivi des orientations : délai, distance, niveau de charte, canal, suite (json ou csv)',
    query: followUpQuery.extend({
      cursor: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).default(50),
      format: z.enum(['json', 'csv']).default('json'),
    }),
    response: z.object({ orientations: z.array(followedSchema), nextCursor: z.string().nullable() }),
  }),
  followUpSummary: defineRoute({
    method: 'GET', path: '/api/v1/orientation-follow-up/summary', access: [...supervisorRoles, 'ars'],
    summary: 'Suivi des orientations, en chiffres : totaux, médianes, taux d’absence avec leurs dénominateurs',
    query: followUpQuery,
    response: z.object({
      from: z.iso.date(), to: z.iso.date(), total: z.number().int(), beyond48h: z.number().int(),
      medians: z.object({ minutesFromBooking: z.number().nullable(), minutesFromRegulation: z.number().nullable(), distanceM: z.number().nullable() }),
      byOutcome: z.array(z.object({ key: familySchema, count: z.number().int() })),
      byChannel: z.array(countSchema), byLevel: z.array(countSchema), lateReasons: z.array(countSchema), skipReasons: z.array(countSchema),
      absence: z.object({
        reference: z.number(), minimum: z.number().int(), overall: rateSchema,
        territories: z.array(rateSchema), structures: z.array(rateSchema), channels: z.array(rateSchema), months: z.array(rateSchema),
        /** Empty for those who may read aggregates only. */
        professionals: z.array(rateSchema),
      }),
    }),
  }),
  appointmentStudy: defineRoute({
    method: 'GET', path: '/api/v1/orientation-study', access: supervisorRoles, stream: true,
    summary: 'Extraction d’étude (CSV) : une ligne par rendez-vous, sous pseudonyme, sans personne ni commentaire',
    query: z.object({ from: z.iso.date(), to: z.iso.date() }), response: z.string(),
  }),
} as const;
