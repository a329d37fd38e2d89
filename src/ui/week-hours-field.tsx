import { Button } from './button.tsx';
import { CrossIcon } from './icons.tsx';
import { TimeInput } from './time-field.tsx';
import { likeMonday, weekDays, type WeekRange, withRange } from './week-hours.ts';
import css from './week-hours-field.module.css';

/** The hours of a week, day by day; a day may have several ranges. `problem`: what is wrong with a range, by its place in `hours`. */
export function WeekHoursField({ label, hours, onChange, empty, problem = () => null }: {
  label: string; hours: readonly WeekRange[]; onChange: (hours: WeekRange[]) => void;
  /** What a day without any range means. */
  empty: string; problem?: (index: number) => string | null;
}) {
  const set = (at: number, change: Partial<WeekRange>) => onChange(hours.map((range, index) => (index === at ? { ...range, ...change } : range)));
  return (
    <fieldset className={css.week}>
      <legend>{label}</legend>
      {weekDays.map((name, index) => {
        const day = index + 1;
        const here = hours.flatMap((range, at) => (range.day === day ? [{ ...range, at }] : []));
        return (
          <div key={name} className={css.day} role="group" aria-label={name}>
            <span className={css.name}>{name}</span>
            <div className={css.ranges}>
              {here.length === 0 && <span className={css.soft}>{empty}</span>}
              {here.map(({ from, to, at }) => (
                <span key={at} className={css.range}>
                  <TimeInput label={`${name}, début`} value={from} isInvalid={problem(at) !== null} onChange={(next) => set(at, { from: next })} />
                  <span aria-hidden="true">–</span>
                  <TimeInput label={`${name}, fin`} value={to} isInvalid={problem(at) !== null} onChange={(next) => set(at, { to: next })} />
                  <Button small look="quiet" aria-label={`Enlever ${name} ${from}–${to}`} onPress={() => onChange(hours.filter((_, other) => other !== at))}><CrossIcon size={12} /></Button>
                  {problem(at) && <span className={css.wrong} role="alert">{problem(at)}</span>}
                </span>
              ))}
            </div>
            <Button small look="quiet" aria-label={`Ajouter une plage ${name}`} onPress={() => onChange(withRange(hours, day))}>+</Button>
          </div>
        );
      })}
      <div className={css.foot}>
        <Button small onPress={() => onChange(likeMonday(hours))}>Toute la semaine comme le lundi</Button>
        <span className={css.soft}>Une fin à 00:00 est minuit.</span>
      </div>
    </fieldset>
  );
}
