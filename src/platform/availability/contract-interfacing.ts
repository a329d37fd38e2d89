import { z } from 'zod';
import { defineRoute } from '../../foundation/http/route.ts';
import { administratorRoles } from '../../identity/contract.ts';
import { territorySchema } from '../../territory/contract.ts';
import { flowSchema, stages } from './contract.ts';

const nameParams = z.object({ name: z.string() });

const stagePeriodSchema = z.object({ stage: z.enum(stages), startedOn: z.iso.date(), endedOn: z.iso.date().nullable() });
export type StagePeriod = z.infer<typeof stagePeriodSchema>;
const projectSchema = z.object({
  /** Oldest first; the last is the current one. */
  periods: z.array(stagePeriodSchema),
  /** Where it may go from there. */
  possible: z.array(z.enum(stages)),
});

const linkSchema = z.url({ protocol: /^https?$/ }).max(300).nullable();
const kitLinksSchema = z.strictObject({
  tutorialUrl: linkSchema,
  faqUrl: linkSchema,
  /** The sheet « Comment se connecter ». */
  sheetUrl: linkSchema,
  /** Address of the e-mail package for each status of the SAS. */
  mails: z.partialRecord(territorySchema.shape.status, z.url({ protocol: /^https?$/ }).max(300)),
});
export type KitLinks = z.infer<typeof kitLinksSchema>;
const kitSchema = kitLinksSchema.extend({ editor: z.string(), flow: flowSchema });
export type VendorKit = z.infer<typeof kitSchema>;

const localToolSchema = z.object({
  id: z.string(), name: z.string(), usedBy: z.string(),
  registeredOn: z.iso.date(), dueOn: z.iso.date(), compliantOn: z.iso.date().nullable(),
  state: z.enum(['compliant', 'running', 'soon', 'overdue']),
  /** Left before the deadline, or since it. */
  days: z.number().int(),
});
export type LocalTool = z.infer<typeof localToolSchema>;

const toolReaders = ['responsable-sas', 'ars', ...administratorRoles] as const;
const toolWriters = ['responsable-sas', ...administratorRoles] as const;
const savedSchema = z.object({ saved: z.literal(true) });

/** Interfacing projects (AGR-11), local tools to make interoperable (AGR-17), communication kits (AGR-19). */
export const interfacingRoutes = {
  editorProject: defineRoute({
    method: 'GET', path: '/api/v1/editors/:name/project', access: 'signed-in', summary: "Étapes du projet d'interfaçage d'un éditeur, avec leurs dates",
    params: nameParams, response: projectSchema,
  }),
  moveEditorStage: defineRoute({
    method: 'POST', path: '/api/v1/editors/:name/project', access: administratorRoles, summary: "Faire passer le projet d'interfaçage à une autre étape",
    params: nameParams, body: z.strictObject({ stage: z.enum(stages), on: z.iso.date() }), response: projectSchema,
  }),
  editorKits: defineRoute({
    method: 'GET', path: '/api/v1/editors/:name/kits', access: 'signed-in', summary: "Kits de communication d'un éditeur, par flux",
    params: nameParams, response: z.object({ kits: z.array(kitSchema) }),
  }),
  saveEditorKit: defineRoute({
    method: 'PUT', path: '/api/v1/editors/:name/kits/:flow', access: administratorRoles, summary: "Donner les adresses d'un kit de communication",
    params: nameParams.extend({ flow: flowSchema }), body: kitLinksSchema, response: savedSchema,
  }),
  ownKits: defineRoute({
    method: 'GET', path: '/api/v1/editor-kits/mine', access: ['effecteur', 'gestionnaire-structure', 'delegataire'],
    summary: 'Documents de son propre éditeur', response: z.object({ kits: z.array(kitSchema) }),
  }),
  localTools: defineRoute({
    method: 'GET', path: '/api/v1/local-tools', access: toolReaders, summary: 'Outils métier locaux à rendre interopérables, et leur échéance',
    query: z.object({ territory: z.string().max(8) }), response: z.object({ tools: z.array(localToolSchema) }),
  }),
  registerLocalTool: defineRoute({
    method: 'POST', path: '/api/v1/local-tools', access: toolWriters, summary: 'Recenser un outil métier local : 24 mois pour devenir interopérable', status: 201,
    body: z.strictObject({ territory: z.string().max(8), name: z.string().trim().min(2).max(80), usedBy: z.string().trim().min(2).max(120), registeredOn: z.iso.date() }),
    response: savedSchema,
  }),
  complyLocalTool: defineRoute({
    method: 'PUT', path: '/api/v1/local-tools/:id/compliance', access: toolWriters, summary: 'Dire depuis quand un outil local est interopérable',
    params: z.object({ id: z.uuid() }), body: z.strictObject({ compliantOn: z.iso.date().nullable() }), response: savedSchema,
  }),
  removeLocalTool: defineRoute({
    method: 'DELETE', path: '/api/v1/local-tools/:id', access: toolWriters, summary: 'Retirer un outil local',
    params: z.object({ id: z.uuid() }), response: z.object({ removed: z.literal(true) }),
  }),
} as const;
