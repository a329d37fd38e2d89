import { buildError } from './build.ts';
import { DAY_MS, HEALTH_PREFIX, HUB_ID, type HubErrorName, type HubKind, hubKinds, queueOf } from './codes.ts';
import { fishDistributionId, readJson, senderOf } from './read.ts';
import { type HubMessage, rootsOf, structuralProblems } from './structure.ts';

const ZONE = 'Europe/Paris';
const UNKNOWN_ID = 'distributionId_could_not_be_extracted';
const CAUTION = 'CAUTION: the envelope is broken, the id below was looked for in the raw text.\n';

/** What the broker says of a message, besides its body. */
export interface Properties {
  readonly contentType: string | null;
  readonly deliveryMode: number | null;
}

export interface Rules {
  /** Now, by the hub's clock. */
  readonly now: Temporal.Instant;
  /** A fresh UUID, for the id of an error. */
  readonly newId: () => string;
  /** What is wrong with a message; checks of our own when the national schemas are not at hand. */
  readonly validate?: (message: unknown) => string[];
  /** Contents allowed on this perimeter; all of them by default. */
  readonly acceptedRoots?: readonly string[];
  /** How long a message waits in a queue. */
  readonly ttlMs?: number;
}

/** A message that the hub itself puts in a client's queue. */
export interface Report {
  readonly queue: string;
  readonly message: HubMessage;
}

export type Verdict =
  | { readonly outcome: 'forward'; readonly recipient: string; readonly queue: string; readonly expiresInMs: number }
  /** `report` is null when there is nobody to tell. */
  | { readonly outcome: 'refuse'; readonly error: HubErrorName; readonly cause: string; readonly report: Report | null };

/** What the hub does of a message published with this routing key: the first check that fails, in the hub's order, decides. */
export function dispatch(body: string, properties: Properties, routingKey: string, rules: Rules): Verdict {
  const value = readJson(body);
  const refuse = (error: HubErrorName, cause: string): Verdict => ({ outcome: 'refuse', error, cause, report: reportTo(body, value, error, cause, rules) });

  if (properties.contentType !== 'application/json') return refuse('NOT_ALLOWED_CONTENT_TYPE', `Content type "${properties.contentType}" is not allowed.`);
  const problems = value === undefined ? ['The message is not JSON'] : (rules.validate ?? structuralProblems)(value);
  if (problems.length > 0) {
    const caution = idOf(value) === null ? CAUTION : '';
    return refuse('INVALID_MESSAGE', `${caution}Could not validate message against schema : errors occurred.\n- ${problems.join('\n- ')}`);
  }
  const message = value as HubMessage;
  const recipient = message.descriptor.explicitAddress.explicitAddressValue;
  const roots = rootsOf(message.content[0]!.jsonContent.embeddedJsonContent.message);
  const foreign = roots.find((root) => rules.acceptedRoots && !rules.acceptedRoots.includes(root));
  if (foreign) return refuse('UNROUTABLE_MESSAGE', `The received message "${foreign}" is not supported on this vhost.`);
  if (![message.senderID, recipient].some((id) => id.startsWith(HEALTH_PREFIX))) return refuse('UNROUTABLE_MESSAGE', 'Neither the sender nor the recipient is a health actor.');
  const health = message.senderID.startsWith(HEALTH_PREFIX);
  const domain = (id: string) => id.split('.').slice(0, 2).join('.');
  if (health ? routingKey !== message.senderID : domain(routingKey) !== domain(message.senderID)) {
    return refuse('SENDER_INCONSISTENCY', `Sender "${message.senderID}" does not match the routing key "${routingKey}".`);
  }
  if (health && properties.deliveryMode !== 2) return refuse('DELIVERY_MODE_INCONSISTENCY', 'The message is not persistent.');
  if (health && senderOf(message.distributionID) !== message.senderID) {
    return refuse('INVALID_MESSAGE', `distributionID "${message.distributionID}" does not begin with the sender "${message.senderID}".`);
  }
  const left = Temporal.Instant.from(message.dateTimeExpires).epochMilliseconds - rules.now.epochMilliseconds;
  if (left <= 0) return refuse('EXPIRED_MESSAGE_BEFORE_ROUTING', `The message expired at ${message.dateTimeExpires}.`);
  const queue = `${recipient}.${queueOf(message.distributionKind)}`;
  return { outcome: 'forward', recipient, queue, expiresInMs: Math.min(left, rules.ttlMs ?? DAY_MS) };
}

/** The hub's answer when the recipient has no queue; null when there is nobody to tell. */
export const reportUnroutable = (body: string, recipient: string, rules: Rules): Report | null =>
  reportTo(body, readJson(body), 'UNROUTABLE_MESSAGE', `No queue for the recipient "${recipient}": NO_ROUTE (312)`, rules);

/** The hub's answer when a message waited too long in the recipient's queue; nothing is said of a lost error. */
export function reportExpired(body: string, rules: Rules): Report | null {
  const value = readJson(body);
  if ((value as { distributionKind?: unknown } | undefined)?.distributionKind === ('Error' satisfies HubKind)) return null;
  return reportTo(body, value, 'DEAD_LETTER_QUEUED', `Message ${idOf(value) ?? UNKNOWN_ID} has been read from dead-letter-queue; reason was expired`, rules);
}

function idOf(value: unknown): string | null {
  const { distributionID, distributionKind } = (value ?? {}) as { distributionID?: unknown; distributionKind?: unknown };
  return typeof distributionID === 'string' && hubKinds.some((kind) => kind === distributionKind) ? distributionID : null;
}

/** Errors go to health senders only, without which they would not be read. */
function reportTo(body: string, value: unknown, error: HubErrorName, cause: string, { now, newId }: Rules): Report | null {
  const referenced = idOf(value) ?? fishDistributionId(body) ?? UNKNOWN_ID;
  const source = value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
  const sender = typeof source?.senderID === 'string' ? source.senderID : senderOf(referenced);
  if (!sender.startsWith(HEALTH_PREFIX)) return null;
  const message = buildError(
    { senderId: HUB_ID, recipientId: sender, uniqueId: newId(), at: now, zone: ZONE },
    { error, cause, referenced, source },
  );
  return { queue: `${sender}.info`, message };
}
