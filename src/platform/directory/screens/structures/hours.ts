import type { Structure } from '../../contract.ts';

export type Hours = Structure['hours'];

export interface Range {
  /** `HH:MM` */
  readonly from: string;
  readonly to: string;
}

/** The ranges of each day of the week, Monday first. */
export type Week = readonly (readonly Range[])[];

export const dayNames = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;
const short = dayNames.map((name) => `${name.slice(0, 3)}.`);

/** Hours by day, each day's in their order. */
export const weekOf = (hours: Hours): Week =>
  dayNames.map((_, index) => hours.filter(({ day }) => day === index + 1).map(({ from, to }) => ({ from, to })).sort((a, b) => (a.from < b.from ? -1 : 1)));

export const hoursOf = (week: Week): Hours => week.flatMap((ranges, index) => ranges.map(({ from, to }) => ({ day: index + 1, from, to })));

export const withDay = (week: Week, index: number, ranges: readonly Range[]): Week => week.map((before, at) => (at === index ? ranges : before));

/** Monday's ranges on every working day. */
export const likeMonday = (week: Week): Week => week.map((ranges, index) => (index > 0 && index < 5 ? week[0]! : ranges));

/** A range to propose after those of the day: the usual day, else the two hours that follow. */
export function nextRange(ranges: readonly Range[]): Range {
  const last = ranges.at(-1);
  if (!last) return { from: '08:00', to: '20:00' };
  const hour = Math.min(22, Number(last.to.slice(0, 2)) + 1);
  const at = (value: number) => `${String(value).padStart(2, '0')}:00`;
  return { from: at(hour), to: at(Math.min(23, hour + 2)) };
}

/** What is wrong with a day's ranges, in words. */
export function dayProblem(ranges: readonly Range[]): string | null {
  if (ranges.some(({ from, to }) => !from || !to)) return 'Donnez le début et la fin.';
  if (ranges.some(({ from, to }) => from >= to)) return 'La fin doit suivre le début.';
  const sorted = ranges.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.some(({ from }, index) => index > 0 && from < sorted[index - 1]!.to) ? 'Ces plages se chevauchent.' : null;
}

/** `lun. à ven. 08:00–20:00 ; sam. 08:00–12:00`: days that follow each other with the same ranges go together. */
export function hoursInWords(hours: Hours): string {
  const week = weekOf(hours).map((ranges) => ranges.map(({ from, to }) => `${from}–${to}`).join(' et '));
  const runs: { first: number; last: number; words: string }[] = [];
  week.forEach((words, index) => {
    const run = runs.at(-1);
    if (words === '') return;
    if (run && run.words === words && run.last === index - 1) run.last = index;
    else runs.push({ first: index, last: index, words });
  });
  return runs.map(({ first, last, words }) => `${first === last ? short[first] : last === first + 1 ? `${short[first]} et ${short[last]}` : first === 0 && last === 6 ? 'tous les jours' : `${short[first]} à ${short[last]}`} ${words}`).join(' ; ');
}
