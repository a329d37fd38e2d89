import { cx } from '../../../../ui/class-names.ts';
import type { Priority } from '../../contract.ts';
import css from './priority-mark.module.css';
import { priorityWords } from './words.ts';

const shapes: Record<Priority, string> = {
  P0: '5,1 11,1 15,5 15,11 11,15 5,15 1,11 1,5',
  P1: '8,1.5 15,14.5 1,14.5',
  P2: '', P3: '', NR: '',
};

/** A priority as shape and word: P0 filled octagon, P1 triangle, P2 disc, P3 ring, NR dash. Colour only repeats it. */
export function PriorityMark({ priority, large = false }: { priority: Priority; large?: boolean }) {
  return (
    <span className={cx(css.mark, css[priority], large && css.large)} title={priorityWords[priority]}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {shapes[priority] && <polygon points={shapes[priority]} />}
        {priority === 'P2' && <circle cx="8" cy="8" r="6.5" />}
        {priority === 'P3' && <circle cx="8" cy="8" r="5.5" className={css.ring} />}
        {priority === 'NR' && <path d="M2 8h12" className={css.ring} />}
      </svg>
      {priority}
    </span>
  );
}
