import type { Usage } from '../../contract.ts';
import css from './protocols.module.css';

const BAR = 10;
const GAP = 3;
const HEIGHT = 40;

/** Every day of the period, also those without any use. */
export function daysOf({ from, to, days }: Pick<Usage, 'from' | 'to' | 'days'>): { day: string; uses: number; overridden: number }[] {
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: first.until(to).days + 1 }, (_, at) => {
    const day = first.add({ days: at }).toString();
    return days.find((one) => one.day === day) ?? { day, uses: 0, overridden: 0 };
  });
}

/** Uses a day as bars, the part not followed in their foot; its sentence says the totals, the tables beside hold the figures. */
export function DaysFigure({ usage }: { usage: Usage }) {
  const days = daysOf(usage);
  const most = Math.max(1, ...days.map(({ uses }) => uses));
  const sum = (of: 'uses' | 'overridden') => days.reduce((total, day) => total + day[of], 0);
  const words = `${sum('uses')} utilisations, dont ${sum('overridden')} écarts ; ${most} au plus en un jour`;
  const tall = (value: number) => (value / most) * (HEIGHT - 1);
  return (
    <figure className={css.figure}>
      <svg viewBox={`0 0 ${days.length * (BAR + GAP)} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={words}>
        {days.map(({ day, uses, overridden }, at) => (
          <g key={day}>
            <rect className={css.bar} x={at * (BAR + GAP)} y={HEIGHT - Math.max(1, tall(uses))} width={BAR} height={Math.max(1, tall(uses))}><title>{`${Temporal.PlainDate.from(day).toLocaleString('fr-FR', { day: 'numeric', month: 'long' })} : ${uses}, dont ${overridden} écarts`}</title></rect>
            {overridden > 0 && <rect className={css.override} x={at * (BAR + GAP)} y={HEIGHT - tall(overridden)} width={BAR} height={tall(overridden)} />}
          </g>
        ))}
      </svg>
      <figcaption>{words}</figcaption>
    </figure>
  );
}
