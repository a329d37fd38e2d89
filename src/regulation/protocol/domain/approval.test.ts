import { expect, test } from 'vitest';
import { mayApproveAs, missingParties, submissionProblems } from './approval.ts';

test('[PROT-01] both filières and the governance, one person one approval', () => {
  const both = { accountId: 'a', roles: ['mru', 'mrg'] };
  expect(mayApproveAs(both, [])).toEqual(['amu', 'snp']);
  expect(mayApproveAs(both, [{ party: 'amu', accountId: 'a' }]), 'the same person does not sign twice').toEqual([]);
  expect(mayApproveAs({ accountId: 'b', roles: ['mru'] }, [{ party: 'amu', accountId: 'a' }]), 'already given').toEqual([]);
  expect(mayApproveAs({ accountId: 'c', roles: ['arm', 'superviseur', 'osnp'] }, [])).toEqual([]);
  expect(missingParties([{ party: 'amu', accountId: 'a' }])).toEqual(['snp', 'gouvernance']);
});

test('[PROT-01, PROT-03, PROT-04] nothing is submitted without its two writers, its reference and the four validation answers', () => {
  const empty = { title: 'Fièvre', filieres: ['SNP'], drafters: { amu: '', snp: '' }, references: [], validation: { coherence: '', quality: 'oui', filieres: '', governance: '' } };
  expect(submissionProblems(empty, [{ code: 'cycle', path: 'questions.q1.answers.0', message: 'tourne' }]).map(({ path }) => path)).toEqual([
    'references', 'drafters.amu', 'drafters.snp', 'validation.coherence', 'validation.quality', 'validation.filieres', 'validation.governance', 'content.questions.q1.answers.0',
  ]);
  const answer = 'répondue en une phrase';
  expect(submissionProblems({
    ...empty, drafters: { amu: 'Dr A', snp: 'Dr B' }, references: ['HAS-2011'], validation: { coherence: answer, quality: answer, filieres: answer, governance: answer },
  }, [])).toEqual([]);
});
