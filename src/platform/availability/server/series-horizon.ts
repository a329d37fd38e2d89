import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { holidayName, type Territories } from '../../../territory/server/index.ts';
import { expand, HORIZON_WEEKS, rememberInstants } from '../domain/recurrence.ts';
import { writeSeriesOccurrences } from './occurrences.ts';
import { exceptionsOf, seriesColumns, type StoredSeries } from './series-store.ts';

const BATCH = 500;

export const todayIn = (timeZone: string, now: Temporal.Instant): string => now.toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** Last day written of a series, today being `day`. */
export const horizonOf = (day: string): string => Temporal.PlainDate.from(day).add({ weeks: HORIZON_WEEKS }).toString();

interface HorizonDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'get'>;
}

/**
 * Background work: writes the occurrences that have come within the horizon. Series are claimed, so that several processes
 * share them; stopped half-way, it goes on where it was. Gives the number of occurrences written.
 */
export async function extendSeries({ database, clock, territories }: HorizonDependencies): Promise<number> {
  const now = clock.now();
  const toInstant = rememberInstants();
  const isHoliday = holidaysBy(territories);
  let total = 0;
  for (;;) {
    const turn = await database.for('availability').transaction(async (tx) => {
      const series = await claim(tx, now);
      if (series.length === 0) return { claimed: 0, created: 0 };
      const exceptions = await exceptionsOf(tx, series.map(({ id }) => id));
      const given = [];
      for (const one of series) {
        const holiday = one.skipHolidays ? await isHoliday(one.territory) : () => false;
        const window = { from: nextDay(one.expandedUntil), to: horizonOf(todayIn(one.timeZone, now)) };
        const { pieces } = expand(one, window, { isHoliday: holiday, exceptions: exceptions.get(one.id) ?? new Set(), instantOf: toInstant });
        given.push({ seriesId: one.id, pieces, until: window.to });
      }
      const { created } = await writeSeriesOccurrences(tx, given, now);
      await tx.run(sql`
        update availability.series r set expanded_until = u.until
        from unnest(${given.map(({ seriesId }) => seriesId)}::uuid[], ${given.map(({ until }) => until)}::date[]) as u (id, until) where r.id = u.id`);
      return { claimed: series.length, created };
    });
    total += turn.created;
    if (turn.claimed < BATCH) return total;
  }
}

const nextDay = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString();

/** Series whose last written day is not the horizon of their own zone. */
const claim = (tx: Transaction, now: Temporal.Instant): Promise<StoredSeries[]> => tx.query<StoredSeries>(sql`
  select ${seriesColumns} from availability.series r
  where r.removed_at is null and r.expanded_until < (${now}::timestamptz at time zone r.time_zone)::date + ${HORIZON_WEEKS * 7}::int
    and (r.last_day is null or r.expanded_until < r.last_day)
  order by r.expanded_until, r.id limit ${BATCH} for update skip locked`);

/** The holidays of each territory, asked once. */
function holidaysBy(territories: Pick<Territories, 'get'>) {
  const known = new Map<string, (day: string) => boolean>();
  return async (code: string): Promise<(day: string) => boolean> => {
    const ready = known.get(code);
    if (ready) return ready;
    const { holidaySet } = await territories.get(code);
    const isHoliday = (day: string) => holidayName(Temporal.PlainDate.from(day), holidaySet) !== null;
    known.set(code, isHoliday);
    return isHoliday;
  };
}
