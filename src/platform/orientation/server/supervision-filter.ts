import sql, { join, type Sql } from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { forbidden, invalid } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import { type FollowUpQuery, outcomeFamilies } from '../contract-outcomes.ts';
import { zoneOf } from './outcome-lists.ts';

export interface SupervisionDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'get'>;
}

const DEFAULT_DAYS = 30;
const LONGEST_DAYS = 1_100;

/** The orientations that a question is about, once it is known that the reader may ask it. */
export interface Selection {
  readonly where: Sql;
  readonly timeZone: string;
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

/** Where a place was taken: `slot`, `surnumeraire`, `phone`, or the vendor's name. */
export const channelOf = sql`coalesce(o.editor, o.kind)`;
/** True once the receiver knew of the appointment: told by us, by his own software, or because he agreed himself. */
export const isNotified = sql`(case when o.kind = 'slot' then o.notified_at is not null else o.booked_at is not null end)`;

/** One territory is compared as such: the index then gives the rows in their order. */
const inTerritories = (codes: readonly string[]): Sql => (codes.length === 1 ? sql`o.territory = ${codes[0]}` : sql`o.territory = any(${[...codes]})`);

/** Reads who may ask about which orientations, and turns the question into a condition that the indexes answer. */
export function createSelection({ database, clock, territories }: SupervisionDependencies) {
  const db = database.for('orientation');

  async function refuse(actor: Actor, territory: string): Promise<never> {
    await db.transaction((tx) =>
      writeJournal(tx, {
        at: clock.now(), territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'territory', objectId: territory, event: 'follow-up-refused',
      }));
    throw forbidden('territory-not-covered', `Vos droits ne couvrent pas le territoire ${territory}.`);
  }

  /** @throws forbidden `territory-not-covered`, journaled; invalid `period-invalid` */
  return async (actor: Actor, query: FollowUpQuery): Promise<Selection> => {
    if (query.territory && !coversTerritory(actor, query.territory)) return refuse(actor, query.territory);
    const timeZone = query.territory ? (await territories.get(query.territory)).timeZone : await zoneOf(territories, actor);
    const today = clock.now().toZonedDateTimeISO(timeZone).toPlainDate();
    const to = query.to ? Temporal.PlainDate.from(query.to) : today;
    const from = query.from ? Temporal.PlainDate.from(query.from) : to.subtract({ days: DEFAULT_DAYS });
    const days = from.until(to).days;
    if (days < 0 || days > LONGEST_DAYS) {
      throw invalid('period-invalid', 'La période va du plus ancien au plus récent, sur trois ans au plus.', [{ path: 'from', message: 'période trop longue ou à rebours' }]);
    }
    const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).toInstant();
    const wanted = query.territory ? [query.territory] : actor.territories.includes('*') ? null : actor.territories;
    const conditions = [
      sql`o.created_at >= ${midnight(from)} and o.created_at < ${midnight(to.add({ days: 1 }))}`,
      ...(wanted ? [inTerritories(wanted)] : []),
      ...(query.structure ? [sql`o.structure_id = ${query.structure}`] : []),
      ...(query.channel ? [sql`${channelOf} = ${query.channel}`] : []),
      ...(query.level === undefined ? [] : [sql`o.charter_level = ${query.level}`]),
      ...(query.outcome ? [sql`o.status = any(${[...outcomeFamilies[query.outcome].statuses]})`] : []),
      ...(query.beyond48h === undefined ? [] : [sql`o.beyond_48h = ${query.beyond48h}`]),
    ];
    return { where: join(conditions, ' and '), timeZone, from, to };
  };
}

export type Select = ReturnType<typeof createSelection>;

/** An export leaves the platform: who took what of which days is kept. */
export async function journalExport({ database, clock }: Pick<SupervisionDependencies, 'database' | 'clock'>, actor: Actor, event: string, { from, to }: Selection): Promise<void> {
  await database.for('orientation').transaction((tx) =>
    writeJournal(tx, {
      at: clock.now(), territory: actor.territories[0] ?? null, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'orientation-export',
      objectId: `${from}/${to}`, event, payload: { from: from.toString(), to: to.toString() },
    }));
}
