import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Transaction } from './db/database.ts';

/** What is old enough to go: settled before an instant, in a territory (`'*'`: everywhere), save the objects named. */
export interface Aged {
  readonly territory: string;
  readonly before: Temporal.Instant;
  readonly except: readonly string[];
}

export interface KeptCount {
  readonly kept: number;
  /** Old enough, and free to go. */
  readonly due: number;
  /** Old enough, but named in `except`. */
  readonly held: number;
}

/** One kind of record that its context keeps for a time only. */
export interface Keeping {
  count(tx: Transaction, aged: Aged): Promise<KeptCount>;
  /** What would go, the oldest first. */
  due(tx: Transaction, aged: Aged, limit: number): Promise<{ readonly id: string; readonly at: Temporal.Instant }[]>;
  /** Erases at most `limit` records and gives their ids; a record locked by somebody else is left for the next time. */
  purge(tx: Transaction, aged: Aged, limit: number): Promise<string[]>;
}

export interface KeptTable {
  /** The context, which is also the schema. */
  readonly context: string;
  readonly table: Sql;
  /** Its id, as text. */
  readonly id: Sql;
  /** Since when the record is settled: its duration runs from there. Null: not settled, never old. */
  readonly settledAt: Sql;
  /** The column of its territory; without one, the category belongs to the whole installation. */
  readonly territory?: Sql;
  /** What must also hold. */
  readonly also?: Sql;
  /** Deletes what depends on the rows erased, which it reads in `gone`. */
  readonly dependents?: readonly Sql[];
}

/** Keeps a table for a time: what is older goes, with what depends on it, in one statement a batch. */
export function keepingOf({ context, table, id, settledAt, territory, also, dependents = [] }: KeptTable): Keeping {
  const inTerritory = (code: string) => (territory ? sql`(${code} = '*' or ${territory} = ${code})` : sql`${code} = '*'`);
  const old = ({ territory: code, before }: Aged) => sql`${settledAt} < ${before} and ${inTerritory(code)} ${also ? sql`and ${also}` : empty}`;
  const free = (aged: Aged) => sql`${old(aged)} and ${id} <> all(${aged.except}::text[])`;
  return {
    count: (tx, aged) => tx.for(context).one<KeptCount>(sql`
      select count(*) as kept, count(*) filter (where ${free(aged)}) as due,
        count(*) filter (where ${old(aged)} and ${id} = any(${aged.except}::text[])) as held
      from ${table} where ${inTerritory(aged.territory)}`),
    due: (tx, aged, limit) => tx.for(context).query<{ id: string; at: Temporal.Instant }>(sql`
      select ${id} as id, ${settledAt} as at from ${table} where ${free(aged)} order by ${settledAt}, ${id} limit ${limit}`),
    async purge(tx, aged, limit) {
      const also = dependents.map((statement, index) => sql`, ${partNames[index]!} as (${statement})`);
      const rows = await tx.for(context).query<{ id: string }>(sql`
        with gone as materialized (
          select *, ctid as gone_row, ${id} as gone_id from ${table} where ${free(aged)}
          order by ${settledAt}, ${id} limit ${limit} for update skip locked
        )${also.reduce((all, one) => sql`${all}${one}`, empty)},
        deleted as (delete from ${table} where ctid in (select gone_row from gone))
        select gone_id as id from gone order by gone_id`);
      return rows.map((row) => row.id);
    },
  };
}

const partNames = Array.from({ length: 8 }, (_, index) => raw(`dependents_${index + 1}`));

/** Tables kept for the same time, as one category. */
export function together(...keepings: readonly Keeping[]): Keeping {
  return {
    async count(tx, aged) {
      const total = { kept: 0, due: 0, held: 0 };
      for (const keeping of keepings) {
        const { kept, due, held } = await keeping.count(tx, aged);
        Object.assign(total, { kept: total.kept + kept, due: total.due + due, held: total.held + held });
      }
      return total;
    },
    async due(tx, aged, limit) {
      const records: Awaited<ReturnType<Keeping['due']>> = [];
      for (const keeping of keepings) records.push(...(await keeping.due(tx, aged, limit)));
      return records.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at)).slice(0, limit);
    },
    async purge(tx, aged, limit) {
      const gone: string[] = [];
      for (const keeping of keepings) if (gone.length < limit) gone.push(...(await keeping.purge(tx, aged, limit - gone.length)));
      return gone;
    },
  };
}
