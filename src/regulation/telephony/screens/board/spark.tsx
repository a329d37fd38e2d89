import type { LevelBoard } from '../words.ts';
import { sparkLine } from './board-model.ts';
import css from './board.module.css';

const WIDTH = 120;
const HEIGHT = 28;

/** QS30 over the last four hours, with the target as a dashed line. */
export function Spark({ spark, at, target, name }: { spark: LevelBoard['spark']; at: string; target: number; name: string }) {
  const { runs, words } = sparkLine(spark, at, WIDTH, HEIGHT);
  const last = runs.at(-1)?.at(-1);
  const goal = (1 - target) * HEIGHT;
  return (
    <svg className={css.spark} width={WIDTH} height={HEIGHT} viewBox={`-3 -3 ${WIDTH + 6} ${HEIGHT + 6}`} role="img" aria-label={`QS30 de ${name} sur 4 heures : ${words}`}>
      <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className={css.base} />
      <line x1="0" x2={WIDTH} y1={goal} y2={goal} className={css.goal} />
      {runs.map((run) => <polyline key={run[0]!.x} points={run.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')} className={css.line} />)}
      {last && <circle cx={last.x} cy={last.y} r="2.5" className={css.point} />}
    </svg>
  );
}
