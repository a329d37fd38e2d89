import sql from 'sql-template-tag';
import type { Queryable, Transaction } from '../../foundation/db/database.ts';
import type { CategoryCode, HoldReason, HoldView, Run } from '../contract.ts';
import { categoryOf, stands } from '../domain/categories.ts';

/** The duration in force: version 0 is the usual one. */
export interface RuleRow {
  readonly category: CategoryCode;
  readonly territory: string;
  readonly version: number;
  readonly days: number;
  readonly author: string | null;
  readonly at: Temporal.Instant | null;
}

export interface HoldRow extends Omit<HoldView, 'at' | 'until' | 'liftedAt' | 'reason'> {
  readonly reason: HoldReason;
  readonly at: Temporal.Instant;
  readonly until: Temporal.Instant | null;
  readonly liftedAt: Temporal.Instant | null;
}

export interface RunRow extends Omit<Run, 'cutOff' | 'startedAt' | 'finishedAt'> {
  readonly cutOff: Temporal.Instant;
  readonly startedAt: Temporal.Instant;
  readonly finishedAt: Temporal.Instant | null;
}

const SHOWN_RUNS = 500;
const LOCK = 7_386_280;

const holdColumns = sql`id, territory, category, object_id as "objectId", reason, author, at, until, lifted_by as "liftedBy", lifted_at as "liftedAt"`;
const runColumns = sql`id, territory, category, rule_version as "ruleVersion", days, cut_off as "cutOff", started_at as "startedAt", finished_at as "finishedAt",
  kept_before as "keptBefore", due_before as "dueBefore", purged, kept_after as "keptAfter", held, digest`;

/** Rules, holds and batches of one category follow each other: none is missed by a batch under way. */
export const lockCategory = (tx: Transaction, category: CategoryCode): Promise<unknown> =>
  tx.query(sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${category}))`);

/** The territory whose rule applies to a category: that of the installation has only one. */
export const placeOf = (category: CategoryCode, territory: string): string => (categoryOf(category).scope === 'installation' ? '*' : territory);

/** The duration in force. */
export async function ruleOf(db: Queryable, category: CategoryCode, territory: string): Promise<RuleRow> {
  const row = await db.maybeOne<RuleRow>(sql`
    select category, territory, version, days, author, at from privacy.rule
    where territory = ${territory} and category = ${category} order by version desc limit 1`);
  return row ?? { category, territory, version: 0, days: categoryOf(category).days.usual, author: null, at: null };
}

/** The holds of a category that stand at that instant. */
export async function holdsOn(db: Queryable, category: CategoryCode, territory: string, at: Temporal.Instant): Promise<HoldRow[]> {
  const rows = await db.query<HoldRow>(sql`
    select ${holdColumns} from privacy.hold where category = ${category} and territory = ${territory} and lifted_at is null`);
  return rows.filter((hold) => stands(hold, at));
}

/** The objects held in any category: what the journal says of them stays too. */
export async function objectsHeld(db: Queryable, at: Temporal.Instant): Promise<string[]> {
  const rows = await db.query<HoldRow>(sql`select ${holdColumns} from privacy.hold where object_id is not null and lifted_at is null`);
  return rows.filter((hold) => stands(hold, at)).map(({ objectId }) => objectId!);
}

/** The holds of a territory and of the whole installation, the newest first. */
export const holdsOf = (db: Queryable, territory: string): Promise<HoldRow[]> =>
  db.query<HoldRow>(sql`select ${holdColumns} from privacy.hold where territory = any(${[territory, '*']}) order by at desc limit 500`);

export const holdById = (tx: Transaction, id: string): Promise<HoldRow | null> =>
  tx.maybeOne<HoldRow>(sql`select ${holdColumns} from privacy.hold where id = ${id} for update`);

/** The proofs of a territory and of the whole installation, the newest first. */
export const runsOf = (db: Queryable, territory: string): Promise<RunRow[]> =>
  db.query<RunRow>(sql`select ${runColumns} from privacy.run where territory = any(${[territory, '*']}) order by started_at desc, category limit ${SHOWN_RUNS}`);

/** The last erasure of each category there. */
export const lastRuns = (db: Queryable, territory: string): Promise<RunRow[]> =>
  db.query<RunRow>(sql`
    select distinct on (category) ${runColumns} from privacy.run where territory = any(${[territory, '*']}) order by category, started_at desc`);

/** The last erasure of a category; the one under way when there is one. */
export const lastRun = (db: Queryable, category: CategoryCode, territory: string): Promise<RunRow | null> =>
  db.maybeOne<RunRow>(sql`
    select ${runColumns} from privacy.run where category = ${category} and territory = ${territory}
    order by finished_at is null desc, started_at desc limit 1`);

export const runForUpdate = (tx: Transaction, id: string): Promise<RunRow> =>
  tx.one<RunRow>(sql`select ${runColumns} from privacy.run where id = ${id} for update`);

const text = (instant: Temporal.Instant | null) => instant?.toString() ?? null;

export const toHold = (row: HoldRow): HoldView => ({ ...row, at: row.at.toString(), until: text(row.until), liftedAt: text(row.liftedAt) });
export const toRun = (row: RunRow): Run => ({ ...row, cutOff: row.cutOff.toString(), startedAt: row.startedAt.toString(), finishedAt: text(row.finishedAt) });
