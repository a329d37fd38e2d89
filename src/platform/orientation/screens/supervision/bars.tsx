import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { DataTable } from '../../../../ui/data-table.tsx';
import { percent } from './words.ts';
import css from './supervision.module.css';

export interface BarLine {
  readonly key: string;
  readonly label: string;
  readonly count: number;
}

/** How many of each, as bars on one scale, and the same figures as a table. */
export function Bars({ title, lines, total }: { title: string; lines: readonly BarLine[]; total: number }) {
  const [figures, setFigures] = useState(false);
  const most = Math.max(1, ...lines.map(({ count }) => count));
  const share = (count: number) => (total === 0 ? 0 : count / total);
  return (
    <figure className={css.figure}>
      <figcaption className={css.caption}>
        <h2>{title}</h2>
        {lines.length > 0 && <Button small look="quiet" aria-pressed={figures} onPress={() => setFigures(!figures)}>{figures ? 'Voir le dessin' : 'Voir le tableau'}</Button>}
      </figcaption>
      {lines.length === 0 && <p className={css.soft}>Rien dans cette période.</p>}
      {!figures && (
        <ul className={css.bars}>
          {lines.map(({ key, label, count }) => (
            <li key={key}>
              <span className={css.label}>{label}</span>
              <span className={css.track} aria-hidden="true"><span style={{ width: `${(count / most) * 100}%` }} /></span>
              <span className={css.value}>{count.toLocaleString('fr-FR')}<span className={css.soft}> · {percent(share(count))}</span></span>
            </li>
          ))}
        </ul>
      )}
      {figures && (
        <DataTable
          label={title}
          rows={lines}
          columns={[
            { id: 'label', label: title, value: ({ label }) => label },
            { id: 'count', label: 'Nombre', align: 'end', value: ({ count }) => count },
            { id: 'share', label: 'Part', align: 'end', value: ({ count }) => share(count), render: ({ count }) => percent(share(count)) },
          ]}
          rowKey={({ key }) => key}
          exportName="suivi"
        />
      )}
    </figure>
  );
}
