export const requestStates = ['received', 'accepted', 'partly', 'refused'] as const;
export type RequestState = (typeof requestStates)[number];
export type Answer = Exclude<RequestState, 'received'>;

/** What may follow each state: an answer is given once. */
export const nextStates: Record<RequestState, readonly Answer[]> = {
  received: ['accepted', 'partly', 'refused'], accepted: [], partly: [], refused: [],
};

/** Whether the answer needs a reason: all that is not granted does (GDPR art. 12.4). */
export const needsReason = (answer: Answer): boolean => answer !== 'accepted';

/** A request is answered within a month of its reception (GDPR art. 12.3). */
export const dueAt = (at: Temporal.Instant): Temporal.Instant => at.toZonedDateTimeISO('Europe/Paris').add({ months: 1 }).toInstant();
