import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import { type Acts, outcomeFamilies } from '../contract-outcomes.ts';
import { awaited } from '../domain/outcome.ts';
import { type Act, isInExcess, mayBeSnp, type Quarter, quarterOf, readQuarter, SNP_WEEKLY_CAP, tierOf, tiers, weekOf } from '../domain/outcome-acts.ts';
import { receivedBy, zoneOf } from './outcome-lists.ts';
import { receiverKey } from './outcome-receivers.ts';

export interface ActsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'get' | 'calendar'>;
}

interface ActRow extends Act {
  readonly territory: string;
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly label: string;
  readonly bookedAt: Temporal.Instant | null;
}

const cancelled: readonly string[] = outcomeFamilies.cancelled.statuses;

const outcomesOf = (acts: readonly Act[]): Acts['outcomes'] => ({
  honoured: acts.filter(({ status }) => status === 'HONORE').length,
  noShow: acts.filter(({ status }) => status === 'NON_HONORE').length,
  untold: acts.filter(({ status }) => status === 'NON_RENSEIGNE').length,
  awaited: acts.filter(({ status }) => awaited.includes(status)).length,
  cancelled: acts.filter(({ status }) => cancelled.includes(status)).length,
});

/** Acts of unscheduled care by ISO week, oldest first. */
function weeksOf(acts: readonly Act[], zone: string): Acts['weeks'] {
  const weeks = new Map<string, { week: string; monday: string; honoured: number; awaited: number }>();
  for (const act of acts.filter(mayBeSnp)) {
    const day = act.start!.toZonedDateTimeISO(zone).toPlainDate();
    const monday = day.subtract({ days: day.dayOfWeek - 1 }).toString();
    const line = weeks.get(monday) ?? { week: weekOf(day), monday, honoured: 0, awaited: 0 };
    if (act.status === 'HONORE') line.honoured += 1;
    else if (awaited.includes(act.status)) line.awaited += 1;
    weeks.set(monday, line);
  }
  return [...weeks.values()].filter((line) => line.honoured + line.awaited > 0).sort((a, b) => (a.monday < b.monday ? -1 : 1));
}

function actsOf(rows: readonly ActRow[], zone: string, inQuarter: (at: Temporal.Instant | null) => boolean): Acts {
  const inExcess = rows.filter((act) => isInExcess(act) && inQuarter(act.bookedAt));
  const held = rows.filter(({ start }) => inQuarter(start));
  return {
    key: receiverKey(rows[0]!), label: rows[0]!.label, outcomes: outcomesOf(held),
    indicator9: { accepted: inExcess.length, honoured: inExcess.filter(({ status }) => status === 'HONORE').length, ...tierOf(inExcess.length) },
    weeks: weeksOf(held, zone),
  };
}

/** What those who receive did for the SAS: counts of a quarter, by doctor (or structure, while no doctor is named). */
export function createActCounts({ database, clock, territories }: ActsDependencies) {
  const db = database.for('orientation');

  const readRows = (actor: Actor, from: Temporal.Instant, until: Temporal.Instant) =>
    db.query<Omit<ActRow, 'hours'>>(sql`
      select o.territory, o.kind, o.status, o.national_id as "nationalId", o.structure_id as "structureId", o.label, o.start_at as start,
        o.booked_at as "bookedAt", coalesce(s.at, o.created_at) as "regulatedAt", o.charter_level as "charterLevel", o.specialty
      from orientation.orientation o left join orientation.search s on s.id = o.search_id
      where ${receivedBy(actor)} and o.booked_at is not null
        and ((o.start_at >= ${from} and o.start_at < ${until}) or (o.booked_at >= ${from} and o.booked_at < ${until}))
      order by o.start_at`);

  /** Tells the SAS and PDSA hours of the quarter there, by the regulatory calendar. */
  async function hoursIn(codes: readonly string[], { from, until }: Quarter) {
    const calendars = new Map(await Promise.all(codes.map(async (code) => [code, await territories.calendar(code, from, until)] as const)));
    return (code: string, start: Temporal.Instant) =>
      calendars.get(code)!.find((period) => Temporal.Instant.compare(period.from, start) <= 0 && Temporal.Instant.compare(start, period.to) < 0)?.regulatory ?? null;
  }

  return {
    /** @throws forbidden `permission-denied` */
    async ofQuarter(actor: Actor, name: string | undefined) {
      const zone = await zoneOf(territories, actor);
      const today = clock.now().toZonedDateTimeISO(zone).toPlainDate();
      const quarter = name ? readQuarter(name) : quarterOf(today);
      const [from, until] = [quarter.from, quarter.until].map((day) => day.toZonedDateTime(zone).toInstant()) as [Temporal.Instant, Temporal.Instant];
      const inQuarter = (at: Temporal.Instant | null) => at !== null && Temporal.Instant.compare(at, from) >= 0 && Temporal.Instant.compare(at, until) < 0;
      const read = await readRows(actor, from, until);
      const hoursAt = await hoursIn([...new Set(read.map(({ territory }) => territory))], quarter);
      const rows = read.map((row) => ({ ...row, hours: row.start && hoursAt(row.territory, row.start) }));
      const byReceiver = Map.groupBy(rows, receiverKey);
      return {
        quarter: quarter.name, from: quarter.from.toString(), to: quarter.until.subtract({ days: 1 }).toString(), week: weekOf(today),
        tiers: [...tiers], snpWeeklyCap: SNP_WEEKLY_CAP,
        acts: [...byReceiver.values()].map((own) => actsOf(own, zone, inQuarter)).sort((a, b) => a.label.localeCompare(b.label, 'fr')),
      };
    },
  };
}
