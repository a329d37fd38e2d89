import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { cx } from '../../../../ui/class-names.ts';
import { useCommand } from '../../../../ui/commands.ts';
import { between, clockOf, dragged, lanesOf, minuteAt, minutesOf, moved, rowsOf, shownHours, STEP, under, type Chosen, type Cursor, type Shown } from './grid-model.ts';
import { OpeningBlock } from './opening-block.tsx';
import { byDay, dayInWords, daysOf, type Holiday, type Opening } from './week.ts';
import css from './grid.module.css';

interface WeekGridProps {
  readonly monday: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  readonly openings: readonly Opening[];
  readonly holidays: readonly Holiday[];
  readonly onCreate: (chosen: Chosen) => void;
  readonly onOpen: (opening: Opening) => void;
  readonly onRemove: (opening: Opening) => void;
  readonly onResize: (opening: Opening, ends: string) => void;
}

/** Days by hours. The mouse draws and stretches; the keyboard has a cursor that does the same. */
export function WeekGrid(props: WeekGridProps) {
  const { monday, today, openings, holidays, onOpen, onResize } = props;
  const shown = shownHours(openings);
  const days = byDay(daysOf(monday), openings);
  const { cursor, chosen, focused, grid, id } = useGridKeys(props, shown);
  const drawing = useDrawing(shown, props.onCreate);
  const drawn = drawing.chosen ?? (focused ? chosen : null);
  return (
    <div className={css.wrap} style={{ '--rows': rowsOf(shown).length } as never}>
      <div className={css.heads} aria-hidden="true">
        <span />
        {days.map(({ day }) => {
          const holiday = holidays.find((one) => one.day === day.toString());
          return (
            <span key={day.toString()} className={cx(css.head, day.equals(today) && css.today)}>
              <strong>{day.toLocaleString('fr-FR', { weekday: 'short' })} {day.day}</strong>
              {holiday ? <em title={holiday.name}>férié</em> : day.equals(today) && <em>aujourd’hui</em>}
            </span>
          );
        })}
      </div>
      <div className={css.body}>
        <div className={css.hours} aria-hidden="true">
          {rowsOf(shown).map((minute) => <span key={minute}>{minute % 60 === 0 ? `${minute / 60} h` : ''}</span>)}
        </div>
        <div className={css.board}>
          <div {...grid} role="grid" className={css.grid} aria-label="Semaine : flèches pour se déplacer, Entrée pour créer, Maj et flèches pour étendre, Suppr pour retirer, Espace pour ouvrir" aria-activedescendant={`${id}-${cursor.day}-${cursor.minute}`}>
            {rowsOf(shown).map((minute) => (
              <div key={minute} role="row" className={css.row}>
                {days.map(({ day, openings: own }, index) => (
                  <div
                    key={index} role="gridcell" id={`${id}-${index}-${minute}`} aria-selected={focused && inside(chosen, index, minute)}
                    aria-label={cellInWords(day, minute, own, holidays)}
                    className={cx(css.cell, minute % 60 === 0 && css.hour, Temporal.PlainDate.compare(day, today) < 0 && css.past, focused && cursor.day === index && cursor.minute === minute && css.cursor)}
                  />
                ))}
              </div>
            ))}
          </div>
          <div className={css.columns} {...drawing.handlers}>
            {days.map(({ day, openings: own }, index) => (
              <div key={day.toString()} className={css.column} data-day={index}>
                {drawn?.day === index && <div className={css.drawn} style={at(drawn.from, drawn.to, shown)}>{clockOf(drawn.from)}–{clockOf(drawn.to)}</div>}
                {lanesOf(own).map(({ opening, lane, lanes }) => (
                  <OpeningBlock
                    key={opening.id} opening={opening} onOpen={() => onOpen(opening)} onResize={(share) => onResize(opening, clockOf(minuteAt(share, shown)))}
                    style={{ ...at(minutesOf(opening.starts), minutesOf(opening.ends), shown), left: `${(100 * lane) / lanes}%`, width: `${100 / lanes}%` }}
                  />
                ))}
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

const at = (from: number, to: number, { first, last }: Shown) => ({ top: `${(100 * (from - first)) / (last - first)}%`, height: `${(100 * (to - from)) / (last - first)}%` });
const inside = ({ day, from, to }: Chosen, column: number, minute: number): boolean => day === column && minute >= from && minute < to;

function cellInWords(day: Temporal.PlainDate, minute: number, openings: readonly Opening[], holidays: readonly Holiday[]): string {
  const here = under({ day: 0, minute }, openings);
  const holiday = holidays.find((one) => one.day === day.toString());
  return [dayInWords(day), clockOf(minute), holiday && `férié, ${holiday.name}`, here.length === 0 ? 'rien' : here.map(({ starts, ends }) => `disponibilité de ${starts} à ${ends}`).join(', ')].filter(Boolean).join(', ');
}

/** The keyboard's cursor: arrows, Shift to extend, Enter to create, Space to open, Delete to remove. */
function useGridKeys({ monday, openings, onCreate, onOpen, onRemove }: WeekGridProps, shown: Shown) {
  const id = useId();
  const [cursor, setCursor] = useState<Cursor>({ day: 0, minute: 9 * 60 });
  const [anchor, setAnchor] = useState<Cursor>(cursor);
  const [focused, setFocused] = useState(false);
  const chosen = between(anchor, cursor);
  useCommand({ id: 'openings:cursor', label: 'Dans la semaine : flèches, Maj+flèches, Entrée crée, Espace ouvre, Suppr retire', group: 'Disponibilités', keys: 'Flèches' });

  function onKeyDown(event: KeyboardEvent): void {
    const here = under(cursor, openings.filter(({ day }) => day === monday.add({ days: cursor.day }).toString()))[0];
    if (event.key === 'Enter') onCreate(chosen);
    else if (event.key === ' ' && here) onOpen(here);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && here) onRemove(here);
    else if (event.key.startsWith('Arrow') || ['Home', 'End', 'PageUp', 'PageDown'].includes(event.key)) {
      const next = moved(cursor, event.key, shown);
      const extending = event.shiftKey && next.day === cursor.day;
      setCursor(next);
      if (!extending) setAnchor(next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return { id, cursor, chosen, focused, grid: { tabIndex: 0, onKeyDown, onFocus: () => setFocused(true), onBlur: () => setFocused(false) } };
}

/** Drawing a period with the mouse or a pen; a finger scrolls. */
function useDrawing(shown: Shown, onCreate: (chosen: Chosen) => void) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const start = useRef<{ day: number; minute: number; column: HTMLElement } | null>(null);
  const minuteOf = (event: PointerEvent, column: HTMLElement) => {
    const box = column.getBoundingClientRect();
    return minuteAt((event.clientY - box.top) / box.height, shown);
  };
  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const column = event.target as HTMLElement;
      if (event.button !== 0 || event.pointerType === 'touch' || column.dataset['day'] === undefined) return;
      const minute = Math.floor(minuteOf(event, column) / STEP) * STEP;
      start.current = { day: Number(column.dataset['day']), minute, column };
      event.currentTarget.setPointerCapture(event.pointerId);
      setChosen(dragged(start.current.day, minute, minute));
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (start.current) setChosen(dragged(start.current.day, start.current.minute, minuteOf(event, start.current.column)));
    },
    onPointerUp() {
      if (chosen && start.current) onCreate(chosen);
      start.current = null;
      setChosen(null);
    },
    onPointerCancel() {
      start.current = null;
      setChosen(null);
    },
  };
  return { chosen, handlers };
}
