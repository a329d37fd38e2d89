import { Badge } from '../../../../ui/badge.tsx';
import { ClockIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import type { Column } from '../../../../ui/data-table.tsx';
import { modalityLabels } from '../../../availability/contract.ts';
import { orientationStatusLabels, type Orientation } from '../../contract.ts';
import { modalityIcons } from '../search/modality.tsx';
import { StatusBadge } from './status-badge.tsx';
import { remarksOf, sourceInWords } from './words.ts';
import css from './orientations.module.css';

const remarks = (row: Orientation) => remarksOf(row).map(({ short }) => short);

/** The columns of the dashboard. Those that sort have the names the API gives to its orders. */
export const columns: readonly Column<Orientation>[] = [
  { id: 'status', label: 'État', value: ({ status }) => orientationStatusLabels[status], render: ({ status }) => <StatusBadge status={status} /> },
  { id: 'start', label: 'Rendez-vous', value: ({ start }) => start, render: (row) => <WhenAndHow row={row} /> },
  {
    id: 'label', label: 'Chez', value: ({ label, placeLabel }) => `${label} ${placeLabel}`,
    render: ({ label, placeLabel }) => <div className={css.two}><strong>{label}</strong><span>{placeLabel}</span></div>,
  },
  {
    id: 'source', label: 'Par', sortable: false, value: sourceInWords,
    render: (row) => <div className={css.two}><span className={css.ink}>{sourceInWords(row)}</span>{row.lrmReference && <span>{row.lrmReference}</span>}</div>,
  },
  { id: 'created', label: 'Faite', value: ({ createdAt }) => createdAt, render: ({ createdAt, by }) => <div className={css.two}><span className={css.ink}><Moment at={createdAt} day /></span><span>{by.name}</span></div> },
  {
    id: 'remarks', label: 'À savoir', sortable: false, value: (row) => remarks(row).join(', '),
    render: (row) => remarks(row).length > 0 && <span className={css.remarks}>{remarks(row).map((short) => <Badge key={short} tone="warn">{short}</Badge>)}</span>,
  },
];

function WhenAndHow({ row: { start, modality } }: { row: Orientation }) {
  return (
    <div className={css.two}>
      <strong>{start ? <Moment at={start} day /> : <><ClockIcon size={12} /> à convenir</>}</strong>
      {modality && <span className={css.modality}>{modalityIcons[modality]}{modalityLabels[modality]}</span>}
    </div>
  );
}
