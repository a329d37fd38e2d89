import { type Ref } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { type Outcome, pathInWords, type Question, type TreeProtocol } from '../../../protocol/contract.ts';
import { PriorityMark } from '../file/priority-mark.tsx';
import { filiereWords } from '../file/words.ts';
import { pressed, standing, startOf, type Walk } from './walk.ts';
import css from './question-column.module.css';

export interface QuestionColumnProps {
  readonly protocols: readonly TreeProtocol[];
  readonly walk: Walk | null;
  readonly onWalk: (walk: Walk | null) => void;
  /** Keeps what comes out of the protocol. */
  readonly onKeep: () => void;
  readonly boxRef: Ref<HTMLDivElement>;
}

/** The questions of the local protocol, one after the other, each answered by one key while the column has the focus. */
export function QuestionColumn({ protocols, walk, onWalk, onKeep, boxRef }: QuestionColumnProps) {
  const here = standing(protocols, walk);
  const asked = here ? pathInWords(here.protocol.tree, walk!.answers) : [];
  return (
    <div
      ref={boxRef}
      tabIndex={0}
      role="group"
      aria-label="Questions du protocole"
      className={css.column}
      onKeyDown={(event) => {
        const next = pressed(event, protocols, walk);
        if (next === null) return;
        event.preventDefault();
        event.stopPropagation();
        if (next === 'keep') onKeep();
        else onWalk(next === 'none' ? null : next);
        event.currentTarget.focus();
      }}
    >
      {here ? (
        <header className={css.head}>
          <h3>{here.protocol.title}</h3>
          <Button small look="quiet" onPress={() => onWalk(null)}>Autre protocole</Button>
        </header>
      ) : <Choice protocols={protocols} onWalk={onWalk} />}
      {asked.length > 0 && (
        <ol className={css.path} aria-label="Réponses données">
          {asked.map(({ question, answer }, at) => (
            <li key={at}><span>{question}</span><strong>{answer}</strong></li>
          ))}
        </ol>
      )}
      <div aria-live="polite">
        {here?.question && <Ask question={here.question} onAnswer={(key) => onWalk({ ...walk!, answers: [...walk!.answers, { question: here.question!.id, answer: key }] })} />}
        {here?.outcome && <Proposal outcome={here.outcome} />}
      </div>
      {here && walk!.answers.length > 0 && <p className={css.hint}><kbd>⌫</kbd> revient d’une réponse</p>}
    </div>
  );
}

function Choice({ protocols, onWalk }: { protocols: readonly TreeProtocol[]; onWalk: (walk: Walk) => void }) {
  if (protocols.length === 0) return <p className={css.hint}>Aucun protocole en vigueur : choisissez le motif, la priorité et la filière ci-dessous.</p>;
  return (
    <>
      <h3>Quel protocole ?</h3>
      <ul className={css.answers} aria-label="Protocoles en vigueur">
        {protocols.map((protocol, at) => (
          <li key={protocol.id}><Button excludeFromTabOrder className={css.answer!} onPress={() => onWalk(startOf(protocol))}>{at < 9 && <kbd>{at + 1}</kbd>}{protocol.title}</Button></li>
        ))}
      </ul>
    </>
  );
}

function Ask({ question, onAnswer }: { question: Question; onAnswer: (key: string) => void }) {
  return (
    <div className={css.ask}>
      <p className={css.question}>{question.text}</p>
      {question.help && <p className={css.hint}>{question.help}</p>}
      <ul className={css.answers} aria-label={question.text}>
        {question.answers.map(({ key, label }) => (
          <li key={key}><Button excludeFromTabOrder className={css.answer!} onPress={() => onAnswer(key)}><kbd>{key.toUpperCase()}</kbd>{label}</Button></li>
        ))}
      </ul>
    </div>
  );
}

/** What the protocol proposes, and why. */
function Proposal({ outcome: { priority, filiere, motive, reason, advice, answer } }: { outcome: Outcome }) {
  return (
    <div className={css.proposal} data-priority={priority}>
      <p className={css.verdict}><PriorityMark priority={priority} large /> <strong>{filiereWords[filiere]}</strong> <span>{motive.label}</span></p>
      {reason && <p>{reason}</p>}
      {advice.length > 0 && <><h4>À dire</h4><ol className={css.advice}>{advice.map((line) => <li key={line}>{line}</li>)}</ol></>}
      {answer && <p><strong>Réponse prévue, à valider par un médecin</strong> <kbd>F3</kbd> : {answer}</p>}
      <p className={css.hint}>{priority === 'P0' ? <><kbd>F1</kbd> engage les moyens</> : <><kbd>Entrée</kbd> retient la proposition ; <kbd>F5</kbd> ou <kbd>F6</kbd> la retient et passe le dossier</>}</p>
    </div>
  );
}
