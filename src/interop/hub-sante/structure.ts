import { z } from 'zod';
import { hubKinds, ROOT_KEYS } from './codes.ts';

/** Dates inside messages: seconds, numeric offset, neither milliseconds nor `Z`. */
const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[-+]\d{2}:\d{2}$/;
const hubDate = z.iso.datetime({ offset: true }).regex(PLAIN_DATE, 'date attendue : AAAA-MM-JJThh:mm:ss+hh:mm');
const anyDate = z.iso.datetime({ offset: true });

const envelopeSchema = z.strictObject({
  distributionID: z.string(), senderID: z.string(), dateTimeSent: anyDate, dateTimeExpires: anyDate,
  distributionStatus: z.enum(['Actual', 'Exercise']), distributionKind: z.enum(hubKinds),
  descriptor: z.strictObject({
    language: z.string(), explicitAddress: z.strictObject({ explicitAddressScheme: z.string(), explicitAddressValue: z.string() }),
  }),
  content: z.array(z.strictObject({ jsonContent: z.strictObject({ embeddedJsonContent: z.object({ message: z.record(z.string(), z.unknown()) }) }) })).min(1),
});

const party = z.strictObject({ name: z.string(), URI: z.string() });
const headerSchema = z.looseObject({
  messageId: z.string(), sender: party, sentAt: hubDate, kind: z.enum(hubKinds), status: z.enum(['Actual', 'Exercise', 'System']),
  recipient: z.array(party).min(1),
});

const practitionerSchema = z.strictObject({
  rppsId: z.string().regex(/^81\d{10}$/), lastName: z.string(), firstName: z.string(), specialityCode: z.string().optional(),
  specialityUrl: z.string().optional(), professionCode: z.string().optional(), professionUrl: z.string().optional(),
});

/** `appointment` (RS-SAS-RDV) as the national schema has it. */
export const appointmentSchema = z.strictObject({
  appointmentId: z.string(), method: z.enum(['CreateAppointment', 'UpdateAppointment']), created: hubDate, start: hubDate, end: hubDate.optional(),
  status: z.enum(['pending', 'booked', 'fulfilled', 'noshow', 'cancelled']),
  orientationCategory: z.enum(['CPTS', 'MSP', 'CDS', 'SOS', 'PS', 'PDM']).optional(),
  practitioner: practitionerSchema.optional(),
  organization: z.strictObject({ organizationId: z.string(), name: z.string() }).optional(),
  regulator: z.strictObject({
    regulatorId: z.string().optional(), regulatorName: z.string(), regulatorFirstname: z.string(), regulatorEmail: z.string(),
  }),
});
export type WireAppointment = z.infer<typeof appointmentSchema>;

/** `reference` (RC-REF), body of an acknowledgement. */
export const referenceSchema = z.strictObject({
  distributionID: z.string(), refused: z.boolean().optional(), errorDistributionID: z.string().optional(),
  step: z.enum(['RECU', 'ERREUR', 'INTEGRE', 'CONSULTE', 'SUPPRIME']).optional(),
});
export type WireReference = z.infer<typeof referenceSchema>;

/** `error` (RS-ERROR). */
export const errorSchema = z.strictObject({
  errorCode: z.strictObject({ statusCode: z.number(), statusString: z.string() }), errorCause: z.string(), referencedDistributionID: z.string(),
  sourceMessage: z.record(z.string(), z.unknown()).optional(),
});
export type WireError = z.infer<typeof errorSchema>;

/** A whole message as it travels (EDXL-DE around RC-DE and one business content). */
export type HubMessage = z.infer<typeof envelopeSchema>;

const contents: Readonly<Record<string, z.ZodType>> = { appointment: appointmentSchema, reference: referenceSchema, error: errorSchema };
const known: ReadonlySet<string> = new Set(ROOT_KEYS);

/** The business contents named in a message. */
export const rootsOf = (message: Readonly<Record<string, unknown>>): string[] => Object.keys(message).filter((key) => known.has(key));

const told = (section: string, { error }: { error: z.ZodError }): string[] =>
  error.issues.map((issue) => `${section}: ${issue.path.join('.')}: ${issue.message}`);

/**
 * What is wrong with the form of a message, by rules of our own that are at least as strict as the national schemas for the
 * contents that we exchange; contents of other kinds are not looked into. Empty when it is well formed.
 */
export function structuralProblems(value: unknown): string[] {
  const envelope = envelopeSchema.safeParse(value);
  if (!envelope.success) return told('Issues found on the envelope', envelope);
  const { message } = envelope.data.content[0]!.jsonContent.embeddedJsonContent;
  const roots = rootsOf(message);
  const [root] = roots;
  if (!root) return ['Could not detect any schemas in the message, at least one is required'];
  if (roots.length > 1) return [`embeddedJsonContent: should be valid to one and only one schema, but ${roots.length} are valid`];
  const header = root === 'error' ? null : headerSchema.safeParse(message);
  const content = (contents[root] ?? z.record(z.string(), z.unknown())).safeParse(message[root]);
  return [
    ...(header?.success === false ? told('Issues found on the header', header) : []),
    ...(content.success ? [] : told('Issues found on the content', content)),
  ];
}

/**
 * Rules of the guide that the national schemas do not hold: one id for the whole message, made of the sender's, one kind, one
 * scheme of addresses, one content.
 */
export function ownRuleProblems(message: HubMessage): string[] {
  const { distributionID, senderID, distributionKind, descriptor, content } = message;
  const inside = content[0]!.jsonContent.embeddedJsonContent.message;
  const checks: readonly [boolean, string][] = [
    [distributionID.split('_')[0] === senderID && distributionID.length > senderID.length + 1, 'distributionID must be senderID, "_", and a unique part'],
    [inside.error !== undefined || inside.messageId === distributionID, 'messageId must equal distributionID'],
    [inside.error !== undefined || inside.kind === distributionKind, 'kind must equal distributionKind'],
    [descriptor.explicitAddress.explicitAddressScheme === 'hubex', 'explicitAddressScheme must be "hubex"'],
    [descriptor.language === 'fr-FR', 'language must be "fr-FR"'],
    [content.length === 1, 'exactly one content'],
  ];
  return checks.filter(([holds]) => !holds).map(([, problem]) => problem);
}
