import sql from 'sql-template-tag';
import type { Queryable } from '../../../foundation/db/database.ts';
import type { Level } from '../contract.ts';
import type { CallCounts } from '../domain/board.ts';

/** What waits and what is spoken, now. */
export interface LiveLevel {
  readonly level: Level;
  readonly waiting: number;
  readonly oldest: Temporal.Instant | null;
  readonly inProgress: number;
}

export const liveLevels = (db: Queryable, territory: string): Promise<LiveLevel[]> =>
  db.query<LiveLevel>(sql`
    with waiting as (
      select waiting_level as level, count(*) as count, min(waiting_since) as oldest
      from telephony.call where territory = ${territory} and waiting_level is not null and ended_at is null group by 1
    ), talking as (
      select l.level, count(distinct l.call_id) as count
      from telephony.call c join telephony.leg l on l.territory = c.territory and l.call_id = c.id
      where c.territory = ${territory} and c.ended_at is null and l.party = 'agent' and l.answered_at is not null and l.ended_at is null
      group by 1
    )
    select coalesce(w.level, t.level) as level, coalesce(w.count, 0) as waiting, w.oldest, coalesce(t.count, 0) as "inProgress"
    from waiting w full join talking t on t.level = w.level`);

/** Calls presented to N1 between two instants, by what became of them. One call counts once whatever its transfers. */
export const callCounts = (db: Queryable, territory: string, from: Temporal.Instant, to: Temporal.Instant): Promise<CallCounts> =>
  db.one<CallCounts>(sql`
    select count(*) as presented, count(answered_at) as answered,
      count(*) filter (where answered_at - presented_at < interval '30 seconds') as "answeredUnder30",
      count(*) filter (where state = 'ABANDONNE_LT10') as "abandonedLt10", count(*) filter (where state = 'ABANDONNE_GE10') as "abandonedGe10"
    from telephony.call
    where territory = ${territory} and presented_at >= ${from} and presented_at < ${to} and direction = 'in' and entry_level = 'N1'`);

export interface Answers {
  readonly level: Level;
  readonly answered: number;
  readonly answeredUnder30: number;
}

/** What each level answered of what reached it between two instants; the wait runs from its own queue. */
export const answersByLevel = (db: Queryable, territory: string, from: Temporal.Instant, to: Temporal.Instant): Promise<Answers[]> =>
  db.query<Answers>(sql`
    select level, count(*) as answered, count(*) filter (where answered_at - queued_at < interval '30 seconds') as "answeredUnder30"
    from telephony.leg
    where territory = ${territory} and party = 'agent' and queued_at is not null and answered_at >= ${from}
      and queued_at >= ${from} and queued_at < ${to}
    group by level`);

export interface Quarter extends Answers {
  readonly at: Temporal.Instant;
  readonly presented: number;
}

/** The same by quarters of an hour, with what was presented. */
export const quarters = (db: Queryable, territory: string, from: Temporal.Instant): Promise<Quarter[]> =>
  db.query<Quarter>(sql`
    select level, date_bin('15 minutes', coalesce(queued_at, answered_at), timestamptz 'epoch') as at, count(*) as presented,
      count(answered_at) as answered, count(*) filter (where answered_at - queued_at < interval '30 seconds') as "answeredUnder30"
    from telephony.leg
    where territory = ${territory} and party = 'agent' and level is not null and queued_at >= ${from} and answered_at >= ${from}
    group by 1, 2 order by 2`);
