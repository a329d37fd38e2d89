import { type DraftOutcome, type DraftQuestion, type DraftTree, MAX_QUESTIONS, type Next, type P0Entry } from './tree.ts';
import { questionCounts } from './walk.ts';

/**
 * What keeps a tree from being used, and where: `first`, `questions.<id>`, `questions.<id>.answers.<rank>`,
 * `outcomes.<id>.<field>`, `entries.<rank>.<field>` for a list of P0.
 */
export interface TreeProblem {
  readonly code:
    | 'no-first-question' | 'duplicate-id' | 'empty-text' | 'too-few-answers' | 'bad-key' | 'duplicate-key' | 'missing-target' | 'unknown-target'
    | 'cycle' | 'unreachable' | 'too-many-questions' | 'no-priority' | 'no-filiere' | 'no-means' | 'answer-too-serious' | 'duplicate-motive' | 'empty-list';
  readonly path: string;
  readonly message: string;
}

/** Everything that keeps this tree from being used; nothing when it may be submitted. */
export function treeProblems(tree: DraftTree): TreeProblem[] {
  const problems = [
    ...firstProblems(tree), ...duplicateIds(tree), ...tree.questions.flatMap((question) => questionProblems(tree, question)),
    ...tree.outcomes.flatMap(outcomeProblems), ...unreachable(tree),
  ];
  const turning = cycle(tree);
  if (turning) return [...problems, turning];
  const { longest } = questionCounts(tree);
  const long = `${longest} questions sur le chemin le plus long : ${MAX_QUESTIONS} au plus`;
  return longest > MAX_QUESTIONS ? [...problems, { code: 'too-many-questions', path: 'first', message: long }] : problems;
}

const firstProblems = ({ first, questions }: DraftTree): TreeProblem[] =>
  questions.some(({ id }) => id === first) ? [] : [{ code: 'no-first-question', path: 'first', message: 'première question à désigner' }];

function duplicateIds({ questions, outcomes }: DraftTree): TreeProblem[] {
  const doubles = (kind: 'questions' | 'outcomes', ids: readonly string[]): TreeProblem[] =>
    ids.filter((id, index) => ids.indexOf(id) < index).map((id) => ({ code: 'duplicate-id', path: `${kind}.${id}`, message: `« ${id} » désigne deux choses` }));
  return [...doubles('questions', questions.map(({ id }) => id)), ...doubles('outcomes', outcomes.map(({ id }) => id))];
}

function questionProblems(tree: DraftTree, { id, text, answers }: DraftQuestion): TreeProblem[] {
  const path = `questions.${id}`;
  const problems: TreeProblem[] = [];
  if (text === '') problems.push({ code: 'empty-text', path, message: 'question à écrire' });
  if (answers.length < 2) problems.push({ code: 'too-few-answers', path, message: 'deux réponses au moins' });
  answers.forEach(({ key, label, next }, index) => {
    const at = `${path}.answers.${index}`;
    if (label === '') problems.push({ code: 'empty-text', path: at, message: 'réponse à écrire' });
    if (!/^[1-9a-z]$/.test(key)) problems.push({ code: 'bad-key', path: at, message: 'touche à choisir : un chiffre de 1 à 9 ou une lettre' });
    else if (answers.findIndex((other) => other.key === key) < index) problems.push({ code: 'duplicate-key', path: at, message: `la touche « ${key} » sert déjà à une autre réponse` });
    if (!next) problems.push({ code: 'missing-target', path: at, message: 'suite à choisir : une question ou une issue' });
    else if (!exists(tree, next)) problems.push({ code: 'unknown-target', path: at, message: 'mène à ce qui n’existe plus' });
  });
  return problems;
}

const exists = (tree: DraftTree, next: Next): boolean =>
  'question' in next ? tree.questions.some(({ id }) => id === next.question) : tree.outcomes.some(({ id }) => id === next.outcome);

function outcomeProblems({ id, priority, filiere, motive, reason, means, answer }: DraftOutcome): TreeProblem[] {
  const path = `outcomes.${id}`;
  const problems: TreeProblem[] = [];
  if (!priority) problems.push({ code: 'no-priority', path: `${path}.priority`, message: 'priorité à choisir' });
  if (!filiere) problems.push({ code: 'no-filiere', path: `${path}.filiere`, message: 'filière à choisir' });
  if (motive.code === '' || motive.label === '') problems.push({ code: 'empty-text', path: `${path}.motive`, message: 'motif à remplir : code et libellé' });
  if (reason === '') problems.push({ code: 'empty-text', path: `${path}.reason`, message: 'raison à écrire, telle que l’ARM la lira' });
  if (priority === 'P0' && means.length === 0) problems.push({ code: 'no-means', path: `${path}.means`, message: 'moyens réflexes d’un P0 à nommer' });
  if (answer && (priority === 'P0' || priority === 'P1')) {
    problems.push({ code: 'answer-too-serious', path: `${path}.answer`, message: `un ${priority} va à un médecin : l’ARM n’y répond pas seul` });
  }
  return problems;
}

function unreachable(tree: DraftTree): TreeProblem[] {
  const reached = new Set<string>();
  const visit = (next: Next): void => {
    const name = 'question' in next ? `questions.${next.question}` : `outcomes.${next.outcome}`;
    if (reached.has(name)) return;
    reached.add(name);
    if (!('question' in next)) return;
    for (const answer of tree.questions.find(({ id }) => id === next.question)?.answers ?? []) if (answer.next) visit(answer.next);
  };
  if (tree.first !== null) visit({ question: tree.first });
  const names = [...tree.questions.map(({ id }) => `questions.${id}`), ...tree.outcomes.map(({ id }) => `outcomes.${id}`)];
  return names.filter((name) => !reached.has(name)).map((path) => ({ code: 'unreachable', path, message: 'aucune réponse n’y mène' }));
}

/** The answer that leads back to a question already asked. */
function cycle(tree: DraftTree): TreeProblem | null {
  const over = new Set<string>();
  const visit = (id: string, before: readonly string[]): TreeProblem | null => {
    const question = over.has(id) ? undefined : tree.questions.find((one) => one.id === id);
    if (!question) return null;
    const seen = [...before, id];
    for (const [index, { next }] of question.answers.entries()) {
      if (!next || !('question' in next)) continue;
      if (seen.includes(next.question)) return { code: 'cycle', path: `questions.${id}.answers.${index}`, message: 'revient à une question déjà posée : l’appel tournerait en rond' };
      const found = visit(next.question, seen);
      if (found) return found;
    }
    over.add(id);
    return null;
  };
  for (const { id } of tree.questions) {
    const found = visit(id, []);
    if (found) return found;
  }
  return null;
}

/** Everything that keeps a list of P0 from being used. */
export function p0ListProblems(entries: readonly P0Entry[]): TreeProblem[] {
  if (entries.length === 0) return [{ code: 'empty-list', path: 'entries', message: 'une situation au moins' }];
  return entries.flatMap(({ motive, signs, means }, index): TreeProblem[] => {
    const path = `entries.${index}`;
    const same = entries.findIndex((other) => other.motive.code === motive.code && other.motive.label === motive.label) < index;
    return [
      ...(motive.code === '' || motive.label === '' ? [{ code: 'empty-text' as const, path: `${path}.motive`, message: 'motif à remplir : code et libellé' }] : []),
      ...(same ? [{ code: 'duplicate-motive' as const, path: `${path}.motive`, message: 'ce motif est déjà dans la liste' }] : []),
      ...(signs === '' ? [{ code: 'empty-text' as const, path: `${path}.signs`, message: 'signes qui le font reconnaître, à écrire' }] : []),
      ...(means.length === 0 ? [{ code: 'no-means' as const, path: `${path}.means`, message: 'moyens réflexes à nommer' }] : []),
    ];
  });
}
