/** Errors of the Hub Santé and of its clients: number on the wire and the text that must go with it. */
export const hubErrors = {
  DELIVERY_MODE_INCONSISTENCY: 100,
  NOT_ALLOWED_CONTENT_TYPE: 101,
  UNRECOGNIZED_MESSAGE_FORMAT: 102,
  SENDER_INCONSISTENCY: 200,
  INVALID_MESSAGE: 300,
  EXPIRED_MESSAGE_BEFORE_ROUTING: 400,
  CONFLICT: 409,
  DEAD_LETTER_QUEUED: 500,
  UNROUTABLE_MESSAGE: 501,
  CASE_ALREADY_EXISTS: 701,
} as const;
export type HubErrorName = keyof typeof hubErrors;

/** What an LRM answers when an appointment to create exists already: 409 by the guide, 701 where the hub does not know 409. */
export const CONFLICT_CODES: readonly number[] = [hubErrors.CONFLICT, hubErrors.CASE_ALREADY_EXISTS];

export const HUB_ID = 'fr.health.hub';
export const HEALTH_PREFIX = 'fr.health';
export const DAY_MS = 86_400_000;

export const hubQueues = ['message', 'ack', 'info'] as const;
export type HubQueue = (typeof hubQueues)[number];

export const hubKinds = ['Report', 'Update', 'Cancel', 'Ack', 'Error'] as const;
export type HubKind = (typeof hubKinds)[number];

/** The queue in which a kind of message is delivered. */
export const queueOf = (kind: HubKind): HubQueue => (kind === 'Ack' ? 'ack' : kind === 'Error' ? 'info' : 'message');

/** Keys that name the business content of a message; exactly one is present. */
export const ROOT_KEYS = [
  'appointment', 'createCase', 'createCaseHealth', 'createCaseHealthUpdate', 'documentLink', 'emsi', 'error', 'geoPositionsUpdate',
  'geoResourcesDetails', 'geoResourcesRequest', 'interventionReport', 'reference', 'resourcesEngagement', 'resourcesInfo', 'resourcesInfoCisu',
  'resourcesRequest', 'resourcesResponse', 'resourcesStatus', 'rpis',
] as const;
export type RootKey = (typeof ROOT_KEYS)[number];
