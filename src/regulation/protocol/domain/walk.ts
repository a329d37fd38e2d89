import type { DraftOutcome, DraftQuestion, GivenAnswer, Next } from './tree.ts';

/** What walking needs of a tree, being written or in force. */
export interface Walkable<Q extends DraftQuestion = DraftQuestion, O extends DraftOutcome = DraftOutcome> {
  readonly first: string | null;
  readonly questions: readonly Q[];
  readonly outcomes: readonly O[];
}

/** Where one stands in a tree: a question to ask, or what comes out of it. */
export type Step<Q extends DraftQuestion = DraftQuestion, O extends DraftOutcome = DraftOutcome> =
  | { readonly question: Q; readonly outcome: null }
  | { readonly question: null; readonly outcome: O };

/**
 * Where these answers lead, given one by one from the first question. Null when they are no path of this tree: a question
 * that is not the one asked, a key it does not have, an answer after the end, or a tree that breaks off there.
 */
export function nextStep<Q extends DraftQuestion, O extends DraftOutcome>(tree: Walkable<Q, O>, answers: readonly GivenAnswer[]): Step<Q, O> | null {
  let step = tree.first === null ? null : stepAt(tree, { question: tree.first });
  for (const given of answers) {
    if (!step?.question || step.question.id !== given.question) return null;
    const taken = step.question.answers.find(({ key }) => key === given.answer);
    step = taken?.next ? stepAt(tree, taken.next) : null;
  }
  return step;
}

function stepAt<Q extends DraftQuestion, O extends DraftOutcome>(tree: Walkable<Q, O>, next: Next): Step<Q, O> | null {
  if ('question' in next) {
    const question = tree.questions.find(({ id }) => id === next.question);
    return question ? { question, outcome: null } : null;
  }
  const outcome = tree.outcomes.find(({ id }) => id === next.outcome);
  return outcome ? { question: null, outcome } : null;
}

/** A path in words: each question asked with the answer taken. Answers that are no path of the tree are left out. */
export function pathInWords(tree: Walkable, answers: readonly GivenAnswer[]): { question: string; answer: string }[] {
  return answers.flatMap(({ question, answer }, index) => {
    const asked = nextStep(tree, answers.slice(0, index))?.question;
    const taken = asked?.id === question ? asked.answers.find(({ key }) => key === answer) : undefined;
    return asked && taken ? [{ question: asked.text, answer: taken.label }] : [];
  });
}

/** Questions in all, and on the longest way from the first to an outcome; a way that turns in circles is cut where it turns. */
export function questionCounts(tree: Walkable): { total: number; longest: number } {
  const known = new Map<string, number>();
  const longestFrom = (id: string): number => {
    const question = known.has(id) ? undefined : tree.questions.find((one) => one.id === id);
    if (!question) return known.get(id) ?? 0;
    known.set(id, 0);
    const longest = 1 + Math.max(0, ...question.answers.map(({ next }) => (next && 'question' in next ? longestFrom(next.question) : 0)));
    known.set(id, longest);
    return longest;
  };
  return { total: tree.questions.length, longest: tree.first === null ? 0 : longestFrom(tree.first) };
}
