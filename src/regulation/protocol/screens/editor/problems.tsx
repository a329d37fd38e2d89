import { WarnIcon } from '../../../../ui/icons.tsx';
import css from './editor.module.css';

export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** What is missing at this place, beside it. */
export const Problems = ({ list }: { list: readonly Problem[] }) =>
  list.length === 0 ? null : <ul className={css.problems}>{list.map(({ path, message }) => <li key={`${path} ${message}`}><WarnIcon size={14} /> {message}</li>)}</ul>;

/** Brings a place of the editor under the eyes, its first field ready to be typed in. */
export function goTo(place: string): void {
  const found = document.querySelector<HTMLElement>(`[data-place="${CSS.escape(place)}"]`);
  if (!found) {
    const parent = place.split('.').slice(0, -1).join('.');
    if (parent) goTo(parent);
    return;
  }
  found.scrollIntoView({ block: 'nearest' });
  (found.querySelector<HTMLElement>('input, textarea') ?? found.querySelector<HTMLElement>('button'))?.focus();
}
