import { toCsv } from '../../../ui/table-model.ts';
import type { PersonalDataView } from '../../contract.ts';

type Section = PersonalDataView['sections'][number];

/** A value as people read it: instants by the watch of the place. */
export function inWords(value: string | number | null, zone: string): string {
  if (value === null || value === '') return '—';
  if (typeof value === 'number' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value)) return String(value);
  return Temporal.Instant.from(value).toZonedDateTimeISO(zone).toLocaleString('fr-FR', { dateStyle: 'short', timeStyle: 'short' });
}

/** The columns of a section, in the order they come. */
export const columnsOf = ({ rows }: Section): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];

/** Everything in one table that a spreadsheet opens: the part, the row, the name, the value. */
export function asCsv({ sections }: PersonalDataView): string {
  const lines = sections.flatMap(({ title, rows }) =>
    rows.flatMap((row, index) => Object.entries(row).map(([name, value]) => ({ title, row: index + 1, name, value: value === null ? '' : String(value) }))));
  return toCsv(lines, [
    { id: 'title', label: 'Partie', value: ({ title }) => title }, { id: 'row', label: 'Ligne', value: ({ row }) => row },
    { id: 'name', label: 'Donnée', value: ({ name }) => name }, { id: 'value', label: 'Valeur', value: ({ value }) => value },
  ]);
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** A page that opens anywhere, without the application. */
export function asHtml(data: PersonalDataView, zone: string): string {
  const table = (section: Section) => {
    if (section.rows.length === 0) return '<p>Rien.</p>';
    const columns = columnsOf(section);
    const cells = (values: readonly string[], tag: string) => `<tr>${values.map((value) => `<${tag}>${escaped(value)}</${tag}>`).join('')}</tr>`;
    return `<table><thead>${cells(columns, 'th')}</thead><tbody>${section.rows.map((row) => cells(columns.map((name) => inWords(row[name] ?? null, zone)), 'td')).join('')}</tbody></table>`;
  };
  const sections = data.sections.map((section) => `<h2>${escaped(section.title)}</h2>${table(section)}`).join('');
  return `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Mes données</title><style>body{font:15px system-ui;margin:2rem}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:4px 8px;text-align:left}</style>` +
    `<h1>Données gardées par le SAS sur ${escaped(data.name)}</h1><p>Le ${escaped(inWords(data.at, zone))}</p>${sections}</html>`;
}
