import { isCode, isTest, type Sources, type Violation } from './layout.ts';
import { identifiersOf } from './rules.ts';
import { scan } from './scan.ts';

export const MAX_LINES = 400;

const REMINDER = /\b(?:TO[D]O|FIXM[E]|XX[X])\b/;
const PUT_ASIDE = /\b(?:test|it|describe|suite)\s*\.\s*(?:only|skip|todo)\b/g;

/** A word of the glossary and those that must not stand for it in identifiers. */
export interface GlossaryEntry {
  readonly word: string;
  readonly forbidden: readonly string[];
}

/** Reads the table of `docs/glossary.md`: word, definition, forbidden synonyms separated by commas. */
export function parseGlossary(markdown: string): GlossaryEntry[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [word = '', , forbidden = ''] = line.split('|').slice(1, -1);
      const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
      return { word: quoted(word).join(', '), forbidden: quoted(forbidden) };
    });
}

/** How this code base is written, besides its layout: size, nothing put off, nothing skipped, one word for one thing. */
export function conventionViolations(sources: Sources, glossary: readonly GlossaryEntry[]): Violation[] {
  return [...sources].flatMap(([path, source]) => {
    const lines = source.split('\n').length - 1;
    const tooLong = lines > MAX_LINES ? [`has ${lines} lines`] : [];
    const reminder = REMINDER.exec(source)?.[0];
    return [
      ...tooLong.map((what) => ({ rule: `at most ${MAX_LINES} lines`, file: path, what })),
      ...(reminder ? [{ rule: 'nothing is put off', file: path, what: `says ${reminder}` }] : []),
      ...(isCode(path) ? codeViolations(path, source, glossary) : []),
    ];
  });
}

function codeViolations(path: string, source: string, glossary: readonly GlossaryEntry[]): Violation[] {
  const { code } = scan(source);
  const aside = isTest(path) ? (code.match(PUT_ASIDE) ?? []) : [];
  return [
    ...aside.map((what) => ({ rule: 'no test is skipped or alone', file: path, what: `says ${what}` })),
    ...(path.startsWith('src/') && !path.startsWith('src/interop/') ? synonyms(path, code, glossary) : []),
  ];
}

/** `timeSlotId`, `TimeSlot` and `time_slot` all hold `time-slot`. */
const wordsOf = (identifier: string): string =>
  `-${identifier.replace(/([a-z\d])([A-Z])/g, '$1-$2').replaceAll('_', '-').toLowerCase()}-`;

function synonyms(path: string, code: string, glossary: readonly GlossaryEntry[]): Violation[] {
  return [...new Set(identifiersOf(code))].flatMap((identifier) => {
    const words = wordsOf(identifier);
    const entry = glossary.find(({ forbidden }) => forbidden.some((synonym) => words.includes(`-${synonym}-`) || words.includes(`-${synonym}s-`)));
    return entry ? [{ rule: 'one word for one thing', file: path, what: `${identifier}: say ${entry.word}` }] : [];
  });
}
