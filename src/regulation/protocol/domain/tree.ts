import { z } from 'zod';
import { filieres, priorities } from './codes.ts';

/** Questions on the longest way through a tree, at most: beyond, an assistant with somebody on the line loses time. */
export const MAX_QUESTIONS = 7;

const id = z.string().regex(/^[a-z0-9-]{1,40}$/, 'lettres minuscules, chiffres et tirets');
const line = (max: number) => z.string().trim().max(max);
const motive = z.object({ code: line(20), label: line(120) });
/** National vehicle codes (HubSante.typeVecteur) to engage by reflex. */
const means = z.array(z.string().regex(/^[A-Z]+\.[A-Z0-9]+$/, 'code national de vecteur attendu, par exemple SMUR.VLM')).max(6);
/** Gestures and advice to say, in their order, one sentence each. */
const advice = z.array(line(240)).max(8);

/** Where an answer leads: another question, or what comes out of the tree. */
export const nextSchema = z.union([z.strictObject({ question: id }), z.strictObject({ outcome: id })]);

/** A key of the keyboard, pressed alone. */
export const keySchema = z.string().regex(/^[1-9a-z]$/, 'un chiffre de 1 à 9 ou une lettre');

const draftAnswerSchema = z.object({ key: z.string().max(1), label: line(120), next: nextSchema.nullable() });
const draftQuestionSchema = z.object({ id, text: line(200), help: line(400).default(''), answers: z.array(draftAnswerSchema).max(9) });
const draftOutcomeSchema = z.object({
  id, priority: z.enum(priorities).nullable(), filiere: z.enum(filieres).nullable(), motive, reason: line(400), means, advice,
  /** What the assistant answers by himself, validated by a doctor afterwards (003 P58); without it the dossier is passed on. */
  answer: line(400).optional(),
});

/** A tree being written: anything may still be missing. */
export const draftTreeSchema = z.object({ first: id.nullable(), questions: z.array(draftQuestionSchema).max(60), outcomes: z.array(draftOutcomeSchema).max(60) });
export type DraftTree = z.infer<typeof draftTreeSchema>;
export type DraftQuestion = DraftTree['questions'][number];
export type DraftOutcome = DraftTree['outcomes'][number];
export type Next = z.infer<typeof nextSchema>;

/** A tree that may be used: `treeProblems` found nothing in it. */
export const treeSchema = z.object({
  first: id,
  questions: z.array(draftQuestionSchema.extend({ answers: z.array(draftAnswerSchema.extend({ next: nextSchema })) })),
  outcomes: z.array(draftOutcomeSchema.extend({ priority: z.enum(priorities), filiere: z.enum(filieres) })),
});
export type Tree = z.infer<typeof treeSchema>;
export type Question = Tree['questions'][number];
export type Outcome = Tree['outcomes'][number];

/** One situation where P0 is immediate, and what is engaged at once. */
export const p0EntrySchema = z.object({ motive, signs: line(300), means, advice });
export type P0Entry = z.infer<typeof p0EntrySchema>;

/** An answer given: the question's id and the key of the answer. */
export const givenAnswerSchema = z.object({ question: z.string().max(40), answer: z.string().max(1) });
export type GivenAnswer = z.infer<typeof givenAnswerSchema>;
