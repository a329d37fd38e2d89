import { Badge } from '../../../../ui/badge.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import type { Dossier } from '../../contract.ts';
import { ActView } from './act-view.tsx';
import css from './timeline.module.css';
import { timelineOf, type TimelineEntry } from './timeline-entries.ts';

/** All that happened in a dossier, the latest first; medical and logistic notes are told apart. */
export function Timeline({ dossier }: { dossier: Dossier }) {
  return (
    <ol className={css.timeline} aria-label="Historique du dossier">
      {timelineOf(dossier).map((entry) => <Line key={entry.id} dossier={dossier} entry={entry} />)}
    </ol>
  );
}

/** Said on one line, to leave the room to notes and acts. */
const isShort = ({ kind }: TimelineEntry) => kind === 'means' || kind === 'call' || kind === 'appointment';

function Line({ dossier, entry }: { dossier: Dossier; entry: TimelineEntry }) {
  return (
    <li className={css.entry} data-kind={entry.kind}>
      <span className={css.time}><Moment at={entry.at} /></span>
      <div>
        <p className={css.title}>
          <strong>{entry.title}</strong>
          {entry.by && <span>{entry.by}</span>}
          {isShort(entry) && entry.text && <span>{entry.text}</span>}
          {entry.onPaper && <Badge>fiche papier</Badge>}
        </p>
        {entry.act ? <ActView dossier={dossier} act={entry.act} /> : entry.text && !isShort(entry) && <p className={css.text}>{entry.text}</p>}
      </div>
    </li>
  );
}
