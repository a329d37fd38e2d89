import sql, { join } from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Territory } from '../../../territory/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import { askedUpTo, closedUpTo, UNTOLD } from '../domain/outcome.ts';
import { audienceRoles, recordChange } from './orientations-record.ts';
import { selectOrientations, updateOrientation } from './orientations-store.ts';
import { type Receiver, receiverKey, type TellReceiver } from './outcome-receivers.ts';

export interface AskDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'list'>;
  readonly tellReceiver: TellReceiver;
  /** Whole days after which an appointment that nobody told of is closed. */
  readonly closedAfterDays: number;
}

/** What the software does by itself has this author. */
const SYSTEM = 'system';
const BATCH = 200;

interface DueRow extends Receiver {
  readonly id: string;
  readonly territory: string;
  readonly status: string;
}

interface Group {
  readonly receiver: Receiver;
  readonly territory: string;
  readonly rows: DueRow[];
}

/** One question a receiver, whatever SAS sent the patients. */
function groupByReceiver(rows: readonly DueRow[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const { nationalId, territory } = row;
    const receiver = { nationalId, structureId: nationalId === null ? row.structureId : null };
    const group = groups.get(receiverKey(receiver)) ?? { receiver, territory, rows: [] };
    group.rows.push(row);
    groups.set(receiverKey(receiver), group);
  }
  return [...groups.values()];
}

const boundsOf = (territories: readonly Territory[], bound: (timeZone: string) => Temporal.Instant) =>
  join(territories.map(({ code, timeZone }) => sql`(${code}, ${bound(timeZone)}::timestamptz, ${timeZone})`));

/** The background work on outcomes: asking on the day after, closing what nobody told. Both exact after a stop. */
export function createAsking({ database, clock, territories, tellReceiver, closedAfterDays }: AskDependencies) {
  const db = database.for('orientation');

  async function ask(tx: Transaction, { receiver, territory, rows }: Group, day: string, now: Temporal.Instant): Promise<void> {
    const key = receiverKey(receiver);
    const asked = await tx.run(sql`
      insert into orientation.outcome_ask (receiver, day, at, territory, appointments) values (${key}, ${day}, ${now}, ${territory}, ${rows.length})
      on conflict (receiver, day) do nothing`);
    if (asked === 0) return;
    const ids = rows.map(({ id }) => id);
    await tx.run(sql`
      with asked as (update orientation.orientation set asked_at = ${now} where id = any(${ids}) returning id, status)
      insert into orientation.orientation_event (orientation_id, at, actor, event, from_status, to_status)
      select id, ${now}::timestamptz, ${SYSTEM}, 'outcome-asked', status, status from asked`);
    const told = await tellReceiver(tx, { template: 'outcomes-to-tell', receiver, territory, day, count: rows.length }, now);
    await writeJournal(tx, {
      at: now, territory, actor: SYSTEM, objectType: 'outcome-ask', objectId: `${key}/${day}`, event: 'outcomes-asked', payload: { orientationIds: ids, told },
    });
    for (const id of ids) await announce(tx, { topic: 'orientation', ids: { orientationId: id }, audience: { roles: audienceRoles, territories: [territory] } });
  }

  return {
    /** Asks each receiver, once a day, about yesterday's appointments and those that a stop left unasked. Gives the number asked about. */
    async askDue(): Promise<number> {
      const known = await territories.list();
      if (known.length === 0) return 0;
      const now = clock.now();
      const rows = await db.query<DueRow & { timeZone: string }>(sql`
        select o.id, o.territory, o.status, o.national_id as "nationalId", o.structure_id as "structureId", t.zone as "timeZone"
        from (values ${boundsOf(known, (zone) => askedUpTo(now, zone))}) as t (code, bound, zone)
        join orientation.orientation o on o.territory = t.code and o.start_at < t.bound
        where o.status in ('PRIS', 'MODIFIE') and o.kind <> 'editor' and o.asked_at is null and coalesce(o.national_id, o.structure_id) is not null
        order by o.start_at`);
      for (const group of groupByReceiver(rows)) {
        const zone = known.find(({ code }) => code === group.territory)!.timeZone;
        const day = now.toZonedDateTimeISO(zone).toPlainDate().toString();
        await db.transaction(async (tx) => {
          // Told or asked by another process meanwhile: no longer ours.
          const still = await tx.query<DueRow>(sql`
            select id, territory, status, national_id as "nationalId", structure_id as "structureId" from orientation.orientation
            where id = any(${group.rows.map(({ id }) => id)}) and status in ('PRIS', 'MODIFIE') and asked_at is null order by id for update`);
          if (still.length > 0) await ask(tx, { ...group, rows: still }, day, now);
        });
      }
      return rows.length;
    },

    /** Closes, untold, the appointments of which nobody said anything for long enough. Gives their number. */
    async closeUntold(): Promise<number> {
      const known = await territories.list();
      if (known.length === 0) return 0;
      const now = clock.now();
      const bounds = boundsOf(known, (zone) => closedUpTo(now, zone, closedAfterDays));
      const closeSome = () =>
        db.transaction(async (tx) => {
          const rows = await selectOrientations(
            tx,
            sql`o.id in (select d.id from (values ${bounds}) as t (code, bound, zone)
              join orientation.orientation d on d.territory = t.code and d.start_at < t.bound
              where d.status in ('PRIS', 'MODIFIE') limit ${BATCH}) and o.status in ('PRIS', 'MODIFIE')`,
            sql`for update skip locked`,
          );
          for (const row of rows) {
            const event = { at: now, actor: SYSTEM, event: 'untold', from: row.status, to: UNTOLD };
            const after = { ...row, status: UNTOLD, updatedAt: now };
            await updateOrientation(tx, after, event);
            await recordChange(tx, after, event, null);
          }
          return rows.length;
        });
      let total = 0;
      for (let count = await closeSome(); count > 0; count = await closeSome()) total += count;
      return total;
    },
  };
}
