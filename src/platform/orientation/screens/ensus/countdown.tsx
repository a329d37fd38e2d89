import { useEffect, useState } from 'react';
import { cx } from '../../../../ui/class-names.ts';
import { ClockIcon } from '../../../../ui/icons.tsx';
import { useNow } from '../../../../ui/moments.tsx';
import { formatCountdown, now } from '../../../../ui/time.ts';
import css from './ensus.module.css';

const SHORT_MS = 120_000;

/** What is left to answer, from what the server counted: a clock of this machine that is wrong changes nothing. */
export function Countdown({ remainingMs, of }: { remainingMs: number; of: string }) {
  const present = useNow(1_000);
  const [end, setEnd] = useState(() => now().add({ milliseconds: remainingMs }));
  useEffect(() => setEnd(now().add({ milliseconds: remainingMs })), [remainingMs, of]);
  const left = Math.max(0, end.epochMilliseconds - present.epochMilliseconds);
  const short = left <= SHORT_MS;
  return (
    <span className={cx(css.countdown, short && css.short)}>
      <ClockIcon size={14} />
      <span role="timer" aria-label="Temps restant pour répondre">{formatCountdown(left)}</span>
      <span role="status" className={css.aloud}>{left === 0 ? 'Délai passé' : short ? 'Moins de deux minutes pour répondre' : ''}</span>
    </span>
  );
}
