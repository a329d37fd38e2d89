import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { notFound } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Published, SeriesChange } from '../contract.ts';
import { reconcile, type Standing } from '../domain/reconciliation.ts';
import { expand, splitAt } from '../domain/recurrence.ts';
import { announceAgenda, changedFields, checkVersion, guardAgenda, recordChange } from './agenda-guard.ts';
import { writeSeriesOccurrences } from './occurrences.ts';
import type { OpeningDependencies } from './openings.ts';
import { findPlace } from './openings-place.ts';
import { contextOf, nothing, refusal, refuseBadPeriod, toCome, toldSkips } from './publications.ts';
import { announceSlots } from './seats.ts';
import { horizonOf, todayIn } from './series-horizon.ts';
import { exceptionsOf, handOver, insertSeries, lockStanding, seriesColumns, settle, shownSeries, type StoredSeries, updateSeries } from './series-store.ts';

const missing = () => notFound('series-not-found', "Cette récurrence n'existe pas, ou elle a déjà été retirée.");

/** Changing and removing weekly series; what is booked is protected. */
export function createSeries({ database, clock, directory, territories }: OpeningDependencies) {
  const db = database.for('availability');

  /** The series, if the actor keeps it. @throws not-found `series-not-found`; forbidden `opening-not-yours` */
  async function own(actor: Actor, id: string): Promise<StoredSeries> {
    const series = await db.maybeOne<StoredSeries>(sql`select ${seriesColumns} from availability.series r where r.id = ${id} and r.removed_at is null`);
    if (!series) throw missing();
    await guardAgenda({ database, clock }, actor, series);
    return series;
  }

  async function lock(tx: Transaction, id: string, ifMatch: string | undefined): Promise<StoredSeries> {
    const series = await tx.maybeOne<StoredSeries>(sql`
      select ${seriesColumns} from availability.series r where r.id = ${id} and r.removed_at is null for update`);
    if (!series) throw missing();
    await checkVersion(tx, series, ifMatch);
    return series;
  }

  /** Makes what stands of a series what the series wants from now on. */
  async function realign(tx: Transaction, series: StoredSeries, now: Temporal.Instant, wanted = true): Promise<Published> {
    const territory = await territories.get(series.territory);
    const standing = await lockStanding(tx, series.id, now);
    const exceptions = (await exceptionsOf(tx, [series.id])).get(series.id) ?? new Set<string>();
    const window = { from: todayIn(series.timeZone, now), to: series.expandedUntil };
    const { pieces, skipped } = wanted ? expand(series, window, contextOf(territory, exceptions)) : { pieces: [], skipped: [] };
    const plan = reconcile(standing, toCome(pieces, now), series);
    await settle(tx, plan, series, now);
    const { created, onLeave, soon } = await writeSeriesOccurrences(tx, [{ seriesId: series.id, pieces: plan.create }], now);
    const touched = new Set([...plan.remove, ...plan.close].map(({ id }) => id));
    await announceSlots(tx, [...soon, ...standing.filter(({ id }) => touched.has(id)).map(({ slotId }) => slotId)]);
    return {
      series: shownSeries(series), created, removed: plan.remove.length, kept: keptOf(plan.close), skipped: toldSkips(skipped, territory), onLeave,
    };
  }

  async function journal(tx: Transaction, actor: Actor, series: StoredSeries, event: string, payload: Record<string, unknown>): Promise<void> {
    await writeJournal(tx, { at: clock.now(), territory: series.territory, actor: actor.accountId, role: actor.roles[0], objectType: 'series', objectId: series.id, event, payload });
    await announceAgenda(tx, series);
  }

  /** The part of the series from that day on: a series of its own, unless nothing comes before it. What is past stays. */
  async function takeOver(tx: Transaction, actor: Actor, series: StoredSeries, day: string): Promise<StoredSeries> {
    const now = clock.now();
    const { before, after } = splitAt(series, notPast(day, series, now));
    if (!before) return series;
    const next = { ...after, id: randomUUID(), version: 1 };
    await insertSeries(tx, next, { createdBy: actor.accountId, now });
    await handOver(tx, series.id, next.id, next.firstDay);
    await updateSeries(tx, { ...before, version: series.version + 1 });
    await recordChange(tx, { id: series.id, version: series.version + 1, at: now, by: actor.displayName, changed: { lastDay: [series.lastDay, before.lastDay] } });
    return next;
  }

  return {
    /**
     * Changes a series, whole or from a day on. Its exceptions stay; what is booked and no longer fits keeps its hours and
     * its patients, and is listed.
     * @throws not-found `series-not-found`; forbidden `opening-not-yours`; stale `agenda-moved-on`; rule `opening-refused`
     */
    async change(actor: Actor, id: string, change: SeriesChange, ifMatch: string | undefined): Promise<Published> {
      const { territory, nationalId, structureId } = await own(actor, id);
      refuseBadPeriod(change);
      const place = await findPlace({ directory, territories }, { nationalId, structureId, placeId: change.placeId });
      if (place.territory !== territory) throw refusal([{ path: 'placeId', message: "Ce lieu est d'un autre territoire : publiez-y une autre récurrence." }]);
      const now = clock.now();
      return db.transaction(async (tx) => {
        const series = await lock(tx, id, ifMatch);
        const { from, weekly, ...rest } = change;
        const current = from ? await takeOver(tx, actor, series, from) : series;
        const expandedUntil = horizonOf(todayIn(current.timeZone, now));
        const changed = { ...rest, ...weekly, weekdays: [...new Set(weekly.weekdays)].sort() };
        const next = { ...current, ...changed, expandedUntil, version: current.version + 1 };
        if (next.lastDay !== null && next.lastDay < next.firstDay) throw refusal([{ path: 'lastDay', message: 'La récurrence ne peut pas finir avant de commencer.' }]);
        await updateSeries(tx, next);
        const fields = changedFields<object>(current, changed);
        await recordChange(tx, { id: next.id, version: next.version, at: now, by: actor.displayName, changed: fields });
        await journal(tx, actor, next, 'changed', { from, fields });
        return realign(tx, next, now);
      });
    },

    /** Removes a series, whole or from a day on; what is booked keeps its hours and its patients, and is listed. @throws as `change` */
    async remove(actor: Actor, id: string, from: string | undefined, ifMatch: string | undefined): Promise<Published> {
      await own(actor, id);
      const now = clock.now();
      return db.transaction(async (tx) => {
        const series = await lock(tx, id, ifMatch);
        const { before } = from ? splitAt(series, notPast(from, series, now)) : { before: null };
        const next = { ...(before ?? series), version: series.version + 1 };
        if (before) await updateSeries(tx, next);
        else await tx.run(sql`update availability.series set removed_at = ${now}, version = version + 1 where id = ${id}`);
        await recordChange(tx, { id, version: next.version, at: now, by: actor.displayName, changed: before ? { lastDay: [series.lastDay, before.lastDay] } : { removed: [false, true] } });
        await journal(tx, actor, next, 'removed', { from: from ?? null });
        const done = await realign(tx, next, now, before !== null);
        return { ...nothing, series: before ? done.series : null, removed: done.removed, kept: done.kept };
      });
    },
  };
}

const notPast = (day: string, { timeZone }: StoredSeries, now: Temporal.Instant): string => {
  const today = todayIn(timeZone, now);
  return day > today ? day : today;
};

/** What stays for its patients although the series does not give it. */
const keptOf = (close: readonly Standing[]): Published['kept'] => close.map(({ id, day, starts, ends, booked }) => ({ openingId: id, day, starts, ends, booked }));
