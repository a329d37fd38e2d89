import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { EmptyState } from '../../../../ui/states.tsx';
import { StateWords } from './opening-block.tsx';
import { dayInWords, openingInWords, type Opening } from './week.ts';
import css from './form.module.css';

/** « Modifier » and « Supprimer » without the grid: the availabilities of the week, to choose from. */
export function ChooseDialog({ title, action, openings, onChoose, onClose }: {
  title: string; action: string; openings: readonly Opening[]; onChoose: (opening: Opening) => void; onClose: () => void;
}) {
  return (
    <Dialog title={title} open onClose={onClose}>
      {openings.length === 0 ? <EmptyState title="Rien à choisir cette semaine"><p>Changez de semaine, ou créez des disponibilités.</p></EmptyState> : (
        <ul className={css.list}>
          {openings.map((opening) => (
            <li key={opening.id} className={css.row}>
              <span>{dayInWords(opening.day)}, <strong>{opening.starts}–{opening.ends}</strong><br /><span className={css.soft}><StateWords opening={opening} /></span></span>
              <Button small aria-label={`${action} ${openingInWords(opening)}`} onPress={() => onChoose(opening)}>{action}</Button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
