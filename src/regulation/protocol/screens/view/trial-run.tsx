import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { EmptyState } from '../../../../ui/states.tsx';
import { type DraftTree, type GivenAnswer, nextStep, pathInWords, questionCounts } from '../../contract.ts';
import { OutcomeCard } from '../parts.tsx';
import css from './trial-run.module.css';

/** The tree walked as at the first level: one question at a time, answered by single keys. Nothing is kept. */
export function TrialRun({ tree }: { tree: DraftTree }) {
  const [answers, setAnswers] = useState<readonly GivenAnswer[]>([]);
  const step = nextStep(tree, answers);
  // A tree that changes under the hand may no longer hold the path: it starts again.
  const path = step ? answers : [];
  const shown = step ?? nextStep(tree, []);
  const back = () => setAnswers(path.slice(0, -1));
  useCommand({ id: 'trial-back', label: 'Revenir à la question précédente', group: 'Essai du protocole', keys: 'Backspace', run: back, enabled: path.length > 0 });
  if (!shown) return <EmptyState title="Rien à essayer pour l’instant"><p>L’essai commence dès que la première question est désignée.</p></EmptyState>;
  const { longest } = questionCounts(tree);
  return (
    <div className={css.run}>
      {path.length > 0 && (
        <ol className={css.path} aria-label="Réponses données">
          {pathInWords(tree, path).map(({ question, answer }, index) => <li key={index}>{question} <strong>{answer}</strong></li>)}
        </ol>
      )}
      <div className={css.step} aria-live="polite">
        {shown.question && (
          <>
            <p className={css.rank}>Question {path.length + 1}, {longest} au plus</p>
            <p className={css.question}>{shown.question.text || 'Question à écrire'}</p>
            {shown.question.help && <p className={css.help}>{shown.question.help}</p>}
            <div className={css.answers}>
              {shown.question.answers.map(({ key, label, next }, index) => (
                <AnswerKey key={`${shown.question.id} ${index}`} answerKey={key} label={label} leads={next !== null} onTake={() => setAnswers([...path, { question: shown.question.id, answer: key }])} />
              ))}
            </div>
          </>
        )}
        {shown.outcome && <OutcomeCard outcome={shown.outcome} />}
      </div>
      <div className={css.bar}>
        <Button small isDisabled={path.length === 0} keys="Retour arrière" onPress={back}>Question précédente</Button>
        <Button small look="quiet" isDisabled={path.length === 0} onPress={() => setAnswers([])}>Recommencer</Button>
      </div>
    </div>
  );
}

function AnswerKey({ answerKey, label, leads, onTake }: { answerKey: string; label: string; leads: boolean; onTake: () => void }) {
  useCommand({ id: `trial-${answerKey}`, label: label || 'réponse', group: 'Essai du protocole', keys: answerKey, run: onTake, enabled: leads && answerKey !== '' });
  return (
    <button type="button" className={css.answer} disabled={!leads} onClick={onTake}>
      <kbd>{answerKey || '?'}</kbd>
      <span>{label || 'réponse à écrire'}{!leads && ' (ne mène nulle part)'}</span>
    </button>
  );
}
