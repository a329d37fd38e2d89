import { PriorityMark } from '../../../../ui/priority-mark.tsx';
import { type DraftTree, type Next, priorities } from '../../contract.ts';
import { OutcomeCard } from '../parts.tsx';
import { questionName, questionsInOrder } from '../words.ts';
import css from './tree-reading.module.css';

/** The whole tree on paper: questions in the order of the calls, then what comes out of it, the most urgent first. */
export function TreeReading({ tree }: { tree: DraftTree }) {
  const rank = ({ priority }: { priority: (typeof priorities)[number] | null }) => (priority ? priorities.indexOf(priority) : priorities.length);
  return (
    <div className={css.reading}>
      <ol className={css.questions}>
        {questionsInOrder(tree).map(({ id, text, help, answers }) => (
          <li key={id} id={`question-${id}`}>
            <span className={css.number}>{questionName(tree, id)}</span>
            <div className={css.question}>
              <p><strong>{text}</strong></p>
              {help && <p className={css.help}>{help}</p>}
              <ul className={css.answers}>
                {answers.map(({ key, label, next }, index) => (
                  <li key={index}><kbd>{key}</kbd><span>{label}</span><span aria-hidden="true" className={css.arrow}>→</span><span className={css.next}>{next ? <NextWords tree={tree} next={next} /> : 'suite à choisir'}</span></li>
                ))}
              </ul>
            </div>
          </li>
        ))}
      </ol>
      <h2 className={css.heading}>Issues</h2>
      <div className={css.outcomes}>{tree.outcomes.toSorted((a, b) => rank(a) - rank(b)).map((outcome) => <OutcomeCard key={outcome.id} outcome={outcome} />)}</div>
    </div>
  );
}

function NextWords({ tree, next }: { tree: DraftTree; next: Next }) {
  if ('question' in next) return <a href={`#question-${next.question}`}>{questionName(tree, next.question)}</a>;
  const outcome = tree.outcomes.find(({ id }) => id === next.outcome);
  if (!outcome) return <>issue supprimée</>;
  return <>{outcome.priority && <PriorityMark priority={outcome.priority} />} {outcome.filiere} · {outcome.motive.label}</>;
}
