import sql from 'sql-template-tag';
import type { Transaction } from './db/database.ts';
import type { Aged, Keeping } from './retention.ts';

/** Entries of a longer duration than the rest: the seal stops before the first of them that has not reached it. */
export interface LongerKept {
  readonly objectTypes: readonly string[];
  readonly before: (at: Temporal.Instant) => Temporal.Instant;
  readonly clock: { now(): Temporal.Instant };
}

interface Sealable {
  readonly position: number;
  readonly seq: number;
  readonly at: Temporal.Instant;
  readonly free: boolean;
}

/**
 * The journal erases its beginning alone, so that its chain is never broken: a seal bears the hash of the last link erased
 * (ADR 0010). An entry too young, held, or kept longer stops it there, with all those that follow.
 */
export function journalKeeping({ objectTypes, before, clock }: LongerKept): Keeping {
  const isFree = (aged: Aged) => sql`(j.at < ${aged.before} and j.object_id <> all(${aged.except}::text[])
    and (j.object_type <> all(${objectTypes}::text[]) or j.at < ${before(clock.now())}))`;

  /** The links that may go, in their order. */
  async function beginning(tx: Transaction, aged: Aged, limit: number): Promise<Sealable[]> {
    const links = await tx.for('foundation').query<Sealable>(sql`
      select c.position, c.seq, j.at, ${isFree(aged)} as free from foundation.journal_chain c join foundation.journal j on j.seq = c.seq
      where c.position < (select max(position) from foundation.journal_chain) order by c.position limit ${limit}`);
    const stop = links.findIndex(({ free }) => !free);
    return stop === -1 ? links : links.slice(0, stop);
  }

  return {
    async count(tx, aged) {
      const db = tx.for('foundation');
      const { kept, old } = await db.one<{ kept: number; old: number }>(sql`
        select count(*) as kept, count(*) filter (where at < ${aged.before}) as old from foundation.journal`);
      const { due } = await db.one<{ due: number }>(sql`
        with stop as (
          select min(c.position) as position from foundation.journal_chain c join foundation.journal j on j.seq = c.seq where not ${isFree(aged)}
        )
        select count(*) as due from foundation.journal_chain
        where position < coalesce((select position from stop), (select max(position) from foundation.journal_chain))`);
      return { kept, due, held: old - due };
    },
    due: async (tx, aged, limit) => (await beginning(tx, aged, limit)).map(({ seq, at }) => ({ id: String(seq), at })),
    async purge(tx, aged, limit) {
      const links = await beginning(tx, aged, limit);
      const last = links.at(-1);
      if (!last) return [];
      const db = tx.for('foundation');
      await db.run(sql`
        insert into foundation.journal_seal (position, hash, entries, cut_off, sealed_at)
        select position, hash, ${links.length}, ${aged.before}, ${clock.now()} from foundation.journal_chain where position = ${last.position}`);
      await db.run(sql`delete from foundation.journal where seq = any(${links.map(({ seq }) => seq)}::bigint[])`);
      return links.map(({ seq }) => String(seq));
    },
  };
}
