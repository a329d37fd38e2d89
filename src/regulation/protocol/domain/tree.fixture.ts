import fc from 'fast-check';
import { filieres, priorities } from './codes.ts';
import { MAX_QUESTIONS, type Outcome, type Question, type Tree } from './tree.ts';

export const outcome = (id: string, more: Partial<Outcome> = {}): Outcome => ({
  id, priority: 'P2', filiere: 'AMU', motive: { code: 'M03.14', label: 'Fièvre, problème infectieux' }, reason: 'dite à l’ARM', means: [], advice: [], ...more,
});

/** Three questions, three outcomes: alive? → pain? → how long? */
export const smallTree: Tree = {
  first: 'conscient',
  questions: [
    { id: 'conscient', text: 'Répond-il ?', help: '', answers: [{ key: '1', label: 'oui', next: { question: 'douleur' } }, { key: '2', label: 'non', next: { outcome: 'p0' } }] },
    { id: 'douleur', text: 'A-t-il mal ?', help: '', answers: [{ key: 'o', label: 'oui', next: { question: 'depuis' } }, { key: 'n', label: 'non', next: { outcome: 'conseil' } }] },
    { id: 'depuis', text: 'Depuis quand ?', help: '', answers: [{ key: '1', label: 'une heure', next: { outcome: 'amu' } }, { key: '2', label: 'une semaine', next: { outcome: 'conseil' } }] },
  ],
  outcomes: [
    outcome('p0', { priority: 'P0', motive: { code: 'M01.01', label: 'Suspicion d’arrêt cardiaque, mort subite' }, means: ['SMUR.VLM', 'SIS.VSAV'], advice: ['Allongez-le.', 'Massez fort et vite.'] }),
    outcome('amu', { priority: 'P1' }),
    outcome('conseil', { priority: 'P3', filiere: 'SNP' }),
  ],
};

/** Any valid tree: layers of questions, each answer leading further down or out; everything is reached. */
export const anyTree: fc.Arbitrary<Tree> = fc
  .record({ depth: fc.integer({ min: 1, max: MAX_QUESTIONS }), seeds: fc.array(fc.nat(), { minLength: 400, maxLength: 400 }) })
  .map(({ depth, seeds }) => {
    let at = 0;
    const pick = (below: number) => seeds[at++ % seeds.length]! % below;
    const questions: Question[] = [];
    const outcomes: Outcome[] = [];
    const grow = (level: number): string => {
      const id = `q${questions.length}`;
      const question: Question = { id, text: `Question ${id} ?`, help: '', answers: [] };
      questions.push(question);
      const shared = questions.filter((one) => one !== question && Number(one.help) > level);
      question.help = String(level);
      question.answers = Array.from({ length: 2 + pick(2) }, (_, index) => {
        const key = String(index + 1);
        const deeper = level < depth && questions.length < 40 && (index === 0 || pick(3) === 0);
        if (deeper) return { key, label: 'plus loin', next: { question: grow(level + 1) } };
        const again = shared[pick(shared.length + 1)];
        if (again) return { key, label: 'déjà là', next: { question: again.id } };
        const leaf = outcome(`o${outcomes.length}`, { priority: priorities[1 + pick(priorities.length - 1)]!, filiere: filieres[pick(filieres.length)]! });
        outcomes.push(leaf);
        return { key, label: 'issue', next: { outcome: leaf.id } };
      });
      return id;
    };
    return { first: grow(1), questions, outcomes };
  });
