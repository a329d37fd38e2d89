import type { AnswerOf } from '../../../../ui/api.ts';
import type { routes } from '../../contract.ts';

export type Opening = AnswerOf<typeof routes.openings>['openings'][number];

/** Monday of the week of a day. */
export const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });

/** The seven days of a week, from its Monday. */
export const daysOf = (monday: Temporal.PlainDate): Temporal.PlainDate[] => Array.from({ length: 7 }, (_, days) => monday.add({ days }));

/** `Semaine du 16 au 22 novembre`, with the month of Monday when it is another one. */
export function weekInWords(monday: Temporal.PlainDate): string {
  const sunday = monday.add({ days: 6 });
  const month = (day: Temporal.PlainDate) => day.toLocaleString('fr-FR', { month: 'long' });
  const first = monday.day === 1 ? '1er' : String(monday.day);
  const start = monday.month === sunday.month ? first : `${first} ${month(monday)}`;
  return `Semaine du ${start} au ${sunday.day === 1 ? '1er' : sunday.day} ${month(sunday)}`;
}

/** The end of a slot, `HH:MM`; null without a start, or when it would fall on the next day. */
export function endOf(starts: string, minutes: number): string | null {
  const [hour, minute] = starts.split(':').map(Number);
  if (hour === undefined || minute === undefined) return null;
  const end = hour * 60 + minute + minutes;
  if (end >= 24 * 60) return null;
  return `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`;
}

/** Openings by day, each day's in their order; days without any are kept, empty. */
export function byDay(days: readonly Temporal.PlainDate[], openings: readonly Opening[]): { day: Temporal.PlainDate; openings: Opening[] }[] {
  return days.map((day) => ({
    day,
    openings: openings.filter((one) => one.day === day.toString()).sort((a, b) => (a.starts + a.ends < b.starts + b.ends ? -1 : 1)),
  }));
}

/** How many patients are oriented there, in words. */
export function takenInWords({ capacity, taken }: Pick<Opening, 'capacity' | 'taken'>): string {
  if (capacity === 1) return taken === 0 ? 'libre' : 'pris';
  if (taken === 0) return `${capacity} places libres`;
  return taken >= capacity ? `complet, ${capacity} patients` : `${taken} sur ${capacity} pris`;
}

/** The name of an account without its title, as the directory writes people. */
export const bareName = (displayName: string): string => displayName.replace(/^(dr|docteur|pr|professeur)\.?\s+/i, '').trim();
