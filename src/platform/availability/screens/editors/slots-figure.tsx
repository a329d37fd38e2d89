import { useMemo, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { EmptyState } from '../../../../ui/states.tsx';
import { dayLabel, isWeekend, slotsChart, type SlotsChart } from './chart-model.ts';
import css from './slots-figure.module.css';

const BAR = 20;
const GAP = 4;
const HEIGHT = 44;
const count = (value: number) => value.toLocaleString('fr-FR');

/** Slots a day by source (AGR-16): one strip of bars a source on a common scale, and the same figures as a table. */
export function SlotsFigure({ counts }: { counts: readonly { day: string; source: string; slots: number }[] }) {
  const chart = useMemo(() => slotsChart(counts), [counts]);
  const [figures, setFigures] = useState(false);
  if (chart.series.length === 0) {
    return <EmptyState title="Aucun créneau compté pour l’instant"><p>Les créneaux reçus se comptent au fil des recherches.</p></EmptyState>;
  }
  return (
    <figure className={css.figure}>
      <div className={css.strips} aria-hidden={figures}>{!figures && chart.series.map((_, at) => <Strip key={chart.series[at]!.source} chart={chart} at={at} />)}</div>
      {!figures && <Axis chart={chart} />}
      {figures && <Figures chart={chart} />}
      <figcaption className={css.caption}>
        <span>Créneaux reçus par jour, même échelle pour toutes les sources (au plus {count(chart.max)}). Les fins de semaine sont estompées.</span>
        <Button small aria-pressed={figures} onPress={() => setFigures(!figures)}>{figures ? 'Voir le dessin' : 'Voir les chiffres'}</Button>
      </figcaption>
    </figure>
  );
}

function Strip({ chart: { days, series, max }, at }: { chart: SlotsChart; at: number }) {
  const { label, values, total } = series[at]!;
  return (
    <div className={css.strip}>
      <span className={css.label}>{label}</span>
      <svg
        className={css.bars}
        viewBox={`0 0 ${days.length * (BAR + GAP) - GAP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label} : ${count(total)} créneaux en ${days.length} jours, ${count(values.at(-1)!)} le dernier jour`}
      >
        {values.map((value, day) => {
          const height = value === 0 ? 1 : Math.max(2, (value / max) * (HEIGHT - 2));
          return (
            <rect key={days[day]} x={day * (BAR + GAP)} y={HEIGHT - height} width={BAR} height={height} className={cx(css.bar, isWeekend(days[day]!) && css.weekend, value === 0 && css.none)}>
              <title>{`${dayLabel(days[day]!)} : ${count(value)}`}</title>
            </rect>
          );
        })}
      </svg>
      <span className={css.total}>{count(total)}</span>
    </div>
  );
}

function Axis({ chart: { days } }: { chart: SlotsChart }) {
  return (
    <div className={css.strip} aria-hidden="true">
      <span />
      <div className={css.axis}><span>{dayLabel(days[0]!)}</span>{days.length > 2 && <span>{dayLabel(days[Math.floor(days.length / 2)]!)}</span>}{days.length > 1 && <span>{dayLabel(days.at(-1)!)}</span>}</div>
      <span className={css.total}>total</span>
    </div>
  );
}

function Figures({ chart: { days, series } }: { chart: SlotsChart }) {
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label="Créneaux par jour et par source">
      <table className={css.table}>
        <thead><tr><th scope="col">Jour</th>{series.map(({ source, label }) => <th key={source} scope="col">{label}</th>)}</tr></thead>
        <tbody>
          {days.map((day, at) => (
            <tr key={day}><th scope="row">{dayLabel(day)}</th>{series.map(({ source, values }) => <td key={source}>{count(values[at]!)}</td>)}</tr>
          ))}
        </tbody>
        <tfoot><tr><th scope="row">Total</th>{series.map(({ source, total }) => <td key={source}>{count(total)}</td>)}</tr></tfoot>
      </table>
    </div>
  );
}
