import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { toast } from '../../../../ui/toast.tsx';
import { Section } from '../../../../ui/frame.tsx';
import type { DraftTree, Next } from '../../contract.ts';
import { questionsInOrder } from '../words.ts';
import { changedAnswer, changedOutcome, changedQuestion, without, withOutcome, withQuestion } from './draft.ts';
import { OutcomeEditor } from './outcome-editor.tsx';
import { goTo, type Problem } from './problems.tsx';
import { NEW_QUESTION, QuestionEditor } from './question-editor.tsx';
import css from './editor.module.css';

/** The tree being written: questions in the order of the calls, then the outcomes. */
export function TreeEditor({ tree, problems, onChange }: { tree: DraftTree; problems: readonly Problem[]; onChange: (tree: DraftTree) => void }) {
  const focus = (place: string) => requestAnimationFrame(() => goTo(place));
  function addQuestion() {
    const added = withQuestion(tree);
    onChange(added.tree);
    focus(`questions.${added.id}`);
  }
  function addOutcome() {
    const added = withOutcome(tree);
    onChange(added.tree);
    focus(`outcomes.${added.id}`);
  }
  function createNext(question: DraftTree['questions'][number], kind: string, answer: number) {
    const added = kind === NEW_QUESTION ? withQuestion(tree) : withOutcome(tree);
    const next: Next = kind === NEW_QUESTION ? { question: added.id } : { outcome: added.id };
    onChange(changedQuestion(added.tree, question.id, changedAnswer(question, answer, { next })));
    focus(kind === NEW_QUESTION ? `questions.${added.id}` : `outcomes.${added.id}`);
  }
  function remove(target: Next, words: string) {
    const before = tree;
    onChange(without(tree, target));
    toast({ tone: 'neutral', words, action: { label: 'Remettre', run: () => onChange(before) } });
  }
  useCommand({ id: 'protocol-question', label: 'Ajouter une question', group: 'Protocole', keys: 'Alt+Q', run: addQuestion });
  useCommand({ id: 'protocol-outcome', label: 'Ajouter une issue', group: 'Protocole', keys: 'Alt+I', run: addOutcome });
  useCommand({ id: 'protocol-answer', label: 'Ajouter une réponse à la question où l’on écrit', group: 'Protocole', keys: 'Alt+R' });
  return (
    <div className={css.stack} data-place="first">
      <Section title="Questions" actions={<Button small keys="Alt Q" onPress={addQuestion}>Ajouter une question</Button>}>
        {tree.questions.length === 0 && <p className={css.soft}>Commencez par la question qui reconnaît le plus grave : est-ce que la personne répond ?</p>}
        <ol className={css.stack}>
          {questionsInOrder(tree).map((question) => (
            <QuestionEditor
              key={question.id} tree={tree} question={question} problems={problems}
              onChange={(changed) => onChange(changedQuestion(tree, question.id, changed))}
              onFirst={() => onChange({ ...tree, first: question.id })}
              onRemove={() => remove({ question: question.id }, 'Question enlevée du brouillon.')}
              onCreate={(kind, answer) => createNext(question, kind, answer)}
            />
          ))}
        </ol>
      </Section>
      <Section title="Issues" actions={<Button small keys="Alt I" onPress={addOutcome}>Ajouter une issue</Button>}>
        {tree.outcomes.length === 0 && <p className={css.soft}>Ce qui sort de l’arbre : priorité, filière, motif, ce qu’il faut dire.</p>}
        <ul className={css.stack}>
          {tree.outcomes.map((outcome) => (
            <OutcomeEditor
              key={outcome.id} outcome={outcome} problems={problems}
              onChange={(change) => onChange(changedOutcome(tree, outcome.id, change))}
              onRemove={() => remove({ outcome: outcome.id }, 'Issue enlevée du brouillon.')}
            />
          ))}
        </ul>
      </Section>
    </div>
  );
}
