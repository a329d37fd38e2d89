import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { automaton } from '../domain/actors.ts';
import { automatic, type Due, judge, nextDue } from '../domain/life.ts';
import type { Dossier } from '../domain/dossier.ts';
import type { RegulationRules } from '../domain/rules.ts';
import { type Deed, recordChange } from './record.ts';
import type { Room } from './room.ts';
import { loadDossier } from './store.ts';

const MOST_AT_ONCE = 500;

/**
 * What the software does by itself, all driven by one column (`next_at`): call-backs due (T12), alerts of a P0 that nobody
 * takes (I6), planned dossiers (T33), ends of states (T23 to T29). Each is claimed by one process alone.
 */
export function createDueWork({ db, clock, settings }: Room) {
  async function one(tx: Transaction): Promise<boolean> {
    const now = clock.now();
    const claimed = await tx.maybeOne<{ id: string; territory: string }>(sql`
      select id, territory from dossier.dossier where next_at <= ${now} order by next_at limit 1 for update skip locked`);
    if (!claimed) return false;
    const dossier = (await loadDossier(tx, claimed.id, [claimed.territory]))!;
    const { rules } = await settings.of(tx, claimed.territory);
    const due = nextDue(dossier, rules);
    if (due && Temporal.Instant.compare(due.at, now) <= 0) await carryOut(tx, dossier, rules, due, now);
    else await tx.run(sql`update dossier.dossier set next_at = ${due?.at ?? null} where territory = ${claimed.territory} and id = ${claimed.id}`);
    return true;
  }

  async function carryOut(tx: Transaction, dossier: Dossier, rules: RegulationRules, { action }: Due, now: Temporal.Instant): Promise<void> {
    const deed = (event: string, payload: Record<string, unknown>): Deed => ({ at: now, accountId: automaton.accountId, name: automaton.name, role: null, event, payload });
    if (action === 'p0-alert') {
      const late = { ...dossier, p0Alerts: dossier.p0Alerts + 1 };
      await recordChange(tx, dossier, late, rules, deed('p0-alert', { alert: late.p0Alerts, since: dossier.p0Since }), ['p0-late']);
      return;
    }
    const verdict = judge(action, automatic(dossier, rules, now));
    if ('refusals' in verdict) throw new Error(`${action} of ${dossier.id}: ${verdict.refusals.map((refusal) => refusal.message).join(' ')}`);
    const { outcome } = verdict;
    await recordChange(tx, dossier, outcome.dossier, rules, deed(action, { t: outcome.transition.t, ...outcome.payload }), outcome.alerts);
  }

  /** Does all that is due; gives how many dossiers it touched. */
  return async (): Promise<number> => {
    let count = 0;
    while (count < MOST_AT_ONCE && (await db.transaction(one))) count++;
    return count;
  };
}
