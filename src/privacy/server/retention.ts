import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { forbidden, notFound, ruleBroken } from '../../foundation/errors.ts';
import { announce } from '../../foundation/events.ts';
import { writeJournal } from '../../foundation/journal.ts';
import type { Transaction } from '../../foundation/db/database.ts';
import { type Actor, administratorRoles, coversTerritory, hasRole } from '../../identity/contract.ts';
import type { CategoryCode, HoldReason, HoldView, Rule, Run } from '../contract.ts';
import { categoryCodes, categoryOf, cutOff, durationProblem } from '../domain/categories.ts';
import { countOf, createErasure, exceptOf } from './erasure.ts';
import type { RetentionDependencies } from './index.ts';
import { holdById, holdsOf, lastRuns, lockCategory, placeOf, ruleOf, type RuleRow, runsOf, toHold, toRun } from './retention-store.ts';

const SHOWN_RECORDS = 500;

export interface HoldOrder {
  readonly category: CategoryCode;
  readonly objectId: string | null;
  readonly reason: HoldReason;
  readonly until: string | null;
}

/** Durations, legal holds and erasures with their proof (SEC-07). */
export function createRetention(deps: RetentionDependencies) {
  const { database, clock, keepings } = deps;
  const db = database.for('privacy');

  async function requireTerritory(actor: Actor, territory: string): Promise<void> {
    if (coversTerritory(actor, territory)) return;
    await db.transaction((tx) => writeJournal(tx, {
      at: clock.now(), territory, actor: actor.accountId, objectType: 'retention', objectId: territory, event: 'access-refused',
    }));
    const whose = territory === '*' ? "Cette durée vaut pour toute l'installation : l'administrateur national la règle." : `Le territoire ${territory} n'est pas le vôtre.`;
    throw forbidden('territory-not-covered', `${whose} Rien n'a été changé.`);
  }

  const toRule = (row: RuleRow, actor: Actor, last: Run | null): Rule => ({
    ...row, at: row.at?.toString() ?? null, lastRun: last,
    editable: categoryOf(row.category).ending === 'purge' && hasRole(actor, ...administratorRoles) && coversTerritory(actor, row.territory),
  });

  const tell = (tx: Transaction, territory: string) =>
    announce(tx, { topic: 'retention', ids: { territory }, audience: { roles: [...administratorRoles, 'responsable-sas'] } });

  return {
    run: createErasure(deps).run,

    /** @throws forbidden `territory-not-covered` */
    async overview(territory: string, actor: Actor): Promise<{ rules: Rule[]; holds: HoldView[]; runs: Run[] }> {
      await requireTerritory(actor, territory);
      const last = new Map((await lastRuns(db, territory)).map((row) => [row.category, toRun(row)]));
      const rules = await Promise.all(categoryCodes.map(async (category) =>
        toRule(await ruleOf(db, category, placeOf(category, territory)), actor, last.get(category) ?? null)));
      return { rules, holds: (await holdsOf(db, territory)).map(toHold), runs: (await runsOf(db, territory)).map(toRun) };
    },

    /** Changes a duration; the runs that follow obey it. @throws rule `duration-out-of-bounds`; forbidden `territory-not-covered` */
    async saveRule(asked: string, category: CategoryCode, days: number, actor: Actor): Promise<Rule> {
      const territory = placeOf(category, asked);
      await requireTerritory(actor, territory);
      const problem = durationProblem(category, days);
      if (problem) throw ruleBroken('duration-out-of-bounds', `${problem} La durée n'a pas été changée.`, [{ path: 'days', message: problem }]);
      return db.transaction(async (tx) => {
        await lockCategory(tx, category);
        const before = await ruleOf(tx, category, territory);
        const now = clock.now();
        const rule = { category, territory, version: before.version + 1, days, author: actor.displayName, at: now };
        await tx.run(sql`
          insert into privacy.rule (territory, category, version, days, author, at) values (${territory}, ${category}, ${rule.version}, ${days}, ${rule.author}, ${now})`);
        await writeJournal(tx, {
          at: now, territory: territory === '*' ? null : territory, actor: actor.accountId, objectType: 'retention-rule', objectId: category, event: 'duration-changed',
          from: String(before.days), to: String(days),
        });
        await tell(tx, territory);
        return toRule(rule, actor, null);
      });
    },

    /** What an erasure would take now, or with another duration. Nothing is erased. @throws not-found `category-without-purge` */
    async forecast(asked: string, category: CategoryCode, days: number | undefined, actor: Actor) {
      const territory = placeOf(category, asked);
      // What the whole installation keeps may be counted from any of its territories; the identifiers are for those who administer it.
      if (territory !== '*') await requireTerritory(actor, territory);
      const keeping = keepings[category];
      if (!keeping) throw notFound('category-without-purge', "Le logiciel ne garde rien dans cette catégorie : il n'y a rien à effacer.");
      return db.transaction(async (tx) => {
        const now = clock.now();
        const duration = days ?? (await ruleOf(tx, category, territory)).days;
        const except = await exceptOf(tx, category, territory, now);
        const aged = { territory, before: cutOff(now, duration), except: except.objects };
        const counts = await countOf(tx, keeping, aged, except);
        const mayList = !except.all && coversTerritory(actor, territory);
        const records = mayList ? await keeping.due(tx, aged, SHOWN_RECORDS) : [];
        return { cutOff: aged.before.toString(), days: duration, ...counts, records: records.map(({ id, at }) => ({ id, at: at.toString() })) };
      });
    },

    /** @throws forbidden `territory-not-covered`; rule `hold-ends-before` */
    async hold(asked: string, order: HoldOrder, actor: Actor): Promise<HoldView> {
      const territory = placeOf(order.category, asked);
      await requireTerritory(actor, territory);
      const now = clock.now();
      const until = order.until === null ? null : Temporal.Instant.from(order.until);
      if (until && Temporal.Instant.compare(until, now) <= 0) {
        throw ruleBroken('hold-ends-before', "Un gel se termine après aujourd'hui, ou n'a pas de fin. Rien n'a été gelé.", [{ path: 'until', message: 'date à venir attendue' }]);
      }
      return db.transaction(async (tx) => {
        await lockCategory(tx, order.category);
        // The journal reads the holds of every category.
        await lockCategory(tx, 'journal');
        const id = randomUUID();
        await tx.run(sql`
          insert into privacy.hold (id, territory, category, object_id, reason, author, at, until)
          values (${id}, ${territory}, ${order.category}, ${order.objectId}, ${order.reason}, ${actor.displayName}, ${now}, ${until})`);
        await writeJournal(tx, {
          at: now, territory: territory === '*' ? null : territory, actor: actor.accountId, objectType: 'hold', objectId: id, event: 'hold-placed', reason: order.reason,
          payload: { category: order.category, objectId: order.objectId, until: order.until },
        });
        await tell(tx, territory);
        return toHold((await holdById(tx, id))!);
      });
    },

    /** @throws not-found `hold-not-found`; forbidden `territory-not-covered` */
    async lift(territory: string, id: string, actor: Actor): Promise<HoldView> {
      return db.transaction(async (tx) => {
        const hold = await holdById(tx, id);
        if (!hold || (hold.territory !== territory && hold.territory !== '*')) throw notFound('hold-not-found', "Ce gel n'existe pas dans ce territoire.");
        await requireTerritory(actor, hold.territory);
        if (hold.liftedAt) return toHold(hold);
        const now = clock.now();
        await tx.run(sql`update privacy.hold set lifted_by = ${actor.displayName}, lifted_at = ${now} where id = ${id}`);
        await writeJournal(tx, { at: now, territory: hold.territory === '*' ? null : hold.territory, actor: actor.accountId, objectType: 'hold', objectId: id, event: 'hold-lifted' });
        await tell(tx, hold.territory);
        return toHold((await holdById(tx, id))!);
      });
    },
  };
}

export type Retention = ReturnType<typeof createRetention>;
