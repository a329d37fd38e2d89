import { Button } from '../../../../ui/button.tsx';
import { CrossIcon } from '../../../../ui/icons.tsx';
import { TimeInput } from '../../../../ui/time-field.tsx';
import { dayNames, dayProblem, likeMonday, nextRange, withDay, type Range, type Week } from './hours.ts';
import css from './structures.module.css';

/** The hours of a week, day by day; a day may have several ranges. */
export function HoursEditor({ week, onChange }: { week: Week; onChange: (week: Week) => void }) {
  return (
    <fieldset className={css.hours}>
      <legend>Horaires</legend>
      {week.map((ranges, index) => <Day key={dayNames[index]} name={dayNames[index]!} ranges={ranges} onChange={(next) => onChange(withDay(week, index, next))} />)}
      {week[0]!.length > 0 && <div><Button small look="quiet" onPress={() => onChange(likeMonday(week))}>Comme le lundi jusqu’au vendredi</Button></div>}
    </fieldset>
  );
}

function Day({ name, ranges, onChange }: { name: string; ranges: readonly Range[]; onChange: (ranges: readonly Range[]) => void }) {
  const problem = dayProblem(ranges);
  const set = (at: number, change: Partial<Range>) => onChange(ranges.map((range, index) => (index === at ? { ...range, ...change } : range)));
  return (
    <div className={css.day} role="group" aria-label={name}>
      <span className={css.dayName}>{name}</span>
      <div className={css.ranges}>
        {ranges.length === 0 && <span className={css.soft}>fermé</span>}
        {ranges.map(({ from, to }, index) => (
          <span key={index} className={css.range}>
            <TimeInput label={`${name}, début`} value={from} isInvalid={problem !== null} onChange={(next) => set(index, { from: next })} />
            <span aria-hidden="true">–</span>
            <TimeInput label={`${name}, fin`} value={to} isInvalid={problem !== null} onChange={(next) => set(index, { to: next })} />
            <Button small look="quiet" aria-label={`Enlever ${name} ${from}–${to}`} onPress={() => onChange(ranges.filter((_, at) => at !== index))}><CrossIcon size={12} /></Button>
          </span>
        ))}
        {problem && <span className={css.wrong} role="alert">{problem}</span>}
      </div>
      <Button small look="quiet" aria-label={`Ajouter une plage ${name}`} onPress={() => onChange([...ranges, nextRange(ranges)])}>+</Button>
    </div>
  );
}
