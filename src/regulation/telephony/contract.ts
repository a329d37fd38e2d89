import { z } from 'zod';
import { defineRoute } from '../../foundation/http/route.ts';
import { administratorRoles } from '../../identity/contract.ts';

export { mayHold } from './domain/posts.ts';

/** Answering levels: N1 answers, the others treat (TEL-05). `SPE`: posts of the specialised filières. */
export const levelSchema = z.enum(['N1', 'AMU', 'SNP', 'MRU', 'MRG', 'SPE']);
export type Level = z.infer<typeof levelSchema>;
export const levelLabels: Record<Level, string> = {
  N1: 'Décroché N1', AMU: 'ARM N2 (AMU)', SNP: 'OSNP', MRU: 'Médecin urgentiste', MRG: 'Médecin généraliste', SPE: 'Filières spécialisées',
};

/** States of a call (requirements 6.1). */
export const callStates = [
  'PRESENTE', 'DECROCHE_N1', 'ATTENTE_N2', 'EN_LIGNE_N2', 'ATTENTE_MR', 'EN_LIGNE_MR', 'CONFERENCE', 'RAPPEL', 'DEBORDE', 'TERMINE',
  'ABANDONNE_LT10', 'ABANDONNE_GE10',
] as const;
export const callStateSchema = z.enum(callStates);
export type CallState = z.infer<typeof callStateSchema>;

/** Flow of an access number (TEL-02): populational numbers all enter N1; direct lines go to a doctor's or N2's queue. */
export const flowKindSchema = z.enum(['populationnel', 'ligne-sis', 'ligne-ps', 'ligne-mru']);
export type FlowKind = z.infer<typeof flowKindSchema>;

export const accessNumberSchema = z.object({
  number: z.string().regex(/^\+?\d{2,15}$/),
  label: z.string().min(1).max(80),
  flow: flowKindSchema,
  entryLevel: levelSchema,
  /** National call-origin code (HubSante.origine), e.g. 15, 116117. */
  origin: z.string().max(20),
  priority: z.number().int().min(0).max(9),
});
export type AccessNumber = z.infer<typeof accessNumberSchema>;

export const agentStateSchema = z.enum(['offline', 'available', 'ringing', 'in-call', 'wrap-up', 'pause']);
export type AgentState = z.infer<typeof agentStateSchema>;

export const agentSchema = z.object({
  accountId: z.string(), name: z.string(), level: levelSchema, state: agentStateSchema, since: z.iso.datetime(),
  post: z.string().nullable(), remote: z.boolean(), callId: z.string().nullable(), pauseReason: z.string().nullable(),
  /** Specialised skills (filières) that this post answers for, besides its level. */
  skills: z.array(z.string().max(20)).default([]),
});
export type Agent = z.infer<typeof agentSchema>;

export const legSchema = z.object({
  /** `party`: `agent` for somebody of the room, else who was added (sis, cap, interprete, dac, autre, correspondant). */
  leg: z.number().int(), agent: z.string().nullable(), agentName: z.string().nullable(), level: levelSchema.nullable(), party: z.string(),
  queuedAt: z.iso.datetime().nullable(), rangAt: z.iso.datetime().nullable(), answeredAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(), heldSeconds: z.number(), endCause: z.string().nullable(),
  /** This person put the caller on hold, now. */
  held: z.boolean(),
});

export const callSchema = z.object({
  id: z.string(), state: callStateSchema, flow: flowKindSchema, dnis: z.string(), origin: z.string(), caller: z.string().nullable(),
  /** Position of the caller with where it comes from: advanced mobile location, cell, told. */
  position: z.object({ lat: z.number(), lon: z.number(), radiusM: z.number().nullable(), source: z.enum(['AML', 'cellule', 'declaree']) }).nullable(),
  level: levelSchema, priority: z.number().int(), presentedAt: z.iso.datetime(), answeredAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(), cause: z.string().nullable(), dossierId: z.string().nullable(), agent: z.string().nullable(),
  /** True for an outgoing call (RAPPEL). */
  callback: z.boolean(), legs: z.array(legSchema),
  /** What the call waits for; during an accompanied transfer the caller is in conversation all the same. */
  waiting: z.object({ level: levelSchema, since: z.iso.datetime(), agent: z.string().nullable(), skill: z.string().nullable(), accompanied: z.boolean() }).nullable(),
});
export type Call = z.infer<typeof callSchema>;

export const phoneEventSchema = z.object({
  eventId: z.string().min(1).max(100),
  callId: z.string().min(1).max(100),
  at: z.iso.datetime({ offset: true }),
  type: z.enum(['presented', 'answered', 'abandoned', 'transferred', 'held', 'resumed', 'conference', 'ended']),
  dnis: z.string().max(20).optional(),
  caller: z.string().max(20).optional(),
  agent: z.string().max(100).optional(),
  level: levelSchema.optional(),
  target: z.string().max(100).optional(),
  cause: z.string().max(100).optional(),
});
export type PhoneEvent = z.infer<typeof phoneEventSchema>;

/** Those who work in the room. */
export const staff = ['arm', 'arm-coordonnateur', 'superviseur', 'osnp', 'mru', 'mrg', 'medecin-specialise', ...administratorRoles] as const;
const supervisors = ['superviseur', ...administratorRoles] as const;

export const levelBoardSchema = z.object({
  level: levelSchema, waiting: z.number().int(), longestWaitSeconds: z.number().int(), inProgress: z.number().int(),
  agents: z.array(agentSchema),
  /** QS30: answered in strictly less than 30 s ÷ answered; null when nothing was answered. */
  qs30: z.object({ quarter: z.number().nullable(), hour: z.number().nullable(), day: z.number().nullable() }),
  spark: z.array(z.object({ at: z.iso.datetime(), qs30: z.number().nullable(), presented: z.number().int() })),
});

export const routes = {
  phoneEvents: defineRoute({
    method: 'POST', path: '/api/v1/telephony/events', summary: 'Événement du système téléphonique (idempotent sur eventId)', access: ['telephony'],
    status: 202, body: phoneEventSchema, response: z.object({ accepted: z.literal(true), duplicate: z.boolean() }),
  }),
  calls: defineRoute({
    method: 'GET', path: '/api/v1/calls', summary: 'Appels en cours et récents', access: staff,
    query: z.object({ live: z.stringbool().default(true), limit: z.coerce.number().int().min(1).max(500).default(100) }),
    response: z.object({ calls: z.array(callSchema) }),
  }),
  call: defineRoute({
    method: 'GET', path: '/api/v1/calls/:id', summary: 'Un appel et ses jambes', access: staff, params: z.object({ id: z.string() }), response: callSchema,
  }),
  callCommand: defineRoute({
    method: 'POST', path: '/api/v1/calls/:id/commands', summary: 'Agir sur un appel : transférer, mettre en attente, conférence, raccrocher', access: staff,
    params: z.object({ id: z.string() }), status: 202,
    body: z.discriminatedUnion('op', [
      z.object({ op: z.literal('transfer'), level: levelSchema, agent: z.string().optional(), skill: z.string().max(20).optional(), mode: z.enum(['blind', 'warm']) }),
      /** `leg` absent: my own. */
      z.object({ op: z.literal('hold'), on: z.boolean(), leg: z.number().int().optional() }),
      z.object({ op: z.literal('add-party'), party: z.enum(['sis', 'cap', 'interprete', 'dac', 'autre']), number: z.string().regex(/^\+?\d{2,15}$/) }),
      z.object({ op: z.literal('drop-party'), leg: z.number().int() }),
      z.object({ op: z.literal('hang-up') }),
    ]),
    response: z.object({ accepted: z.boolean(), commandId: z.string() }),
  }),
  callOut: defineRoute({
    method: 'POST', path: '/api/v1/calls', summary: 'Appeler (rappel) : toujours lié à un dossier ou à un appel abandonné', access: staff, status: 202,
    body: z.object({ number: z.string().regex(/^\+?\d{2,15}$/), dossierId: z.string().optional(), callbackId: z.string().optional() }),
    response: z.object({ accepted: z.boolean(), commandId: z.string(), callId: z.string() }),
  }),
  me: defineRoute({
    method: 'GET', path: '/api/v1/agents/me', summary: 'Mon poste : niveau, état, appel en cours', access: staff, response: z.object({ agent: agentSchema.nullable(), call: callSchema.nullable() }),
  }),
  setMyState: defineRoute({
    method: 'PUT', path: '/api/v1/agents/me', summary: 'Prendre un poste, me rendre disponible, faire une pause, quitter le poste', access: staff,
    body: z.object({ level: levelSchema.optional(), state: z.enum(['available', 'pause', 'offline']), post: z.string().max(40).optional(), remote: z.boolean().optional(), reason: z.string().max(80).optional(), skills: z.array(z.string().max(20)).max(20).optional() }),
    response: agentSchema,
  }),
  moveAgent: defineRoute({
    method: 'PUT', path: '/api/v1/agents/:accountId', summary: "Déplacer un agent d'un niveau à l'autre (superviseur)", access: supervisors,
    params: z.object({ accountId: z.string() }), body: z.object({ level: levelSchema, reason: z.string().max(200).optional() }), response: agentSchema,
  }),
  callbacks: defineRoute({
    method: 'GET', path: '/api/v1/callbacks', summary: 'Appels abandonnés à rappeler, une ligne par numéro', access: staff,
    response: z.object({ callbacks: z.array(z.object({
      id: z.string(), number: z.string(), firstAt: z.iso.datetime(), lastAt: z.iso.datetime(), attempts: z.number().int(), callCount: z.number().int(),
      outcome: z.enum(['reached', 'unreachable', 'called-again']).nullable(), by: z.string().nullable(),
      /** `coupure`: a call of a P0 or P1 dossier that broke off; it comes first. */
      reason: z.enum(['abandon', 'coupure']), dossierId: z.string().nullable(),
    })) }),
  }),
  closeCallback: defineRoute({
    method: 'POST', path: '/api/v1/callbacks/:id/outcome', summary: "Noter l'issue d'un rappel", access: staff, params: z.object({ id: z.string() }),
    body: z.object({ outcome: z.enum(['reached', 'unreachable', 'called-again']) }), response: z.object({ closed: z.literal(true) }),
  }),
  board: defineRoute({
    method: 'GET', path: '/api/v1/board', summary: 'Tableau de la salle : attente, agents, QS30, taux d’accueil, ratio, alertes', access: [...staff, 'responsable-sas'],
    response: z.object({
      at: z.iso.datetime(), levels: z.array(levelBoardSchema),
      day: z.object({ presented: z.number().int(), answered: z.number().int(), answeredUnder30: z.number().int(), abandonedLt10: z.number().int(), abandonedGe10: z.number().int(), tauxAccueil: z.number().nullable(), qs30: z.number().nullable() }),
      ratio: z.object({ n1: z.number().int(), n2: z.number().int(), respected: z.boolean() }),
      bilevel: z.boolean(),
      alerts: z.array(z.object({ code: z.string(), level: levelSchema.nullable(), message: z.string(), since: z.iso.datetime() })),
      link: z.object({ status: z.enum(['up', 'down']), since: z.iso.datetime() }),
    }),
  }),
  configuration: defineRoute({
    method: 'GET', path: '/api/v1/telephony/configuration', summary: "Numéros d'accès, horaires du bi-niveau, seuils d'alerte", access: staff,
    response: z.object({
      numbers: z.array(accessNumberSchema),
      /** Weekly hours at which the two levels are open (TEL-06); outside, N1 passes straight to a doctor. */
      bilevelHours: z.array(z.object({ day: z.number().int().min(1).max(7), from: z.string(), to: z.string() })),
      thresholds: z.object({ waiting: z.number(), qs30: z.number(), occupancyN1: z.number(), wrapUpSeconds: z.number() }),
    }),
  }),
  configure: defineRoute({
    method: 'PUT', path: '/api/v1/telephony/configuration', summary: 'Modifier la configuration téléphonique', access: supervisors,
    body: z.strictObject({
      numbers: z.array(accessNumberSchema).min(1).max(50),
      bilevelHours: z.array(z.object({ day: z.number().int().min(1).max(7), from: z.iso.time({ precision: -1 }), to: z.union([z.iso.time({ precision: -1 }), z.literal('24:00')]) })).max(50),
      thresholds: z.object({ waiting: z.number().min(1), qs30: z.number().min(0).max(1), occupancyN1: z.number().min(0).max(1), wrapUpSeconds: z.number().min(0).max(600) }),
    }),
    response: z.object({ saved: z.literal(true) }),
  }),
} as const;
