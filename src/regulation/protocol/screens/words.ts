import type { Tone } from '../../../ui/badge.tsx';
import { type ApprovalParty, type DraftTree, meansLabels, type Next, type ProtocolStatus, type TreeProblem, validationQuestionLabels, validationQuestions } from '../contract.ts';

export const statusTones: Record<ProtocolStatus, Tone> = { brouillon: 'neutral', 'a-valider': 'warn', 'en-vigueur': 'ok', remplacee: 'neutral', retiree: 'neutral' };

export const partyShort: Record<ApprovalParty, string> = { amu: 'AMU', snp: 'SNP', gouvernance: 'Gouvernance' };

export const meansWord = (code: string): string => meansLabels[code] ?? code;

/** A share as people read it; a dash without anything to count. */
export const share = (part: number, whole: number): string => (whole === 0 ? '—' : `${Math.round((part / whole) * 100)} %`);

/** Questions in the order of the calls: breadth first from the first one, then those that nothing leads to. */
export function questionsInOrder(tree: DraftTree): DraftTree['questions'] {
  const order = tree.first === null ? [] : [tree.first];
  for (let at = 0; at < order.length; at++) {
    for (const { next } of tree.questions.find(({ id }) => id === order[at])?.answers ?? []) {
      if (next && 'question' in next && !order.includes(next.question)) order.push(next.question);
    }
  }
  const rank = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return tree.questions.toSorted((a, b) => rank(a.id) - rank(b.id));
}

/** `Q3`: the number of a question in the order of the calls. */
export const questionName = (tree: DraftTree, id: string): string => `Q${questionsInOrder(tree).findIndex((one) => one.id === id) + 1}`;

/** An outcome in a few words, for lists: `P1 AMU · Douleur thoracique`. */
export function outcomeName(tree: DraftTree, id: string): string {
  const found = tree.outcomes.find((one) => one.id === id);
  if (!found) return 'issue supprimée';
  return `${found.priority ?? 'P ?'} ${found.filiere ?? 'filière ?'} · ${found.reason || found.motive.label || 'à décrire'}`;
}

/** Where an answer leads, in a few words. */
export function nextName(tree: DraftTree, next: Next): string {
  if ('outcome' in next) return outcomeName(tree, next.outcome);
  const found = tree.questions.find(({ id }) => id === next.question);
  return found ? `${questionName(tree, next.question)} · ${found.text || 'question à écrire'}` : 'question supprimée';
}

/** The place of a problem of the sheet in words. */
export function sheetPlace(path: string): string {
  const question = validationQuestions.find((one) => path === `validation.${one}`);
  return question ? validationQuestionLabels[question] : 'Fiche';
}

/** The place of a problem in words: `Q2, réponse 1`. */
export function placeName(tree: DraftTree, { path }: Pick<TreeProblem, 'path'>): string {
  const [kind, id = '', , rank] = path.split('.');
  if (kind === 'questions') return `${questionName(tree, id)}${rank === undefined ? '' : `, réponse ${Number(rank) + 1}`}`;
  if (kind === 'outcomes') return `Issue « ${tree.outcomes.find((one) => one.id === id)?.motive.label || id} »`;
  return 'Arbre';
}
