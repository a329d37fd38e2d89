import type { holidaySets } from '../contract.ts';

export type HolidaySet = (typeof holidaySets)[number];

/** A day of the Gregorian calendar, as `MM-DD`, or a number of days after Easter Sunday. */
interface HolidayRule {
  readonly name: string;
  readonly on: string | { readonly afterEaster: number };
}

/** Code du travail, article L3133-1. */
const national: readonly HolidayRule[] = [
  { name: "Jour de l'an", on: '01-01' },
  { name: 'Lundi de Pâques', on: { afterEaster: 1 } },
  { name: 'Fête du travail', on: '05-01' },
  { name: 'Victoire de 1945', on: '05-08' },
  { name: 'Ascension', on: { afterEaster: 39 } },
  { name: 'Lundi de Pentecôte', on: { afterEaster: 50 } },
  { name: 'Fête nationale', on: '07-14' },
  { name: 'Assomption', on: '08-15' },
  { name: 'Toussaint', on: '11-01' },
  { name: 'Armistice de 1918', on: '11-11' },
  { name: 'Noël', on: '12-25' },
];

/**
 * What each set adds. Alsace-Moselle: Code du travail, article L3134-13. Overseas: commemoration of the abolition of
 * slavery, law of 30 June 1983 and decree 2012-553. Good Friday in the West Indies is a custom, not in these texts.
 */
const additions: Record<HolidaySet, readonly HolidayRule[]> = {
  metropole: [],
  'alsace-moselle': [
    { name: 'Vendredi saint', on: { afterEaster: -2 } },
    { name: 'Saint-Étienne', on: '12-26' },
  ],
  guadeloupe: [{ name: "Abolition de l'esclavage", on: '05-27' }],
  martinique: [{ name: "Abolition de l'esclavage", on: '05-22' }],
  guyane: [{ name: "Abolition de l'esclavage", on: '06-10' }],
  reunion: [{ name: "Abolition de l'esclavage", on: '12-20' }],
  mayotte: [{ name: "Abolition de l'esclavage", on: '04-27' }],
};

/** Easter Sunday of a Gregorian year (algorithm of Meeus, Jones and Butcher). */
export function easter(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return new Temporal.PlainDate(year, Math.floor(sum / 31), (sum % 31) + 1);
}

const cache = new Map<string, ReadonlyMap<string, string>>();

/** The public holidays of a year: name by `YYYY-MM-DD`, in the order of the calendar. */
export function holidaysOf(year: number, set: HolidaySet): ReadonlyMap<string, string> {
  const key = `${year}/${set}`;
  const known = cache.get(key);
  if (known) return known;
  const sunday = easter(year);
  const dated = [...national, ...additions[set]].map(({ name, on }): [string, string] => [
    typeof on === 'string' ? `${String(year).padStart(4, '0')}-${on}` : sunday.add({ days: on.afterEaster }).toString(),
    name,
  ]);
  // Two holidays may fall on one day (Ascension on 1 May in 2008): the first one found gives its name.
  const holidays = new Map<string, string>();
  for (const [date, name] of dated.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    if (!holidays.has(date)) holidays.set(date, name);
  }
  cache.set(key, holidays);
  return holidays;
}

/** The name of the public holiday, or null on an ordinary day. */
export const holidayName = (date: Temporal.PlainDate, set: HolidaySet): string | null =>
  holidaysOf(date.year, set).get(date.toString()) ?? null;
