import { useEffect } from 'react';
import { Link } from 'react-aria-components';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { useLink } from '../../../../ui/live.tsx';
import { Moment, useNow, useZone } from '../../../../ui/moments.tsx';
import { Loading, ProblemState } from '../../../../ui/states.tsx';
import { formatTime } from '../../../../ui/time.ts';
import { levelLabels } from '../../contract.ts';
import { waitNow } from '../board/board-model.ts';
import { useBoard } from '../board/use-board.ts';
import { type Board, formatWait, type LevelBoard, levelShort, percent } from '../words.ts';
import { firstAlert, freeAgents, isStale, rowState, wallLevels } from './wallboard-model.ts';
import css from './wallboard.module.css';

const columns = ['En attente', 'Attente', 'Libres', 'QS30 1 h'] as const;

/** The room on a wall (DASH-07): five rows, four numbers each, read at ten metres. It fills the screen, without the frame. */
export default function WallboardScreen() {
  const { board, readAt, error, refetch } = useBoard();
  const link = useLink();
  const present = useNow(1_000);
  useAwakeScreen();
  if (!board) return <div className={css.alone}>{error ? <ProblemState problem={error} page onRetry={refetch} /> : <Loading lines={8} />}</div>;
  const age = (present.epochMilliseconds - readAt) / 1_000;
  const stale = isStale(age, link.status !== 'offline');
  const levels = wallLevels.flatMap((level) => board.levels.find((one) => one.level === level) ?? []);
  return (
    <main className={css.wall} data-stale={stale || undefined}>
      <h1 className={css.unseen}>Mur d’écrans de la salle</h1>
      <Head board={board} at={present} />
      <div role="status" className={css.state}>
        {stale && <p className={css.stale}><WarnIcon size={40} /> Pas à jour depuis <Moment at={Temporal.Instant.fromEpochMilliseconds(readAt).toString()} /></p>}
      </div>
      <table className={css.rows} aria-label="La salle par niveau">
        <thead><tr><th scope="col"><span className={css.unseen}>Niveau</span></th>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
        <tbody>{levels.map((level) => <Row key={level.level} level={level} elapsed={stale ? 0 : age} />)}</tbody>
      </table>
    </main>
  );
}

function Head({ board, at }: { board: Board; at: Temporal.Instant }) {
  const zone = useZone();
  const first = firstAlert(board);
  return (
    <header className={css.head}>
      <Link href="/salle" className={css.clock!} aria-label={`${formatTime(at, zone)}, revenir à la salle`}>{formatTime(at, zone)}</Link>
      <span className={css.day}>Accueil <strong>{percent(board.day.tauxAccueil)}</strong></span>
      {first && (
        <p className={css.alert}>
          <WarnIcon size={28} /> <span>{first.alert.level && `${levelShort[first.alert.level]} : `}{first.alert.message}</span>{first.more > 0 && <strong>+{first.more}</strong>}
        </p>
      )}
    </header>
  );
}

function Row({ level, elapsed }: { level: LevelBoard; elapsed: number }) {
  const wait = waitNow(level, elapsed);
  const state = rowState(level, wait);
  return (
    <tr data-state={state}>
      <th scope="row" title={levelLabels[level.level]}>
        {state === 'late' && <WarnIcon size={36} />}{levelShort[level.level]}
        {state === 'late' && <span className={css.unseen}> attend trop</span>}
      </th>
      <td className={css.main}>{level.waiting}</td>
      <td className={css.main}>{level.waiting === 0 ? '–' : formatWait(wait)}</td>
      <td>{state === 'alone' ? <span className={css.nobody}>personne</span> : freeAgents(level)}</td>
      <td>{percent(level.qs30.hour)}</td>
    </tr>
  );
}

/** A wall must not fall asleep; browsers that cannot be asked are left alone. */
function useAwakeScreen(): void {
  useEffect(() => {
    let lock: { release(): Promise<void> } | null = null;
    const ask = async () => {
      if (document.visibilityState === 'visible' && 'wakeLock' in navigator) lock = await navigator.wakeLock.request('screen').catch(() => null);
    };
    void ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
}
