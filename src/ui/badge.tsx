import type { ReactNode } from 'react';
import { cx } from './class-names.ts';
import css from './badge.module.css';

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';

/** A state in one or two words. The word says it; `icon` and colour repeat it. */
export function Badge({ tone = 'neutral', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={cx(css.badge, css[tone])}>
      {icon}
      {children}
    </span>
  );
}

/** A message inside a page: what happened, what was kept, what to do. `live` also reads it aloud. */
export function Note({ tone = 'neutral', icon, title, live = false, children, action }: {
  tone?: Tone; icon?: ReactNode; title?: string; live?: boolean; children?: ReactNode; action?: ReactNode;
}) {
  return (
    <div className={cx(css.note, css[tone])} {...(live ? { role: tone === 'bad' ? 'alert' : 'status' } : {})}>
      {icon && <span className={css.icon}>{icon}</span>}
      <div className={css.words}>
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}
