export type CellValue = string | number | null;

export interface SortState {
  readonly column: string;
  readonly descending: boolean;
}

interface Valued<Row> {
  readonly id: string;
  readonly label: string;
  readonly value: (row: Row) => CellValue;
}

/** Lower case without accents, so that `evrard` finds `Évrard`. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The rows of which some cell contains every word typed. */
export function filterRows<Row>(rows: readonly Row[], columns: readonly Valued<Row>[], words: string): readonly Row[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return rows;
  return rows.filter((row) => {
    const text = plain(columns.map((column) => column.value(row) ?? '').join(' '));
    return wanted.every((word) => text.includes(word));
  });
}

/** The rows in order of a column: numbers by size, words as a French reader sorts them, missing values last. Stable. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Valued<Row>[], sort: SortState | null): readonly Row[] {
  const column = columns.find(({ id }) => id === sort?.column);
  if (!sort || !column) return rows;
  const direction = sort.descending ? -1 : 1;
  return [...rows].sort((left, right) => {
    const [a, b] = [column.value(left), column.value(right)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === 'number' && typeof b === 'number') return (a - b) * direction;
    return String(a).localeCompare(String(b), 'fr', { numeric: true }) * direction;
  });
}

/** The rows as a CSV file that a French spreadsheet opens: BOM, semicolons, no text taken for a formula. */
export function toCsv<Row>(rows: readonly Row[], columns: readonly Valued<Row>[]): string {
  const lines = [columns.map(({ label }) => label), ...rows.map((row) => columns.map((column) => column.value(row)))];
  return `\uFEFF${lines.map((line) => line.map(csvCell).join(';')).join('\r\n')}\r\n`;
}

function csvCell(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value).replace('.', ',');
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What a click on a column's heading asks for: ascending, then descending, then ascending again. */
export const nextSort = (sort: SortState | null, column: string): SortState => ({
  column,
  descending: sort?.column === column ? !sort.descending : false,
});
