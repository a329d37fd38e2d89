import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../foundation/db/database.ts';
import { type FieldProblem, ruleBroken } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import { holidayName } from '../../../territory/server/index.ts';
import type { Territory } from '../../../territory/contract.ts';
import type { Publication, Published } from '../contract.ts';
import { cut, expand, type Piece, type RuleContext, type SkippedPiece, type WeeklyRule } from '../domain/recurrence.ts';
import { announceAgenda, guardAgenda } from './agenda-guard.ts';
import type { OpeningDependencies } from './openings.ts';
import { findPlace } from './openings-place.ts';
import { alreadyWritten, writeOccurrences, writeSeriesOccurrences } from './occurrences.ts';
import { announceSlots } from './seats.ts';
import { horizonOf, todayIn } from './series-horizon.ts';
import { exceptDays, insertSeries, shownSeries, type StoredSeries } from './series-store.ts';

const MOST_PIECES = 100;

/** What is wrong with the words of a publication, whatever its days. @throws rule `opening-refused` naming every wrong field */
export function refuseBadPeriod(period: Pick<Publication, 'starts' | 'ends' | 'slotMinutes' | 'kind' | 'capacity'>): void {
  const problems: FieldProblem[] = [];
  if (period.starts >= period.ends) problems.push({ path: 'ends', message: "L'heure de fin doit suivre l'heure de début, le même jour." });
  else if (cut(period).length === 0) problems.push({ path: 'slotMinutes', message: 'Aucun créneau de cette durée ne tient entre ces heures.' });
  else if (cut(period).length > MOST_PIECES) problems.push({ path: 'slotMinutes', message: `Cette découpe donne plus de ${MOST_PIECES} créneaux par jour : allongez-les.` });
  if (period.kind === 'single' && period.capacity !== 1) {
    problems.push({ path: 'capacity', message: 'Un créneau seul reçoit un patient ; pour en recevoir plusieurs, déclarez une plage.' });
  }
  if (problems.length > 0) throw refusal(problems);
}

export const refusal = (problems: readonly FieldProblem[]) =>
  ruleBroken('opening-refused', `Cette disponibilité n'a pas été enregistrée. ${problems.map(({ message }) => message).join(' ')}`, problems);

/** What the rules of a territory need to know of its calendar. */
export const contextOf = (territory: Pick<Territory, 'holidaySet'>, exceptions: ReadonlySet<string> = new Set()): RuleContext => ({
  exceptions, isHoliday: (day) => holidayName(Temporal.PlainDate.from(day), territory.holidaySet) !== null,
});

/** What a rule skips, with the name of the holiday. */
export const toldSkips = (skipped: readonly SkippedPiece[], territory: Pick<Territory, 'holidaySet'>): Published['skipped'] =>
  skipped.map((one) => ({ ...one, holiday: one.why === 'holiday' ? holidayName(Temporal.PlainDate.from(one.day), territory.holidaySet) : null }));

export const toCome = (pieces: readonly Piece[], now: Temporal.Instant): Piece[] =>
  pieces.filter(({ start }) => Temporal.Instant.compare(start, now) > 0);

/** Writes a new series with its occurrences, in the caller's transaction; null when it is there already. */
export async function putSeries(
  tx: Transaction, actor: Actor, series: StoredSeries, { pieces, exceptions, now }: { pieces: readonly Piece[]; exceptions: readonly string[]; now: Temporal.Instant },
): Promise<Pick<Published, 'created' | 'onLeave'> | null> {
  if (!(await insertSeries(tx, series, { createdBy: actor.accountId, now }))) return null;
  if (exceptions.length > 0) await exceptDays(tx, series.id, exceptions);
  const { created, onLeave, soon } = await writeSeriesOccurrences(tx, [{ seriesId: series.id, pieces }], now);
  const { nationalId, structureId, placeId, weekdays, firstDay, lastDay, starts, ends } = series;
  await writeJournal(tx, {
    at: now, territory: series.territory, actor: actor.accountId, role: actor.roles[0], objectType: 'series', objectId: series.id, event: 'opened',
    payload: { nationalId, structureId, placeId, weekdays, firstDay, lastDay, starts, ends, created },
  });
  await announceAgenda(tx, series);
  await announceSlots(tx, soon);
  return { created, onLeave };
}

/** Publishing availabilities, once or every week. */
export function createPublications({ database, clock, directory, territories }: OpeningDependencies) {
  const db = database.for('availability');

  async function located(actor: Actor, owner: Pick<Publication, 'nationalId' | 'structureId' | 'placeId'>) {
    const place = await findPlace({ directory, territories }, owner);
    await guardAgenda({ database, clock }, actor, { ...owner, territory: place.territory });
    return territories.get(place.territory);
  }

  async function publishSeries(actor: Actor, publication: Publication, weekly: NonNullable<Publication['weekly']>, territory: Territory): Promise<Published> {
    const now = clock.now();
    const { id = randomUUID(), day, weekly: _weekly, ...rest } = publication;
    const until = horizonOf(todayIn(territory.timeZone, now));
    const series: StoredSeries = {
      ...rest, ...weekly, id, weekdays: [...new Set(weekly.weekdays)].sort(), firstDay: day, anchor: day, timeZone: territory.timeZone, territory: territory.code,
      version: 1, expandedUntil: until,
    };
    const { pieces, skipped } = expand(series, { from: todayIn(territory.timeZone, now), to: until }, contextOf(territory));
    const coming = toCome(pieces, now);
    if (coming.length === 0 && weekly.lastDay !== null && weekly.lastDay <= until) throw refusal([{ path: 'lastDay', message: "Cette récurrence ne donne aucun jour à venir : voyez ses jours et sa fin." }]);
    return db.transaction(async (tx) => {
      const written = await putSeries(tx, actor, series, { pieces: coming, exceptions: [], now });
      return { ...nothing, ...written, series: shownSeries(series), skipped: written ? toldSkips(skipped, territory) : [] };
    });
  }

  async function publishOnce(actor: Actor, publication: Publication, territory: Territory): Promise<Published> {
    const now = clock.now();
    const { day, id, ...rest } = publication;
    const rule: WeeklyRule = { ...rest, timeZone: territory.timeZone, weekdays: [Temporal.PlainDate.from(day).dayOfWeek], firstDay: day, lastDay: day, anchor: day, everyWeeks: 1, skipHolidays: false };
    const { pieces, skipped } = expand(rule, { from: day, to: day }, contextOf(territory));
    const coming = toCome(pieces, now);
    if (coming.length === 0) {
      const message = skipped.length > 0
        ? "Cette heure n'existe pas ce jour-là : les horloges passent à l'heure d'été. Choisissez une heure avant ou après."
        : 'Ce moment est déjà passé : choisissez une heure à venir.';
      throw refusal([{ path: 'starts', message }]);
    }
    return db.transaction(async (tx) => {
      const owner = { ...rest, territory: territory.code, timeZone: territory.timeZone, createdBy: actor.accountId };
      const given = coming.map((piece, index) => ({ id: index === 0 && id ? id : randomUUID(), piece }));
      if (id && (await alreadyWritten(tx, id))) return nothing;
      const { created, onLeave, soon } = await writeOccurrences(tx, owner, given, now);
      const { nationalId, structureId, placeId, kind, capacity, starts, ends } = publication;
      await writeJournal(tx, {
        at: now, territory: territory.code, actor: actor.accountId, role: actor.roles[0], objectType: 'opening', objectId: given[0]!.id, event: 'opened',
        payload: { nationalId, structureId, placeId, kind, day, starts, ends, capacity, created },
      });
      await announceAgenda(tx, owner);
      await announceSlots(tx, soon);
      return { ...nothing, created, skipped: toldSkips(skipped, territory), onLeave };
    });
  }

  return {
    /**
     * Publishes availabilities over the weeks to come. Sent a second time with the same id, changes nothing.
     * @throws forbidden `opening-not-yours`; rule `opening-refused` naming every wrong field
     */
    async publish(actor: Actor, publication: Publication): Promise<Published> {
      const territory = await located(actor, publication);
      refuseBadPeriod(publication);
      return publication.weekly ? publishSeries(actor, publication, publication.weekly, territory) : publishOnce(actor, publication, territory);
    },
  };
}

/** Nothing done. */
export const nothing: Published = { series: null, created: 0, removed: 0, kept: [], skipped: [], onLeave: 0 };
