import { Label, ProgressBar } from 'react-aria-components';
import css from './progress.module.css';

/** How far a task has come. `value` absent: under way, without a known end. */
export function Progress({ label, value, max = 100, words }: { label: string; value?: number; max?: number; words?: string }) {
  return (
    <ProgressBar className={css.progress!} {...(value === undefined ? { isIndeterminate: true } : { value, maxValue: max })} {...(words ? { valueLabel: words } : {})}>
      {({ percentage, valueText }) => (
        <>
          <Label className={css.label}>{label}</Label>
          <span className={css.words}>{valueText ?? 'en cours'}</span>
          <span className={css.track}>
            <span className={percentage === undefined ? css.moving : css.done} style={percentage === undefined ? undefined : { width: `${percentage}%` }} />
          </span>
        </>
      )}
    </ProgressBar>
  );
}
