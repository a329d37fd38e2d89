/** A range of hours of every week; day 1 is Monday, hours are `HH:MM`, an end of `00:00` is midnight. */
export interface WeekRange {
  readonly day: number;
  readonly from: string;
  readonly to: string;
}

export const weekDays = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;

/** The hours with every day like Monday. */
export const likeMonday = (hours: readonly WeekRange[]): WeekRange[] =>
  weekDays.flatMap((_, index) => hours.filter(({ day }) => day === 1).map((range) => ({ ...range, day: index + 1 })));

/** The hours with one more range that day: the whole day when it had none, else what follows its last one. */
export function withRange(hours: readonly WeekRange[], day: number): WeekRange[] {
  const last = hours.filter((range) => range.day === day).at(-1);
  return [...hours, last ? { day, from: last.to, to: '00:00' } : { day, from: '00:00', to: '00:00' }];
}

/** `lundi 08:00–20:00, samedi jour et nuit`; `empty` when there is none. */
export function hoursInWords(hours: readonly WeekRange[], empty: string): string {
  if (hours.length === 0) return empty;
  const words = ({ from, to }: WeekRange) => (from === '00:00' && ['00:00', '23:59', '24:00'].includes(to) ? 'jour et nuit' : `${from}–${to}`);
  const days = weekDays.map((_, index) => hours.filter(({ day }) => day === index + 1).map(words).sort().join(' et '));
  const runs: { first: number; last: number; told: string }[] = [];
  days.forEach((told, index) => {
    const run = runs.at(-1);
    if (run?.told === told) run.last = index;
    else runs.push({ first: index, last: index, told });
  });
  if (runs.length === 1) return days[0] === 'jour et nuit' ? 'jour et nuit' : `tous les jours ${days[0]}`;
  return runs.filter(({ told }) => told).map(({ first, last, told }) => `${first === last ? weekDays[first] : `${weekDays[first]} ${last - first > 1 ? 'au' : 'et'} ${weekDays[last]}`} ${told}`).join(', ');
}
