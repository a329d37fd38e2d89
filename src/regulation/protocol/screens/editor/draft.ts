import type { DraftOutcome, DraftQuestion, DraftTree, Next, ProtocolContent, ProtocolVersion, VersionSheet } from '../../contract.ts';

/** A version being written on this workstation, and the revision it started from. */
export interface Draft {
  readonly revision: number;
  readonly sheet: VersionSheet;
  readonly content: ProtocolContent;
}

export const draftOf = ({ revision, title, filieres, references, drafters, validation, content }: ProtocolVersion): Draft => ({
  revision, sheet: { title, filieres, references, drafters, validation }, content,
});

/** The same words for the same thing: the database gives the keys of an object in an order of its own, and the server trims. */
const told = ({ sheet, content }: Draft): string =>
  JSON.stringify([sheet, cleaned(content)], (_, value: unknown) => {
    if (typeof value === 'string') return value.trim();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });

/** True when both say the same thing, whatever revision they started from. */
export const isSame = (one: Draft, other: Draft): boolean => told(one) === told(other);

const withoutBlank = <T extends { advice: string[] }>(one: T): T => ({ ...one, advice: one.advice.filter((line) => line.trim() !== '') });

/** The content as it is sent: blank lines of advice are left out. */
export const cleaned = (content: ProtocolContent): ProtocolContent =>
  content.kind === 'arbre'
    ? { ...content, tree: { ...content.tree, outcomes: content.tree.outcomes.map(withoutBlank) } }
    : { ...content, entries: content.entries.map(withoutBlank) };

/** `q3` when `q1` and `q2` are taken: an id that nobody has. */
function newId(prefix: string, taken: readonly { id: string }[]): string {
  for (let rank = taken.length + 1; ; rank++) if (!taken.some(({ id }) => id === `${prefix}${rank}`)) return `${prefix}${rank}`;
}

/** The first of 1 to 9, then of the letters, that no answer has. */
export const freeKey = (answers: DraftQuestion['answers']): string =>
  [...'123456789abcdefghijklmnopqrstuvwxyz'].find((key) => !answers.some((answer) => answer.key === key)) ?? '';

/** One more question, with two answers to fill; the first one of all is asked first. */
export function withQuestion(tree: DraftTree): { tree: DraftTree; id: string } {
  const id = newId('q', tree.questions);
  const answers = ['oui', 'non'].map((label, index) => ({ key: String(index + 1), label, next: null }));
  return { id, tree: { ...tree, first: tree.first ?? id, questions: [...tree.questions, { id, text: '', help: '', answers }] } };
}

export function withOutcome(tree: DraftTree): { tree: DraftTree; id: string } {
  const id = newId('i', tree.outcomes);
  const outcome: DraftOutcome = { id, priority: null, filiere: null, motive: { code: '', label: '' }, reason: '', means: [], advice: [] };
  return { id, tree: { ...tree, outcomes: [...tree.outcomes, outcome] } };
}

export const withAnswer = (question: DraftQuestion): DraftQuestion => ({ ...question, answers: [...question.answers, { key: freeKey(question.answers), label: '', next: null }] });

export const changedQuestion = (tree: DraftTree, id: string, change: Partial<DraftQuestion>): DraftTree => ({
  ...tree, questions: tree.questions.map((one) => (one.id === id ? { ...one, ...change } : one)),
});

export const changedOutcome = (tree: DraftTree, id: string, change: Partial<DraftOutcome>): DraftTree => ({
  ...tree, outcomes: tree.outcomes.map((one) => (one.id === id ? { ...one, ...change } : one)),
});

export const changedAnswer = (question: DraftQuestion, at: number, change: Partial<DraftQuestion['answers'][number]>): DraftQuestion => ({
  ...question, answers: question.answers.map((answer, index) => (index === at ? { ...answer, ...change } : answer)),
});

const leadsTo = (next: Next | null, target: Next): boolean => JSON.stringify(next) === JSON.stringify(target);

/** Without a question or an outcome: the answers that led to it lead nowhere until somebody chooses. */
export function without(tree: DraftTree, target: Next): DraftTree {
  const questions = tree.questions.map((one) => ({ ...one, answers: one.answers.map((answer) => (leadsTo(answer.next, target) ? { ...answer, next: null } : answer)) }));
  if ('outcome' in target) return { ...tree, questions, outcomes: tree.outcomes.filter(({ id }) => id !== target.outcome) };
  return { ...tree, first: tree.first === target.question ? null : tree.first, questions: questions.filter(({ id }) => id !== target.question) };
}

/** What a list of choices holds for a next step, and back. */
export const nextValue = (next: Next | null): string => (!next ? '' : 'question' in next ? `q:${next.question}` : `o:${next.outcome}`);
export const nextOf = (value: string): Next | null => (value.startsWith('q:') ? { question: value.slice(2) } : value.startsWith('o:') ? { outcome: value.slice(2) } : null);

/** The problems of one place, and of what is inside it. */
export const problemsAt = <P extends { path: string }>(problems: readonly P[], place: string): P[] => problems.filter(({ path }) => path === place || path.startsWith(`${place}.`));
