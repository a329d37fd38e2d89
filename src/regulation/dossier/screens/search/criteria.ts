/** What a search of dossiers sends. */
export interface Asked {
  readonly q?: string;
  readonly birthDate?: string;
}

/** Fewer signs than this find everything, that is nothing. */
const SHORTEST = 2;

/**
 * What the words of one line ask for: a number of dossier, a name, a telephone, or a birth date as people write it
 * (`12/03/1956`), which may stand beside a name. Null: not enough to search.
 */
export function readWords(words: string): Asked | null {
  const date = /\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b/.exec(words);
  const rest = (date ? words.replace(date[0], ' ') : words).replace(/\s+/g, ' ').trim();
  const birthDate = date && isoDate(Number(date[3]), Number(date[2]), Number(date[1]));
  if (date && !birthDate) return null;
  const q = rest.length >= SHORTEST ? { q: rest } : {};
  return birthDate ? { ...q, birthDate } : 'q' in q ? q : null;
}

function isoDate(year: number, month: number, day: number): string | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
