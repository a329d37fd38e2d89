import { z } from 'zod';
import type { HubErrorName, HubKind } from './codes.ts';
import { hubKinds } from './codes.ts';
import { rootsOf } from './structure.ts';

const readDate = z.iso.datetime({ offset: true }).transform((text) => Temporal.Instant.from(text));
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);
/** What we do not understand of an optional element is left out; the rest of the message stands. */
const lenient = <T extends z.ZodType>(schema: T) => orNull(schema.optional().catch(undefined));

const envelopeSchema = z.object({
  distributionID: z.string().min(1), senderID: z.string().min(1), dateTimeSent: readDate, distributionKind: z.enum(hubKinds),
  descriptor: z.object({ explicitAddress: z.object({ explicitAddressValue: z.string() }) }),
  content: z.array(z.object({ jsonContent: z.object({ embeddedJsonContent: z.object({ message: z.record(z.string(), z.unknown()) }) }) })).min(1),
});

const appointmentSchema = z.object({
  appointmentId: z.string().min(1),
  method: z.enum(['CreateAppointment', 'UpdateAppointment']).transform((method) => (method === 'CreateAppointment' ? ('create' as const) : ('update' as const))),
  created: readDate, start: readDate, end: orNull(readDate),
  status: z.enum(['pending', 'booked', 'fulfilled', 'noshow', 'cancelled']),
  orientationCategory: lenient(z.enum(['CPTS', 'MSP', 'CDS', 'SOS', 'PS', 'PDM'])),
  practitioner: lenient(z.object({
    rppsId: z.string(), lastName: z.string(), firstName: z.string(), specialityCode: orNull(z.string()), professionCode: orNull(z.string()),
  })),
  organization: lenient(z.object({ organizationId: z.string(), name: z.string() })),
  regulator: z.object({ regulatorId: orNull(z.string()), regulatorName: z.string(), regulatorFirstname: z.string(), regulatorEmail: z.string() }),
});
/** An appointment as a regulation software receives it. */
export type HubAppointment = z.infer<typeof appointmentSchema>;

const referenceSchema = z.object({ distributionID: z.string().min(1), refused: lenient(z.boolean()), errorDistributionID: lenient(z.string()) });
const errorSchema = z.object({
  errorCode: z.object({ statusCode: z.coerce.number(), statusString: z.string().catch('') }), errorCause: z.string().catch(''),
  referencedDistributionID: z.string().min(1), sourceMessage: lenient(z.record(z.string(), z.unknown())),
});

export type HubContent =
  | { readonly type: 'appointment'; readonly appointment: HubAppointment }
  | { readonly type: 'reference'; readonly reference: z.infer<typeof referenceSchema> }
  | { readonly type: 'error'; readonly error: z.infer<typeof errorSchema> }
  | { readonly type: 'other'; readonly root: string };

export interface IncomingMessage {
  readonly distributionId: string;
  readonly senderId: string;
  readonly recipientId: string;
  readonly kind: HubKind;
  readonly sentAt: Temporal.Instant;
  readonly content: HubContent;
}

/** Why a message cannot be read, and whom to tell as far as it can be known. */
export interface Unreadable {
  readonly error: HubErrorName & ('UNRECOGNIZED_MESSAGE_FORMAT' | 'INVALID_MESSAGE');
  readonly cause: string;
  readonly distributionId: string | null;
  readonly senderId: string | null;
  readonly source: Record<string, unknown> | null;
}

export type Reading = { readonly ok: true; readonly message: IncomingMessage } | { readonly ok: false; readonly unreadable: Unreadable };

/** Reads a text as JSON; undefined when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The id of a message, even broken: its sender is the part before the first `_`. */
export const fishDistributionId = (text: string): string | null => /"distributionID"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? null;
export const senderOf = (distributionId: string): string => distributionId.split('_')[0]!;

/** Reads a message, ignoring whatever we do not know; unknown contents are told as `other`. */
export function readMessage(text: string): Reading {
  const value = readJson(text);
  const envelope = envelopeSchema.safeParse(value);
  const refuse = (error: Unreadable['error'], cause: string): Reading => {
    const source = value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null;
    const distributionId = fishDistributionId(text);
    const named = typeof source?.senderID === 'string' ? source.senderID : null;
    return { ok: false, unreadable: { error, cause, distributionId, senderId: named ?? (distributionId && senderOf(distributionId)), source } };
  };
  if (value === undefined) return refuse('UNRECOGNIZED_MESSAGE_FORMAT', 'The message is not JSON.');
  if (!envelope.success) return refuse('INVALID_MESSAGE', causeOf(envelope.error));
  const { message } = envelope.data.content[0]!.jsonContent.embeddedJsonContent;
  const content = contentOf(message);
  if (content instanceof z.ZodError) return refuse('INVALID_MESSAGE', causeOf(content));
  if (!content) return refuse('INVALID_MESSAGE', 'No business content was found in the message.');
  const { distributionID, senderID, distributionKind, dateTimeSent, descriptor } = envelope.data;
  return {
    ok: true,
    message: {
      distributionId: distributionID, senderId: senderID, recipientId: descriptor.explicitAddress.explicitAddressValue, kind: distributionKind,
      sentAt: dateTimeSent, content,
    },
  };
}

const causeOf = (error: z.ZodError): string => error.issues.map((issue) => `${issue.path.join('.') || 'message'}: ${issue.message}`).join('\n');

function contentOf(message: Record<string, unknown>): HubContent | z.ZodError | null {
  const [root] = rootsOf(message);
  if (root === 'appointment') return parsed(appointmentSchema, message[root], (appointment) => ({ type: 'appointment', appointment }));
  if (root === 'reference') return parsed(referenceSchema, message[root], (reference) => ({ type: 'reference', reference }));
  if (root === 'error') return parsed(errorSchema, message[root], (error) => ({ type: 'error', error }));
  return root ? { type: 'other', root } : null;
}

function parsed<T extends z.ZodType>(schema: T, value: unknown, wrap: (content: z.output<T>) => HubContent): HubContent | z.ZodError {
  const result = schema.safeParse(value);
  return result.success ? wrap(result.data) : result.error;
}
