import { useSyncExternalStore } from 'react';
import { cx } from './class-names.ts';
import { Button } from './button.tsx';
import { CrossIcon } from './icons.tsx';
import css from './toast.module.css';

export interface Toast {
  readonly tone: 'neutral' | 'ok' | 'bad';
  readonly words: string;
  /** What undoes it, or leads to it. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface Shown extends Toast {
  readonly id: number;
}

const STAY_MS = 8_000;
/** What can be undone leaves the time to do so. */
const STAY_TO_UNDO_MS = 10_000;
let shown: readonly Shown[] = [];
let nextId = 1;
const subscribers = new Set<() => void>();

const publish = (next: readonly Shown[]) => {
  shown = next;
  for (const subscriber of subscribers) subscriber();
};
const remove = (id: number) => publish(shown.filter((toast) => toast.id !== id));

/** Says what has just been done, with the way to undo it; goes away by itself, except a failure. */
export function toast(toast: Toast): void {
  const id = nextId++;
  publish([...shown.slice(-2), { ...toast, id }]);
  if (toast.tone !== 'bad') setTimeout(() => remove(id), toast.action ? STAY_TO_UNDO_MS : STAY_MS);
}

const marks = { neutral: '•', ok: '✓', bad: '✕' } as const;

/** Where toasts appear; mounted once, by the page frame. */
export function Toasts() {
  const toasts = useSyncExternalStore(
    (subscriber) => {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    () => shown,
  );
  return (
    <div className={css.region} role="log" aria-label="Messages" aria-live="polite" data-react-aria-top-layer="true">
      {toasts.map(({ id, tone, words, action }) => (
        <div key={id} className={cx(css.toast, css[tone])}>
          <span aria-hidden="true" className={css.mark}>{marks[tone]}</span>
          <span className={css.words}>{words}</span>
          {action && <Button small onPress={() => { action.run(); remove(id); }}>{action.label}</Button>}
          <Button look="quiet" small aria-label="Fermer le message" onPress={() => remove(id)}><CrossIcon size={12} /></Button>
        </div>
      ))}
    </div>
  );
}
