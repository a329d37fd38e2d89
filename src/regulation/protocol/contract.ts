import { z } from 'zod';
import { defineRoute } from '../../foundation/http/route.ts';
import { roleSchema } from '../../identity/contract.ts';
import { type ApprovalParty, approvalParties, type ProtocolStatus, protocolStatuses, type ValidationQuestion, validationQuestions } from './domain/approval.ts';
import { filieres, priorities } from './domain/codes.ts';
import { draftTreeSchema, givenAnswerSchema, p0EntrySchema, treeSchema } from './domain/tree.ts';

export { approvalParties, mayApproveAs, missingParties, roleOfParty, submissionProblems, validationQuestions } from './domain/approval.ts';
export type { ApprovalParty, ProtocolStatus, ValidationQuestion } from './domain/approval.ts';
export { filieres, priorities } from './domain/codes.ts';
export type { Filiere, Priority } from './domain/codes.ts';
export { p0ListProblems, treeProblems } from './domain/problems.ts';
export type { TreeProblem } from './domain/problems.ts';
export { MAX_QUESTIONS } from './domain/tree.ts';
export type { DraftOutcome, DraftQuestion, DraftTree, GivenAnswer, Next, Outcome, P0Entry, Question, Tree } from './domain/tree.ts';
export { nextStep, pathInWords, questionCounts } from './domain/walk.ts';
export type { Step } from './domain/walk.ts';

export const protocolStatusSchema = z.enum(protocolStatuses);
export const protocolStatusLabels: Record<ProtocolStatus, string> = {
  brouillon: 'brouillon', 'a-valider': 'à valider', 'en-vigueur': 'en vigueur', remplacee: 'remplacée', retiree: 'retirée',
};
export const protocolKinds = ['arbre', 'liste-p0'] as const;
export type ProtocolKind = (typeof protocolKinds)[number];
export const protocolKindLabels: Record<ProtocolKind, string> = { arbre: 'arbre de questions', 'liste-p0': 'liste des P0' };

export const partyLabels: Record<ApprovalParty, string> = {
  amu: 'Filière AMU', snp: 'Filière SNP', gouvernance: 'Gouvernance',
};
export const validationQuestionLabels: Record<ValidationQuestion, string> = {
  coherence: 'Cohérence avec le SAS', quality: "Qualité pour l'usager", filieres: 'Adaptation aux filières', governance: 'Impact sur la gouvernance',
};

/** Guides that a protocol may say it conforms to (PROT-04). */
export const referenceCodes = ['GUIDE-SFMU', 'HAS-2011', 'HAS-2020'] as const;
export const referenceLabels: Record<(typeof referenceCodes)[number], string> = {
  'GUIDE-SFMU': 'Guide SFMU de la régulation médicale', 'HAS-2011': 'HAS 2011, modalités de prise en charge d’un appel', 'HAS-2020': 'HAS 2020, assistants de régulation médicale',
};

/** National vehicle codes that reflexes usually name, in words; another code may be written. */
export const meansLabels: Readonly<Record<string, string>> = {
  'SMUR.VLM': 'SMUR', 'SIS.VSAV': 'VSAV', 'TSU.AMB': 'Ambulance', 'SMUR.HELISMUR': 'Hélicoptère SMUR', 'FSI.VLFSI': 'Forces de l’ordre',
};

/** The local tree of the first level, as a desk uses it: nothing is missing in it. */
export const treeProtocolSchema = z.object({
  id: z.string(), version: z.number().int(), title: z.string(), filieres: z.array(z.enum(filieres)), status: protocolStatusSchema, inForceAt: z.iso.datetime(), tree: treeSchema,
});
export type TreeProtocol = z.infer<typeof treeProtocolSchema>;

/** The local list of P0 in force: where one of them is recognised, means are engaged before any doctor (PROT-05). */
export const p0ListSchema = z.object({
  id: z.string(), version: z.number().int(), title: z.string(), inForceAt: z.iso.datetime(), entries: z.array(p0EntrySchema),
});
export type P0List = z.infer<typeof p0ListSchema>;

const validationSchema = z.object(Object.fromEntries(validationQuestions.map((one) => [one, z.string().trim().max(2_000)])) as Record<ValidationQuestion, z.ZodString>);

/** What its writers say of a version, besides its tree or its list. */
export const versionSheetSchema = z.object({
  title: z.string().trim().max(120), filieres: z.array(z.enum(filieres)),
  references: z.array(z.enum(referenceCodes)),
  /** Written together: one emergency doctor, one general practitioner (PROT-01). */
  drafters: z.object({ amu: z.string().trim().max(120), snp: z.string().trim().max(120) }),
  validation: validationSchema,
});
export type VersionSheet = z.infer<typeof versionSheetSchema>;

const treeContent = z.object({ kind: z.literal('arbre'), tree: draftTreeSchema });
const p0Content = z.object({ kind: z.literal('liste-p0'), entries: z.array(p0EntrySchema).max(40) });
export const protocolContentSchema = z.discriminatedUnion('kind', [treeContent, p0Content]);
export type ProtocolContent = z.infer<typeof protocolContentSchema>;

export const approvalSchema = z.object({
  party: z.enum(approvalParties), accountId: z.string(), name: z.string(), role: roleSchema, at: z.iso.datetime(), comment: z.string(),
});
export type Approval = z.infer<typeof approvalSchema>;

/** A line of the list: where a version stands, and who is still missing. */
export const versionLineSchema = z.object({
  id: z.string(), version: z.number().int(), territory: z.string(), kind: z.enum(protocolKinds), status: protocolStatusSchema,
  title: z.string(), filieres: z.array(z.enum(filieres)),
  /** Questions in all and on the longest path; situations of a list of P0. */
  questions: z.object({ total: z.number().int(), longest: z.number().int() }),
  updatedAt: z.iso.datetime(), submittedAt: z.iso.datetime().nullable(), inForceAt: z.iso.datetime().nullable(), endedAt: z.iso.datetime().nullable(),
  /** Why it was withdrawn, or sent back to its writers. */
  reason: z.string().nullable(),
  approvals: z.array(approvalSchema), missing: z.array(z.enum(approvalParties)),
});
export type VersionLine = z.infer<typeof versionLineSchema>;

/** A version whole, being written or not. */
export const protocolVersionSchema = versionLineSchema.extend({
  ...versionSheetSchema.shape,
  /** Changes at each writing: what `save` is made on. */
  revision: z.number().int(),
  authors: z.array(z.object({ accountId: z.string(), name: z.string(), role: roleSchema, at: z.iso.datetime() })),
  content: protocolContentSchema,
});
export type ProtocolVersion = z.infer<typeof protocolVersionSchema>;

/** What the assistant kept at the end: what the tree proposed, or something else with its reason. */
export const retainedSchema = z.object({ priority: z.enum(priorities), filiere: z.enum(filieres) });

const figures = { uses: z.number().int(), overridden: z.number().int(), requalified: z.number().int() };
export const usageSchema = z.object({
  from: z.iso.date(), to: z.iso.date(),
  versions: z.array(z.object({ id: z.string(), version: z.number().int(), title: z.string(), ...figures })),
  /** Null outcome: the tree was left before its end. */
  outcomes: z.array(z.object({ id: z.string(), version: z.number().int(), outcome: z.string().nullable(), label: z.string(), priority: z.enum(priorities).nullable(), ...figures })),
  days: z.array(z.object({ day: z.iso.date(), uses: z.number().int(), overridden: z.number().int() })),
  overrides: z.array(z.object({
    id: z.string(), version: z.number().int(), at: z.iso.datetime(), proposed: retainedSchema.nullable(), retained: retainedSchema, reason: z.string(),
  })),
});
export type Usage = z.infer<typeof usageSchema>;

/** Those who use protocols or work beside them. */
export const protocolReaders = ['arm', 'arm-coordonnateur', 'superviseur', 'osnp', 'mru', 'mrg', 'medecin-specialise', 'responsable-sas'] as const;
/** Both filières write together; the head of the SAS keeps the documents (US-R-03). */
export const protocolWriters = ['mru', 'mrg', 'responsable-sas'] as const;
const usageReaders = [...protocolWriters, 'superviseur', 'arm-coordonnateur'] as const;

const one = z.object({ id: z.uuid() });
const territory = z.string().max(8).optional();

export const routes = {
  protocols: defineRoute({
    method: 'GET', path: '/api/v1/protocols', summary: 'Protocoles en vigueur : arbres de questions du premier niveau, liste des P0', access: protocolReaders,
    query: z.object({ territory }), response: z.object({ protocols: z.array(treeProtocolSchema), p0List: p0ListSchema.nullable() }),
  }),
  protocolVersions: defineRoute({
    method: 'GET', path: '/api/v1/protocol-versions', summary: 'Toutes les versions des protocoles, avec leurs validations', access: protocolReaders,
    query: z.object({ territory, status: protocolStatusSchema.optional() }),
    response: z.object({ versions: z.array(versionLineSchema), settings: z.object({ warnAbove: z.number().int() }) }),
  }),
  protocol: defineRoute({
    method: 'GET', path: '/api/v1/protocols/:id', summary: 'Un protocole : la version demandée, sinon celle en vigueur, sinon la dernière', access: protocolReaders, params: one,
    query: z.object({ version: z.coerce.number().int().optional() }),
    response: z.object({ protocol: protocolVersionSchema, versions: z.array(versionLineSchema), settings: z.object({ warnAbove: z.number().int() }) }),
  }),
  createProtocol: defineRoute({
    method: 'POST', path: '/api/v1/protocols', summary: 'Commencer un protocole (brouillon de sa version 1)', access: protocolWriters, status: 201,
    body: z.strictObject({ kind: z.enum(protocolKinds), title: z.string().trim().min(3).max(120), territory }), response: protocolVersionSchema,
  }),
  draftProtocol: defineRoute({
    method: 'POST', path: '/api/v1/protocols/:id/draft', summary: 'Préparer une nouvelle version à partir de la dernière', access: protocolWriters, params: one, status: 201,
    response: protocolVersionSchema,
  }),
  saveProtocol: defineRoute({
    method: 'PUT', path: '/api/v1/protocols/:id/draft', summary: 'Enregistrer le brouillon, sur la révision lue', access: protocolWriters, params: one, bodyLimit: 512 * 1024,
    body: z.strictObject({ revision: z.number().int(), ...versionSheetSchema.shape, content: protocolContentSchema }), response: protocolVersionSchema,
  }),
  submitProtocol: defineRoute({
    method: 'POST', path: '/api/v1/protocols/:id/submit', summary: 'Soumettre le brouillon aux deux filières et à la gouvernance', access: protocolWriters, params: one,
    body: z.strictObject({ revision: z.number().int() }), response: protocolVersionSchema,
  }),
  approveProtocol: defineRoute({
    method: 'POST', path: '/api/v1/protocols/:id/approve', summary: 'Valider la version soumise ; la troisième validation la met en vigueur', access: protocolWriters, params: one,
    body: z.strictObject({ version: z.number().int(), party: z.enum(approvalParties).optional(), comment: z.string().trim().max(500).default('') }), response: protocolVersionSchema,
  }),
  sendBackProtocol: defineRoute({
    method: 'POST', path: '/api/v1/protocols/:id/send-back', summary: 'Renvoyer la version soumise à ses rédacteurs, avec le motif', access: protocolWriters, params: one,
    body: z.strictObject({ version: z.number().int(), reason: z.string().trim().min(5).max(500) }), response: protocolVersionSchema,
  }),
  retireProtocol: defineRoute({
    method: 'POST', path: '/api/v1/protocols/:id/retire', summary: 'Retirer une version (ou abandonner un brouillon), avec le motif', access: protocolWriters, params: one,
    body: z.strictObject({ version: z.number().int(), reason: z.string().trim().min(5).max(500) }), response: protocolVersionSchema,
  }),
  protocolSettings: defineRoute({
    method: 'PUT', path: '/api/v1/protocol-settings', summary: "Nombre de questions au-delà duquel le rédacteur est averti", access: ['responsable-sas'],
    body: z.strictObject({ warnAbove: z.number().int().min(1).max(7), territory }), response: z.object({ warnAbove: z.number().int() }),
  }),
  protocolUsage: defineRoute({
    method: 'GET', path: '/api/v1/protocol-usage', summary: 'Usage des protocoles : utilisations, écarts motivés, requalifications ensuite', access: usageReaders,
    query: z.object({ territory, protocolId: z.uuid().optional(), from: z.iso.date().optional(), to: z.iso.date().optional() }), response: usageSchema,
  }),
  recordProtocol: defineRoute({
    method: 'POST', path: '/api/v1/dossiers/:id/protocol', summary: 'Garder dans le dossier le chemin suivi ; un écart demande un motif, sauf vers P0', access: ['arm', 'arm-coordonnateur'],
    params: one,
    body: z.strictObject({
      protocolId: z.uuid(), version: z.number().int(), answers: z.array(givenAnswerSchema).max(20), retained: retainedSchema, reason: z.string().trim().max(500).optional(),
    }),
    response: z.object({ outcome: z.string().nullable(), overridden: z.boolean() }),
  }),
} as const;
