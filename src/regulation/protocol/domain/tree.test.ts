import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filiereSchema, prioritySchema } from '../../dossier/contract.ts';
import { filieres, priorities } from './codes.ts';
import { p0ListProblems, treeProblems } from './problems.ts';
import { anyTree, outcome, smallTree } from './tree.fixture.ts';
import { type DraftTree, type GivenAnswer, MAX_QUESTIONS, treeSchema } from './tree.ts';
import { nextStep, pathInWords, questionCounts } from './walk.ts';

const given = (...pairs: [string, string][]): GivenAnswer[] => pairs.map(([question, answer]) => ({ question, answer }));
const changed = (change: (tree: DraftTree) => void): DraftTree => {
  const copy = structuredClone(smallTree) as DraftTree;
  change(copy);
  return copy;
};
const codes = (tree: DraftTree) => treeProblems(tree).map(({ code, path }) => `${code} ${path}`);

test('[PROT-02] a walk goes question by question to its outcome, and is told in words', () => {
  expect(nextStep(smallTree, [])?.question?.id).toBe('conscient');
  expect(nextStep(smallTree, given(['conscient', '1'], ['douleur', 'o']))?.question?.id).toBe('depuis');
  expect(nextStep(smallTree, given(['conscient', '2']))?.outcome).toMatchObject({ id: 'p0', priority: 'P0', means: ['SMUR.VLM', 'SIS.VSAV'] });
  expect(pathInWords(smallTree, given(['conscient', '1'], ['douleur', 'n']))).toEqual([{ question: 'Répond-il ?', answer: 'oui' }, { question: 'A-t-il mal ?', answer: 'non' }]);
});

test('[PROT-02] answers that are no path of the tree lead nowhere', () => {
  for (const answers of [given(['douleur', 'o']), given(['conscient', '9']), given(['conscient', '2'], ['douleur', 'o']), given(['conscient', '1'], ['depuis', '1'])]) {
    expect(nextStep(smallTree, answers)).toBeNull();
  }
  expect(nextStep({ first: null, questions: [], outcomes: [] }, [])).toBeNull();
});

test('[PROT-02] any walk of any valid tree ends in an outcome in at most its depth', () => {
  fc.assert(fc.property(anyTree, fc.array(fc.nat(), { minLength: MAX_QUESTIONS, maxLength: MAX_QUESTIONS }), (tree, choices) => {
    expect(treeProblems(tree)).toEqual([]);
    expect(treeSchema.safeParse(tree).success).toBe(true);
    const { longest, total } = questionCounts(tree);
    expect(longest).toBeLessThanOrEqual(Math.min(MAX_QUESTIONS, total));
    const answers: GivenAnswer[] = [];
    for (;;) {
      const step = nextStep(tree, answers);
      expect(step).not.toBeNull();
      if (step!.outcome) break;
      const { id, answers: offered } = step!.question!;
      answers.push({ question: id, answer: offered[choices[answers.length]! % offered.length]!.key });
    }
    expect(answers.length).toBeLessThanOrEqual(longest);
    expect(pathInWords(tree, answers)).toHaveLength(answers.length);
  }), { numRuns: 150 });
});

describe('[PROT-02] what keeps a tree from being used is told with its place', () => {
  test('nothing in a whole tree; no first question in an empty one', () => {
    expect(codes(smallTree)).toEqual([]);
    expect(codes({ first: null, questions: [], outcomes: [] })).toEqual(['no-first-question first']);
  });
  test('a cycle, even on itself', () => {
    expect(codes(changed((tree) => { tree.questions[2]!.answers[0]!.next = { question: 'conscient' }; }))).toEqual(['unreachable outcomes.amu', 'cycle questions.depuis.answers.0']);
    expect(codes(changed((tree) => { tree.questions[1]!.answers[1]!.next = { question: 'douleur' }; }))).toContain('cycle questions.douleur.answers.1');
  });
  test('what no answer leads to, what leads nowhere, what leads to nothing', () => {
    expect(codes(changed((tree) => { tree.outcomes.push(outcome('oubliee')); }))).toEqual(['unreachable outcomes.oubliee']);
    expect(codes(changed((tree) => { tree.questions[0]!.answers[1]!.next = null; }))).toEqual(['missing-target questions.conscient.answers.1', 'unreachable outcomes.p0']);
    expect(codes(changed((tree) => { tree.questions[2]!.answers[0]!.next = { outcome: 'parti' }; }))).toEqual(['unknown-target questions.depuis.answers.0', 'unreachable outcomes.amu']);
  });
  test('keys: two the same, one that is no key', () => {
    expect(codes(changed((tree) => { tree.questions[0]!.answers[1]!.key = '1'; }))).toEqual(['duplicate-key questions.conscient.answers.1']);
    expect(codes(changed((tree) => { tree.questions[0]!.answers[1]!.key = ''; }))).toEqual(['bad-key questions.conscient.answers.1']);
  });
  test('an outcome without priority, filière, motive, reason; a P0 without reflex means', () => {
    const bare = changed((tree) => { Object.assign(tree.outcomes[1]!, { priority: null, filiere: null, motive: { code: '', label: '' }, reason: '' }); });
    expect(codes(bare)).toEqual(['no-priority outcomes.amu.priority', 'no-filiere outcomes.amu.filiere', 'empty-text outcomes.amu.motive', 'empty-text outcomes.amu.reason']);
    expect(codes(changed((tree) => { tree.outcomes[0]!.means = []; }))).toEqual(['no-means outcomes.p0.means']);
  });
  test('too few answers, empty words, an id used twice', () => {
    expect(codes(changed((tree) => { tree.questions[1]!.answers.pop(); tree.questions[1]!.text = ''; tree.questions[0]!.answers[0]!.label = ''; })))
      .toEqual(['empty-text questions.conscient.answers.0', 'empty-text questions.douleur', 'too-few-answers questions.douleur']);
    expect(codes(changed((tree) => { tree.outcomes.push({ ...tree.outcomes[1]! }); }))).toEqual(['duplicate-id outcomes.amu']);
  });
  test('[PROT-04] more than seven questions on the longest path', () => {
    const chain = (length: number): DraftTree => ({
      first: 'q1',
      questions: Array.from({ length }, (_, index) => ({
        id: `q${index + 1}`, text: 'Encore ?', help: '',
        answers: [{ key: '1', label: 'oui', next: index + 1 < length ? { question: `q${index + 2}` } : { outcome: 'fin' } }, { key: '2', label: 'non', next: { outcome: 'fin' } }],
      })),
      outcomes: [outcome('fin')],
    });
    expect(codes(chain(MAX_QUESTIONS))).toEqual([]);
    expect(codes(chain(MAX_QUESTIONS + 1))).toEqual(['too-many-questions first']);
    expect(questionCounts(chain(12))).toEqual({ total: 12, longest: 12 });
  });
});

test('[PROT-05] a list of P0: each situation has its motive, its signs and its reflex means', () => {
  const arrest = { motive: { code: 'M01.01', label: 'Suspicion d’arrêt cardiaque' }, signs: 'ne répond pas, ne respire pas', means: ['SMUR.VLM'], advice: [] };
  expect(p0ListProblems([arrest])).toEqual([]);
  expect(p0ListProblems([]).map(({ code }) => code)).toEqual(['empty-list']);
  expect(p0ListProblems([arrest, { ...arrest, signs: '', means: [] }]).map(({ path }) => path)).toEqual(['entries.1.motive', 'entries.1.signs', 'entries.1.means']);
});

test('[PROT-02] the codes are those of dossiers', () => {
  expect(filieres).toEqual(filiereSchema.options);
  expect(priorities).toEqual(prioritySchema.options);
});

test('[REG-24] an outcome may give the assistant an answer that a doctor validates afterwards, never for a P0 nor a P1', () => {
  const answering = (id: string) => changed((tree) => void (tree.outcomes.find((one) => one.id === id)!.answer = 'Boire par petites gorgées'));
  expect(codes(answering('conseil'))).toEqual([]);
  expect(codes(answering('amu'))).toEqual(['answer-too-serious outcomes.amu.answer']);
  expect(codes(answering('p0'))).toEqual(['answer-too-serious outcomes.p0.answer']);
  expect(nextStep(treeSchema.parse(answering('conseil')), given(['conscient', '1'], ['douleur', 'n']))?.outcome).toMatchObject({ answer: 'Boire par petites gorgées' });
});
