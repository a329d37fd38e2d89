import { z } from 'zod';
import type { Issue } from './outcome.ts';

/*
 * The shape of an Appointment (interop-sas 4.9): what must be there to be read at all. Elements that the flow does not use
 * are dropped unread, above all `contained`, `text`, `comment`, `description` and whatever else could describe a patient.
 */
const missing = 'élément obligatoire absent';
const text = (what: string) => z.string({ error: (issue) => (issue.input === undefined ? `${what} : ${missing}` : `${what} : texte attendu`) }).trim().min(1, `${what} : élément vide`);
const object = <T extends z.core.$ZodLooseShape>(what: string, shape: T) =>
  z.object(shape, { error: (issue) => (issue.input === undefined ? `${what} : ${missing}` : `${what} : objet attendu`) });
const array = <T extends z.ZodType>(what: string, item: T) =>
  z.array(item, { error: (issue) => (issue.input === undefined ? `${what} : ${missing}` : `${what} : liste attendue`) });

const coding = z.object({ system: z.string().optional(), code: z.string().optional() });
const concept = z.object({ coding: z.array(coding).optional() });
const instant = (what: string) =>
  text(what).refine((value) => toInstant(value) !== null, `${what} : instant attendu, avec son fuseau (AAAA-MM-JJThh:mm:ss+hh:mm)`);

/** A FHIR instant; null when it is none, or has no offset. */
export function toInstant(value: string): Temporal.Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(value)) return null;
  try {
    return Temporal.Instant.from(value);
  } catch {
    return null;
  }
}

/** Read softly: a participant that is not ours to read must not make the appointment fail, nor be quoted. */
const participant = z.object({
  type: z.array(concept).optional().catch(undefined),
  actor: z
    .object({
      reference: z.string().optional().catch(undefined),
      type: z.string().optional().catch(undefined),
      identifier: z.object({ system: z.string().optional(), value: z.string().optional(), type: concept.optional() }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  status: z.string().optional().catch(undefined),
});
export type Participant = z.output<typeof participant>;

const FHIR_STATUSES = ['proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error', 'checked-in', 'waitlist'] as const;

const extension = z.object({
  url: z.string().optional().catch(undefined),
  valueReference: z.unknown().optional(),
});

export const operatorSchema = object('valueReference', {
  identifier: object('identifier', {
    type: object('type', { coding: array('coding', coding).min(1, 'coding : liste vide') }),
    system: text('system'),
    value: text('value'),
  }),
});

export const appointmentSchema = object('Appointment', {
  resourceType: z.literal('Appointment', 'resourceType : Appointment attendu'),
  extension: array('extension', extension),
  identifier: array('identifier', object('identifier', { system: text('system'), value: text('value') })).length(1, 'identifier : exactement un attendu'),
  status: z.enum(FHIR_STATUSES, { error: (issue) => (issue.input === undefined ? `status : ${missing}` : 'status : code FHIR inconnu') }),
  start: instant('start'),
  end: instant('end'),
  /** A dateTime: a day alone is allowed and tells no instant. */
  created: z.string().refine((value) => toInstant(value) !== null || /^\d{4}(-\d{2}){0,2}$/.test(value), 'created : date attendue').optional(),
  participant: array('participant', participant).min(1, 'participant : au moins un attendu'),
});
export type AppointmentShape = z.output<typeof appointmentSchema>;

/** The zod refusals as FHIR issues, with the path of each element. */
export const issuesOf = (error: z.ZodError, root = 'Appointment'): Issue[] =>
  error.issues.map((issue) => ({
    code: issue.message.includes(missing) ? 'required' : 'structure',
    text: issue.message,
    expression: root + issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join(''),
  }));
