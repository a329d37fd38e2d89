import { cx } from '../../../../ui/class-names.ts';
import { type Board, percent } from '../words.ts';
import css from './board.module.css';

/** The day since midnight, and how the room is staffed. */
export function DayFigures({ day, ratio, bilevel, target }: Pick<Board, 'day' | 'ratio' | 'bilevel'> & { target: number }) {
  const figures: [string, string, string?][] = [
    ['Taux d’accueil', percent(day.tauxAccueil)],
    ['QS30 du jour', percent(day.qs30), day.qs30 !== null && day.qs30 < target ? `sous la cible, ${percent(target)}` : undefined],
    ['Appels présentés', String(day.presented)], ['Décrochés', String(day.answered)],
    ['Abandons avant 10 s', String(day.abandonedLt10)], ['Abandons dès 10 s', String(day.abandonedGe10)],
    ['N1 : N2', `${ratio.n1} : ${ratio.n2}`, ratio.respected ? undefined : 'hors repère, 1 pour 2'],
    ['Second niveau', bilevel ? 'ouvert' : 'fermé'],
  ];
  return (
    <dl className={css.figures}>
      {figures.map(([label, value, warning]) => (
        <div key={label} className={cx(warning && css.below)}>
          <dt>{label}</dt>
          <dd>{value}{warning && <span className={css.target}>{warning}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
