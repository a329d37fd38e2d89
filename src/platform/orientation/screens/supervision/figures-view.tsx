import type { AnswerOf } from '../../../../ui/api.ts';
import { lateReasons, skipReasons } from '../../contract.ts';
import { channelInWords, outcomeFamilies, type routes } from '../../contract-outcomes.ts';
import { Bars } from './bars.tsx';
import { againstReference, kilometres, levelInWords, minutesInWords, percent, rateInWords } from './words.ts';
import css from './supervision.module.css';

export type Summary = AnswerOf<typeof routes.followUpSummary>;

const reasonsIn = (words: Readonly<Record<string, string>>, counts: Summary['lateReasons']) => counts.map(({ key, count }) => ({ key, label: words[key] ?? key, count }));
const sum = (counts: readonly { count: number }[]) => counts.reduce((total, { count }) => total + count, 0);

/** Totals, medians, and how the orientations share out. */
export function FiguresView({ summary }: { summary: Summary }) {
  const { total, beyond48h, medians, absence } = summary;
  const within = total === 0 ? '—' : percent((total - beyond48h) / total);
  const headline: readonly (readonly [string, string, string])[] = [
    ['Orientations', total.toLocaleString('fr-FR'), `${beyond48h.toLocaleString('fr-FR')} au-delà de 48 h`],
    ['Dans les 48 h', within, 'part des orientations'],
    ['Délai depuis la régulation', minutesInWords(medians.minutesFromRegulation), 'médiane, de la recherche au rendez-vous'],
    ['Délai depuis la réservation', minutesInWords(medians.minutesFromBooking), 'médiane'],
    ['Distance', kilometres(medians.distanceM), 'médiane'],
    ['Absences', rateInWords(absence.overall), againstReference(absence.overall, absence.reference) ?? `moins de ${absence.minimum} suites dites`],
  ];
  return (
    <div className={css.stack}>
      <dl className={css.headline}>
        {headline.map(([label, value, detail]) => (
          <div key={label}><dt>{label}</dt><dd>{value}</dd><dd className={css.soft}>{detail}</dd></div>
        ))}
      </dl>
      <div className={css.grid}>
        <Bars title="Suites" total={total} lines={summary.byOutcome.filter(({ count }) => count > 0).map(({ key, count }) => ({ key, label: outcomeFamilies[key].label, count }))} />
        <Bars title="Canaux" total={total} lines={summary.byChannel.map(({ key, count }) => ({ key, label: channelInWords(key), count }))} />
        <Bars title="Niveaux de la charte" total={sum(summary.byLevel)} lines={summary.byLevel.map(({ key, count }) => ({ key, label: levelInWords(key), count }))} />
        <Bars title="Niveaux passés, et pourquoi" total={sum(summary.skipReasons)} lines={reasonsIn(skipReasons, summary.skipReasons)} />
        <Bars title="Au-delà de 48 h, et pourquoi" total={sum(summary.lateReasons)} lines={reasonsIn(lateReasons, summary.lateReasons)} />
      </div>
    </div>
  );
}
