import { useRef, useState } from 'react';
import { cx } from '../../../../ui/class-names.ts';
import { PhoneIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { daysFrom, formatMoment, formatTime } from '../../../../ui/time.ts';
import { useStillList } from '../../../../ui/still-list.ts';
import { Age } from './age.tsx';
import { heldOrder, type HeldRow } from './held-order.ts';
import { PriorityMark } from './priority-mark.tsx';
import css from './queue-list.module.css';
import type { Line } from './use-queues.ts';
import { placeWords, shortNumber } from './words.ts';

interface QueueListProps {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly selected: string | null;
  readonly onOpen: (id: string) => void;
  /** A second line of one's own, instead of the place and the patient. */
  readonly detail?: (line: Line) => string;
}

/** Dossiers in their order. While somebody points at the list its rows keep their places; arrows go from one to the next. */
export function QueueList({ label, lines, selected, onOpen, detail }: QueueListProps) {
  const box = useRef<HTMLUListElement>(null);
  const [held, setHeld] = useState(false);
  const shown = useRef<readonly HeldRow<Line>[]>([]);
  const rows = heldOrder(shown.current, lines, held);
  shown.current = rows;
  useStillList(box);
  const move = (from: Element, by: 1 | -1) => {
    const items = [...(box.current?.querySelectorAll('button') ?? [])];
    items[items.indexOf(from as HTMLButtonElement) + by]?.focus();
  };
  return (
    <ul
      ref={box} className={css.list} aria-label={label} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        move(event.target as Element, event.key === 'ArrowDown' ? 1 : -1);
      }}
    >
      {rows.map(({ row, gone }) => (
        <li key={row.id} data-still className={cx(gone && css.gone)}>
          <button type="button" className={css.row} aria-current={row.id === selected} onClick={() => onOpen(row.id)}>
            <PriorityMark priority={row.priority} />
            <span className={css.motive}>{row.motive?.label ?? 'Motif à préciser'}</span>
            <span className={css.age}>{gone ? 'parti' : <Age since={row.openedAt} />}</span>
            <span className={css.detail}>
              {row.onLine && <span className={css.line}><PhoneIcon size={13} /> en ligne</span>}
              <span>{detail ? detail(row) : [row.city, row.summary].filter(Boolean).join(', ') || `n° ${shortNumber(row.number)}`}</span>
              {row.dueAt && <Due at={row.dueAt} />}
              {row.step === 'EN_REGULATION' && <span>{placeWords(row)}</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** When it is due; said to be late once that is past. */
function Due({ at }: { at: string }) {
  const zone = useZone();
  const present = useNow();
  if (Temporal.Instant.compare(at, present) < 0) return <span className={css.late}>en retard, {formatTime(at, zone)}</span>;
  return <span className={css.due}>avant {daysFrom(present, at, zone) === 0 ? formatTime(at, zone) : formatMoment(at, zone, present)}</span>;
}
