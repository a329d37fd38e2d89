import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { ClockIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { useNow } from '../../../../ui/moments.tsx';
import { formatCountdown } from '../../../../ui/time.ts';
import type { Hold } from './use-hold.ts';
import css from './booking-form.module.css';

const WHOLE_MS = 120_000;
const SHORT_MS = 30_000;

/** How long the slot stays kept for this operator. */
export function HoldTimer({ hold, onAgain }: { hold: Hold; onAgain: () => void }) {
  const present = useNow(1_000);
  if (hold.state === 'none') return null;
  if (hold.state === 'asking') return <p role="status">Le créneau est en train d’être retenu…</p>;
  const again = <Button small onPress={onAgain}>Retenir de nouveau</Button>;
  if (hold.state === 'refused') return <Note tone="warn" live icon={<WarnIcon />} title="Créneau non retenu" action={again}>{hold.problem.message}</Note>;
  const left = Temporal.Instant.from(hold.expiresAt).epochMilliseconds - present.epochMilliseconds;
  if (left <= 0) {
    return <Note tone="warn" live icon={<ClockIcon />} title="La retenue est terminée" action={again}>Le créneau est peut-être encore libre, mais quelqu’un d’autre peut maintenant le prendre.</Note>;
  }
  return (
    <div className={cx(css.timer, left < SHORT_MS && css.short)}>
      <p><span>Retenu pour vous encore</span><span className={css.left} role="timer">{formatCountdown(left)}</span></p>
      <div className={css.track}><span style={{ width: `${Math.min(100, (left / WHOLE_MS) * 100)}%` }} /></div>
      <p role="status" className={css.aloud}>{left < SHORT_MS ? 'Moins de trente secondes' : ''}</p>
    </div>
  );
}
