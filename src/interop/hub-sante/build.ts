import { type HubErrorName, hubErrors, type HubKind } from './codes.ts';
import { type HubMessage, ownRuleProblems, structuralProblems, type WireError, type WireReference } from './structure.ts';

const LIFETIME_HOURS = 24;

/** Who speaks to whom, when, under which id. */
export interface Sending {
  readonly senderId: string;
  readonly recipientId: string;
  /** Free part of the message's id, unique for ever: a UUID. */
  readonly uniqueId: string;
  readonly at: Temporal.Instant;
  /** Zone in which dates are written. */
  readonly zone: string;
}

/** An instant as the hub wants it: `YYYY-MM-DDThh:mm:ss+hh:mm`. */
export const formatHubDate = (instant: Temporal.Instant, zone: string): string =>
  instant.toZonedDateTimeISO(zone).toString({ smallestUnit: 'second', timeZoneName: 'never' });

/** A copy without null, undefined, empty objects nor empty lists, which the hub refuses. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty).filter(isSomething);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutEmpty(inner)]).filter(([, inner]) => isSomething(inner)));
}

const isSomething = (value: unknown): boolean =>
  value !== null && value !== undefined && !(typeof value === 'object' && Object.keys(value).length === 0);

/**
 * Wraps a content for the hub.
 * @throws Error listing what the hub would refuse.
 */
export function buildMessage(sending: Sending, kind: HubKind, content: Readonly<Record<string, unknown>>): HubMessage {
  const { senderId, recipientId, at, zone } = sending;
  const distributionID = `${senderId}_${sending.uniqueId}`;
  const sentAt = formatHubDate(at, zone);
  const party = (id: string) => ({ name: id, URI: `hubex:${id}` });
  const header = { messageId: distributionID, sender: party(senderId), sentAt, kind, status: 'Actual', recipient: [party(recipientId)] };
  const message = withoutEmpty({
    distributionID, senderID: senderId, dateTimeSent: sentAt, dateTimeExpires: formatHubDate(at.add({ hours: LIFETIME_HOURS }), zone),
    distributionStatus: 'Actual', distributionKind: kind,
    descriptor: { language: 'fr-FR', explicitAddress: { explicitAddressScheme: 'hubex', explicitAddressValue: recipientId } },
    content: [{ jsonContent: { embeddedJsonContent: { message: kind === 'Error' ? content : { ...header, ...content } } } }],
  }) as HubMessage;
  const malformed = structuralProblems(message);
  const problems = malformed.length > 0 ? malformed : ownRuleProblems(message);
  if (problems.length > 0) throw new Error(`the hub would refuse this message: ${problems.join('; ')}`);
  return message;
}

/** The final acknowledgement of a message received (RC-REF). */
export const buildAcknowledgement = (sending: Sending, reference: WireReference): HubMessage => buildMessage(sending, 'Ack', { reference });

/** An error about a message received (RS-ERROR); it has no RC-DE header. */
export function buildError(
  sending: Sending,
  problem: { readonly error: HubErrorName; readonly cause: string; readonly referenced: string; readonly source?: Record<string, unknown> },
): HubMessage {
  const error: WireError = {
    errorCode: { statusCode: hubErrors[problem.error], statusString: problem.error },
    errorCause: problem.cause, referencedDistributionID: problem.referenced,
  };
  const message = buildMessage(sending, 'Error', { error });
  // The source is given as it came, whatever is wrong with it.
  if (problem.source) Object.assign(message.content[0]!.jsonContent.embeddedJsonContent.message.error as object, { sourceMessage: problem.source });
  return message;
}
