import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

/** A file that French spreadsheets open: BOM, `;`, formulas made harmless; written as its lines come. */
export function csvOf(header: readonly string[], lines: AsyncIterable<readonly string[]>): Readable {
  const csv = stringify({ header: true, columns: [...header], delimiter: ';', bom: true, escape_formulas: true });
  const source = Readable.from(lines);
  source.on('error', (error) => csv.destroy(error));
  csv.on('close', () => source.destroy());
  return source.pipe(csv);
}
