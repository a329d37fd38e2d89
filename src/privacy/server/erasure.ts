import { createHash, randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Transaction } from '../../foundation/db/database.ts';
import { writeJournal } from '../../foundation/journal.ts';
import type { Aged, Keeping } from '../../foundation/retention.ts';
import type { CategoryCode } from '../contract.ts';
import { categoryCodes, categoryOf, cutOff } from '../domain/categories.ts';
import type { RetentionDependencies } from './index.ts';
import { holdsOn, lastRun, lockCategory, objectsHeld, ruleOf, runForUpdate, type RunRow } from './retention-store.ts';

/** Records erased in one transaction: a process that dies loses one batch, which the next turn takes again. */
const BATCH = 1_000;
const EVERY_HOURS = 24;
const NOTHING = createHash('sha256').digest('hex');

/** What may not go: these objects, or everything. */
export interface Except {
  readonly all: boolean;
  readonly objects: readonly string[];
}

export async function exceptOf(tx: Transaction, category: CategoryCode, territory: string, at: Temporal.Instant): Promise<Except> {
  const privacy = tx.for('privacy');
  const holds = await holdsOn(privacy, category, territory, at);
  return {
    all: holds.some(({ objectId }) => objectId === null),
    objects: category === 'journal' ? await objectsHeld(privacy, at) : holds.flatMap(({ objectId }) => objectId ?? []),
  };
}

/** Counts what stands, with a category held as a whole counted as held. */
export async function countOf(tx: Transaction, keeping: Keeping, aged: Aged, except: Except) {
  const { kept, due, held } = await keeping.count(tx, aged);
  return except.all ? { kept, due: 0, held: due + held } : { kept, due, held };
}

/** Erases what has outlived its duration, a batch at a time, and keeps the proof of it. */
export function createErasure({ database, clock, keepings, territories }: RetentionDependencies) {
  const db = database.for('privacy');

  /** Opens the run of the day, or finds the one that a stopped process left; null when today's is done. */
  const open = (category: CategoryCode, territory: string, keeping: Keeping): Promise<string | null> =>
    db.transaction(async (tx) => {
      await lockCategory(tx, category);
      const now = clock.now();
      const last = await lastRun(tx, category, territory);
      if (last && !last.finishedAt) return last.id;
      const rule = await ruleOf(tx, category, territory);
      const isDone = last && last.ruleVersion === rule.version && Temporal.Instant.compare(last.startedAt.add({ hours: EVERY_HOURS }), now) > 0;
      if (isDone) return null;
      const before = cutOff(now, rule.days);
      const except = await exceptOf(tx, category, territory, now);
      const { kept, due } = await countOf(tx, keeping, { territory, before, except: except.objects }, except);
      const id = randomUUID();
      await tx.run(sql`
        insert into privacy.run (id, territory, category, rule_version, days, cut_off, started_at, kept_before, due_before, digest)
        values (${id}, ${territory}, ${category}, ${rule.version}, ${rule.days}, ${before}, ${now}, ${kept}, ${due}, ${NOTHING})`);
      return id;
    });

  /** One batch; true when the run is over. A duration changed meanwhile ends it: the next run follows the new one. */
  const batch = (id: string, category: CategoryCode, keeping: Keeping): Promise<boolean> =>
    db.transaction(async (tx) => {
      await lockCategory(tx, category);
      const run = await runForUpdate(tx, id);
      if (run.finishedAt) return true;
      const { territory } = run;
      const rule = await ruleOf(tx, category, territory);
      const except = await exceptOf(tx, category, territory, clock.now());
      const aged = { territory, before: run.cutOff, except: except.objects };
      const ids = except.all || rule.version !== run.ruleVersion ? [] : await keeping.purge(tx, aged, BATCH);
      if (ids.length === 0) return finish(tx, run, await countOf(tx, keeping, aged, except));
      const digest = createHash('sha256').update(run.digest).update(ids.join('\n')).digest('hex');
      await tx.run(sql`update privacy.run set purged = purged + ${ids.length}, digest = ${digest} where id = ${id}`);
      return false;
    });

  async function finish(tx: Transaction, run: RunRow, { kept, held }: { kept: number; held: number }): Promise<true> {
    const now = clock.now();
    await tx.run(sql`update privacy.run set finished_at = ${now}, kept_after = ${kept}, held = ${held} where id = ${run.id}`);
    if (run.purged + held > 0) {
      await writeJournal(tx, {
        at: now, territory: run.territory === '*' ? null : run.territory, actor: 'retention', objectType: 'retention', objectId: run.id, event: 'purged',
        payload: { category: run.category, ruleVersion: run.ruleVersion, cutOff: run.cutOff.toString(), purged: run.purged, held, digest: run.digest },
      });
    }
    return true;
  }

  async function erase(category: CategoryCode, territory: string): Promise<void> {
    const keeping = keepings[category];
    if (!keeping || categoryOf(category).ending !== 'purge') return;
    const id = await open(category, territory, keeping);
    while (id && !(await batch(id, category, keeping)));
  }

  return {
    /** Everything that is due, everywhere. Safe in several processes at once; taken up again where a stopped one left it. */
    async run(): Promise<void> {
      const codes = await territories();
      // Searches go after the orientations that refer to them.
      const inOrder = categoryCodes.toSorted((a, b) => Number(a === 'searches') - Number(b === 'searches'));
      for (const category of inOrder) {
        for (const territory of categoryOf(category).scope === 'installation' ? ['*'] : codes) await erase(category, territory);
      }
    },
  };
}
