import type { RateLine } from '../../contract-outcomes.ts';
import { percent, rateInWords } from './words.ts';
import css from './supervision.module.css';

const LEAST_TOP = 0.2;

const monthInWords = (month: string): string => Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 }).toLocaleString('fr-FR', { month: 'short', year: '2-digit' });

/** The rate of each month beside the reference; the table "Par mois" has the same figures. */
export function MonthsChart({ months, reference }: { months: readonly RateLine[]; reference: number }) {
  if (months.length === 0) return null;
  const top = Math.max(LEAST_TOP, ...months.map(({ rate }) => rate ?? 0));
  const height = (rate: number) => `${(rate / top) * 100}%`;
  return (
    <figure className={css.figure}>
      <figcaption className={css.caption}><h2>Taux d’absence par mois</h2><span className={css.soft}>trait : référence {percent(reference)}</span></figcaption>
      <div className={css.months} role="img" aria-label={months.map((line) => `${monthInWords(line.key)} : ${rateInWords(line)}`).join(' ; ')}>
        <span className={css.reference} style={{ bottom: height(reference) }} />
        {months.map((line) => (
          <div key={line.key} className={css.month}>
            <span className={css.rateWords}>{line.rate === null ? '—' : percent(line.rate)}</span>
            <span className={css.column} style={{ height: height(line.rate ?? 0) }} />
          </div>
        ))}
      </div>
      <div className={css.monthNames} aria-hidden="true">{months.map(({ key }) => <span key={key}>{monthInWords(key)}</span>)}</div>
    </figure>
  );
}
