import { type Column, DataTable } from '../../../../ui/data-table.tsx';
import type { P0Entry } from '../../contract.ts';
import { meansWord } from '../words.ts';
import css from './p0-reading.module.css';

const columns: readonly Column<P0Entry>[] = [
  { id: 'motive', label: 'Situation', value: ({ motive }) => motive.label, render: ({ motive }) => <div className={css.two}><strong>{motive.label}</strong><span>{motive.code}</span></div> },
  { id: 'signs', label: 'On la reconnaît à', value: ({ signs }) => signs },
  { id: 'means', label: 'Moyens réflexes', value: ({ means }) => means.map(meansWord).join(', ') },
  { id: 'advice', label: 'À dire', value: ({ advice }) => advice.join(' '), render: ({ advice }) => <ul className={css.advice}>{advice.map((line) => <li key={line}>{line}</li>)}</ul>, sortable: false },
];

/** The situations where P0 is immediate, and what leaves at once. */
export const P0Reading = ({ entries }: { entries: readonly P0Entry[] }) => (
  <DataTable label="Situations P0" rows={entries} columns={columns} rowKey={({ motive }) => `${motive.code} ${motive.label}`} filterLabel="Filtrer" exportName="liste-p0" />
);
