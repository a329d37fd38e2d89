import type { KeyboardEvent } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { CrossIcon } from '../../../../ui/icons.tsx';
import type { DraftQuestion, DraftTree } from '../../contract.ts';
import { outcomeName, questionName, questionsInOrder } from '../words.ts';
import { changedAnswer, nextOf, nextValue, problemsAt, withAnswer } from './draft.ts';
import { type Problem, Problems } from './problems.tsx';
import css from './editor.module.css';

export const NEW_QUESTION = 'new-question';
export const NEW_OUTCOME = 'new-outcome';

/** One question: its words, its help, its answers with their keys and where they lead. */
export function QuestionEditor({ tree, question, problems, onChange, onFirst, onRemove, onCreate }: {
  tree: DraftTree; question: DraftQuestion; problems: readonly Problem[];
  onChange: (question: DraftQuestion) => void; onFirst: () => void; onRemove: () => void;
  /** Creates what an answer leads to, and links it. */
  onCreate: (kind: typeof NEW_QUESTION | typeof NEW_OUTCOME, answer: number) => void;
}) {
  const place = `questions.${question.id}`;
  const name = questionName(tree, question.id);

  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || event.key.toLowerCase() !== 'r') return;
    event.preventDefault();
    onChange(withAnswer(question));
  }

  return (
    <li className={css.card} data-place={place} aria-label={`Question ${name}`} onKeyDown={onKeyDown}>
      <div className={css.head}>
        <strong>{name}</strong>
        {tree.first === question.id ? <Badge tone="accent">posée en premier</Badge> : <Button small look="quiet" onPress={onFirst}>Poser en premier</Button>}
        <span className={css.space} />
        <Button small look="quiet" aria-label={`Enlever la question ${name}`} onPress={onRemove}><CrossIcon /></Button>
      </div>
      <TextField label="Question, telle qu’elle sera dite" value={question.text} maxLength={200} onChange={(text) => onChange({ ...question, text })} />
      <TextField label="Aide pour l’ARM (facultative)" value={question.help} maxLength={400} onChange={(help) => onChange({ ...question, help })} />
      <Problems list={problems.filter(({ path }) => path === place)} />
      <div className={css.answers} role="group" aria-label={`Réponses à ${name}`}>
        <div className={css.answerHeads} aria-hidden="true"><span>Touche</span><span>Réponse</span><span>Mène à</span></div>
        {question.answers.map((answer, at) => (
          <div key={at} className={css.answer} data-place={`${place}.answers.${at}`}>
            <div className={css.row}>
              <input className={css.key} aria-label={`Touche de la réponse ${at + 1} à ${name}`} value={answer.key} maxLength={1} onFocus={(event) => event.target.select()} onChange={(event) => onChange(changedAnswer(question, at, { key: event.target.value.toLowerCase() }))} />
              <input className={css.input} aria-label={`Réponse ${at + 1} à ${name}`} value={answer.label} maxLength={120} onChange={(event) => onChange(changedAnswer(question, at, { label: event.target.value }))} />
              <select
                className={css.input} aria-label={`Suite de la réponse ${at + 1} à ${name}`} value={nextValue(answer.next)}
                onChange={({ target: { value } }) => (value === NEW_QUESTION || value === NEW_OUTCOME ? onCreate(value, at) : onChange(changedAnswer(question, at, { next: nextOf(value) })))}
              >
                <option value="">à choisir…</option>
                <option value={NEW_QUESTION}>+ une nouvelle question</option>
                <option value={NEW_OUTCOME}>+ une nouvelle issue</option>
                <optgroup label="Questions">{questionsInOrder(tree).filter(({ id }) => id !== question.id).map(({ id, text }) => <option key={id} value={`q:${id}`}>{questionName(tree, id)} · {text || 'à écrire'}</option>)}</optgroup>
                <optgroup label="Issues">{tree.outcomes.map(({ id }) => <option key={id} value={`o:${id}`}>{outcomeName(tree, id)}</option>)}</optgroup>
              </select>
              <Button small look="quiet" aria-label={`Enlever la réponse ${at + 1} à ${name}`} onPress={() => onChange({ ...question, answers: question.answers.filter((_, index) => index !== at) })}><CrossIcon size={12} /></Button>
            </div>
            <Problems list={problemsAt(problems, `${place}.answers.${at}`)} />
          </div>
        ))}
      </div>
      <div><Button small isDisabled={question.answers.length >= 9} keys="Alt R" onPress={() => onChange(withAnswer(question))}>Ajouter une réponse</Button></div>
    </li>
  );
}
