import type { ReactNode } from 'react';
import css from './facts.module.css';

export type Fact = readonly [label: string, value: ReactNode];

/** What is known of one thing: a label, its value. Facts without a value are left out. */
export function Facts({ items }: { items: readonly (Fact | false | null)[] }) {
  return (
    <dl className={css.facts}>
      {items.map((item) => item && item[1] !== null && item[1] !== '' && (
        <div key={item[0]}>
          <dt>{item[0]}</dt>
          <dd>{item[1]}</dd>
        </div>
      ))}
    </dl>
  );
}
