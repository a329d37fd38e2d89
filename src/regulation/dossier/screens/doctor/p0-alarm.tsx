import { cx } from '../../../../ui/class-names.ts';
import { useCommand } from '../../../../ui/commands.ts';
import { Button } from '../../../../ui/button.tsx';
import { useNow } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { routes } from '../../contract.ts';
import { Age } from '../file/age.tsx';
import { PriorityMark } from '../file/priority-mark.tsx';
import type { Line } from '../file/use-queues.ts';
import css from './p0-alarm.module.css';
import { useAlarm } from './use-alarm.ts';

/** Until the rules of the room are read: what they say when nobody changed them. */
const DEFAULT_SECONDS = 10;

/**
 * Vital emergencies that no doctor took. Its place is always there, so that a P0 moves nothing; past the delay of the
 * règlement intérieur it turns into an alarm, seen and heard.
 */
export function P0Alarm({ lines, onTake }: { lines: readonly Line[]; onTake: (id: string) => void }) {
  const rules = useApi(routes.regulationRules, {}, { staleMs: 600_000 });
  const seconds = rules.data?.rules.p0.alertSeconds ?? DEFAULT_SECONDS;
  const present = useNow(1_000);
  const [first] = lines;
  const since = first && (first.queueSince ?? first.openedAt);
  const late = since !== undefined && present.since(since).total('seconds') >= seconds;
  const { silent, setSilent } = useAlarm(first ? `P0 ${first.city}` : null, late);
  useCommand({ id: 'take-p0', label: 'Prendre le P0 qui attend', group: 'Décider', keys: 'Alt+p', enabled: first !== undefined, run: () => first && onTake(first.id) });
  if (!first) return <p className={css.quiet}>Aucun P0 en attente</p>;
  return (
    <section className={cx(css.alarm, late && css.late)} role="alert" aria-label="P0 en attente d’un médecin">
      <div className={css.words}>
        <PriorityMark priority="P0" large />
        <strong>{first.motive?.label ?? 'Détresse vitale'}</strong>
        <span className={css.since}><Age since={since!} /></span>
        <span className={css.place}>{[first.city, first.summary, lines.length > 1 && `et ${lines.length - 1} autre${lines.length > 2 ? 's' : ''} P0`].filter(Boolean).join(', ')}</span>
      </div>
      <div className={css.keys}>
        <Button small look="danger" keys="Alt P" onPress={() => onTake(first.id)}>Prendre le P0</Button>
        {late && <Button small look="quiet" onPress={() => setSilent(!silent)}>{silent ? 'Remettre le son' : 'Silence'}</Button>}
      </div>
    </section>
  );
}
