import { Dialog } from '../../../../ui/dialog.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { EmptyState } from '../../../../ui/states.tsx';
import { levelShort, type LevelBoard, percent } from '../words.ts';
import { quarterTable } from './board-model.ts';
import css from './board.module.css';

/** The figures behind the spark lines. */
export function QuartersDialog({ levels, onClose }: { levels: readonly LevelBoard[]; onClose: () => void }) {
  const rows = quarterTable(levels);
  return (
    <Dialog title="QS30 par quart d’heure" over="4 dernières heures" open onClose={onClose}>
      {rows.length === 0 ? <EmptyState title="Aucun appel décroché en 4 heures" /> : (
        <table className={css.quarters}>
          <thead><tr><th scope="col">Dès</th>{levels.map(({ level }) => <th key={level} scope="col">{levelShort[level]}</th>)}</tr></thead>
          <tbody>
            {rows.map(({ at, qs30 }) => (
              <tr key={at}><th scope="row"><Moment at={at} /></th>{qs30.map((value, index) => <td key={levels[index]!.level}>{percent(value)}</td>)}</tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
