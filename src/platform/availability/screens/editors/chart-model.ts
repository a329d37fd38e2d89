/** One source of slots over consecutive days. */
export interface Series {
  readonly source: string;
  readonly label: string;
  readonly values: readonly number[];
  readonly total: number;
}

export interface SlotsChart {
  /** Consecutive days, oldest first. */
  readonly days: readonly string[];
  /** The platform's own agenda first, then the sources with the most slots. */
  readonly series: readonly Series[];
  /** The tallest value of all, at least 1: every source is drawn on the same scale. */
  readonly max: number;
}

const PLATFORM = 'platform';

/** The slots a day by source as equal series: a day without slots counts 0. */
export function slotsChart(counts: readonly { readonly day: string; readonly source: string; readonly slots: number }[]): SlotsChart {
  const sorted = counts.map(({ day }) => day).sort();
  if (sorted.length === 0) return { days: [], series: [], max: 1 };
  const days = daysBetween(sorted[0]!, sorted.at(-1)!);
  const series = [...Map.groupBy(counts, ({ source }) => source)].map(([source, own]): Series => {
    const values = days.map((day) => own.filter((one) => one.day === day).reduce((sum, { slots }) => sum + slots, 0));
    return { source, label: source === PLATFORM ? 'Agenda du SAS' : source, values, total: values.reduce((sum, value) => sum + value, 0) };
  });
  series.sort((a, b) => Number(b.source === PLATFORM) - Number(a.source === PLATFORM) || b.total - a.total || a.label.localeCompare(b.label, 'fr'));
  return { days, series, max: Math.max(1, ...series.flatMap(({ values }) => values)) };
}

function daysBetween(first: string, last: string): string[] {
  const from = Temporal.PlainDate.from(first);
  const { days } = from.until(last, { largestUnit: 'day' });
  return Array.from({ length: days + 1 }, (_, offset) => from.add({ days: offset }).toString());
}

/** `lun. 17`: a day under its bar. */
export const dayLabel = (day: string): string => Temporal.PlainDate.from(day).toLocaleString('fr-FR', { weekday: 'short', day: 'numeric' });

export const isWeekend = (day: string): boolean => Temporal.PlainDate.from(day).dayOfWeek > 5;
