import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { ModalityIcons, StateWords } from './opening-block.tsx';
import { byDay, dayInWords, daysOf, lookOf, openingInWords, type Holiday, type Opening } from './week.ts';
import css from './grid.module.css';

/** The week on a phone: a strip of days, and the day chosen as a list. */
export function DayView({ monday, day, openings, holidays, onDay, onOpen, onCreate }: {
  monday: Temporal.PlainDate; day: Temporal.PlainDate; openings: readonly Opening[]; holidays: readonly Holiday[];
  onDay: (day: Temporal.PlainDate) => void; onOpen: (opening: Opening) => void; onCreate: () => void;
}) {
  const days = byDay(daysOf(monday), openings);
  const chosen = days.find((one) => one.day.equals(day)) ?? days[0]!;
  const holiday = holidays.find((one) => one.day === chosen.day.toString());
  return (
    <div className={css.phone}>
      <div className={css.days} role="group" aria-label="Jour">
        {days.map(({ day: one, openings: own }) => (
          <button key={one.toString()} type="button" className={css.dayTab} aria-pressed={one.equals(chosen.day)} aria-label={`${dayInWords(one)}, ${own.length === 0 ? 'rien' : `${own.length} disponibilité${own.length > 1 ? 's' : ''}`}`} onClick={() => onDay(one)}>
            <span>{one.toLocaleString('fr-FR', { weekday: 'narrow' })}</span>
            <strong>{one.day}</strong>
            <small>{own.length || '·'}</small>
          </button>
        ))}
      </div>
      <div className={css.dayHead}>
        <h3>{dayInWords(chosen.day)}</h3>
        {holiday && <span>Férié : {holiday.name}</span>}
      </div>
      {chosen.openings.length === 0 ? <p>Rien n’est déclaré ce jour-là.</p> : (
        <ul className={css.cards}>
          {chosen.openings.map((opening) => (
            <li key={opening.id}>
              <button type="button" className={cx(css.block, css[lookOf(opening)])} aria-label={openingInWords(opening)} onClick={() => onOpen(opening)}>
                <strong>{opening.starts}–{opening.ends}{opening.seriesId && <span aria-hidden="true"> ↻ chaque semaine</span>}</strong>
                <span className={css.line}><ModalityIcons modalities={opening.modalities} /><StateWords opening={opening} /></span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button look="main" wide onPress={onCreate}>Créer des disponibilités</Button>
    </div>
  );
}
