import sql, { type Sql } from 'sql-template-tag';
import { type Actor, administratorRoles, hasRole } from '../../../identity/contract.ts';
import type { Directory } from '../../directory/server/index.ts';
import { channelInWords, type FollowUpQuery, outcomeFamilies, type OutcomeFamily, type RateLine } from '../contract-outcomes.ts';
import { MIN_SAMPLE, noShowRate, type Outcomes, REFERENCE_RATE } from '../domain/no-show.ts';
import { fullName } from './booking-labels.ts';
import { channelOf, createSelection, isNotified, type SupervisionDependencies } from './supervision-filter.ts';

export interface SummaryDependencies extends SupervisionDependencies {
  readonly directory: Pick<Directory, 'names' | 'findStructures'>;
}

type Dimension = 'overall' | 'territory' | 'structure' | 'channel' | 'professional' | 'month';

interface RateRow extends Outcomes {
  readonly dimension: Dimension;
  readonly key: string | null;
}

interface Totals {
  readonly total: number;
  readonly beyond48h: number;
  readonly minutesFromBooking: number | null;
  readonly minutesFromRegulation: number | null;
  readonly distanceM: number | null;
}

const familyOf = new Map<string, OutcomeFamily>(
  (Object.keys(outcomeFamilies) as OutcomeFamily[]).flatMap((family) => outcomeFamilies[family].statuses.map((status) => [status, family] as const)),
);
/** Professionals shown one by one: those with the most appointments told. */
const PROFESSIONALS = 200;
const EVERYTHING = 'total';

/** The others read aggregates, and no person. */
const readsPeople = (actor: Actor): boolean => hasRole(actor, 'superviseur', 'responsable-sas', ...administratorRoles);

const minutes = (later: string, earlier: string) => sql([`extract(epoch from ${later} - ${earlier}) / 60`]);
const median = (value: Sql) => sql`percentile_cont(0.5) within group (order by ${value})`;

/** The supervision in figures: totals, medians, and rates of absence with their denominators. */
export function createSummary(deps: SummaryDependencies) {
  const { database, directory, territories } = deps;
  const db = database.for('orientation');
  const select = createSelection(deps);

  const totalsOf = (where: Sql) =>
    db.one<Totals>(sql`
      select count(*) as total, count(*) filter (where o.beyond_48h) as "beyond48h", ${median(sql`o.distance_m`)} as "distanceM",
        ${median(minutes('o.start_at', 'coalesce(o.booked_at, o.created_at)'))} as "minutesFromBooking",
        ${median(minutes('o.start_at', 'coalesce(s.at, o.created_at)'))} as "minutesFromRegulation"
      from orientation.orientation o left join orientation.search s on s.id = o.search_id where ${where}`);

  const countsOf = (where: Sql, key: Sql) =>
    db.query<{ key: string; count: number }>(sql`
      select key, count(*) from (select ${key}::text as key from orientation.orientation o where ${where}) k
      where key is not null group by key order by 2 desc, 1`);

  /** Every breakdown in one reading of the orientations. */
  const ratesOf = (where: Sql, timeZone: string) =>
    db.query<RateRow>(sql`
      select case grouping(territory, structure, channel, professional, month)
          when 15 then 'territory' when 23 then 'structure' when 27 then 'channel' when 29 then 'professional' when 30 then 'month' else 'overall' end as dimension,
        coalesce(territory, structure, channel, professional, month) as key,
        count(*) filter (where notified and status = 'HONORE') as honoured, count(*) filter (where notified and status = 'NON_HONORE') as "noShow",
        count(*) filter (where status = 'NON_RENSEIGNE') as untold,
        count(*) filter (where not notified and status in ('HONORE', 'NON_HONORE')) as unnotified
      from (
        select o.territory, o.structure_id as structure, ${channelOf} as channel, o.national_id as professional,
          to_char(o.start_at at time zone ${timeZone}, 'YYYY-MM') as month, o.status, ${isNotified} as notified
        from orientation.orientation o where ${where} and o.status in ('HONORE', 'NON_HONORE', 'NON_RENSEIGNE')
      ) told
      group by grouping sets ((), (territory), (structure), (channel), (professional), (month))`);

  const rateLines = (rows: readonly RateRow[], dimension: Dimension, labelOf: (key: string) => string): RateLine[] =>
    rows
      .filter((row) => row.dimension === dimension && row.key !== null)
      .map(({ key, honoured, noShow, untold, unnotified }) => ({ key: key!, label: labelOf(key!), ...noShowRate({ honoured, noShow, untold, unnotified }) }))
      .sort((a, b) => b.denominator - a.denominator || a.label.localeCompare(b.label, 'fr'));

  const keysOf = (rows: readonly RateRow[], dimension: Dimension): string[] =>
    rows.filter((row) => row.dimension === dimension).flatMap(({ key }) => key ?? []);

  async function structureNames(codes: readonly string[]): Promise<Map<string, string>> {
    const found = await Promise.all(codes.map((territory) => directory.findStructures({ territory, limit: 500 })));
    return new Map(found.flat().map(({ id, name }) => [id, name]));
  }

  async function absenceOf(rows: readonly RateRow[], actor: Actor) {
    const overall = rows.find(({ dimension }) => dimension === 'overall') ?? { honoured: 0, noShow: 0, untold: 0, unnotified: 0 };
    const codes = keysOf(rows, 'territory');
    const [sas, structures, doctors] = await Promise.all([
      Promise.all(codes.map(async (code) => [code, (await territories.get(code)).name] as const)).then((pairs) => new Map(pairs)),
      structureNames(codes),
      readsPeople(actor) ? directory.names(keysOf(rows, 'professional')) : new Map<string, { lastName: string; firstName: string }>(),
    ]);
    const doctorName = (id: string) => (doctors.has(id) ? fullName(doctors.get(id)!) : id);
    return {
      reference: REFERENCE_RATE, minimum: MIN_SAMPLE,
      overall: { key: EVERYTHING, label: 'Ensemble', ...noShowRate({ honoured: overall.honoured, noShow: overall.noShow, untold: overall.untold, unnotified: overall.unnotified }) },
      territories: rateLines(rows, 'territory', (code) => `SAS ${sas.get(code) ?? ''} (${code})`),
      structures: rateLines(rows, 'structure', (id) => structures.get(id) ?? id),
      channels: rateLines(rows, 'channel', channelInWords),
      months: rateLines(rows, 'month', (month) => month).sort((a, b) => (a.key < b.key ? -1 : 1)),
      professionals: readsPeople(actor) ? rateLines(rows, 'professional', doctorName).slice(0, PROFESSIONALS) : [],
    };
  }

  /** @throws as the selection */
  return async (actor: Actor, query: FollowUpQuery) => {
    const { where, timeZone, from, to } = await select(actor, query);
    const [totals, statuses, byChannel, byLevel, lateReasons, skipReasons, rates] = await Promise.all([
      totalsOf(where), countsOf(where, sql`o.status`), countsOf(where, channelOf), countsOf(where, sql`o.charter_level`),
      countsOf(where, sql`o.late_reason`), countsOf(where, sql`o.skip_reason`), ratesOf(where, timeZone),
    ]);
    const { total, beyond48h, ...medians } = totals;
    const byOutcome = (Object.keys(outcomeFamilies) as OutcomeFamily[]).map((key) => ({
      key, count: statuses.filter((one) => familyOf.get(one.key) === key).reduce((sum, one) => sum + one.count, 0),
    }));
    return {
      from: from.toString(), to: to.toString(), total, beyond48h, medians, byOutcome, byChannel, lateReasons, skipReasons,
      byLevel: byLevel.sort((a, b) => Number(a.key) - Number(b.key)), absence: await absenceOf(rates, actor),
    };
  };
}
