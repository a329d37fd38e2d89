import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftTreeSchema, type DraftTree } from '../../domain/tree.ts';
import { anyTree, smallTree } from '../../domain/tree.fixture.ts';
import { treeProblems } from '../../contract.ts';
import { changedAnswer, changedQuestion, type Draft, freeKey, isSame, nextOf, nextValue, problemsAt, withAnswer, without, withOutcome, withQuestion } from './draft.ts';

const empty: DraftTree = { first: null, questions: [], outcomes: [] };

test('[PROT-02] a tree written from nothing: each missing thing is told until it is whole', () => {
  const first = withQuestion(empty);
  expect(first.tree.first).toBe('q1');
  const urgent = withOutcome(first.tree);
  let tree = changedQuestion(urgent.tree, first.id, { text: 'Répond-il ?' });
  expect(treeProblems(tree).map(({ code }) => code)).toContain('missing-target');
  for (const at of [0, 1]) tree = changedQuestion(tree, first.id, changedAnswer(tree.questions[0]!, at, { next: { outcome: urgent.id } }));
  tree = { ...tree, outcomes: [{ ...tree.outcomes[0]!, priority: 'P2', filiere: 'SNP', motive: { code: 'M06.04', label: 'Autre' }, reason: 'à voir' }] };
  expect(treeProblems(tree)).toEqual([]);
});

test('[PROT-02] what is removed is led to by nobody, and an id is never given twice', () => {
  fc.assert(fc.property(anyTree, fc.nat(), (tree, pick) => {
    const { id } = tree.questions[pick % tree.questions.length]!;
    const after = without(tree, { question: id });
    expect(JSON.stringify(after.questions)).not.toContain(`{"question":"${id}"}`);
    expect(treeProblems(after).some(({ code }) => code === 'unknown-target')).toBe(false);
    const grown = withOutcome(withQuestion(after).tree).tree;
    expect(treeProblems(grown).some(({ code }) => code === 'duplicate-id')).toBe(false);
    expect(draftTreeSchema.safeParse(grown).success).toBe(true);
  }), { numRuns: 50 });
});

test('[PROT-02] a new answer takes a free key; a choice goes to a list and back', () => {
  const question = withAnswer(smallTree.questions[0]!);
  expect(question.answers.at(-1)).toEqual({ key: '3', label: '', next: null });
  expect(freeKey([...'123456789'].map((key) => ({ key, label: '', next: null })))).toBe('a');
  for (const next of [null, { question: 'douleur' }, { outcome: 'p0' }]) expect(nextOf(nextValue(next))).toEqual(next);
  expect(problemsAt([{ path: 'questions.q1' }, { path: 'questions.q1.answers.0' }, { path: 'questions.q10' }], 'questions.q1')).toHaveLength(2);
});

test('[PROT-01] a draft that comes back from the server is the same, whatever the order of its keys and the spaces at its ends', () => {
  const answers = { coherence: 'a', quality: 'b', filieres: 'c', governance: 'd' };
  const draft: Draft = { revision: 1, sheet: { title: 'Fièvre ', filieres: [], references: [], drafters: { amu: 'A', snp: 'B' }, validation: answers }, content: { kind: 'arbre', tree: smallTree } };
  const reordered = { governance: 'd', quality: 'b', coherence: 'a', filieres: 'c' };
  const back: Draft = { ...draft, revision: 2, sheet: { ...draft.sheet, title: 'Fièvre', drafters: { snp: 'B', amu: 'A' }, validation: reordered } };
  expect(isSame(draft, back)).toBe(true);
  expect(isSame(draft, { ...back, sheet: { ...back.sheet, title: 'Toux' } })).toBe(false);
});
