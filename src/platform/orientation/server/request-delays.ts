import sql from 'sql-template-tag';
import type { Database, Queryable } from '../../../foundation/db/database.ts';
import type { Clock } from '../../../foundation/clock.ts';
import { forbidden } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import { delayedKinds, type DelayedKind } from '../contract.ts';

const DEFAULT_MINUTES = 10;

/** Minutes that each kind of structure has to answer, in force at that instant. */
export async function delaysAt(db: Queryable, territory: string, at: Temporal.Instant): Promise<Record<DelayedKind, number>> {
  const rows = await db.query<{ kind: DelayedKind; minutes: number }>(sql`
    select distinct on (kind) kind, minutes from orientation.answer_delay
    where territory = ${territory} and valid_from <= ${at} order by kind, valid_from desc`);
  const set = new Map(rows.map(({ kind, minutes }) => [kind, minutes]));
  return Object.fromEntries(delayedKinds.map((kind) => [kind, set.get(kind) ?? DEFAULT_MINUTES])) as Record<DelayedKind, number>;
}

/** When a structure of this kind, asked at `at`, loses its turn. */
export async function deadlineFor(db: Queryable, territory: string, kind: string, at: Temporal.Instant): Promise<Temporal.Instant> {
  const delays: Partial<Record<string, number>> = await delaysAt(db, territory, at);
  return at.add({ minutes: delays[kind] ?? DEFAULT_MINUTES });
}

/** The delays to answer of a territory: read, and set from now on. */
export function createDelays({ database, clock }: { database: Database; clock: Clock }) {
  const db = database.for('orientation');
  const read = async (territory: string) => ({ territory, minutes: await delaysAt(db, territory, clock.now()) });
  return {
    read,
    /** Requests already sent keep the delay they were sent with. @throws forbidden `territory-not-covered` */
    async save(actor: Actor, territory: string, minutes: Partial<Record<DelayedKind, number>>) {
      if (!coversTerritory(actor, territory)) {
        throw forbidden('territory-not-covered', `Les délais du territoire ${territory} se règlent par ses responsables. Rien n'a été changé.`);
      }
      const now = clock.now();
      await db.transaction(async (tx) => {
        const before = await delaysAt(tx, territory, now);
        for (const [kind, value] of Object.entries(minutes)) {
          await tx.run(sql`
            insert into orientation.answer_delay (territory, kind, valid_from, minutes, author) values (${territory}, ${kind}, ${now}, ${value}, ${actor.accountId})
            on conflict (territory, kind, valid_from) do update set minutes = excluded.minutes, author = excluded.author`);
        }
        await writeJournal(tx, {
          at: now, territory, actor: actor.accountId, objectType: 'answer-delay', objectId: territory, event: 'answer-delay-saved', payload: { before, after: minutes },
        });
      });
      return read(territory);
    },
  };
}
