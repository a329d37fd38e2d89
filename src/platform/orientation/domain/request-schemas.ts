import { z } from 'zod';
import { dutyModes } from './duty.ts';
import { answererLabels, openingReasonLabels, refusalLabels } from './request-lists.ts';
import { passReasons } from './request.ts';

/** One of the keys of a list of labels. */
export const reasonOf = <T extends Record<string, string>>(reasons: T) => z.enum(Object.keys(reasons) as [keyof T & string, ...(keyof T & string)[]]);

const professionalId = z.string().regex(/^[08]\d{9,11}$/, 'identifiant national attendu (8 + RPPS ou 0 + ADELI)');
const instant = z.iso.datetime({ offset: true });

export const acceptSchema = z.strictObject({
  /** The time given, when it is not the one asked for. Due on the telephone. */
  at: instant.optional(),
  /** The doctor who will receive, for a structure that already knows. */
  nationalId: professionalId.optional(),
  /** RDV-04: who answered the telephone. */
  answeredBy: reasonOf(answererLabels).optional(),
  answererId: professionalId.optional(),
});
export const refuseSchema = z.strictObject({
  reason: reasonOf(refusalLabels).optional(), answeredBy: reasonOf(answererLabels).optional(), answererId: professionalId.optional(),
});
export const nameSchema = z.strictObject({ nationalId: professionalId, at: instant.optional() });

/** The kinds of structure that have a delay to answer. */
export const delayedKinds = ['CPTS', 'MSP', 'SOS', 'CDS', 'CSNP'] as const;
export type DelayedKind = (typeof delayedKinds)[number];

const status = z.string();
const doctor = z.object({ nationalId: z.string(), name: z.string() });

/** What is told of the need: nothing of the patient. */
const needSchema = z.object({
  city: z.string().nullable(), specialty: z.string().nullable(), modality: z.enum(['AMB', 'HH', 'VR']).nullable(), wantedAt: z.iso.datetime(),
});

const attemptSchema = z.object({
  orientationId: z.string(),
  status,
  label: z.string(),
  /** The structure's kind, `PS` for a professional. */
  category: z.string(),
  structureId: z.string().nullable(),
  level: z.number().int().nullable(),
  distanceM: z.number().int().nullable(),
  channel: z.enum(['phone', 'web']),
  /** The number to call, now. */
  contact: z.string().nullable(),
  askedAt: z.iso.datetime().nullable(),
  deadlineAt: z.iso.datetime().nullable(),
  /** Computed by the server, so that both sides count the same. */
  remainingMs: z.number().int().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  answeredBy: reasonOf(answererLabels).nullable(),
  answerChannel: z.enum(['phone', 'web', 'planning']).nullable(),
  refusal: reasonOf(refusalLabels).nullable(),
  /** The doctor named by the structure. */
  doctor: doctor.nullable(),
  /** The appointment: asked for, or given. */
  start: z.iso.datetime().nullable(),
  possible: z.array(z.string()),
});
export type RequestAttempt = z.infer<typeof attemptSchema>;

/** A request as the operator follows it. */
export const requestSchema = needSchema.extend({
  id: z.string(),
  territory: z.string(),
  state: z.enum(['EN_COURS', 'ACCEPTE', 'ANNULE', 'EPUISE']),
  createdAt: z.iso.datetime(),
  emptySearchId: z.string().nullable(),
  missingSources: z.array(z.string()),
  openingReason: reasonOf(openingReasonLabels).nullable(),
  attempts: z.array(attemptSchema),
  passed: z.array(z.object({ label: z.string(), why: z.enum(passReasons) })),
  /** Those who come next, in order. */
  next: z.array(z.object({ label: z.string(), level: z.number().int().nullable(), distanceM: z.number().int().nullable() })),
});
export type RequestView = z.infer<typeof requestSchema>;

/** A request as those asked see it. */
export const inboxItemSchema = needSchema.extend({
  orientationId: z.string(),
  territory: z.string(),
  status,
  /** The specialty asked for, in words; null when the directory does not name it. */
  specialtyLabel: z.string().nullable(),
  /** Whom it is for: the structure, or the professional himself. */
  forLabel: z.string(),
  structureId: z.string().nullable(),
  askedAt: z.iso.datetime(),
  deadlineAt: z.iso.datetime().nullable(),
  remainingMs: z.number().int().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  start: z.iso.datetime().nullable(),
  doctor: doctor.nullable(),
  /** Those on duty then, in the order proposed. */
  onDuty: z.array(doctor),
  possible: z.array(z.string()),
});
export type InboxItem = z.infer<typeof inboxItemSchema>;

/** How often somebody was asked, and what he answered. */
export const fairnessLineSchema = z.object({
  subject: z.string(), label: z.string(), category: z.string(), asked: z.number().int(), accepted: z.number().int(), refused: z.number().int(),
  unanswered: z.number().int(), waiting: z.number().int(), medianMs: z.number().int().nullable(), lastAskedAt: z.iso.datetime(),
});
export type FairnessLine = z.infer<typeof fairnessLineSchema>;

/** STR-08: what a structure received from the SAS over a period. */
export const statementSchema = z.object({
  structureId: z.string(), name: z.string(), from: z.iso.date(), to: z.iso.date(),
  received: z.number().int(), accepted: z.number().int(), medianMs: z.number().int().nullable(),
  lines: z.array(z.object({
    orientationId: z.string(), askedAt: z.iso.datetime(), city: z.string().nullable(), wantedAt: z.iso.datetime(), status, accepted: z.boolean(),
    delayMs: z.number().int().nullable(), doctor: z.string().nullable(), refusal: reasonOf(refusalLabels).nullable(),
  })),
});
export type Statement = z.infer<typeof statementSchema>;

const dutySchema = z.object({ day: z.iso.date(), half: z.enum(['am', 'pm']), nationalId: z.string().max(20) });
export type Duty = z.infer<typeof dutySchema>;

export const dutyPlanSchema = z.object({
  structureId: z.string(), name: z.string(), mode: z.enum(dutyModes), automatic: z.boolean(), members: z.array(doctor), duties: z.array(dutySchema),
});
export type DutyPlan = z.infer<typeof dutyPlanSchema>;

export const saveDutiesSchema = z.strictObject({
  mode: z.enum(dutyModes), automatic: z.boolean(), from: z.iso.date(), to: z.iso.date(), duties: z.array(dutySchema).max(2_000),
});
