import { parse } from 'csv-parse/sync';
import { invalid } from '../../../foundation/errors.ts';
import { listColumns, type ListedEffector, readListLine } from '../domain/inventory.ts';

export interface ReadList {
  readonly lines: number;
  readonly effectors: readonly ListedEffector[];
  readonly rejected: readonly { line: number; reason: string }[];
}

/** Other names that lists give to the columns. */
const synonyms: Readonly<Record<string, (typeof listColumns)[number]>> = {
  rpps: 'identifiant', adeli: 'identifiant', 'identifiant national': 'identifiant', 'modele agenda': 'modele', agenda: 'modele', ville: 'commune', 'date convention': 'date_convention',
};
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
const nameOf = (heading: string): string => synonyms[plain(heading)] ?? plain(heading).replace(/\s/g, '_');

/** One line at a time, so that a quote left open spoils its own line only; null when it cannot be read. */
function cellsOf(line: string, delimiter: string): string[] | null {
  try {
    const [cells] = parse(line, { delimiter, trim: true, relax_column_count: true });
    return cells ?? null;
  } catch {
    return null;
  }
}

/**
 * Reads a list of effectors: headings then lines, separated by semicolons or commas. A line that cannot be read is told with
 * its number and the others are kept. @throws invalid `list-unreadable`
 */
export function readList(content: string): ReadList {
  const [heading = '', ...lines] = content.replace(/^\uFEFF/, '').split(/\r?\n/);
  const delimiter = heading.includes(';') ? ';' : ',';
  const columns = (cellsOf(heading, delimiter) ?? []).map(nameOf);
  if (!columns.includes('identifiant')) {
    throw invalid('list-unreadable', `La première ligne doit nommer les colonnes, dont « identifiant » ou « rpps ». Colonnes reconnues : ${listColumns.join(', ')}. Rien n'a été importé.`);
  }
  const rejected: { line: number; reason: string }[] = [];
  const found = new Map<string, { line: number; effector: ListedEffector }>();
  const written = lines.map((text, at) => ({ text, line: at + 2 })).filter(({ text }) => text.trim() !== '');
  for (const { text, line } of written) {
    const cells = cellsOf(text, delimiter);
    const read = cells ? readListLine(Object.fromEntries(columns.map((column, at) => [column, cells[at]]))) : { problem: 'un guillemet reste ouvert' };
    if ('problem' in read) rejected.push({ line, reason: read.problem });
    else if (found.has(read.nationalId)) rejected.push({ line, reason: `${read.nationalId} est déjà à la ligne ${found.get(read.nationalId)!.line}` });
    else found.set(read.nationalId, { line, effector: read });
  }
  return { lines: written.length, effectors: [...found.values()].map(({ effector }) => effector), rejected };
}
