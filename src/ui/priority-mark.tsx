import { cx } from './class-names.ts';
import css from './priority-mark.module.css';

const shapes = {
  P0: <polygon points="5,1 11,1 15,5 15,11 11,15 5,15 1,11 1,5" />,
  P1: <polygon points="8,1.5 15,14.5 1,14.5" />,
  P2: <circle cx="8" cy="8" r="6.5" />,
  P3: <circle cx="8" cy="8" r="5.5" className={css.ring} />,
  NR: <path d="M2 8h12" className={css.ring} />,
} as const;

/** A rank from P0 to P3, or NR, as shape and word: filled octagon, triangle, disc, ring, dash. Colour only repeats it. */
export function PriorityMark({ priority, title, large = false }: { priority: keyof typeof shapes; title?: string; large?: boolean }) {
  return (
    <span className={cx(css.mark, css[priority], large && css.large)} title={title}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">{shapes[priority]}</svg>
      {priority}
    </span>
  );
}
