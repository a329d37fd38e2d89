import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import type { WeekVerdict } from '../../contract.ts';
import { hoursOf, weekName, weekState } from '../words.ts';
import css from '../participation.module.css';

const BAR = 10;
const GAP = 3;
const HEIGHT = 60;
/** A vendor's week has no hours: it is drawn as high as what is owed. */
const heightOf = ({ uploaded, shownMinutes, dueMinutes }: WeekVerdict): number => (uploaded ? Math.max(dueMinutes, shownMinutes) : shownMinutes);

/** The weeks of a year as bars against what is owed, and the same in a table. */
export function YearFigure({ weeks, year }: { weeks: readonly WeekVerdict[]; year: number }) {
  const [figures, setFigures] = useState(false);
  const due = Math.max(...weeks.map(({ dueMinutes }) => dueMinutes), 1);
  const top = Math.max(...weeks.map(heightOf), due * 1.25);
  const y = (minutes: number) => HEIGHT - (minutes / top) * HEIGHT;
  const count = (status: WeekVerdict['status']) => weeks.filter((week) => week.status === status).length;
  return (
    <figure className={css.figure}>
      <svg className={css.bars} viewBox={`0 0 ${weeks.length * (BAR + GAP)} ${HEIGHT}`} preserveAspectRatio="none" role="img"
        aria-label={`Année ${year} : ${count('met')} semaines tenues, ${count('missing')} manquantes ou à compléter, ${count('future')} à venir`}>
        {weeks.map((week, at) => (
          <rect key={week.key} x={at * (BAR + GAP)} width={BAR} y={Math.min(y(heightOf(week)), HEIGHT - 2)} height={Math.max(2, HEIGHT - y(heightOf(week)))}
            data-tone={week.status === 'not-applicable' ? undefined : weekState(week).tone}>
            <title>{`${weekName(week.monday)} : ${weekState(week).words}, ${hoursOf(week.shownMinutes)}`}</title>
          </rect>
        ))}
        <line x1={0} x2={weeks.length * (BAR + GAP)} y1={y(due)} y2={y(due)} />
      </svg>
      <figcaption className={css.caption}>
        <span>Heures visibles par semaine, de janvier à décembre. Le trait : {hoursOf(due)} dues.</span>
        <Button small aria-expanded={figures} onPress={() => setFigures(!figures)}>{figures ? 'Masquer les chiffres' : 'Voir les chiffres'}</Button>
      </figcaption>
      {figures && <Figures weeks={weeks} />}
    </figure>
  );
}

function Figures({ weeks }: { weeks: readonly WeekVerdict[] }) {
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label="Semaine par semaine">
      <table className={css.table}>
        <thead><tr><th scope="col">Semaine</th><th scope="col">État</th><th scope="col" className={css.end}>Visibles</th><th scope="col" className={css.end}>Dues</th></tr></thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.key}>
              <th scope="row">{weekName(week.monday)}</th><td>{weekState(week).words}</td>
              <td className={css.end}>{week.uploaded ? 'logiciel' : hoursOf(week.shownMinutes)}</td><td className={css.end}>{hoursOf(week.dueMinutes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
