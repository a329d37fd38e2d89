import { z } from 'zod';
import { careLevels, communicationDifficulties, crisisCodes, dCodes, decisionTypes, drCodes, filieres, meansStatuses, priorities, substitutions } from './codes.ts';

export const locationSchema = z.object({
  address: z.string().max(200).default(''), city: z.string().max(100).default(''), insee: z.string().max(5).nullable().default(null),
  lat: z.number().min(-90).max(90).nullable().default(null), lon: z.number().min(-180).max(180).nullable().default(null),
  details: z.string().max(300).default(''),
  /** "Introuvable" with its reason, when the caller cannot say where he is. */
  unknownReason: z.string().max(200).nullable().default(null),
});

export const callerSchema = z.object({
  name: z.string().max(80).default(''), relation: z.string().max(40).default(''), difficulty: z.enum(communicationDifficulties).nullable().default(null),
});

export const usualDoctorContacts = ['contacte', 'indisponible', 'sans-mt', 'non-demande'] as const;

export const patientSchema = z.object({
  lastName: z.string().max(80).default(''), firstName: z.string().max(80).default(''), birthDate: z.iso.date().nullable().default(null),
  age: z.number().int().min(0).max(130).nullable().default(null), sex: z.enum(['M', 'F', 'I', '']).default(''),
  /** Identitovigilance: told on the phone = provisoire; never more without a document (D7). */
  trust: z.enum(['provisoire', 'recuperee', 'validee', 'qualifiee']).default('provisoire'),
  usualDoctor: z.string().max(120).default(''), usualDoctorRpps: z.string().max(12).nullable().default(null),
  usualDoctorContact: z.enum(usualDoctorContacts).default('non-demande'),
  history: z.string().max(2_000).default(''), treatments: z.string().max(2_000).default(''), allergies: z.string().max(1_000).default(''),
  vulnerable: z.array(z.enum(['sociale', 'physique', 'psychique'])).default([]),
});
/** What a form changes of a patient: nothing is filled in for what it does not say. */
export const patientChangeSchema = z.object(
  Object.fromEntries(Object.entries(patientSchema.shape).map(([name, field]) => [name, field.unwrap().optional()])) as {
    [Name in keyof typeof patientSchema.shape]: z.ZodOptional<ReturnType<(typeof patientSchema.shape)[Name]['unwrap']>>;
  },
);

export const motiveSchema = z.object({ code: z.string().max(20), label: z.string().max(120) });
export const phoneSchema = z.string().max(20).regex(/^\+?[\d .-]{3,20}$/, 'numéro de téléphone attendu');

/** A decision as it is said: what belongs to its type stands beside it or under `details`. */
const decisionInput = z
  .looseObject({ type: z.enum(decisionTypes), careLevel: z.enum(careLevels).optional(), details: z.record(z.string(), z.unknown()).optional() })
  .transform(({ type, careLevel, details, ...beside }) => ({ type, careLevel: careLevel ?? null, details: { ...beside, ...details } }));

const text = (max: number) => z.string().trim().min(1, 'à remplir').max(max);
/** A national code, whole or by its last part alone (`ERR`). */
const codeOf = <Code extends string>(codes: readonly [Code, ...Code[]]) =>
  z.string().transform((given) => codes.find((code) => code === given || code.endsWith(`.${given}`)) ?? given).pipe(z.enum(codes));

/** Every field an action may carry. Each is optional here: what an action needs is said by its guards, which name all that misses. */
export const actionFields = {
  callId: text(100), aggravation: z.boolean(), code: codeOf(dCodes), category: codeOf(drCodes),
  motive: z.union([motiveSchema, text(120).transform((label) => ({ code: /^M\d\d\.\d\d$/.test(label) ? label : '', label }))]),
  priority: z.enum(priorities), filiere: z.enum(filieres), location: locationSchema, callback: phoneSchema, caller: callerSchema,
  patient: patientChangeSchema, healthContent: z.boolean(),
  reflexMeans: z.array(z.string().max(20)).min(1).max(6), gestures: z.string().max(500),
  level: z.enum(['n2', 'doctor']), reason: text(500), suspectedP0: z.boolean(),
  dueAt: z.iso.datetime({ offset: true }), delayMinutes: z.number().int().min(1), agreed: z.boolean(), warningSigns: text(1_000),
  substitution: z.enum(substitutions), crisis: z.enum(crisisCodes),
  decisions: z.array(decisionInput).min(1).max(12), careLevel: z.enum(careLevels), hypothesis: z.string().max(500), advice: z.string().max(4_000),
  answer: text(4_000), readingConfirmed: z.boolean(),
  decisionIds: z.array(z.string()).max(12), means: z.array(z.object({ id: z.string(), status: z.enum([...meansStatuses, 'ANNULE']) })).max(20),
  cause: z.enum(['bilan', 'aggravation', 'refus', 'sans-creneau', 'nouvel-appel', 'nouvelle-decision']),
  tasks: z.array(z.object({ kind: text(40), label: text(200), dueAt: z.iso.datetime({ offset: true }) })).max(10), taskId: z.string(), outcome: text(500),
  to: z.object({ accountId: text(100), name: text(120) }), into: z.string(), callIds: z.array(z.string()).max(50), actId: z.string(), text: text(4_000),
} as const;

export type ActionFieldName = keyof typeof actionFields;
export type ActionInput = { readonly [Name in ActionFieldName]?: z.output<(typeof actionFields)[Name]> };

/** The same as a form sends it. */
export type ActionBody = { readonly [Name in ActionFieldName]?: z.input<(typeof actionFields)[Name]> };

export const dossierActions = [
  'attach-call', 'close-as-d', 'qualify', 'engage-p0', 'send-to-n2', 'send-to-doctor', 'take', 'defer', 'start-regulation', 'decide', 'request-validation',
  'validate', 'disagree', 'requalify', 'set-priority', 'execute', 'reopen', 'follow-up', 'close-task', 'complete', 'hand-over', 'merge', 'split', 'amend',
] as const;
export type DossierAction = (typeof dossierActions)[number];

/** The fields that each action reads. */
export const fieldsOfAction: Readonly<Record<DossierAction, readonly ActionFieldName[]>> = {
  'attach-call': ['callId', 'aggravation', 'reason'],
  'close-as-d': ['code'],
  qualify: ['motive', 'priority', 'filiere', 'location', 'callback', 'caller', 'patient', 'healthContent'],
  'engage-p0': ['location', 'callback', 'motive', 'reflexMeans', 'gestures'],
  'send-to-n2': [],
  'send-to-doctor': ['filiere'],
  take: [],
  defer: ['dueAt', 'delayMinutes', 'agreed', 'warningSigns'],
  'start-regulation': ['substitution'],
  decide: ['decisions', 'careLevel', 'hypothesis', 'advice', 'substitution', 'crisis'],
  'request-validation': ['reason', 'answer', 'category', 'motive'],
  validate: ['decisions', 'careLevel', 'hypothesis', 'advice', 'substitution', 'readingConfirmed'],
  disagree: ['reason', 'substitution'],
  requalify: ['filiere', 'reason', 'level', 'suspectedP0', 'priority'],
  'set-priority': ['priority', 'reason'],
  execute: ['decisionIds', 'means'],
  reopen: ['cause', 'reason'],
  'follow-up': ['tasks'],
  'close-task': ['taskId', 'outcome'],
  complete: [],
  'hand-over': ['to', 'reason'],
  merge: ['into', 'reason'],
  split: ['reason', 'callIds'],
  amend: ['actId', 'reason', 'text', 'decisions', 'careLevel'],
};

/** A field that is wrong, with its path. */
export interface WrongField {
  readonly path: string;
  readonly message: string;
}

/** Reads the fields of an action: those that hold, and those that are wrong. Fields the action does not read are left aside. */
export function readInput(action: DossierAction, body: Readonly<Record<string, unknown>>): { input: ActionInput; wrong: WrongField[] } {
  const input: Record<string, unknown> = {};
  const wrong: WrongField[] = [];
  for (const name of fieldsOfAction[action]) {
    if (body[name] === undefined || body[name] === null) continue;
    const read = (actionFields[name] as z.ZodType).safeParse(body[name]);
    if (read.success) input[name] = read.data;
    else wrong.push(...read.error.issues.map((issue) => ({ path: [name, ...issue.path.map(String)].join('.'), message: issue.message })));
  }
  return { input, wrong };
}
