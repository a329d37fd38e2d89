import type { Dossier } from '../../contract.ts';

/** Those who write the medical part of a dossier; an OSNP reads it (ACT-05). */
export const clinicalRoles = ['arm', 'arm-coordonnateur', 'mru', 'mrg', 'medecin-specialise'] as const;

/** A closed dossier is completed by amendments only. */
export const isWritable = ({ state }: Pick<Dossier, 'state'>): boolean => !['CLOTURE', 'CLASSE', 'ARCHIVE'].includes(state);

/** Whole years between a birth date and a day; null when the date lies ahead. */
export function ageOn(birthDate: string, today: Temporal.PlainDate): number | null {
  const { years } = Temporal.PlainDate.from(birthDate).until(today, { largestUnit: 'year' });
  return Temporal.PlainDate.compare(birthDate, today) > 0 || years > 130 ? null : years;
}

/** An age as it is typed: null when left empty, undefined when it is none. */
export function readAge(words: string): number | null | undefined {
  if (words === '') return null;
  const years = /^(\d{1,3})\s*(?:ans?)?$/.exec(words)?.[1];
  return years !== undefined && Number(years) <= 130 ? Number(years) : undefined;
}
