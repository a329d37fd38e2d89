import { z } from 'zod';
import { defineRoute } from '../foundation/http/route.ts';
import { administratorRoles } from '../identity/contract.ts';

/** `withdrawn`: nobody needs it any more; `dead`: it waits for a person. */
const messageStateSchema = z.enum(['pending', 'sent', 'acknowledged', 'withdrawn', 'dead']);

const messageSchema = z.object({
  id: z.string(),
  channel: z.string(),
  /** What it says, for a message to people: the name of its template. */
  template: z.string().nullable(),
  /** Masked, when it is a person. */
  recipient: z.string(),
  state: messageStateSchema,
  /** No server is set for its channel: it is kept until one is. */
  unserved: z.boolean(),
  /** Recipient and content were erased: it can no longer leave. */
  erased: z.boolean(),
  attempts: z.number().int(),
  createdAt: z.iso.datetime(),
  nextAttemptAt: z.iso.datetime().nullable(),
  sentAt: z.iso.datetime().nullable(),
  lastError: z.string().nullable(),
});

/** What an administrator follows of the running system; the payloads of messages are not shown. */
export const routes = {
  events: defineRoute({
    method: 'GET', path: '/api/v1/events', access: 'signed-in', stream: true,
    summary: "Ce qui change, en identifiants seulement (SSE ; Last-Event-ID rejoue ce qui a été manqué)",
    response: z.string(),
  }),
  outbox: defineRoute({
    method: 'GET', path: '/api/v1/outbox', access: administratorRoles, summary: 'Messages vers les systèmes extérieurs et les personnes',
    query: z.object({ state: messageStateSchema.optional(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
    response: z.object({ messages: z.array(messageSchema) }),
  }),
  retryMessage: defineRoute({
    method: 'POST', path: '/api/v1/outbox/:id/retry', access: administratorRoles, summary: 'Remettre en file un message en échec',
    params: z.object({ id: z.uuid() }), response: z.object({ queued: z.literal(true) }),
  }),
  settings: defineRoute({
    method: 'GET', path: '/api/v1/settings', access: 'public', summary: "Réglages utiles à l'interface",
    response: z.object({
      basemapStyleUrl: z.string().nullable(),
      /** What this server carries (`SAS_ROLE`). */
      halves: z.array(z.enum(['platform', 'regulation'])),
    }),
  }),
} as const;
