import { Link } from '@tanstack/react-router';
import { urlOf } from '../../../../ui/api.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import { lateReasons, orientationStatusLabels, skipReasons } from '../../contract.ts';
import { channelInWords, routes, type Followed } from '../../contract-outcomes.ts';
import { StatusBadge } from '../orientations/status-badge.tsx';
import type { Question } from './filters.ts';
import { kilometres, levelInWords, minutesInWords } from './words.ts';
import css from './supervision.module.css';

const PAGE = 50;
const inWords = (words: Readonly<Record<string, string>>, reason: string | null) => (reason ? (words[reason] ?? reason) : null);

const columns: readonly Column<Followed>[] = [
  { id: 'status', label: 'Suite', sortable: false, value: ({ status }) => orientationStatusLabels[status], render: ({ status }) => <StatusBadge status={status} /> },
  {
    id: 'created', label: 'Faite', sortable: false, value: ({ createdAt }) => createdAt,
    render: ({ createdAt, by, id }) => <div className={css.two}><Link to={`/orientations?period=all&open=${id}` as string}><Moment at={createdAt} day /></Link><span>{by}</span></div>,
  },
  { id: 'label', label: 'Chez', sortable: false, value: ({ label }) => label, render: ({ label, placeLabel }) => <div className={css.two}><strong>{label}</strong><span>{placeLabel}</span></div> },
  { id: 'channel', label: 'Canal', sortable: false, value: ({ channel }) => channelInWords(channel), render: ({ channel, notified }) => <div className={css.two}><span className={css.ink}>{channelInWords(channel)}</span>{!notified && <span>effecteur non averti</span>}</div> },
  {
    id: 'delay', label: 'Délai', sortable: false, value: ({ minutesFromRegulation }) => minutesFromRegulation,
    render: ({ minutesFromRegulation, minutesFromBooking, beyond48h, lateReason }) => (
      <div className={css.two}>
        <span className={css.ink}>{minutesInWords(minutesFromRegulation)} {beyond48h && <Badge tone="warn">hors 48 h</Badge>}</span>
        <span>{inWords(lateReasons, lateReason) ?? `${minutesInWords(minutesFromBooking)} depuis la réservation`}</span>
      </div>
    ),
  },
  {
    id: 'level', label: 'Niveau', sortable: false, value: ({ charterLevel }) => charterLevel,
    render: ({ charterLevel, skipReason }) => <div className={css.two}><span className={css.ink}>{levelInWords(charterLevel)}</span>{skipReason && <span>niveau passé : {inWords(skipReasons, skipReason)!.toLowerCase()}</span>}</div>,
  },
  { id: 'distance', label: 'Distance', sortable: false, align: 'end', value: ({ distanceM }) => distanceM, render: ({ distanceM }) => <span className={css.whole}>{kilometres(distanceM)}</span> },
];

/** The orientations one by one, newest first; the file has them all. */
export function ListView({ question, cursor, onCursor }: { question: Question; cursor: string | undefined; onCursor: (cursor: string | undefined) => void }) {
  const query = useApi(routes.followUp, { query: { ...question, ...(cursor ? { cursor } : {}), limit: String(PAGE) } }, { topics: ['orientation'], keepPrevious: true });
  if (query.error && !query.data) return <ProblemState problem={query.error} onRetry={() => void query.refetch()} />;
  const next = query.data?.nextCursor;
  return (
    <DataTable
      label="Orientations suivies"
      rows={query.data?.orientations}
      columns={columns}
      rowKey={({ id }) => id}
      exportHref={urlOf(routes.followUp, { query: { ...question, format: 'csv' } })}
      empty={<EmptyState title="Aucune orientation ne correspond"><p>Élargissez la période ou les filtres.</p></EmptyState>}
      footer={(cursor || next) && (
        <nav aria-label="Pages du suivi" className={css.pages}>
          {cursor && <Button small onPress={() => onCursor(undefined)}>Revenir au début</Button>}
          {next && <Button small onPress={() => onCursor(next)}>Page suivante</Button>}
        </nav>
      )}
    />
  );
}
