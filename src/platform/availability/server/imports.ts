import { createHash } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { ruleBroken } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Territory } from '../../../territory/contract.ts';
import type { Imported } from '../contract.ts';
import type { CalendarImport } from '../domain/agenda-shapes.ts';
import type { CalendarEvent, CalendarPeriod, CalendarRefusal, ReadCalendar } from '../domain/calendar-file.ts';
import { instantOf } from '../domain/opening.ts';
import { expand, type Piece } from '../domain/recurrence.ts';
import { announceAgenda, guardAgenda } from './agenda-guard.ts';
import type { Leaves } from './leaves.ts';
import type { StoredLeave } from './leaves-store.ts';
import { writeOccurrences } from './occurrences.ts';
import type { OpeningDependencies } from './openings.ts';
import { findPlace, territoryOf } from './openings-place.ts';
import { contextOf, putSeries, refuseBadPeriod, toCome } from './publications.ts';
import { announceSlots } from './seats.ts';
import { horizonOf, todayIn } from './series-horizon.ts';
import type { StoredSeries } from './series-store.ts';

export interface ImportDependencies extends OpeningDependencies {
  readonly readCalendar: ReadCalendar;
  readonly leaves: Pick<Leaves, 'hide'>;
}

/** An event as it will be written. */
type Draft =
  | { readonly kind: 'series'; readonly id: string; readonly event: CalendarEvent; readonly series: StoredSeries; readonly pieces: readonly Piece[] }
  | { readonly kind: 'opening'; readonly id: string; readonly event: CalendarEvent; readonly piece: Piece }
  | { readonly kind: 'leave'; readonly id: string; readonly event: CalendarEvent; readonly leave: StoredLeave };

const MOST_WRITTEN = 2_000;
const LEAVE_AHEAD = Temporal.Duration.from({ hours: 366 * 24 });

/** The same text always gives the same id: a file read twice is written once. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Calendar files read into an agenda: shown first, then written in one transaction. The file itself is not kept. */
export function createImports(deps: ImportDependencies) {
  const { database, clock, territories, readCalendar, leaves } = deps;
  const db = database.for('availability');

  return {
    /** @throws forbidden `opening-not-yours`; rule `opening-refused`, `calendar-empty`, `calendar-too-long` */
    async import(actor: Actor, request: CalendarImport): Promise<Imported> {
      const code = request.as === 'availability' ? (await findPlace(deps, request)).territory : await territoryOf(deps, request);
      await guardAgenda({ database, clock }, actor, { ...request, territory: code });
      const territory = await territories.get(code);
      const now = clock.now();
      const read = readCalendar(request.calendar, {
        timeZone: territory.timeZone, from: now, keepSeries: request.as === 'availability',
        to: request.as === 'leave' ? now.add(LEAVE_AHEAD) : Temporal.PlainDate.from(horizonOf(todayIn(territory.timeZone, now))).add({ days: 1 }).toZonedDateTime(territory.timeZone).toInstant(),
      });
      if (read.events.length + read.refused.length === 0) throw ruleBroken('calendar-empty', "Ce fichier n'a pas d'événement lisible : exportez votre agenda au format iCalendar (.ics). Rien n'a été importé.");
      const refused: CalendarRefusal[] = [...read.refused];
      const drafts = read.events.flatMap((event) => draftsOf(event, { actor, request, territory, now, refused }));
      if (drafts.length > MOST_WRITTEN) throw ruleBroken('calendar-too-long', `Ce fichier donne plus de ${MOST_WRITTEN} éléments : importez-le en plusieurs fois. Rien n'a été importé.`);
      const known = await alreadyImported(drafts);
      const fresh = drafts.filter(({ id }) => !known.has(id));
      if (request.apply) await db.transaction((tx) => write(tx, actor, { ...request, territory: code, timeZone: territory.timeZone }, fresh, now));
      return { applied: request.apply, items: drafts.map((draft) => shown(draft, known.has(draft.id))), refused: refused.sort((a, b) => a.line - b.line) };
    },
  };

  async function alreadyImported(drafts: readonly Draft[]): Promise<ReadonlySet<string>> {
    const ids = drafts.map(({ id }) => id);
    const rows = await db.query<{ id: string }>(sql`
      select id from availability.series where id = any(${ids}) union all select id from availability.opening where id = any(${ids})
      union all select id from availability.leave where id = any(${ids})`);
    return new Set(rows.map(({ id }) => id));
  }

  async function write(tx: Transaction, actor: Actor, owner: CalendarImport & { territory: string; timeZone: string }, drafts: readonly Draft[], now: Temporal.Instant): Promise<void> {
    for (const draft of drafts) {
      if (draft.kind === 'series') await putSeries(tx, actor, draft.series, { pieces: draft.pieces, exceptions: draft.event.exceptions, now });
      if (draft.kind === 'leave') await leaves.hide(tx, actor, draft.leave);
    }
    const alone = drafts.filter((draft) => draft.kind === 'opening');
    if (alone.length > 0) {
      const { soon } = await writeOccurrences(tx, { ...owner, createdBy: actor.accountId }, alone, now);
      await announceSlots(tx, soon);
      await announceAgenda(tx, owner);
    }
    await writeJournal(tx, {
      at: now, territory: owner.territory, actor: actor.accountId, role: actor.roles[0], objectType: 'agenda', objectId: owner.nationalId ?? owner.structureId ?? '',
      event: 'imported', payload: { structureId: owner.structureId, as: owner.as, written: drafts.length },
    });
  }
}

interface Drafting {
  readonly actor: Actor;
  readonly request: CalendarImport;
  readonly territory: Territory;
  readonly now: Temporal.Instant;
  readonly refused: CalendarRefusal[];
}

function draftsOf(event: CalendarEvent, context: Drafting): Draft[] {
  const { request, refused } = context;
  const refuse = (why: string): Draft[] => {
    refused.push({ line: event.line, uid: event.uid, why });
    return [];
  };
  if (request.as === 'leave') return event.occurrences.map((period) => leaveDraft(event, period, context));
  if (event.occurrences.some(({ start, end }) => start.slice(0, 10) !== end.slice(0, 10))) return refuse("Journée entière ou à cheval sur deux jours : ce n'est pas une disponibilité. Importez-la comme indisponibilité.");
  if (event.weekly) {
    const draft = seriesDraft(event, event.weekly, context);
    return draft ? [draft] : refuse('Récurrence sans jour à venir dans les huit semaines, ou dont les heures ne vont pas.');
  }
  const drafts = event.occurrences.flatMap((period) => openingDraft(event, period, context));
  return drafts.length > 0 ? drafts : refuse('Moment déjà commencé, ou heure qui n’existe pas ce jour-là.');
}

const keyOf = ({ nationalId, structureId, as }: CalendarImport, uid: string, start: string): string => idOf(JSON.stringify([nationalId, structureId, as, uid, start]));
const split = ({ start, end }: CalendarPeriod) => ({ day: start.slice(0, 10), starts: start.slice(11), ends: end.slice(11) });

function leaveDraft(event: CalendarEvent, { start, end }: CalendarPeriod, { actor, request, territory }: Drafting): Draft {
  const { timeZone } = territory;
  const instant = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone).toInstant();
  const id = keyOf(request, event.uid, start);
  const { nationalId, structureId } = request;
  return { kind: 'leave', id, event, leave: { id, nationalId, structureId, territory: territory.code, timeZone, by: actor.displayName, from: instant(start), to: instant(end) } };
}

function openingDraft(event: CalendarEvent, period: CalendarPeriod, { request, territory, now }: Drafting): Draft[] {
  const hours = split(period);
  const [start, end] = [instantOf(hours.day, hours.starts, territory.timeZone), instantOf(hours.day, hours.ends, territory.timeZone)];
  if (!start || !end || Temporal.Instant.compare(start, now) <= 0) return [];
  return [{ kind: 'opening', id: keyOf(request, event.uid, period.start), event, piece: { ...hours, start, end } }];
}

function seriesDraft(event: CalendarEvent, weekly: NonNullable<CalendarEvent['weekly']>, { request, territory, now }: Drafting): Draft | null {
  const { day, starts, ends } = split(event.occurrences[0]!);
  const { as: _as, calendar: _calendar, apply: _apply, ...offer } = request;
  refuseBadPeriod({ ...offer, starts, ends, slotMinutes: null });
  const until = horizonOf(todayIn(territory.timeZone, now));
  const id = keyOf(request, event.uid, 'series');
  const series: StoredSeries = {
    ...offer, id, starts, ends, slotMinutes: null, timeZone: territory.timeZone, territory: territory.code, weekdays: [...weekly.weekdays], firstDay: day, anchor: day,
    lastDay: weekly.lastDay, everyWeeks: weekly.everyWeeks, skipHolidays: false, version: 1, expandedUntil: until,
  };
  const { pieces } = expand(series, { from: day, to: until }, contextOf(territory, new Set(event.exceptions)));
  const coming = toCome(pieces, now);
  return coming.length > 0 ? { kind: 'series', id, event, series, pieces: coming } : null;
}

function shown(draft: Draft, already: boolean): Imported['items'][number] {
  const { kind, event } = draft;
  const of = (first: string, last: string | null, occurrences: number) => ({ line: event.line, kind, first, last, occurrences, already });
  if (draft.kind === 'series') return of(`${draft.series.firstDay}T${draft.series.starts}`, draft.series.lastDay, draft.pieces.length);
  if (draft.kind === 'opening') return of(`${draft.piece.day}T${draft.piece.starts}`, `${draft.piece.day}T${draft.piece.ends}`, 1);
  return of(draft.leave.from.toString(), draft.leave.to.toString(), 1);
}
