import { Badge, Note } from '../../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import type { RateLine } from '../../contract-outcomes.ts';
import type { Summary } from './figures-view.tsx';
import { MonthsChart } from './months-chart.tsx';
import { againstReference, percent, rateInWords } from './words.ts';
import css from './supervision.module.css';

const columnsOf = (name: string, reference: number): readonly Column<RateLine>[] => [
  { id: 'label', label: name, value: ({ label }) => label, render: ({ label }) => <strong>{label}</strong> },
  {
    id: 'rate', label: 'Taux d’absence', align: 'end', value: ({ rate }) => rate,
    render: (line) => (
      <span className={css.rate}>
        {line.rate === null ? <span className={css.soft}>{rateInWords(line)}</span> : rateInWords(line)}
        {line.rate !== null && line.rate > reference && <Badge tone="warn">au-dessus</Badge>}
      </span>
    ),
  },
  { id: 'noShow', label: 'Pas venus', align: 'end', value: ({ noShow }) => noShow },
  { id: 'denominator', label: 'Suites dites', align: 'end', value: ({ denominator }) => denominator },
  { id: 'untold', label: 'Non renseignés', align: 'end', value: ({ untold }) => untold },
  { id: 'unnotified', label: 'Non avertis', align: 'end', value: ({ unnotified }) => unnotified },
];

/** Rates of absence with what they are made of; what nobody told is shown apart, never dropped. */
export function AbsenceView({ summary: { absence } }: { summary: Summary }) {
  const { overall, reference, minimum, months } = absence;
  const table = (label: string, name: string, lines: readonly RateLine[]) => (
    <DataTable
      label={label} rows={lines} columns={columnsOf(name, reference)} rowKey={({ key }) => key} exportName={`absences-${name.toLowerCase()}`}
      empty={<p className={css.soft}>Rien dans cette période.</p>}
    />
  );
  const dimensions = [
    { id: 'channels', label: 'Par canal', content: table('Absences par canal', 'Canal', absence.channels) },
    { id: 'structures', label: 'Par structure', content: table('Absences par structure', 'Structure', absence.structures) },
    { id: 'territories', label: 'Par SAS', content: table('Absences par SAS', 'SAS', absence.territories) },
    { id: 'months', label: 'Par mois', content: table('Absences par mois', 'Mois', months) },
    ...(absence.professionals.length > 0 ? [{ id: 'professionals', label: 'Par effecteur', content: table('Absences par effecteur', 'Effecteur', absence.professionals) }] : []),
  ];
  return (
    <div className={css.stack}>
      <Note title={`${rateInWords(overall)}${overall.rate === null ? '' : `, ${againstReference(overall, reference)}`}`}>
        {overall.noShow} patients pas venus sur {overall.denominator} attendus dont la suite est dite et dont l’effecteur avait été averti.
        {' '}À part : {overall.untold} non renseignés, {overall.unnotified} dont l’effecteur n’avait pas été averti. Sous {minimum} suites dites, aucun taux n’est donné ; référence {percent(reference)} (recommandation 81).
      </Note>
      <MonthsChart months={months} reference={reference} />
      <Tabs label="Taux d’absence" items={dimensions} />
    </div>
  );
}
