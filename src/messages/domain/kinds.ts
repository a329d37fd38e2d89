import { z } from 'zod';

/**
 * What a template may be filled with. No kind takes free text: a sentence that somebody typed finds no parameter that accepts
 * it, so that no message can carry what a patient said.
 */
export interface Kind<Value extends string | number = string | number> {
  readonly schema: z.ZodType<Value>;
  /** How people read it. */
  readonly show: (value: Value, siteUrl: string) => string;
  /** Said in place of a label that is not of this kind; without it, such a value is refused. */
  readonly otherwise?: string;
}

const kind = <Value extends string | number>(schema: z.ZodType<Value>, show: Kind<Value>['show'], otherwise?: string): Kind<Value> => ({ schema, show, otherwise });
const asItIs = (value: string) => value;

/** Words that a name or an address may hold without a capital. */
const particles = "d de des du l la le les s van von der den el al ben da dos di dit et";
const addressWords = `à allée allées aux au avenue bâtiment bis boulevard bourg chaussée chemin cité clos cours cour des domaine en esplanade étage face faubourg
  grande hameau hôpital impasse lès lez lieu lotissement mail montée parc parvis passage petite place pont porte promenade quai résidence rond route rue ruelle sentier sous square
  sur ter traverse venelle villa voie zone`;
const structureWords = `association cabinet centre communauté dentaire femmes fictif fictive fixe garde général générale hospitalier infirmier kinésithérapie maison médecine médecins médical médicale pharmacie
  pluridisciplinaire pluriprofessionnel pluriprofessionnelle point pôle professionnelle programmés sages santé service soins non territoriale urgences`;
const setOf = (...lists: readonly string[]) => new Set(lists.join(' ').split(/\s+/));

/** True for a label whose every word is a number, has a capital, or is one of the small words of such labels. */
function isLabel(text: string, smallWords: ReadonlySet<string>, mostWords: number): boolean {
  const words = text.split(/[\s\-–'’/.,()&°]+/).filter(Boolean);
  const known = (word: string) => /^\p{Lu}[\p{L}\p{M}]*$/u.test(word) || /^\d{1,5}[A-Za-z]?$/.test(word) || smallWords.has(word);
  return words.length > 0 && words.length <= mostWords && words.every(known) && words.some((word) => !smallWords.has(word));
}

const label = (longest: number, mostWords: number, ...small: readonly string[]) => {
  const smallWords = setOf(...small);
  return z.string().max(longest).regex(/^[\p{L}\p{M}\d \-–'’/.,()&°]+$/u, 'un nom est attendu').refine((text) => isLabel(text, smallWords, mostWords), 'un nom est attendu, pas une phrase');
};

const calendarDay = z.iso.date();
const wallClock = z.iso.datetime({ local: true, precision: -1 }).regex(/^[^Z]*$/);

export const showDay = (day: string): string =>
  Temporal.PlainDate.from(day).toLocaleString('fr-FR', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const showHour = (hour: string): string => hour.replace(/^0/, '').replace(':', ' h ').replace(/ 00$/, '');

/** Monday of an ISO week written `2026-W03`. */
function mondayOf(week: string): Temporal.PlainDate {
  const [year, number] = week.split('-W').map(Number);
  const fourth = Temporal.PlainDate.from({ year: year!, month: 1, day: 4 });
  return fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: number! - 1 });
}

function showMinutes(minutes: number): string {
  const rest = minutes % 60;
  if (minutes > 0 && minutes < 60) return `${minutes} min`;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${String(rest).padStart(2, '0')}`;
}

/** `+33549000011` and `0549000011` give `05 49 00 00 11`. */
const showPhone = (phone: string): string => {
  const national = phone.replace(/ /g, '').replace(/^\+33(?=\d{9}$)/, '0');
  return /^0\d{9}$/.test(national) ? national.replace(/(\d\d)(?=\d)/g, '$1 ') : phone;
};

/** A short label of one of our own lists: its code is the value, its words are what people read. */
export const choice = <const Code extends string>(words: Readonly<Record<Code, string>>): Kind<Code> =>
  kind(z.enum(Object.keys(words) as [Code, ...Code[]]), (code) => words[code]);

export const kinds = {
  /** Display name of somebody. */
  person: kind(label(80, 7, particles), asItIs, 'un professionnel du SAS'),
  /** Name of a structure or of a place, or an address. */
  label: kind(label(140, 20, particles, addressWords, structureWords), asItIs, 'lieu indiqué sur le site'),
  day: kind(calendarDay, showDay),
  /** Wall-clock hour, `10:30`. */
  hour: kind(z.iso.time({ precision: -1 }), showHour),
  /** Wall-clock day and hour, `2026-01-13T10:30`. */
  moment: kind(wallClock, (moment) => `${showDay(moment.slice(0, 10))} à ${showHour(moment.slice(11))}`),
  /** ISO week, `2026-W03`. */
  week: kind(z.string().regex(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/), (week) => `semaine du ${showDay(mondayOf(week).toString())}`),
  count: kind(z.number().int().min(0).max(9_999), String),
  /** A length of time, in minutes. */
  minutes: kind(z.number().int().min(0).max(10_080), showMinutes),
  phone: kind(z.string().max(20).regex(/^\+?\d[\d ]{1,18}$/), showPhone),
  /** A page of our own site: its path. What must reach no server stands in the fragment. */
  link: kind(z.string().max(300).regex(/^\/(?!\/)[\w\-./]*(\?[\w\-.=&~]*)?(#[\w-]*)?$/), (path, siteUrl) => `${siteUrl}${path}`),
} as const;
