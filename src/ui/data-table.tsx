import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button, ButtonLink } from './button.tsx';
import { cx } from './class-names.ts';
import { DownIcon, DownloadIcon, SortIcon, UpIcon } from './icons.tsx';
import { EmptyState, Loading } from './states.tsx';
import { filterRows, nextSort, sortRows, toCsv, type CellValue, type SortState } from './table-model.ts';
import { saveFile } from './save-file.ts';
import css from './data-table.module.css';

export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** What the column sorts, filters and exports. */
  readonly value: (row: Row) => CellValue;
  /** How a cell looks, when it is more than its value. */
  readonly render?: (row: Row) => ReactNode;
  readonly align?: 'start' | 'end';
  readonly sortable?: boolean;
  /** False: shown and filtered, never in the file that leaves the screen. */
  readonly exported?: boolean;
}

export interface DataTableProps<Row> {
  /** Read aloud as the table's name. */
  readonly label: string;
  /** Undefined while they are on their way. */
  readonly rows: readonly Row[] | undefined;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  /** `Enter`, or a click on the row. */
  readonly onOpen?: (row: Row) => void;
  readonly selectedKey?: string | null;
  readonly empty?: ReactNode;
  /** Given: the server sorts, and the rows are shown in the order received. */
  readonly sort?: SortState | null;
  readonly onSort?: (sort: SortState) => void;
  readonly initialSort?: SortState;
  /** Shows a box that filters the rows received. */
  readonly filterLabel?: string;
  /** Name of the file (without extension) of the rows shown; or the address where the server gives them all. */
  readonly exportName?: string;
  readonly exportHref?: string;
  /** Controls of the screen, left of the filter. */
  readonly tools?: ReactNode;
  /** Under the table: next page, total. */
  readonly footer?: ReactNode;
}

/**
 * A table to read and work in: headings sort, arrows go through the rows, `Enter` opens one. The row under the arrows stays
 * the same one when the rows change.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowKey, onOpen, selectedKey, empty, initialSort } = props;
  const [words, setWords] = useState('');
  const [ownSort, setOwnSort] = useState<SortState | null>(initialSort ?? null);
  const [current, setCurrent] = useState<string | null>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const filterId = useId();

  const sortedHere = props.onSort === undefined;
  const sort = sortedHere ? ownSort : (props.sort ?? null);
  const filtered = filterRows(rows ?? [], columns, words);
  const shown = sortedHere ? sortRows(filtered, columns, sort) : filtered;
  const reachable = shown.some((row) => rowKey(row) === current) ? current : shown[0] && rowKey(shown[0]);

  function onKeyDown(event: KeyboardEvent<HTMLTableSectionElement>) {
    const lines = [...body.current!.querySelectorAll<HTMLTableRowElement>('tr[data-key]')];
    const at = lines.indexOf(event.target as HTMLTableRowElement);
    if (at < 0) return;
    const goal = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (event.key === 'Enter' && onOpen) onOpen(shown[at]!);
    else if (goal === undefined) return;
    else lines[Math.min(Math.max(goal, 0), lines.length - 1)]?.focus();
    event.preventDefault();
  }

  return (
    <div className={css.table}>
      {(props.filterLabel || props.exportName || props.exportHref || props.tools) && (
        <div className={css.tools}>
          {props.tools}
          {props.filterLabel && (
            <div className={css.filter}>
              <label htmlFor={filterId}>{props.filterLabel}</label>
              <input id={filterId} type="search" value={words} onChange={(event) => setWords(event.target.value)} />
            </div>
          )}
          {words && <span role="status">{shown.length} sur {rows?.length ?? 0}</span>}
          <span className={css.space} />
          {props.exportHref && <ButtonLink href={props.exportHref} download small><DownloadIcon />Exporter (CSV)</ButtonLink>}
          {props.exportName && <Button small isDisabled={shown.length === 0} onPress={() => saveCsv(props.exportName!, toCsv(shown, columns.filter(({ exported }) => exported !== false)))}><DownloadIcon />Exporter (CSV)</Button>}
        </div>
      )}
      {/* A table wider than the screen scrolls sideways: it must be reachable to be scrolled with the keyboard. */}
      <div className={css.scroll} tabIndex={0} role="region" aria-label={label}>
        <table aria-label={label}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.id} scope="col" className={cx(column.align === 'end' && css.end)} {...ariaSort(sort, column.id)}>
                  {column.sortable === false ? column.label : (
                    <button type="button" className={css.sort} onClick={() => (props.onSort ?? setOwnSort)(nextSort(sort, column.id))}>
                      {column.label}
                      <SortMark sort={sort} column={column.id} />
                    </button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={onKeyDown}>
            {shown.map((row) => {
              const key = rowKey(row);
              return (
                <tr
                  key={key}
                  data-key={key}
                  tabIndex={key === reachable ? 0 : -1}
                  className={cx(onOpen && css.opens, key === selectedKey && css.selected)}
                  {...(selectedKey === undefined ? {} : { 'aria-current': key === selectedKey })}
                  onFocus={() => setCurrent(key)}
                  onClick={(event) => !(event.target as HTMLElement).closest('a, button') && onOpen?.(row)}
                >
                  {columns.map((column) => (
                    <td key={column.id} data-label={column.label} className={cx(column.align === 'end' && css.end)}>{column.render ? column.render(row) : column.value(row)}</td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
        {rows === undefined && <Loading lines={6} />}
        {rows?.length === 0 && (empty ?? <EmptyState title="Rien à montrer" />)}
        {rows && rows.length > 0 && shown.length === 0 && <EmptyState title="Aucune ligne ne contient ces mots" action={<Button onPress={() => setWords('')}>Effacer le filtre</Button>} />}
      </div>
      {props.footer && <div className={css.footer}>{props.footer}</div>}
    </div>
  );
}

function SortMark({ sort, column }: { sort: SortState | null; column: string }) {
  if (sort?.column !== column) return <SortIcon size={12} />;
  return sort.descending ? <DownIcon size={12} /> : <UpIcon size={12} />;
}

const ariaSort = (sort: SortState | null, column: string): { 'aria-sort'?: 'ascending' | 'descending' } =>
  sort?.column === column ? { 'aria-sort': sort.descending ? 'descending' : 'ascending' } : {};

const saveCsv = (name: string, text: string): void => saveFile(`${name}.csv`, 'text/csv', text);
